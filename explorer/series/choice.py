"""Which column of a table is the value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from explorer.series.calendar import Clock
from explorer.series.docket import Docket
from explorer.series.number import Numbers, is_missing, is_number, numbers
from explorer.series.series import SeriesError, plain
from explorer.series.table import Table, sample, share
from explorer.series.word import (
    ASIDE,
    COUNTER,
    DAY,
    ENTITY,
    HOUR,
    ID,
    MONTH,
    TIME_WORDS,
    VALUES,
    YEAR,
    all_words,
    first_word,
)

MARKS = {"point": ".", "comma": ","}
UNNAMED = re.compile(r"column [0-9]+|unnamed: ?[0-9]+", re.I)
NUMBERED = re.compile(r"[a-z]{2,}(id|no|num|nr|code)", re.I)
CALENDAR = YEAR | MONTH | DAY | HOUR | TIME_WORDS


def choices(table: Table, clock: Clock | None) -> list[int]:
    """Return the columns that may be the value, the likeliest first.

    Numbers that name something (ids, indices, places, flags, parts of a date) and columns that never change come last.
    """
    taken = clock.columns if clock else ()
    numeric = [j for j, cells in enumerate(table.columns) if j not in taken and share(sample(cells), is_number) >= 0.5]
    after = [j for j in numeric if not taken or j > taken[0]]
    ordered = after + [j for j in numeric if j not in after]
    return sorted(ordered, key=lambda j: (_doubt(table, j), table.names[j].lower() not in VALUES))


def choose(table: Table, clock: Clock | None, docket: Docket) -> tuple[int, list[int]]:
    """Return the column that is the value, and all that may be.

    Raises
    ------
    SeriesError
        If the column ``wanted`` is not there or holds no numbers, or if no column holds values.
    """
    possible = choices(table, clock)
    chosen = _chosen(table, clock, possible, docket.wanted("value"))
    options = [table.names[j] for j in possible]
    why = f"Column {table.names[chosen]!r} is the likeliest to hold the values."
    if others := _others(table, chosen, possible):
        why = f"The columns have no names: {table.names[chosen]!r} was taken, {others} more may be meant."
    docket.settle("value", table.names[chosen], options, why, sure=not others)
    return chosen, possible


def _others(table: Table, chosen: int, possible: list[int]) -> int:
    """Return how many columns are as likely as the chosen one where no name tells them apart."""
    if not all(map(UNNAMED.fullmatch, table.names)):
        return 0
    doubt = _doubt(table, chosen)
    return sum(_doubt(table, j) == doubt for j in possible if j != chosen)


def _chosen(table: Table, clock: Clock | None, possible: list[int], wanted: str | None) -> int:
    if wanted is not None:
        if wanted not in table.names:
            raise SeriesError(f"There is no column {plain(wanted)!r}; there is {plain(', '.join(table.names), 200)}.")
        j = table.names.index(wanted)
        if j not in possible:
            raise _no_numbers(table, j)
        return j
    if not possible:
        taken = clock.columns if clock else ()
        others = [j for j in range(len(table.names)) if j not in taken]
        if not others:
            raise SeriesError(
                f"There is no column of values beside the times in {clock.name if clock else ''!r}: add one."
            )
        raise _no_numbers(table, others[-1] if all(is_missing(c) for c in table.columns[others[-1]]) else others[0])
    if _doubt(table, possible[0]) == 3:
        name = table.names[possible[0]]
        raise SeriesError(
            f"The only numbers are in column {name!r}, which looks like an id, a counter or a time: add a column of"
            " values."
        )
    return possible[0]


def column(table: Table, j: int, known: Sequence[bool], docket: Docket) -> Numbers:
    """Read the column of values; rows where ``known`` is False do not count against it.

    Raises
    ------
    SeriesError
        As `checked` does.
    """
    asked = docket.asked("decimal", (*MARKS,))
    read = checked(table, j, numbers(table.columns[j], table.separator, MARKS.get(asked or "", "")), known)
    taken = next(word for word, mark in MARKS.items() if mark == read.decimal)
    docket.settle(
        "decimal",
        taken,
        (*MARKS,) if read.guess or asked else (),
        read.guess or f"All numbers of {table.names[j]!r} can be read with a decimal {taken}.",
        sure=not read.guess,
    )
    return read


def checked(table: Table, j: int, read: Numbers, known: Sequence[bool]) -> Numbers:
    """Return a column that was read as numbers; rows where ``known`` is False do not count against it.

    Raises
    ------
    SeriesError
        If its decimal marks contradict each other, or more than one in ten of its cells is text.
    """
    cells, name = table.columns[j], table.names[j]
    if read.clash:
        one, other = read.clash
        raise SeriesError(
            f"Column {name!r} has a decimal point in line {table.lines[one]} ({plain(cells[one], 40)!r}) and a decimal"
            f" comma in line {table.lines[other]} ({plain(cells[other], 40)!r}): write all its numbers in one way."
        )
    bad = np.flatnonzero(read.bad & np.asarray(known, bool)).tolist()
    present = sum(known)
    if len(bad) > present / 10:
        raise SeriesError(
            f"Column {name!r} holds text in {len(bad)} of {present} rows (first: line {table.lines[bad[0]]},"
            f" {plain(cells[bad[0]], 40)!r}): leave missing values empty, or choose another column."
        )
    return read


def _no_numbers(table: Table, j: int) -> SeriesError:
    """Return the sentence for a column without numbers."""
    cells, name = table.columns[j], table.names[j]
    first = next((i for i, cell in enumerate(cells) if not is_missing(cell)), None)
    if first is None:
        return SeriesError(f"Column {name!r} holds no values at all: every cell of it is missing.")
    return SeriesError(
        f"No numbers were found: column {name!r} starts with {plain(cells[first], 40)!r} in line {table.lines[first]};"
        " the file needs a column of numbers."
    )


def _doubt(table: Table, j: int) -> int:
    """Return how unlikely a column of numbers is to be the value, 0 to 3; 3 is never taken unasked."""
    name, cells = table.names[j], table.columns[j]
    words, steps = all_words(name), _steps(cells)
    if (words & ID and (len(words) <= 2 or name.lower().endswith("id"))) or re.search(r"[a-z]I[dD]$", name):
        return 3
    if steps == {1.0} and (words & COUNTER or not name.strip("#. ") or (j == 0 and UNNAMED.fullmatch(name))):
        return 3
    if (
        j == 0
        and UNNAMED.fullmatch(name)
        and len(set(cells)) == len(cells)
        and not all(map(UNNAMED.match, table.names))
    ):
        return 3
    rises = bool(steps) and min(steps) >= 0
    if name.lower() in TIME_WORDS | YEAR and rises:
        return 3
    if words & ASIDE or first_word(name) in CALENDAR or (words & CALENDAR and rises):
        return 2
    shown = sample(cells)
    if (words & ENTITY or NUMBERED.fullmatch(name)) and all(cell.strip().isdecimal() for cell in shown):
        return 2
    counted = UNNAMED.fullmatch(name) and len(shown) > 3 * len({*shown}) and all(map(str.isdecimal, shown))
    return 1 if {*shown} <= {"0", "1"} or len(steps) == 1 or counted else 0


def _steps(cells: Sequence[str]) -> set[float]:
    """Return the different steps of the first numbers of a column, rounded; none where one is no number."""
    try:
        first = [float(cell) for cell in cells[:500]]
    except ValueError:
        return set()
    return {round(after - before, 6) for before, after in pairwise(first)}
