"""Sentences that say what was understood of a file."""

from __future__ import annotations

import numpy as np

from explorer.series.affix import is_missing
from explorer.series.frequency import absent
from explorer.series.phrase import count, some
from explorer.series.points import Points
from explorer.series.reading import Reading
from explorer.series.series import Understood, plain

BETWEEN = {"none": "a single column", "sheet": "cells of a sheet"}


def summary(reading: Reading, understood: Understood) -> list[str]:
    """Say what the file is, and which rows and cells were not taken as they are."""
    clock, numbers = reading.clock, reading.numbers
    between = BETWEEN.get(understood.separator, f"{understood.separator}-separated")
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
    notes += [f"Taken off each number: {numbers.affix!r}."] if numbers.affix else []
    unit = reading.table.units[reading.chosen]
    notes += [f"Beside the name of column {reading.name!r} stands {unit!r}."] if unit else []
    return [*notes, *reading.table.notes, *_not_taken(reading)]


def _not_taken(reading: Reading) -> list[str]:
    """Say which rows and cells were not taken as they are."""
    table, clock, known = reading.table, reading.clock, reading.known
    notes = list[str]()
    lost = np.flatnonzero(~known).tolist()
    if clock and lost:
        first = plain(table.columns[clock.columns[0]][lost[0]], 40)
        what = f"no time in column {clock.name!r}" + ("" if is_missing(first) else f" (first: {first!r})")
        notes.append(f"{count(len(lost), 'row')} skipped, {what}: line {some([table.lines[i] for i in lost])}.")
    marked = np.zeros(len(known), bool)
    marked[list(reading.numbers.flagged)] = True
    for places, what in (
        (reading.numbers.bad, "treated as missing, text"),
        (reading.numbers.infinite, "treated as missing, infinite"),
        (marked, "read without a mark behind the number"),
    ):
        at = np.flatnonzero(places & known).tolist()
        if at:
            cell = plain(table.columns[reading.chosen][at[0]], 40)
            lines = some([table.lines[i] for i in at])
            notes.append(f"{count(len(at), 'cell')} {what} (first: {cell!r}): line {lines}.")
    return notes


def remarks(points: Points, understood: Understood) -> list[str]:
    """Say what is odd about the series."""
    notes = [*points.notes]
    gaps = 0 if points.time is None else absent(points.time)
    if gaps:
        notes.append(f"{count(gaps, 'time')} absent from the {understood.frequency} series; nothing was put there.")
    if np.ptp(points.value) == 0:
        notes.append(f"All values are the same ({points.value[0]:g}).")
    return notes
