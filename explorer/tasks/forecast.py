"""A time series, cut into windows, and a small network that foretells the next values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.parameters import Number
from explorer.tasks.baseline import found_season, step_size
from explorer.tasks.network import HIDDEN, NETWORK, builder
from explorer.tasks.score import Directions, directions, scores
from explorer.tasks.task import Batch, Scores, Task
from explorer.tasks.window import ForecastError, borders_of, checked, normalised, scale, windows

__all__ = [
    "HIDDEN",
    "HORIZON",
    "NETWORK",
    "SEASON",
    "WINDOW",
    "Forecast",
    "ForecastError",
    "default_forecast",
    "forecast",
]

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
    slider=(1, 24),
    step=1,
    whole=True,
    unit="values",
    help="How many values it foretells at once.",
)
SEASON = Number(
    name="season",
    label="Season",
    default=0,
    low=0,
    high=100_000,
    slider=(0, 366),
    step=1,
    whole=True,
    unit="values",
    help="After how many values the series repeats itself, for the seasonal baseline; 0 or 1 for never.",
)
SIZES = (WINDOW, HORIZON, HIDDEN)
PARAMETERS = (*SIZES, NETWORK)


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecast(Task):
    """A forecasting task, with what a picture of it needs.

    Attributes
    ----------
    value : ndarray of float64, shape (n,)
        The series, in its own units.
    window, horizon, hidden : int
        Values seen, values foretold, width of the hidden layer; with ``value`` they remake the task.
    network : str
        Which network, one of the options of `NETWORK`.
    season : int or None
        After how many values the series repeats itself, for the seasonal baseline.
    borders : tuple of int
        Indices into ``value``: targets of the training part lie before the first one, those of the test part from the
        second one on, those of the validation part in between.
    mean, std : float
        Of the values before the first border: what normalisation subtracts and divides by.
    step_size : float
        Mean absolute change from one value to the next before the first border: what MASE measures errors in.
    """

    value: NDArray[np.float64]
    window: int
    horizon: int
    hidden: int
    network: str
    season: int | None
    borders: tuple[int, int]
    mean: float
    std: float
    step_size: float

    @property
    def test_index(self) -> NDArray[np.intp]:
        """Indices into ``value`` of the targets of the test part, shape (sample, horizon)."""
        first = np.arange(self.borders[1], len(self.value) - self.horizon + 1)
        return first[:, None] + np.arange(self.horizon)

    def repeat_last(self, part: Batch) -> NDArray[np.float64]:
        """Return the baseline that says the last known value again: (sample, horizon), units of the data."""
        return self.restore(np.repeat(part.context["y_last"], self.horizon, axis=1))

    def seasonal_naive(self, part: Batch) -> NDArray[np.float64] | None:
        """Return the baseline that says the last known season again: (sample, horizon), units of the data.

        None where the series has no season, or where it has not passed yet for every sample of the part.
        """
        past = part.context.get("y_season")
        return None if past is None else self.restore(past)

    def residual(self, part: Batch, prediction: NDArray[Any]) -> NDArray[np.float64]:
        """Return what came less what a prediction (…, sample, horizon) said, in the units of the data."""
        left: NDArray[np.float64] = self.restore(part.y_true) - prediction
        return left

    def directions(self, part: Batch, prediction: NDArray[Any]) -> Directions:
        """Return how often a prediction (sample, horizon) in the units of the data goes the right way."""
        return directions(prediction, self.restore(part.y_true), self.restore(part.context["y_last"]))


def forecast(
    value: ArrayLike,
    window: int = 24,
    horizon: int = 1,
    hidden: int = 32,
    *,
    network: str = "dense",
    season: int | None = None,
) -> Forecast:
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
    network : str
        ``"linear"``, ``"dense"``, ``"conv"`` or ``"gru"``.
    season : int, optional
        After how many values the series repeats itself, such as `explorer.tasks.baseline.calendar_season` knows it;
        0 or 1 for never. Where it is not given, it is looked for in the training part.

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
        int(parameter.clean(given)) for parameter, given in zip(SIZES, (window, horizon, hidden), strict=True)
    )
    network = NETWORK.clean(network)
    series = checked(value, window, horizon)
    borders = borders_of(len(series), window, horizon)
    known = series[: borders[0]]
    mean, std = scale(known)
    normal = normalised(series, mean, std)
    season = _season(season, normal[: borders[0]])
    build = builder(network, window, horizon, hidden)
    train, validation, test = (
        windows(normal, start, end, window=window, horizon=horizon, season=season)
        for start, end in zip((window, *borders), (*borders, len(series)), strict=True)
    )
    return Forecast(
        key="forecast",
        architecture="-".join(["forecast", build.func.__name__, *map(str, build.args)]),
        train=train,
        validation=validation,
        test=test,
        build=build,
        scores=partial(_scores, mean, std, step_size(known)),
        restore=partial(_restore, mean, std),
        value=series,
        window=window,
        horizon=horizon,
        hidden=hidden,
        network=network,
        season=season,
        borders=borders,
        mean=mean,
        std=std,
        step_size=step_size(known),
    )


def default_forecast() -> Forecast:
    """Return the task on a generated series of 600 values: a damped swing that chance keeps alive."""
    random = np.random.default_rng(7)
    value = np.zeros(700)
    for t in range(2, len(value)):
        value[t] = 1.6 * value[t - 1] - 0.8 * value[t - 2] + random.normal()
    return forecast(value[100:])


def _season(given: int | None, known: NDArray[np.float32]) -> int | None:
    """Return the season that was given or is found in what is known; None for none."""
    if given is None:
        return found_season(known.astype(np.float64))
    season = int(SEASON.clean(given))
    return season if season > 1 else None


def _restore(mean: float, std: float, y_pred: NDArray[Any]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = y_pred.astype(np.float64) * std + mean
    return result


def _scores(mean: float, std: float, size: float, part: Batch, prediction: NDArray[Any]) -> Scores:
    true, last = _restore(mean, std, part.y_true), _restore(mean, std, part.context["y_last"])
    return scores(prediction, true, last, size)
