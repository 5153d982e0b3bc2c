"""Bytes of a person's file → a time series, with every decision, and a note for what was changed or skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.series.choice import choose, column
from explorer.series.clock import find
from explorer.series.decision import LeftOut
from explorer.series.decoding import MOST_BYTES, decode
from explorer.series.docket import Docket
from explorer.series.frequency import frequency
from explorer.series.grid import CALLED
from explorer.series.kind import is_sheets
from explorer.series.layout import melted
from explorer.series.long import one_series
from explorer.series.points import Points, filled, ordered
from explorer.series.reading import Reading, known_rows
from explorer.series.sentinel import without_sentinels
from explorer.series.series import Series, Understood, plain
from explorer.series.summary import remarks, summary
from explorer.series.table import Table, table_of, tabulate
from explorer.series.workbook import sheet

WORKBOOK = "workbook"
PREVIEW = (6, 30)


def read(
    data: bytes,
    name: str,
    *,
    value: str | None = None,
    time: str | None = None,
    overrule: Mapping[str, str] | None = None,
) -> Series:
    """Read a CSV, another table of text, or a sheet of a workbook, as a time series.

    Everything about the file is found out from it, and each decision can be overruled. Missing values between two
    others are put on the line between them, by position where the times are regular and by time where they are not; at
    the ends they are left out.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for messages.
    value, time : str, optional
        Names of the columns to take, as in `Series.columns`; found out where they are not given.
    overrule : mapping of str to str, optional
        What to take for the decisions with these names, each one of `Decision.options`.

    Returns
    -------
    Series
        At least 8 points, in the order of time.

    Raises
    ------
    SeriesError
        If the file cannot be read without guessing blindly; the message says why, where and what to do.
    """
    named = {"value": value, "time": time}
    docket = Docket({**(overrule or {}), **{what: column for what, column in named.items() if column is not None}})
    encoding, shown = _opened(data, name, docket)
    reading = _read(encoding, shown, docket)
    value_of, said = without_sentinels(reading.numbers.value, docket)
    raw = reading.points(value_of)
    points = filled(ordered(raw, reading.name, docket), reading.name)
    understood = _understood(docket, reading, raw, points)
    asked = [decision.sentence for decision in docket.decisions if not decision.sure]
    return Series(
        np.arange(len(points.value)) if points.time is None else _shortest(points.time),
        points.value,
        points.filled,
        reading.name,
        reading.table.names,
        tuple(dict.fromkeys([*asked, *summary(reading, understood), *said, *remarks(points, understood)])),
        understood,
        docket.decisions,
        _by_line(points.left_out),
        _preview(shown),
    )


def _opened(data: bytes, name: str, docket: Docket) -> tuple[str, Table]:
    """Return the encoding and the table of a file, be it text or a workbook."""
    if is_sheets(data):
        return WORKBOOK, table_of(sheet(data, name, docket), docket)
    text, encoding = decode(data, name, docket, MOST_BYTES)
    return encoding, tabulate(text, docket=docket)


def _read(encoding: str, shown: Table, docket: Docket) -> Reading:
    """Return the columns of times and values of a table."""
    table = melted(shown, docket)
    table, clock = one_series(table, find(table, docket), docket)
    chosen, possible = choose(table, clock, docket)
    numbers = column(table, chosen, known_rows(table, clock).tolist(), docket)
    return Reading(encoding, table, clock, chosen, possible, numbers)


def _understood(docket: Docket, reading: Reading, raw: Points, points: Points) -> Understood:
    """Return the decisions in fields."""
    table, clock = reading.table, reading.clock
    return Understood(
        encoding=reading.encoding,
        separator=CALLED[table.separator],
        decimal=reading.numbers.decimal,
        time_column=clock.name if clock else None,
        time_format=clock.dates.form if clock else "",
        frequency="none" if points.time is None else frequency(points.time),
        value_column=reading.name,
        value_columns=tuple(table.names[j] for j in sorted(reading.possible)),
        rows=len(points.value),
        total=len(table.lines),
        filled=int(points.filled.sum()),
        duplicates=points.duplicates,
        skipped=tuple(sorted(row.line for row in raw.left_out)),
        assumed=not all(decision.sure for decision in docket.decisions),
    )


def _by_line(rows: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """Return rows in the order of their lines, each line once."""
    return tuple(row for _, row in sorted({row.line: row for row in reversed(rows)}.items()))


def _preview(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the names and the first rows."""
    rows, width = PREVIEW
    first = [[plain(cell, 40) for cell in column[:rows]] for column in table.columns[:width]]
    return (table.names[:width], *zip(*first, strict=True))


def _shortest(time: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return times in whole seconds where nothing is lost by it."""
    seconds = time.astype("datetime64[s]")
    return seconds if bool((seconds == time).all()) else time
