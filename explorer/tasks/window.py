"""A series cut into windows: what is known and what comes after, in three parts by time."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from explorer.tasks.baseline import seasonal
from explorer.tasks.task import Batch

HELD_OUT = 0.15
MOST_NUMBERS = 40_000_000


class ForecastError(ValueError):
    """A series that no forecast can be trained on; the message is one plain sentence."""


def checked(value: ArrayLike, window: int, horizon: int) -> NDArray[np.float64]:
    """Return a series as an array of its own.

    Raises
    ------
    ForecastError
        If it is not one row of finite numbers, or too short or too long for the window.
    """
    try:
        series: NDArray[np.float64] = np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ForecastError("The series must be a row of numbers, but holds something else.") from error
    if series.ndim != 1:
        raise ForecastError(f"The series must be one row of values, but has shape {series.shape}.")
    needed = window + 3 * horizon
    if len(series) < needed:
        raise ForecastError(
            f"A window of {window} and a horizon of {horizon} need at least {needed} values, but the series has "
            f"{len(series)}: shorten the window or the horizon."
        )
    bad = np.flatnonzero(~np.isfinite(series))
    if bad.size:
        raise ForecastError(
            f"The series must be finite, but value number {bad[0] + 1} is {series[bad[0]]}: fill the gap."
        )
    if len(series) * (window + horizon) > MOST_NUMBERS:
        raise ForecastError(
            f"{len(series):,} values at a window of {window} need too much memory: take at most "
            f"{MOST_NUMBERS // (window + horizon):,} values or a shorter window."
        )
    return series


def borders_of(length: int, window: int, horizon: int) -> tuple[int, int]:
    """Return where validation and test begin; each part holds at least one full target."""
    share = max(horizon, round(HELD_OUT * (length - window)))
    return length - 2 * share, length - share


def scale(known: NDArray[np.float64]) -> tuple[float, float]:
    """Return mean and standard deviation; of a constant series the constant and 1, free of rounding."""
    if known.min() == known.max():
        return float(known[0]), 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        return float(known.mean()), float(known.std())


def normalised(series: NDArray[np.float64], mean: float, std: float) -> NDArray[np.float32]:
    """Return a series less its mean, divided by its standard deviation.

    Raises
    ------
    ForecastError
        If it is too wide for that.
    """
    with np.errstate(all="ignore"):
        normal = ((series - mean) / std).astype(np.float32)
    if not (np.isfinite(normal).all() and std < np.inf):
        raise ForecastError(
            f"The series goes from {series.min():g} to {series.max():g}, too wide to be normalised: rescale it."
        )
    return normal


def windows(
    normal: NDArray[np.float32], start: int, end: int, *, window: int, horizon: int, season: int | None
) -> Batch:
    """Return the samples whose targets lie in ``normal[start:end]``; their windows may begin before ``start``.

    Their context is ``y_last``, the last known value, (sample, 1), and where there is a season that has passed for
    all of them ``y_season``, the last known season, (sample, horizon).
    """
    rows = sliding_window_view(normal[start - window : end], window + horizon)
    x, y_true = rows[:, :window], rows[:, window:]
    context = {"y_last": np.ascontiguousarray(x[:, -1:])}
    past = seasonal(normal, np.arange(start, end - horizon + 1), horizon, season) if season else None
    if past is not None:
        context["y_season"] = past
    return Batch(np.ascontiguousarray(x), np.ascontiguousarray(y_true), context)
