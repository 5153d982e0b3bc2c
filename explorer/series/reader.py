"""Bytes of a person's file → a time series, with a note for everything that was understood, changed or skipped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.series.choice import choose, column
from explorer.series.clock import Clock, find
from explorer.series.decoding import decode
from explorer.series.frequency import absent, frequency
from explorer.series.grid import SEPARATORS
from explorer.series.number import Numbers, is_missing
from explorer.series.phrase import SHOWN, count, some
from explorer.series.series import Series, SeriesError, Understood, plain
from explorer.series.table import Table, tabulate

FEWEST = 8
NINES = re.compile(r"-?9{2,}(\.9+)?")


@dataclass(frozen=True)
class _Points:
    """Rows on their way to a series: times (None for positions), values, and which are filled."""

    time: NDArray[np.datetime64] | None
    value: NDArray[np.float64]
    filled: NDArray[np.bool_]
    duplicates: int = 0
    notes: tuple[str, ...] = ()


def read(data: bytes, name: str, *, value: str | None = None, time: str | None = None) -> Series:
    """Read a CSV, or another table of text, as a time series.

    Encoding, separator, decimal mark, header, time column and value column are found out from the file. Missing values
    between two others are put on the line between them, by position where the times are regular and by time where they
    are not; at the ends they are left out.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for messages.
    value, time : str, optional
        Names of the columns to take, as in `Series.columns`; found out where they are not given.

    Returns
    -------
    Series
        At least 8 points, in the order of time.

    Raises
    ------
    SeriesError
        If the file cannot be read without guessing blindly; the message says why, where and what to do.
    """
    text, encoding = decode(data, name)
    table = tabulate(text)
    clock = find(table, time)
    chosen, possible = choose(table, clock, value)
    known = ~np.isnat(clock.dates.time) if clock else np.ones(len(table.lines), bool)
    numbers = column(table, chosen, known.tolist())
    points = _filled(_ordered(_points(clock, numbers, known), table.names[chosen]), table.names[chosen])
    when = np.arange(len(points.value)) if points.time is None else _shortest(points.time)
    guess = " ".join(sentence for sentence in (clock.dates.guess if clock else "", numbers.guess) if sentence)
    understood = replace(
        _understood(table, clock, chosen, points, known),
        encoding=encoding,
        decimal=numbers.decimal,
        value_columns=tuple(table.names[j] for j in sorted(possible)),
        assumed=bool(guess),
    )
    notes = (
        *((guess,) if guess else ()),
        *_summary(understood, clock, numbers),
        *table.notes,
        *_left_out(table, chosen, clock, numbers, known),
        *points.notes,
        *_remarks(points, understood),
    )
    return Series(when, points.value, points.filled, table.names[chosen], table.names, notes, understood)


def _understood(
    table: Table, clock: Clock | None, chosen: int, points: _Points, known: NDArray[np.bool_]
) -> Understood:
    """Return what table, times and points tell."""
    lost = (table.lines[i] for i in np.flatnonzero(~known).tolist())
    return Understood(
        encoding="",
        separator=SEPARATORS[table.separator],
        decimal=".",
        time_column=clock.name if clock else None,
        time_format=clock.dates.form if clock else "",
        frequency="none" if points.time is None else frequency(points.time),
        value_column=table.names[chosen],
        value_columns=(),
        rows=len(points.value),
        total=len(table.lines),
        filled=int(points.filled.sum()),
        duplicates=points.duplicates,
        skipped=tuple(sorted((*table.skipped, *lost))),
        assumed=False,
    )


def _points(clock: Clock | None, numbers: Numbers, known: NDArray[np.bool_]) -> _Points:
    value = numbers.value[known]
    return _Points(clock.dates.time[known] if clock else None, value, np.zeros(len(value), bool))


def _ordered(points: _Points, name: str) -> _Points:
    """Sort by time and leave out rows whose time has come before; the first with a value stays."""
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
    time, value = points.time[order], points.value[order]
    again = np.concatenate([[False], time[1:] == time[:-1]]) if len(time) else np.zeros(0, bool)
    extra = int(again.sum())
    if extra:
        kept = value[~again][np.cumsum(~again) - 1]
        differ = again & ~np.isnan(value) & (value != kept)
        if differ.sum() > len(time) / 3:
            raise SeriesError(
                f"{extra} of {len(time)} rows have a time that came before, with another {name!r}: keep one row for"
                " each time, or choose another time column."
            )
        notes.append(f"{count(extra, 'row')} left out, because its time had come before: {_times(time[again])}.")
    return _Points(time[~again], value[~again], points.filled[: len(time) - extra], extra, tuple(notes))


def _filled(points: _Points, name: str) -> _Points:
    """Drop missing values at both ends and interpolate the others."""
    there = np.flatnonzero(~np.isnan(points.value))
    if len(there) < FEWEST:
        raise SeriesError(_too_few(len(points.value), len(there), name))
    span = slice(int(there[0]), int(there[-1]) + 1)
    value, time = points.value[span].copy(), None if points.time is None else points.time[span]
    notes, hole = list(points.notes), np.isnan(value)
    ends = len(points.value) - len(value)
    if ends:
        notes.append(f"{count(ends, 'row')} without a value at the start or the end left out.")
    if hole.any():
        even = time is None or frequency(time) != "irregular"
        at = np.arange(len(value), dtype=float) if even or time is None else (time - time[0]).astype(float)
        value[hole] = np.interp(at[hole], at[~hole], value[~hole])
        where = _times(time[hole]) if time is not None else "at positions " + some(np.flatnonzero(hole).tolist())
        notes.append(f"{count(int(hole.sum()), 'missing value')} put on the line between the neighbours: {where}.")
    return replace(points, time=time, value=value, filled=hole, notes=tuple(notes))


def _too_few(rows: int, there: int, name: str) -> str:
    if there == 0:
        return f"Column {name!r} holds no values at all: every cell of it is missing, or its row has no time."
    if rows == 1:
        return f"There is only one row of data: at least {FEWEST} values are needed."
    return f"Column {name!r} has only {count(there, 'value')}: at least {FEWEST} are needed."


def _shortest(time: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return times in whole seconds where nothing is lost by it."""
    seconds = time.astype("datetime64[s]")
    return seconds if bool((seconds == time).all()) else time


def _summary(understood: Understood, clock: Clock | None, numbers: Numbers) -> list[str]:
    """Say what the file is."""
    between = {"none": "a single column"}.get(understood.separator, f"{understood.separator}-separated")
    mark = "point" if understood.decimal == "." else "comma"
    notes = [f"Read as {understood.encoding}, {between}, decimal {mark}."]
    if clock:
        notes.append(f"Times: column {clock.name!r}, written as {clock.dates.form}, {understood.frequency}.")
        notes += [clock.dates.note] if clock.dates.note else []
    else:
        notes.append("No column of times was found: the values are numbered from 0.")
    others = [name for name in understood.value_columns if name != understood.value_column]
    more = f"; also possible: {some(others)}" if others else ""
    notes.append(f"Values: column {understood.value_column!r}{more}.")
    return [*notes, *([f"Taken off each number: {numbers.affix!r}."] if numbers.affix else [])]


def _left_out(table: Table, chosen: int, clock: Clock | None, numbers: Numbers, known: NDArray[np.bool_]) -> list[str]:
    """Say which rows and cells were not taken as they are."""
    notes = list[str]()
    lost = np.flatnonzero(~known).tolist()
    if clock and lost:
        cells = table.columns[clock.columns[0]]
        first = plain(cells[lost[0]], 40)
        what = f"no time in column {clock.name!r}" + ("" if is_missing(first) else f" (first: {first!r})")
        notes.append(f"{count(len(lost), 'row')} skipped, {what}: line {some([table.lines[i] for i in lost])}.")
    for places, what in ((numbers.bad, "text"), (numbers.infinite, "infinite")):
        at = np.flatnonzero(places & known).tolist()
        if at:
            cell = plain(table.columns[chosen][at[0]], 40)
            lines = some([table.lines[i] for i in at])
            notes.append(f"{count(len(at), 'cell')} treated as missing, {what} (first: {cell!r}): line {lines}.")
    return notes


def _remarks(points: _Points, understood: Understood) -> list[str]:
    """Say what is odd about the series."""
    notes = list[str]()
    gaps = 0 if points.time is None else absent(points.time)
    if gaps:
        notes.append(f"{count(gaps, 'time')} absent from the {understood.frequency} series; nothing was put there.")
    if np.ptp(points.value) == 0:
        notes.append(f"All values are the same ({points.value[0]:g}).")
    for end in (points.value.min(), points.value.max()):
        others = points.value[points.value != end]
        far = len(others) and np.abs(others - end).min() > 2 * np.ptp(others)
        if far and NINES.fullmatch(f"{end:g}"):
            times = count(int((points.value == end).sum()), "time")
            notes.append(f"The value {end:g} comes {times}, far from all others: if it means missing, leave it empty.")
    return notes


def _times(time: NDArray[np.datetime64]) -> str:
    """Return the first of the times in words, without the clock where it is always midnight."""
    midnight = bool((time == time.astype("datetime64[D]")).all())
    shown = time[: SHOWN + 1].astype("datetime64[D]" if midnight else "datetime64[s]")
    return some([*map(str, shown[:SHOWN]), *[""] * max(0, len(time) - SHOWN)])
