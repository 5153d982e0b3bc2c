"""Whether the loss ever stops falling: the plane is made larger and larger to see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Finding, written
from explorer.doctor.subject import Subject
from explorer.samples import check as fits

NAME = "bound"
GROWTH = 4.0 ** np.arange(7)
SIDE = 32
GOES_ON = 0.9  # a fall that shrinks by more than this from one plane to the next comes to an end
SMALL = 1e-9


def check(subject: Subject) -> Finding:
    """Say whether the loss is bounded below; the number is its lowest value on the largest plane looked at."""
    if subject.lowest is None:
        return Finding(NAME, "fail", "The loss is finite nowhere on this plane.")
    lowest = subject.lowest.value
    if not _may_grow(subject):
        sentence = f"The plane holds all that may be predicted; its lowest loss is {written(lowest)}."
        return Finding(NAME, "ok", sentence, None, lowest)
    lows = _lows(subject)
    times = f"{GROWTH[-1]:.0f} times as large"
    if _falls(lows, subject.span):
        sentence = (
            f"The loss falls without end: to {written(lowest)} on this plane, to {written(lows[-1])} on one {times}."
        )
        return Finding(NAME, "fail", sentence, None, float(lows[-1]))
    lowest = min(lowest, float(lows.min()))
    return Finding(NAME, "ok", f"The loss is never below {written(lowest)}, even on a plane {times}.", None, lowest)


def _ring(subject: Subject, growth: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points along the edge of the plane made larger about its middle."""
    along = np.linspace(-1.0, 1.0, SIDE)
    end = np.ones(SIDE)
    x, y = np.concatenate([along, along, end, -end]), np.concatenate([end, -end, along, along])
    across, upward = subject.plane.x, subject.plane.y
    return (
        (across.low + across.high) / 2 + growth * x * (across.high - across.low) / 2,
        (upward.low + upward.high) / 2 + growth * y * (upward.high - upward.low) / 2,
    )


def _may_grow(subject: Subject) -> bool:
    """Whether what lies outside the plane may be predicted at all."""
    if subject.plane.inside:
        return False
    y_true, y_pred, context = subject.placed(*_ring(subject, GROWTH[1]))
    static = {"from_logits": subject.plane.from_logits} if subject.spec.takes_logits else {}
    try:
        fits(subject.spec, y_true, y_pred, {**context, **subject.values, **static})
    except ValueError:
        return False
    return True


def _lows(subject: Subject) -> NDArray[np.float64]:
    """Return the lowest loss along the edge of each larger plane."""
    x, y = np.stack([_ring(subject, growth) for growth in GROWTH]).swapaxes(0, 1)
    value = subject.at(x, y, beyond=True).value
    lows: NDArray[np.float64] = np.where(np.isnan(value), np.inf, value).min(axis=1)
    return lows


def _falls(lows: NDArray[np.float64], span: float) -> bool:
    """Whether the lowest loss falls from plane to plane by no less than before."""
    if not np.isfinite(lows).all():
        return bool((lows == -np.inf).any())
    before, last = -np.diff(lows)[-2:]
    return bool(last > SMALL * max(span, 1.0) and last >= GOES_ON * before > 0)
