"""Several series below each other in one table → the one that is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.series.affix import is_missing
from explorer.series.calendar import Clock
from explorer.series.docket import Docket
from explorer.series.phrase import count, some
from explorer.series.series import plain
from explorer.series.table import Table
from explorer.series.word import ID, all_words

MOST_LABELS, MOST_OPTIONS = 3, 1000
FEWEST = 8
BETWEEN = " · "


def one_series(table: Table, clock: Clock | None, docket: Docket) -> tuple[Table, Clock | None]:
    """Return the rows of one series, where rows of the same time differ by a name, and the times of those rows.

    The name may be spread over several columns, such as a country and an age. Where there are several series, the first
    is taken and the person asked.
    """
    found = _labels(table, clock) if clock else None
    if clock is None or not found:
        return table, clock
    label = _label(table, found)
    options = [name for name, rows in Counter(label).items() if rows >= FEWEST][:MOST_OPTIONS]
    if not options:
        return table, clock
    taken = docket.asked("series", options) or options[0]
    rows = [i for i, name in enumerate(label) if name == taken]
    names = some([repr(table.names[j]) for j in found])
    docket.settle(
        "series",
        taken,
        options,
        f"{len(options):,} series stand below each other, told apart by column {names}; {taken!r} is shown.",
        sure=False,
    )
    kept = np.array(rows, np.intp)
    picked = replace(
        table,
        columns=tuple([cells[i] for i in rows] for cells in table.columns),
        lines=[table.lines[i] for i in rows],
        notes=(*table.notes, f"{count(len(label) - len(rows), 'row')} belong to other series."),
    )
    return picked, replace(clock, dates=replace(clock.dates, time=clock.dates.time[kept]))


def _labels(table: Table, clock: Clock) -> list[int]:
    """Return the columns that tell the rows of the same time apart; none where that needs none or no column does."""
    known = ~np.isnat(clock.dates.time)
    time = clock.dates.time[known]
    if bool((time[1:] > time[:-1]).all()):
        return []
    _, moment = np.unique(time, return_inverse=True)
    if not len(moment) or _clashes(moment) <= 0.2 * len(moment):
        return []
    taken, group = list[int](), moment
    codes = {j: _codes(table, j, known) for j in range(len(table.names)) if j not in clock.columns}
    able = {j: c for j, c in codes.items() if c is not None}
    for _ in range(MOST_LABELS):
        left = {j: _clashes(_paired(group, c)) for j, c in able.items() if j not in taken}
        if not left:
            break
        best = min(left, key=lambda j: (left[j] > 0.01 * len(moment), _is_numeric(table, j), j, left[j]))
        if left[best] >= 0.9 * _clashes(group):
            best = min(left, key=lambda j: left[j])
        group = _paired(group, able[best])
        taken.append(best)
        if _clashes(group) <= 0.01 * len(moment):
            return _needed(taken, able, moment)
    return []


def _needed(taken: list[int], codes: dict[int, NDArray[np.int64]], moment: NDArray[np.int64]) -> list[int]:
    """Return the columns without those that tell nothing more."""
    for j in taken[:-1]:
        group = moment
        for other in taken:
            group = group if other == j else _paired(group, codes[other])
        if _clashes(group) <= 0.01 * len(moment):
            return [other for other in taken if other != j]
    return taken


def _clashes(group: NDArray[np.int64]) -> int:
    return len(group) - len(np.unique(group))


def _paired(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each pair of numbers."""
    paired: NDArray[np.int64] = np.unique(one * (int(other.max()) + 1) + other, return_inverse=True)[1]
    return paired


def _codes(table: Table, j: int, known: NDArray[np.bool_]) -> NDArray[np.int64] | None:
    """Return a number for each name in a column; None where it cannot be what names a series."""
    cells = np.array(table.columns[j], dtype=object)[known]
    different, codes = np.unique(cells.astype(str), return_inverse=True)
    rows = len(cells)
    if not 2 <= len(different) <= rows / 3 or sum(map(is_missing, different)) > 1:
        return None
    if _is_numeric(table, j) and not all_words(table.names[j]) & ID and len(different) > rows / 8:
        return None
    numbered: NDArray[np.int64] = codes.astype(np.int64)
    return numbered


def _is_numeric(table: Table, j: int) -> bool:
    return all(cell.replace(".", "", 1).lstrip("-").isdigit() for cell in table.columns[j][:50] if cell.strip())


def _label(table: Table, columns: list[int]) -> list[str]:
    rows = list(zip(*(table.columns[j] for j in columns), strict=True))
    label = {row: plain(BETWEEN.join(part.strip() or "(empty)" for part in row)) for row in set(rows)}
    return [label[row] for row in rows]
