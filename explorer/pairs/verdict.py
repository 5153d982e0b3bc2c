"""What became of points that were let go: they flew apart, came to rest, or neither, each with its numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FARTHEST = 1000.0  # times the first width, from where going on shows nothing new
WIDER, NARROWER = 2.0, 0.5
STILL_GROWING = 1.1  # over the last third of the steps
STILL_PUSHED = 0.5  # of the longest force at the start
RESTING = 0.01  # of the longest force there has been
APART, REST, LOST, UP, TOGETHER, MOVING = "flies apart", "settled", "lost", "climbs", "gathers", "still moving"


class Verdict(NamedTuple):
    """What became of the points.

    Attributes
    ----------
    kind : str
        One of `APART`, `REST`, `LOST`, `UP`, `TOGETHER` and `MOVING`.
    sentence : str
        The same with its numbers.
    """

    kind: str
    sentence: str


def last_step(width: Array, loss: Array) -> int:
    """Return the last step worth keeping: before the first that is not finite, or the first that is far too far."""
    broken = ~(np.isfinite(width) & np.isfinite(loss))
    far = ~broken & (width >= FARTHEST * max(float(width[0]), 1e-3))
    if not (broken | far).any():
        return len(width) - 1
    step = int((broken | far).argmax())
    return step if far[step] else max(step - 1, 0)


def judge(width: Array, longest: Array, loss: Array, asked: int) -> Verdict:
    """Return what became of points.

    Parameters
    ----------
    width : ndarray of shape (step + 1,)
        How wide they lay at each step that is kept: root of the mean squared distance to their middle.
    longest : ndarray of shape (step + 1,)
        Longest force.
    loss : ndarray of shape (step + 1,)
        What Keras reports.
    asked : int
        How many steps there should have been.
    """
    steps = len(width) - 1
    times = width[-1] / width[0] if width[0] else np.inf if width[-1] else 1.0
    if steps < asked and times < FARTHEST:
        return Verdict(LOST, f"Ended after step {steps}: the next one is no longer finite.")
    if not longest.any():
        return Verdict(REST, "Nothing moves: there is no force on any point.")
    if longest[-1] <= RESTING * longest.max():
        return Verdict(REST, f"Settled: the longest force is {longest[-1]:.2g}, it was {longest.max():.2g}.")
    how = f"{times:.3g} times as wide as at the start after {steps} steps"
    early = " and ended there" if steps < asked else ""
    growing = times >= WIDER and width[-1] >= STILL_GROWING * width[-1 - max(1, steps // 3)]
    if growing and loss[-1] > loss[0]:
        return Verdict(UP, f"Climbs: {how}{early}, and the loss rises. The steps are too long.")
    if growing and longest[-1] >= STILL_PUSHED * longest[0]:
        return Verdict(APART, f"Flies apart: {how}{early}, and the loss still falls.")
    if times <= NARROWER:
        return Verdict(TOGETHER, f"Gathers: {how}, longest force {longest[-1]:.2g}.")
    return Verdict(MOVING, f"Still moving: {how}, longest force {longest[-1]:.2g}.")
