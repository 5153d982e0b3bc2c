"""Which column of a table is the value."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from explorer.series.clock import Clock, sample, share
from explorer.series.number import Numbers, is_missing, is_number, numbers
from explorer.series.series import SeriesError, plain
from explorer.series.table import Table
from explorer.series.word import ASIDE, DAY, HOUR, ID, MONTH, TIME_WORDS, YEAR, all_words, first_word

CALENDAR = YEAR | MONTH | DAY | HOUR | TIME_WORDS


def choices(table: Table, clock: Clock | None) -> list[int]:
    """Return the columns that may be the value, the likeliest first.

    Numbers that name something (ids, indices, places, flags, parts of a date) and columns that never change come last.
    """
    taken = clock.columns if clock else ()
    numeric = [j for j, cells in enumerate(table.columns) if j not in taken and share(sample(cells), is_number) >= 0.5]
    after = [j for j in numeric if not taken or j > taken[0]]
    ordered = after + [j for j in numeric if j not in after]
    return sorted(ordered, key=lambda j: _doubt(table.names[j], table.columns[j]))


def choose(table: Table, clock: Clock | None, wanted: str | None) -> tuple[int, list[int]]:
    """Return the column that is the value, and all that may be.

    Raises
    ------
    SeriesError
        If the column ``wanted`` is not there or holds no numbers, or if no column holds values.
    """
    possible = choices(table, clock)
    if wanted is not None:
        if wanted not in table.names:
            raise SeriesError(f"There is no column {plain(wanted)!r}; there is {plain(', '.join(table.names), 200)}.")
        j = table.names.index(wanted)
        if j not in possible:
            raise _no_numbers(table, j)
        return j, possible
    if not possible:
        taken = clock.columns if clock else ()
        others = [j for j in range(len(table.names)) if j not in taken]
        if not others:
            raise SeriesError(
                f"There is no column of values beside the times in {clock.name if clock else ''!r}: add one."
            )
        raise _no_numbers(table, others[-1] if all(is_missing(c) for c in table.columns[others[-1]]) else others[0])
    if _doubt(table.names[possible[0]], table.columns[possible[0]]) == 3:
        name = table.names[possible[0]]
        raise SeriesError(f"The only numbers are in column {name!r}, which looks like an id: add a column of values.")
    return possible[0], possible


def column(table: Table, j: int, known: Sequence[bool]) -> Numbers:
    """Read the column of values; rows where ``known`` is False do not count against it.

    Raises
    ------
    SeriesError
        As `checked` does.
    """
    return checked(table, j, numbers(table.columns[j], table.separator), known)


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


def _doubt(name: str, cells: Sequence[str]) -> int:
    """Return how unlikely a column of numbers is to be the value, 0 to 3; 3 is never taken unasked."""
    if (all_words(name) & ID and (len(all_words(name)) <= 2 or name.lower().endswith("id"))) or re.search(
        r"[a-z]I[dD]$", name
    ):
        return 3
    if all_words(name) & ASIDE or first_word(name) in CALENDAR:
        return 2
    counting = any(all(cell.strip() == str(i) for i, cell in enumerate(cells, start)) for start in (0, 1))
    shown = sample(cells)
    return 1 if counting or (shown.count(shown[0]) == len(shown) and len(set(cells)) == 1) else 0
