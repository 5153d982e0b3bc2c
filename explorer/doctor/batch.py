"""Whether a sample costs the same in any company."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Finding, written
from explorer.doctor.subject import Subject
from explorer.spec import Placed

NAME = "batch"
ROUNDING = 1e-6


def check(subject: Subject) -> Finding:
    """Say whether a batch costs what its two halves cost; the number is the relative difference."""
    whole = subject.loss(subject.batch)
    # Points among points are one another's batch, and a node of the plane holds a whole row of them.
    axis = subject.batch.y_true.ndim - 1 if subject.spec.shapes == "points" else 0
    size = subject.batch.y_pred.shape[axis]
    parts = slice(0, size // 2), slice(size // 2, size)
    halves = sum(float(subject.loss(_taken(subject.batch, axis, part)).mean()) * _length(part) for part in parts) / size
    mean = float(whole.mean())
    difference = abs(mean - halves) / max(abs(mean), abs(halves), np.finfo(float).tiny)
    if difference <= ROUNDING:
        return Finding(NAME, "ok", "A sample costs the same whatever else is in its batch.", None, 0.0)
    sentence = (
        f"A sample's loss depends on the rest of its batch: {written(mean)} on average in a batch of {size}, "
        f"{written(halves)} in its two halves."
    )
    return Finding(NAME, "warn", sentence, None, difference)


def _length(part: slice) -> int:
    return int(part.stop - part.start)


def _taken(samples: Placed, axis: int, part: slice) -> Placed:
    """Return some samples of a batch."""

    def taken(array: NDArray[np.float64]) -> NDArray[np.float64]:
        return array[(slice(None),) * axis + (part,)] if array.ndim > axis else array

    return Placed(
        taken(samples.y_true), taken(samples.y_pred), {name: taken(own) for name, own in samples.context.items()}
    )
