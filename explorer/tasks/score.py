"""How good a forecast is, in the units of the data."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95


class Directions(NamedTuple):
    """How often a forecast goes the right way, up or down from the last known value.

    Attributes
    ----------
    hits : int
        How many forecasts go the way that the series went.
    moves : int
        How many there are where the series moved at all.
    """

    hits: int
    moves: int

    @property
    def share(self) -> float:
        """Share of right directions; NaN where nothing moved."""
        return self.hits / self.moves if self.moves else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % confidence interval, as `direction_interval` gives it."""
        return direction_interval(self.hits, self.moves)


def directions(prediction: NDArray[Any], true: NDArray[Any], last: NDArray[Any]) -> Directions:
    """Return how often a forecast goes the right way.

    A step where the series stays at its last known value has no direction and is not counted; a forecast that repeats
    the last value goes no way and is wrong wherever the series moved.

    Parameters
    ----------
    prediction, true : ndarray of shape (sample, horizon)
        What was foretold and what came, in the same units.
    last : ndarray of shape (sample, 1)
        The last known value.
    """
    moved = true != last
    right = np.sign(prediction - last) == np.sign(true - last)
    return Directions(int(right[moved].sum()), int(moved.sum()))


def direction_interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a share: which true shares are in keeping with ``hits`` out of ``n``.

    It holds for cases that know nothing of each other. The steps of one forecast, and of forecasts that overlap, are
    alike, so beyond a horizon of 1 the truth is less certain than this says.

    Parameters
    ----------
    hits, n : int
        How many of how many.

    Returns
    -------
    tuple of float
        Its ends, between 0 and 1; 0 and 1 where ``n`` is 0.

    Raises
    ------
    ValueError
        If there are more hits than cases, or fewer than none.

    Notes
    -----
    The score interval of Wilson, 1927: unlike the plain one it holds for few cases and near 0 and 1.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"There must be 0 to {n} hits among {n} cases, but there are {hits}.")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, width = hits / n, z * z / n
    middle = (share + width / 2) / (1 + width)
    half = z / (1 + width) * sqrt(share * (1 - share) / n + width / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def scores(prediction: NDArray[Any], true: NDArray[Any], last: NDArray[Any], step_size: float) -> dict[str, float]:
    """Return mean absolute error, root mean squared error, MASE, and the share of moves whose direction is right.

    A series without any move has no direction accuracy, and one that stood still all through the training part has
    no MASE.

    Parameters
    ----------
    prediction, true, last
        As for `directions`.
    step_size : float
        What MASE measures the mean absolute error in (Hyndman and Koehler, 2006).
    """
    error = prediction - true
    mae = float(np.abs(error).mean())
    told = {"mae": mae, "rmse": float(np.sqrt(np.square(error).mean()))}
    if 0 < step_size < np.inf:
        told["mase"] = mae / step_size
    direction = directions(prediction, true, last)
    if direction.moves:
        told["direction_accuracy"] = direction.share
    return told
