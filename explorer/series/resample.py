"""A series made coarser: the mean of each day, week, month, quarter or year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Choice
from explorer.series.series import SeriesError

DAY = np.timedelta64(1, "D")
MONDAY = 4  # of the epoch week, in days: 1970-01-05
SPANS = {"daily": ("day", 1), "weekly": ("week", 7), "monthly": ("month", 31), "quarterly": ("quarter", 92)}
SPANS |= {"yearly": ("year", 366)}
EVERY = Choice(
    name="every",
    label="Means",
    options=("as it is", *SPANS),
    default="as it is",
    help="Whether the series is averaged over days, weeks, months, quarters or years before it is foretold.",
)


@dataclass(frozen=True, eq=False)
class Resampled:
    """A series of means.

    Attributes
    ----------
    time : ndarray of datetime64[s], shape (n,)
        The first day of each span, none left out.
    value : ndarray of float64, shape (n,)
        Mean of the values in the span.
    filled : ndarray of bool, shape (n,)
        True where the span has no value and the mean lies on the line between its neighbours.
    count : ndarray of int, shape (n,)
        How many values were averaged.
    note : str
        The same in one plain sentence.
    """

    time: NDArray[np.datetime64]
    value: NDArray[np.float64]
    filled: NDArray[np.bool_]
    count: NDArray[np.intp]
    note: str


def resample(
    time: NDArray[Any], value: NDArray[np.float64], every: str, filled: NDArray[np.bool_] | None = None
) -> Resampled:
    """Return the means of a series over each day, week (from Monday), month, quarter or year.

    The first and the last span may hold fewer values than the others, where the series begins or ends within them.

    Parameters
    ----------
    time : ndarray of datetime64, shape (n,)
        Increasing.
    value : ndarray of shape (n,)
        Finite.
    every : str
        ``"daily"``, ``"weekly"``, ``"monthly"``, ``"quarterly"`` or ``"yearly"``.
    filled : ndarray of bool, shape (n,), optional
        True where a value is only an interpolated one: it goes into no mean.

    Raises
    ------
    SeriesError
        If there are no times, or the usual step of the series is longer than the span.
    """
    if every not in SPANS:
        raise SeriesError(f"Means can be {', '.join(SPANS)}, but not {every[:40]!r}.")
    word, longest = SPANS[every]
    if not np.issubdtype(time.dtype, np.datetime64):
        raise SeriesError(f"The rows have no times, so there are no {every} means: leave the series as it is.")
    kept = np.full(len(time), True) if filled is None else ~filled
    known = time[kept].astype("datetime64[us]")
    if len(known) < 2 or np.median(np.diff(known)) > longest * DAY:
        raise SeriesError(
            f"The series has less than one value a {word}, so there are no {every} means: take longer ones."
        )
    span = _span(known, every)
    place = span - span[0]
    count = np.bincount(place)
    there = count > 0
    at = np.arange(len(count))
    mean = np.bincount(place, value[kept])[there] / count[there]
    start = _start(span[0] + at, every)
    means = np.interp(at, at[there], mean)
    return Resampled(start, means, ~there, count, _note(len(known), count, every, word))


def _span(time: NDArray[Any], every: str) -> NDArray[np.int64]:
    """Return the number of the span that each time lies in."""
    if every in ("daily", "weekly"):
        day = time.astype("datetime64[D]").astype(np.int64)
        return day if every == "daily" else (day - MONDAY) // 7
    month = time.astype("datetime64[M]").astype(np.int64)
    return month // {"monthly": 1, "quarterly": 3, "yearly": 12}[every]


def _start(span: NDArray[np.int64], every: str) -> NDArray[np.datetime64]:
    """Return the first day of each span."""
    if every in ("daily", "weekly"):
        day = span if every == "daily" else 7 * span + MONDAY
        return day.astype("datetime64[D]").astype("datetime64[s]")
    month = span * {"monthly": 1, "quarterly": 3, "yearly": 12}[every]
    return month.astype("datetime64[M]").astype("datetime64[s]")


def _note(values: int, count: NDArray[np.intp], every: str, word: str) -> str:
    known = count[count > 0]
    each = f"{known.min()}" if known.min() == known.max() else f"{known.min()} to {known.max()}"
    unit = "value" if each == "1" else "values"
    told = f"{values:,} values became {len(count):,} {every} means of {each} {unit} each"
    empty = len(count) - len(known)
    if not empty:
        return told + "."
    spans = f"{empty} {word}s without a value lie" if empty > 1 else f"1 {word} without a value lies"
    return f"{told}; {spans} on the line between the neighbours."
