"""Which column of a table tells the time of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.series.date import Dates, dates, shape
from explorer.series.frequency import frequency
from explorer.series.grid import CLOCK_LIKE
from explorer.series.number import is_missing, is_number
from explorer.series.series import SeriesError, plain
from explorer.series.table import Table
from explorer.series.word import DAY, HOUR, MONTH, TIME_WORDS, YEAR, all_words, first_word

DIGITS = {4: "%Y", 6: "%Y%m", 8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
FORMS = {4: "year", 6: "year month", 8: "year month day", 10: "year month day hour"}
EPOCH = {10: "s", 13: "ms"}
YEARS = (1000, 2200)
MOST_TRIED = 100
FOUR_DIGITS = re.compile(r"\s*[0-9]{4}(\.0+)?\s*")


@dataclass(frozen=True)
class Clock:
    """The times of the rows of a table.

    Attributes
    ----------
    name : str
        Name of the column, or of the columns joined by ``" + "``.
    columns : tuple of int
        Their positions.
    dates : Dates
        Their times.
    """

    name: str
    columns: tuple[int, ...]
    dates: Dates


def sample(cells: Sequence[str], most: int = 60) -> list[str]:
    """Return some of the cells that are not missing, from the whole column."""
    shown = [cell for cell in cells[:: max(1, len(cells) // most)] if not is_missing(cell)]
    return shown or [cell for cell in cells if not is_missing(cell)][:most]


def share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    """Return the share of cells that pass a test; 0 where there are none."""
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


def find(table: Table, wanted: str | None = None) -> Clock | None:
    """Return the times of the rows, None where no column tells them.

    Raises
    ------
    SeriesError
        If the column ``wanted`` is not there, or more than one in ten of the cells of the time column is no time.
    """
    if wanted is not None:
        return _checked(_chosen(table, wanted), table)
    dated = [j for j in range(min(len(table.names), MOST_TRIED)) if _is_dated(table.columns[j])]
    dated.sort(key=lambda j: len(set(sample(table.columns[j]))) == 1)
    if dated and not _is_fixed(written := _with_clock(table, dated[0])):
        return _checked(written, table)
    clock = _calendar(table)
    return _checked(clock, table) if clock else _numeral(table)


def _is_dated(cells: Sequence[str]) -> bool:
    shown = sample(cells)
    return share(shown, shape) >= 0.5 and share(shown, is_number) < 0.5


def _is_fixed(clock: Clock) -> bool:
    """Tell whether all rows have the same time, as where a file says when it was made."""
    known = clock.dates.time[~np.isnat(clock.dates.time)]
    return len(known) > 1 and bool((known == known[0]).all())


def _chosen(table: Table, wanted: str) -> Clock:
    if wanted not in table.names:
        raise SeriesError(f"There is no column {plain(wanted)!r}; there is {plain(', '.join(table.names), 200)}.")
    j = table.names.index(wanted)
    if _is_dated(table.columns[j]):
        return _with_clock(table, j)
    read = _digits(table.columns[j])
    if read is None:
        raise SeriesError(f"Column {wanted!r} does not hold times: choose another one.")
    return Clock(wanted, (j,), read)


def _checked(clock: Clock, table: Table) -> Clock:
    """Return a clock that tells nearly every row's time."""
    cells = table.columns[clock.columns[0]]
    lost = [i for i in np.flatnonzero(np.isnat(clock.dates.time)).tolist() if not is_missing(cells[i])]
    if len(lost) > len(cells) / 10:
        raise SeriesError(
            f"In time column {clock.name!r}, {len(lost)} of {len(cells)} cells cannot be read like the others"
            f" (first: line {table.lines[lost[0]]}, {plain(cells[lost[0]], 40)!r}): write all as 2024-01-31."
        )
    return clock


def _with_clock(table: Table, j: int) -> Clock:
    """Return the times of a column of dates, joined with a column of times of day where there is one."""
    if not share(sample(table.columns[j]), lambda cell: ":" in cell):
        for k, cells in enumerate(table.columns[:MOST_TRIED]):
            if k != j and share(shown := sample(cells), lambda cell: CLOCK_LIKE.fullmatch(cell.strip())) > 0.9:
                return _joined(table, (j, k), "{} {}")
            if all_words(table.names[k]) & HOUR and share(shown, _is_hour) == 1.0:
                return _joined(table, (j, k), "{} {}:00")
    return Clock(table.names[j], (j,), dates(table.columns[j]))


def _is_hour(cell: str) -> bool:
    return cell.strip().isdecimal() and int(cell.strip()[:4]) < 24


def _joined(table: Table, columns: tuple[int, ...], layout: str) -> Clock:
    parts = zip(*(table.columns[j] for j in columns), strict=True)
    cells = [layout.format(*(re.sub(r"\.0+$", "", part.strip()) for part in row)) for row in parts]
    return Clock(" + ".join(table.names[j] for j in columns), columns, dates(cells))


def _calendar(table: Table) -> Clock | None:
    """Return the times that columns named year, month and day (and hour) make up."""
    found = [_called(table, names) for names in (YEAR, MONTH, DAY, HOUR)]
    present = tuple(j for j in found if j is not None)
    known = len(present)
    if known < 2 or None in found[:known]:
        return None
    if share(sample(table.columns[present[0]]), FOUR_DIGITS.fullmatch) < 1:
        return None
    worded = share(sample(table.columns[present[1]]), is_number) < 0.5
    layouts = ("{1} {0}", "{2} {1} {0}", "{2} {1} {0} {3}:00") if worded else ("{}-{}", "{}-{}-{}", "{}-{}-{} {}:00")
    clock = _joined(table, present, layouts[known - 2])
    return None if bool(np.isnat(clock.dates.time).all()) else clock


def _called(table: Table, names: frozenset[str]) -> int | None:
    """Return the first column whose name is one of the words, whatever stands in brackets behind it."""
    return next((j for j, n in enumerate(table.names) if first_word(n) in names), None)


def _numeral(table: Table) -> Clock | None:
    """Return the times of a column of plain numbers: years, 20240131, or seconds since 1970.

    Such a column must be called so or go up in equal steps, and leave another one to be the value.
    """
    numeric = [j for j in range(min(len(table.names), MOST_TRIED)) if share(sample(table.columns[j]), is_number) > 0.9]
    for j in numeric if len(numeric) > 1 else []:
        read = _digits(table.columns[j])
        named = bool(all_words(table.names[j]) & (TIME_WORDS | YEAR))
        if read and (named or _is_even(read.time)):
            return _checked(Clock(table.names[j], (j,), read), table)
    return None


def _is_even(time: NDArray[np.datetime64]) -> bool:
    known = time[~np.isnat(time)]
    once = np.unique(known)
    return len(once) > 0.9 * len(known) and frequency(once) != "irregular"


def _digits(cells: Sequence[str]) -> Dates | None:
    """Read a column of digits as times; None where most cells are not of one such kind."""
    text = pd.Series(cells, dtype="str").str.strip().str.replace(r"\.0+$", "", regex=True)
    shown = sample(text.tolist())
    length = len(shown[0]) if shown else 0
    if share(shown, lambda cell: re.fullmatch(f"[0-9]{{{length}}}", cell)) < 0.5:
        return _decimal_years(text)
    if length in DIGITS:
        right = text.str.fullmatch(f"[0-9]{{{length}}}")
        read = (
            pd.to_datetime(text.where(right, ""), format=DIGITS[length], errors="coerce")
            .to_numpy("datetime64[us]")
            .copy()
        )
        year = read.astype("datetime64[Y]").astype(np.int64) + 1970
        read[(year < YEARS[0]) | (year > YEARS[1])] = np.datetime64("NaT", "us")
        if (~np.isnat(read)).mean() > 0.5:
            return Dates(read, FORMS.get(length, "digits"))
    if length not in EPOCH:
        return None
    since = pd.to_numeric(text.where(text.str.fullmatch(r"[0-9]{1,13}")), errors="coerce").to_numpy(np.float64)
    whole = np.where(np.isnan(since), np.iinfo(np.int64).min, np.nan_to_num(since)).astype(np.int64)
    read = whole.astype(f"datetime64[{EPOCH[length]}]").astype("datetime64[us]")
    return Dates(read, "seconds since 1970" if length == 10 else "milliseconds since 1970")


def _decimal_years(text: pd.Series) -> Dates | None:
    """Read years with a fraction, such as 1949.083, rounded to a month where all lie near one."""
    year = pd.to_numeric(text.where(text.str.fullmatch(r"[0-9]{4}(\.[0-9]{1,12})?")), errors="coerce").to_numpy(
        np.float64
    )
    known = ~np.isnan(year) & (year >= YEARS[0]) & (year < YEARS[1])
    if known.mean() <= 0.5 or not bool((np.diff(year[known]) > 0).all()):
        return None
    time = np.full(len(year), np.datetime64("NaT", "us"), "datetime64[us]")
    months = (year[known] - 1970) * 12
    if np.abs(months - np.round(months)).max() < 0.02:
        time[known] = np.round(months).astype("datetime64[M]")
        return Dates(time, "year with a fraction", note="Fractions of a year were rounded to the month.")
    start = np.floor(year[known]).astype(np.int64) - 1970
    first, after = (
        s.astype("datetime64[Y]").astype("datetime64[s]").astype(np.int64)
        for s in (start, start + np.timedelta64(1, "Y"))
    )
    time[known] = (first + np.round((year[known] % 1) * (after - first)).astype(np.int64)).astype("datetime64[s]")
    return Dates(time, "year with a fraction")
