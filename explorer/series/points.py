"""Rows of times and numbers → points in the order of time, without duplicates and gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.series.decision import LeftOut
from explorer.series.docket import Docket
from explorer.series.frequency import frequency
from explorer.series.phrase import SHOWN, count, some
from explorer.series.series import SeriesError
from explorer.series.word import SUMMED, all_words

FEWEST = 8
MERGED = ("first", "last", "mean", "sum")


@dataclass(frozen=True)
class Points:
    """Rows on their way to a series.

    Attributes
    ----------
    time : ndarray of shape (n,) or None
        None for positions.
    value : ndarray of shape (n,)
        NaN where there is none.
    line : ndarray of shape (n,)
        Line in the file.
    filled : ndarray of shape (n,)
        Where the value lies on the line between its neighbours.
    left_out : tuple of LeftOut
        Rows that were left out on the way.
    duplicates : int
        How many of them had a time that came before.
    notes : tuple of str
        What is worth saying.
    """

    time: NDArray[np.datetime64] | None
    value: NDArray[np.float64]
    line: NDArray[np.int64]
    filled: NDArray[np.bool_]
    left_out: tuple[LeftOut, ...] = ()
    duplicates: int = 0
    notes: tuple[str, ...] = ()


def ordered(points: Points, name: str, docket: Docket) -> Points:
    """Sort by time, and make one of the rows of the same time."""
    if points.time is None:
        return points
    notes = list[str]()
    steps = np.diff(points.time).astype(np.int64)
    if (steps < 0).any():
        notes.append(
            "The rows ran from new to old and were turned round."
            if (steps <= 0).all()
            else "The rows were not in the order of time and were sorted."
        )
    order = np.lexsort((np.isnan(points.value), points.time))
    points = replace(points, time=points.time[order], value=points.value[order], line=points.line[order])
    return _merged(replace(points, notes=tuple(notes)), name, docket)


def _merged(points: Points, name: str, docket: Docket) -> Points:
    """Return one point for each time: the first with a value, unless many rows of one time differ."""
    time, value = points.time, points.value
    if time is None or not len(time):
        return points
    again = np.concatenate([[False], time[1:] == time[:-1]])
    extra = int(again.sum())
    if not extra:
        return points
    group = np.cumsum(~again) - 1
    differ = int((again & ~np.isnan(value) & (value != value[~again][group])).sum())
    taken = docket.asked("duplicates", MERGED) or _likely(name, differ, len(time))
    what = f"{count(differ, 'row')} of {len(time):,} have a time that came before, with another {name!r}"
    sentence = f"{what}; the {taken} is taken." if differ else "Rows of the same time hold the same value."
    docket.settle("duplicates", taken, MERGED if differ else (), sentence, sure=not differ)
    lost = _rows(points, again, "its time had come before") if taken in ("first", "last") else ()
    how = (
        "left out, because its time had come before"
        if lost
        else f"of a time that had come before went into the {taken}"
    )
    return Points(
        time[~again],
        _of_groups(value, group, np.flatnonzero(~again), taken),
        points.line[~again],
        points.filled[~again],
        points.left_out + lost,
        extra,
        (*points.notes, f"{count(extra, 'row')} {how}: {times(time[again])}."),
    )


def _likely(name: str, differ: int, rows: int) -> str:
    """Return what becomes of rows of the same time: a stray one is left out, many are parts of a whole."""
    if differ <= rows / 3:
        return "first"
    return "sum" if all_words(name) & SUMMED else "mean"


def _of_groups(
    value: NDArray[np.float64], group: NDArray[np.int64], start: NDArray[np.int64], taken: str
) -> NDArray[np.float64]:
    """Return one value for each group of neighbours, in which missing values come last."""
    there = ~np.isnan(value)
    present = np.bincount(group, there)
    if taken in ("first", "last"):
        one: NDArray[np.float64] = value[
            start + (np.maximum(present.astype(np.int64) - 1, 0) if taken == "last" else 0)
        ]
        return one
    total = np.bincount(group, np.where(there, value, 0.0))
    part = total / np.maximum(present, 1) if taken == "mean" else total
    return np.where(present > 0, part, np.nan)


def filled(points: Points, name: str) -> Points:
    """Drop missing values at both ends and interpolate the others.

    Raises
    ------
    SeriesError
        If fewer than `FEWEST` values are there.
    """
    there = np.flatnonzero(np.isfinite(points.value))
    if len(there) < FEWEST:
        raise SeriesError(_too_few(len(points.value), len(there), name))
    inside = np.zeros(len(points.value), bool)
    inside[there[0] : there[-1] + 1] = True
    value, time = points.value[inside], None if points.time is None else points.time[inside]
    notes, hole = list(points.notes), np.isnan(value)
    if ends := int((~inside).sum()):
        notes.append(f"{count(ends, 'row')} without a value at the start or the end left out.")
    if hole.any():
        even = time is None or frequency(time) != "irregular"
        at = np.arange(len(value), dtype=float) if even or time is None else (time - time[0]).astype(float)
        value[hole] = np.interp(at[hole], at[~hole], value[~hole])
        where = times(time[hole]) if time is not None else "at positions " + some(np.flatnonzero(hole).tolist())
        notes.append(f"{count(int(hole.sum()), 'missing value')} put on the line between the neighbours: {where}.")
    lost = _rows(points, ~inside, "no value at the start or the end")
    return Points(time, value, points.line[inside], hole, points.left_out + lost, points.duplicates, tuple(notes))


def _too_few(rows: int, there: int, name: str) -> str:
    if there == 0:
        return f"Column {name!r} holds no values at all: every cell of it is missing, or its row has no time."
    if rows == 1:
        return f"There is only one row of data: at least {FEWEST} values are needed."
    return f"Column {name!r} has only {count(there, 'value')}: at least {FEWEST} are needed."


def _rows(points: Points, which: NDArray[np.bool_], reason: str) -> tuple[LeftOut, ...]:
    """Return some of the points as rows that are left out."""
    place = np.flatnonzero(which).tolist()
    value = [None if np.isnan(v) else v for v in points.value[which].tolist()]
    time = [None] * len(place) if points.time is None else list(points.time[which])
    return tuple(LeftOut(int(points.line[i]), reason, t, v) for i, t, v in zip(place, time, value, strict=True))


def times(time: NDArray[np.datetime64]) -> str:
    """Return the first of the times in words, without the clock where it is always midnight."""
    midnight = bool((time == time.astype("datetime64[D]")).all())
    shown = time[: SHOWN + 1].astype("datetime64[D]" if midnight else "datetime64[s]")
    return some([*map(str, shown[:SHOWN]), *[""] * max(0, len(time) - SHOWN)])
