"""Where the loss is lowest, and whether that is inside the plane."""

from __future__ import annotations

import numpy as np

from explorer.doctor.report import Finding, Where, spot, written
from explorer.doctor.subject import Subject

NAME = "minimum"
BESIDE = 1e-5  # of an axis: nearer to the edge than this is on it


def check(subject: Subject) -> Finding:
    """Say where the loss is lowest; the number is the loss there."""
    lowest = subject.lowest
    if lowest is None:
        return Finding(NAME, "fail", "The loss is finite nowhere on this plane.")
    side = "at the edge of" if on_edge(subject, lowest.where) else "inside"
    sentence = f"The minimum, {written(lowest.value)}, lies at {spot(lowest.where)}, {side} the plane."
    return Finding(NAME, "ok", sentence, lowest.where, lowest.value)


def on_edge(subject: Subject, where: Where) -> bool:
    """Whether the plane ends beside a point."""
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    across, upward = subject.plane.x, subject.plane.y
    x = where[0] + BESIDE * (across.high - across.low) * np.cos(turn)
    y = where[1] + BESIDE * (upward.high - upward.low) * np.sin(turn)
    return not bool(subject.plane.holds(x, y).all())
