"""Times that stand in several columns: a date and a time of day, or year, month and day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.series.affix import is_missing
from explorer.series.date import Dates, dates
from explorer.series.grid import CLOCK_LIKE
from explorer.series.number import is_number
from explorer.series.numeral import WEEK_NAMES, numerals
from explorer.series.table import MOST_TRIED, Table, sample, share
from explorer.series.word import DAY, DAY_OF_YEAR, HOUR, MINUTE, MONTH, QUARTERS, YEAR, all_words, first_word

PERIOD = frozenset({"period"})
FOUR_DIGITS = re.compile(r"\s*[0-9]{4}(\.0+)?\s*")
POINTED = re.compile(r"([0-9]{1,2})[.h]([0-9]{2})(?:\.([0-9]{2}))?")
SIX_DIGITS = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])")
WHOLE = re.compile(r"\.0+$")


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


def with_clock(table: Table, j: int, order: str) -> Clock:
    """Return the times of a column of dates, joined with a column of times of day where there is one."""
    if share(sample(table.columns[j]), lambda cell: ":" in cell) <= 0.5:
        for k in range(min(len(table.names), MOST_TRIED)):
            clocks = None if k == j else _clocks(table, k)
            if clocks:
                days = _as_dates(table.columns[j])
                return joined(table, (j, k), [f"{day} {clock}" for day, clock in zip(days, clocks, strict=True)], order)
    return Clock(table.names[j], (j,), dates(table.columns[j], order))


def _as_dates(cells: Sequence[str]) -> Sequence[str]:
    """Return dates without the midnight that some programs write behind each."""
    return [re.sub(r"[T ]0?0:00(:00)?$", "", cell.strip()) for cell in cells]


def _clocks(table: Table, k: int) -> list[str] | None:
    """Return a column as times of day; None where it does not hold such."""
    cells, words = table.columns[k], all_words(table.names[k])
    shown = sample(cells)
    if share(shown, lambda cell: CLOCK_LIKE.fullmatch(cell.strip())) > 0.9:
        return [cell.strip() for cell in cells]
    if not words & (HOUR | {"time", "utc", "hhmm", "zeit", "uhrzeit", "heure", "hora"}):
        return None
    for pattern in (POINTED, SIX_DIGITS):
        if all(pattern.fullmatch(cell.strip()) for cell in shown):
            found = [pattern.fullmatch(cell.strip()) for cell in cells]
            return [":".join(filter(None, match.groups())) if match else "" for match in found]
    bare = [WHOLE.sub("", cell.strip()) for cell in cells]
    whole = [int(cell) for cell in bare if cell.isascii() and cell.isdigit() and len(cell) < 5]
    if len(whole) < 0.9 * len(bare):
        return None
    if words & HOUR and max(whole) <= 24:
        return [f"{cell}:00" for cell in bare]
    if max(whole) <= 2400 and all(number % 100 < 60 for number in whole):
        return [f"{cell.zfill(4)[:2]}:{cell.zfill(4)[2:]}" for cell in bare]
    return None


def joined(table: Table, columns: tuple[int, ...], cells: Sequence[str], order: str = "") -> Clock:
    """Return the times that several columns make up."""
    return Clock(" + ".join(table.names[j] for j in columns), columns, dates(cells, order))


def calendar(table: Table) -> Clock | None:
    """Return the times that columns named year, month and day (and hour, and minute) make up."""
    year = _called(table, YEAR)
    if year is None or share(sample(table.columns[year]), FOUR_DIGITS.fullmatch) < 0.9:
        return None
    for names, layout in (
        (DAY_OF_YEAR, "{0}-{1:0>3}"),
        (QUARTERS, "{0}-Q{1}"),
        (WEEK_NAMES, "{0}-W{1}"),
        (PERIOD, "{0}-{1}"),
    ):
        part = _called(table, names)
        if part is not None and _called(table, MONTH) is None and _is_part(table, part):
            hour = _called(table, HOUR) if names is DAY_OF_YEAR else None
            places = (year, part) if hour is None else (year, part, hour)
            return _sound(table, places, layout if hour is None else layout + " {2}:00")
    found = [year]
    for names in (MONTH, DAY, HOUR, MINUTE):
        part = _called(table, names)
        if part is None:
            break
        found.append(part)
    if len(found) < 2:
        return None
    worded = share(sample(table.columns[found[1]]), is_number) < 0.5
    month = ["{1} {0}", "{2} {1} {0}"] if worded else ["{0}-{1}", "{0}-{1}-{2}"]
    layouts = [*month, month[1] + " {3}:00", month[1] + " {3}:{4:0>2}"]
    return _sound(table, tuple(found), layouts[len(found) - 2])


def _is_part(table: Table, j: int) -> bool:
    """Tell whether a column holds the number of a quarter, a week or a day, perhaps with a letter before it."""
    return share(sample(table.columns[j]), re.compile(r"\s*[QTWMqtwm]?[0-9]{1,3}(\.0+)?\s*").fullmatch) > 0.9


def _sound(table: Table, columns: tuple[int, ...], layout: str) -> Clock | None:
    """Return the times of the parts of dates, None where they are none."""
    parts = [_filled_down(table.columns[j]) if n == 0 else table.columns[j] for n, j in enumerate(columns)]
    rows = zip(*parts, strict=True)
    letters = "Mm" if layout == "{0}-{1}" else "QTWqtw"
    cells = [
        layout.format(*(WHOLE.sub("", part.strip()).lstrip(letters) or part.strip() for part in row)) for row in rows
    ]
    clock = joined(table, columns, cells)
    return None if bool(np.isnat(clock.dates.time).all()) else clock


def _filled_down(cells: Sequence[str]) -> Sequence[str]:
    """Return years where each stands only in the first of its rows."""
    if not any(is_missing(cell) for cell in cells):
        return cells
    filled, last = list[str](), ""
    for cell in cells:
        last = cell if not is_missing(cell) else last
        filled.append(last)
    return filled


def _called(table: Table, names: frozenset[str]) -> int | None:
    """Return the first column whose name is one of the words, whatever stands in brackets behind it."""
    return next((j for j, n in enumerate(table.names) if first_word(n) in names), None)


def is_numeral(table: Table, j: int, *, named: bool, order: str = "") -> Dates | None:
    """Return a column of numbers read as times, None where it is not."""
    words = all_words(table.names[j])
    yearly, weekly = bool(words & YEAR), bool(words & WEEK_NAMES)
    return numerals(table.columns[j], named=named, yearly=yearly, weekly=weekly, order=order)
