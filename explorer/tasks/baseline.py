"""Forecasts that nobody has to train for: what a network must beat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PERIODS = {
    "every second": 60,
    "every minute": 60,
    "every 5 minutes": 288,
    "every 10 minutes": 144,
    "every 15 minutes": 96,
    "every 30 minutes": 48,
    "hourly": 24,
    "daily": 7,
    "weekdays": 5,
    "weekly": 52,
    "monthly": 12,
    "quarterly": 4,
    "half-yearly": 2,
}
CLEAR = 0.3
NEAR = 0.9
DEVIATIONS = 3.0
MOST = 20_000


def calendar_season(frequency: str) -> int | None:
    """Return how many values make a season in a series of this frequency, None where the calendar knows of none.

    Parameters
    ----------
    frequency : str
        As `explorer.series` calls it: ``"monthly"`` has 12, ``"daily"`` 7, ``"yearly"`` none.
    """
    return PERIODS.get(frequency)


def found_season(value: NDArray[np.float64]) -> int | None:
    """Return the period that a series repeats itself with, None where none is clear.

    It is the shortest lag, from 2 to a third of the length, at which the autocorrelation of the changes from value to
    value has a peak that is nearly the highest. A peak counts if it is above 0.3 and above three standard deviations
    of what chance gives.

    Parameters
    ----------
    value : ndarray of shape (n,)
        The series, evenly spaced; of a long one the last 20,000 values are looked at.
    """
    change = np.diff(value[-MOST:])
    most = len(change) // 3
    change = change - change.mean() if most > 2 else change
    if most <= 2 or not change.any():
        return None
    change /= np.abs(change).max()
    size = 2 * len(change)
    power = np.abs(np.fft.rfft(change, size)) ** 2
    likeness = np.fft.irfft(power, size)[: most + 2]
    likeness /= likeness[0]
    inner = likeness[2 : most + 1]
    peak = (inner >= likeness[1:most]) & (inner > likeness[3 : most + 2])
    clear = max(CLEAR, DEVIATIONS / np.sqrt(len(change)))
    if not (peak & (inner > clear)).any():
        return None
    return 2 + int((peak & (inner >= max(clear, NEAR * inner[peak].max()))).argmax())


def seasonal(
    value: NDArray[np.float32], first: NDArray[np.intp], horizon: int, season: int
) -> NDArray[np.float32] | None:
    """Return the value of the same place in the last known season for each target, None where it is not known.

    Parameters
    ----------
    value : ndarray of shape (n,)
        The series.
    first : ndarray of int, shape (sample,)
        Index of the first target of each sample: what lies before it is known.
    horizon, season : int
        How many values are foretold, and after how many the series repeats itself.

    Returns
    -------
    ndarray of shape (sample, horizon), or None if the first season has not passed for every sample.
    """
    index = first[:, None] - season + np.arange(horizon) % season
    return value[index] if index.min() >= 0 else None


def step_size(known: NDArray[np.float64]) -> float:
    """Return the mean absolute error of repeating the last value over a series, the unit of MASE; at least two values.

    Source: Hyndman and Koehler, 2006.
    """
    with np.errstate(over="ignore"):
        return float(np.abs(np.diff(known)).mean())
