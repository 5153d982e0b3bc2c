"""A time series, cut into windows, and a small network that foretells the next values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from explorer.lazy import LazyModule
from explorer.parameters import Number
from explorer.tasks.task import Batch, Scores, Task

keras: Any = LazyModule("keras")

WINDOW = Number(
    name="window",
    label="Window",
    default=24,
    low=2,
    high=365,
    slider=(2, 60),
    step=1,
    whole=True,
    unit="values",
    help="How many past values the network sees.",
)
HORIZON = Number(
    name="horizon",
    label="Horizon",
    default=1,
    low=1,
    high=60,
    slider=(1, 12),
    step=1,
    whole=True,
    unit="values",
    help="How many values it foretells at once.",
)
HIDDEN = Number(
    name="hidden",
    label="Hidden units",
    default=32,
    low=1,
    high=512,
    slider=(4, 128),
    step=4,
    whole=True,
    help="Width of the hidden layer.",
)
PARAMETERS = (WINDOW, HORIZON, HIDDEN)
HELD_OUT = 0.15
MOST_NUMBERS = 40_000_000


class ForecastError(ValueError):
    """A series that no forecast can be trained on; the message is one plain sentence."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecast(Task):
    """A forecasting task, with what a picture of it needs.

    Attributes
    ----------
    value : ndarray of float64, shape (n,)
        The series, in its own units.
    window, horizon, hidden : int
        Values seen, values foretold, width of the hidden layer; with ``value`` they remake the task.
    borders : tuple of int
        Indices into ``value``: targets of the training part lie before the first one, those of the test part from the
        second one on, those of the validation part in between.
    mean, std : float
        Of the values before the first border: what normalisation subtracts and divides by.
    """

    value: NDArray[np.float64]
    window: int
    horizon: int
    hidden: int
    borders: tuple[int, int]
    mean: float
    std: float

    @property
    def test_index(self) -> NDArray[np.intp]:
        """Indices into ``value`` of the targets of the test part, shape (sample, horizon)."""
        first = np.arange(self.borders[1], len(self.value) - self.horizon + 1)
        return first[:, None] + np.arange(self.horizon)

    def repeat_last(self, part: Batch) -> NDArray[np.float64]:
        """Return the baseline that says the last known value again: (sample, horizon), units of the data."""
        return self.restore(np.repeat(part.context["y_last"], self.horizon, axis=1))


def forecast(value: ArrayLike, window: int = 24, horizon: int = 1, hidden: int = 32) -> Forecast:
    """Return the task to foretell a series.

    The targets are split in the order of time: 70 % train, 15 % validation, 15 % test. No target of one part is a
    target of another, and the normalisation knows the training part only; a window may look back over a border.

    Parameters
    ----------
    value : array_like of shape (n,)
        The series, evenly spaced, any unit.
    window, horizon : int
        How many values the network sees (2 to 365) and foretells (1 to 60).
    hidden : int
        Width of the hidden layer.

    Returns
    -------
    Forecast
        ``x`` (sample, window), ``y_true`` (sample, horizon) and context ``y_last`` (sample, 1), normalised.

    Raises
    ------
    ValueError
        If the series is too short or too long for the window, is not finite, or cannot be normalised; or if a
        setting is out of its limits. One plain sentence.
    """
    window, horizon, hidden = (
        int(parameter.clean(given)) for parameter, given in zip(PARAMETERS, (window, horizon, hidden), strict=True)
    )
    series = _checked(value, window, horizon)
    borders = _borders(len(series), window, horizon)
    mean, std = _scale(series[: borders[0]])
    normal = _normalised(series, mean, std)
    starts = (window, *borders)
    ends = (*borders, len(series))
    train, validation, test = (
        _windows(normal, start, end, window, horizon) for start, end in zip(starts, ends, strict=True)
    )
    return Forecast(
        key="forecast",
        architecture=f"forecast-{window}-{hidden}-{horizon}",
        train=train,
        validation=validation,
        test=test,
        build=partial(_build, window, horizon, hidden),
        scores=partial(_scores, mean, std),
        restore=partial(_restore, mean, std),
        value=series,
        window=window,
        horizon=horizon,
        hidden=hidden,
        borders=borders,
        mean=mean,
        std=std,
    )


def default_forecast() -> Forecast:
    """Return the task on a generated series of 600 values: a damped swing that chance keeps alive."""
    random = np.random.default_rng(7)
    value = np.zeros(700)
    for t in range(2, len(value)):
        value[t] = 1.6 * value[t - 1] - 0.8 * value[t - 2] + random.normal()
    return forecast(value[100:])


def _checked(value: ArrayLike, window: int, horizon: int) -> NDArray[np.float64]:
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


def _borders(length: int, window: int, horizon: int) -> tuple[int, int]:
    """Return where validation and test begin; each part holds at least one full target."""
    share = max(horizon, round(HELD_OUT * (length - window)))
    return length - 2 * share, length - share


def _scale(known: NDArray[np.float64]) -> tuple[float, float]:
    """Return mean and standard deviation; of a constant series the constant and 1, free of rounding."""
    if known.min() == known.max():
        return float(known[0]), 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        return float(known.mean()), float(known.std())


def _normalised(series: NDArray[np.float64], mean: float, std: float) -> NDArray[np.float32]:
    with np.errstate(all="ignore"):
        normal = ((series - mean) / std).astype(np.float32)
    if not (np.isfinite(normal).all() and std < np.inf):
        raise ForecastError(
            f"The series goes from {series.min():g} to {series.max():g}, too wide to be normalised: rescale it."
        )
    return normal


def _windows(normal: NDArray[np.float32], start: int, end: int, window: int, horizon: int) -> Batch:
    """Return the samples whose targets lie in ``normal[start:end]``; their windows may begin before ``start``."""
    rows = sliding_window_view(normal[start - window : end], window + horizon)
    x, y_true = rows[:, :window], rows[:, window:]
    return Batch(np.ascontiguousarray(x), np.ascontiguousarray(y_true), {"y_last": np.ascontiguousarray(x[:, -1:])})


def _build(window: int, horizon: int, hidden: int, seed: int) -> Any:
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((window,), name="window"),
            keras.layers.Dense(hidden, "relu", kernel_initializer=glorot(seed), name="hidden"),
            keras.layers.Dense(horizon, kernel_initializer=glorot(seed + 1), name="forecast"),
        ],
        name="forecast",
    )


def _restore(mean: float, std: float, y_pred: NDArray[Any]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = y_pred.astype(np.float64) * std + mean
    return result


def _scores(mean: float, std: float, part: Batch, prediction: NDArray[Any]) -> Scores:
    """Return mean absolute error, root mean squared error, and the share of moves whose direction is right.

    A step where the series stays at its last known value has no direction and is not counted; a series without any
    move has no such score.
    """
    true, last = _restore(mean, std, part.y_true), _restore(mean, std, part.context["y_last"])
    error = prediction - true
    scores = {"mae": float(np.abs(error).mean()), "rmse": float(np.sqrt(np.square(error).mean()))}
    moved = true != last
    if moved.any():
        right = np.sign(prediction - last) == np.sign(true - last)
        scores["direction_accuracy"] = float(right[moved].mean())
    return scores
