"""Where forecasts of several seeds land, and whether one of them only says the last value again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.tasks.forecast import Forecast

SHORT = 0.5
ALIKE = 0.9
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Outcome:
    """How the copies of one loss fare on the test part, one number a seed.

    Attributes
    ----------
    rmse : ndarray of shape (seed,)
        In the units of the data; NaN for a copy that broke down.
    mase : ndarray of shape (seed,)
        Mean absolute error in steps of the training part; NaN too where that part stood still.
    direction : ndarray of shape (seed,)
        Share of right directions; NaN too where the test part stood still.
    collapsed : ndarray of bool, shape (seed,)
        Whether the copy only repeats the last value: see `collapse`.
    """

    rmse: NDArray[np.float64]
    mase: NDArray[np.float64]
    direction: NDArray[np.float64]
    collapsed: NDArray[np.bool_]

    @property
    def sound(self) -> NDArray[np.bool_]:
        """Which copies did not break down, (seed,)."""
        return np.isfinite(self.rmse)

    @property
    def mostly_collapsed(self) -> bool:
        """Whether more than half of the copies that did not break down only repeat the last value."""
        return bool(self.sound.any() and self.collapsed[self.sound].mean() > HALF)


def outcome(task: Forecast, prediction: NDArray[Any]) -> Outcome:
    """Return how predictions (seed, sample, horizon) for the test part fare, in the units of the data.

    A copy whose prediction is not finite counts as broken.
    """
    last, true = task.restore(task.test.context["y_last"]), task.restore(task.test.y_true)
    sound = np.isfinite(prediction).reshape(len(prediction), -1).all(axis=1)
    told = [task.scores(task.test, one) if fine else {} for one, fine in zip(prediction, sound, strict=True)]
    rmse, mase, direction = (
        np.array([scores.get(name, np.nan) for scores in told]) for name in ("rmse", "mase", "direction_accuracy")
    )
    collapsed = [bool(fine) and collapse(one, last, true) for one, fine in zip(prediction, sound, strict=True)]
    return Outcome(rmse, mase, direction, np.array(collapsed))


def collapse(prediction: NDArray[Any], last: NDArray[Any], true: NDArray[Any]) -> bool:
    """Return whether a forecast hardly does more than say the last value again.

    It does if it moves away from the last value less than half as far as the series did, on average, and goes with
    the last value (correlation above 0.9). The published trend loss does so at λ = 1: its mask charges for every step
    in the right direction, so the cheapest forecast makes none.

    Parameters
    ----------
    prediction, true : ndarray of shape (sample, horizon)
        What was foretold and what came, in the same units.
    last : ndarray of shape (sample, 1)
        The last known value.
    """
    said = np.broadcast_to(last, prediction.shape).ravel()
    if np.abs(prediction - last).mean() >= SHORT * np.abs(true - last).mean():
        return False
    if min(np.ptp(said), np.ptp(prediction)) == 0:
        return bool(np.ptp(said) == 0)
    return bool(np.corrcoef(prediction.ravel(), said)[0, 1] > ALIKE)
