"""Which column of a table tells the time of its rows."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from explorer.series.affix import is_missing
from explorer.series.calendar import Clock, calendar, is_numeral, with_clock
from explorer.series.date import Dates, is_date, shape
from explorer.series.docket import Docket
from explorer.series.number import is_number
from explorer.series.numeral import is_even
from explorer.series.series import SeriesError, plain
from explorer.series.table import MOST_TRIED, Table
from explorer.series.table import sample as sample
from explorer.series.table import share as share
from explorer.series.word import ID, TIME_WORDS, UPDATE, YEAR, all_words, first_word
from explorer.series.worded import worded

LIKE_DATE = re.compile(r"\s*[0-9]{1,4}([-/. :])[0-9]{1,2}(\1[0-9]{1,4})?\s*")
POINTED_MONTH = re.compile(r"\s*([0-9]{4}\.(0[1-9]|1[0-2])|(0[1-9]|1[0-2])\.[0-9]{4})\s*")
SOME = 1000
DAYS = "year month day"
PARTS = frozenset({"date", "time", "year", "month", "day", "datum", "timestamp"}) | YEAR
NONE = "none: number the rows"


def find(table: Table, docket: Docket) -> Clock | None:
    """Return the times of the rows, None where no column tells them.

    Raises
    ------
    SeriesError
        If the column that is asked for is not there or holds no times, or more than one in ten of the cells of the
        column of times is no time.
    """
    wanted = docket.wanted("time")
    order = docket.wanted("dates") or ""
    clock = _found(table, wanted, order)
    possible = [table.names[j] for j in range(min(len(table.names), MOST_TRIED)) if _may_be_time(table, j)]
    taken = clock.name if clock else NONE
    why = f"Column {taken!r} tells the times." if clock else "No column holds times, so the rows are numbered from 0."
    docket.settle("time", taken, [taken, *possible, NONE], why)
    unread = None if clock or wanted else _unread(table)
    if unread is not None:
        cells = f"column {table.names[unread]!r} (such as {plain(sample(table.columns[unread])[0], 40)!r})"
        docket.settle(
            "dates", "not read", (), f"The times in {cells} could not be read; rows are numbered.", sure=False
        )
    if clock:
        read = clock.dates
        docket.asked("dates", read.orders or ([order] if not order else []))
        why = f"All times in {clock.name!r} can be read as {read.form}."
        docket.settle("dates", read.order or read.form, read.orders, read.guess or why, sure=not read.guess)
    return clock


def _unread(table: Table) -> int | None:
    """Return a column that is called a time and holds something like dates."""
    for j, name in enumerate(table.names[:MOST_TRIED]):
        shown = sample(table.columns[j])
        dated = share(shown, LIKE_DATE.fullmatch) > 0.9 and share(shown, is_number) < 0.5
        words = all_words(name)
        if dated and words & TIME_WORDS:
            return j
        if {name.lower(), first_word(name)} & PARTS and share(shown, is_number) > 0.9 and not _is_elapsed(shown):
            return j
    return None


def _is_elapsed(shown: list[str]) -> bool:
    """Tell whether numbers start at nought or one and rise, as a count of seconds does."""
    try:
        number = [float(cell) for cell in shown]
    except ValueError:
        return False
    return number[0] in (0, 1) and number == sorted(number)


def _found(table: Table, wanted: str | None, order: str) -> Clock | None:
    if wanted == NONE:
        return None
    likely = _likely(table, order)
    if wanted is None or (likely and likely.name == wanted):
        return likely
    return _checked(_chosen(table, wanted, order), table)


def _likely(table: Table, order: str) -> Clock | None:
    """Return the column of times that is the likeliest."""
    dated = [j for j in range(min(len(table.names), MOST_TRIED)) if is_dated(table, j)]
    dated.sort(key=lambda j: (_repeats(table, j), bool(all_words(table.names[j]) & UPDATE)))
    if dated and not _is_fixed(written := with_clock(table, dated[0], order)):
        return _checked(written, table)
    clock = calendar(table)
    return _checked(clock, table) if clock else _numeral(table, order)


def _repeats(table: Table, j: int) -> int:
    """Return how much a column repeats itself: 2 where it never changes, 1 where most of its times come again."""
    cells = table.columns[j]
    shown = [cell for cell in cells[:1000] if not is_missing(cell)]
    return 2 if len({*sample(cells)}) == 1 else int(len({*shown}) < len(shown) / 2)


def is_dated(table: Table, j: int) -> bool:
    """Tell whether a column holds dates as they are written."""
    shown = sample(table.columns[j])
    named = bool(all_words(table.names[j]) & TIME_WORDS)
    if share(shown, is_number) >= 0.5 and share(shown, worded) < 0.5:
        return named and share(shown, POINTED_MONTH.fullmatch) == 1
    return share(shown, shape if named else is_date) >= 0.5


def _may_be_time(table: Table, j: int) -> bool:
    few = replace(table, columns=tuple(cells[:SOME] for cells in table.columns), lines=table.lines[:SOME])
    return is_dated(few, j) or _read(few, j, "") is not None


def _is_fixed(clock: Clock) -> bool:
    """Tell whether all rows have the same time, as where a file says when it was made."""
    known = clock.dates.time[~np.isnat(clock.dates.time)]
    return len(known) > 1 and bool((known == known[0]).all())


def _chosen(table: Table, wanted: str, order: str) -> Clock:
    if wanted not in table.names:
        raise SeriesError(f"There is no column {plain(wanted)!r}; there is {plain(', '.join(table.names), 200)}.")
    j = table.names.index(wanted)
    if is_dated(table, j):
        return with_clock(table, j, order)
    read = is_numeral(table, j, named=True, order=order)
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


def _numeral(table: Table, order: str) -> Clock | None:
    """Return the times of a column of plain numbers: years, 20240131, or seconds since 1970.

    Such a column must be called so or go up in equal steps, and leave another one to be the value.
    """
    numeric = [j for j in range(min(len(table.names), MOST_TRIED)) if share(sample(table.columns[j]), is_number) > 0.9]
    tried = numeric if len(numeric) > 1 else []
    for j in sorted(tried, key=lambda j: not all_words(table.names[j]) & (TIME_WORDS | YEAR)):
        read = _read(table, j, order)
        if read and read.form == DAYS:
            day = tuple(np.datetime_as_string(read.time, unit="D").tolist())
            columns = (*table.columns[:j], day, *table.columns[j + 1 :])
            clock = with_clock(replace(table, columns=columns), j, order)
            return _checked(clock if len(clock.columns) > 1 else Clock(table.names[j], (j,), read), table)
        if read:
            return _checked(Clock(table.names[j], (j,), read), table)
    return None


def _read(table: Table, j: int, order: str) -> Dates | None:
    """Return a column of numbers as times where it is called so or goes up in equal steps."""
    words = all_words(table.names[j])
    named = bool(words & (TIME_WORDS | YEAR)) or first_word(table.names[j]) in ("t", "ts")
    if (words & ID and not named) or share(sample(table.columns[j]), is_number) <= 0.9:
        return None
    read = is_numeral(table, j, named=named, order=order)
    return read if read and (named or is_even(read.time)) else None
