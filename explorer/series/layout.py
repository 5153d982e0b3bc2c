"""Tables in which a row is more than one moment → a row for each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from explorer.series.affix import is_missing
from explorer.series.date import is_date
from explorer.series.docket import Docket
from explorer.series.grid import CLOCK_LIKE
from explorer.series.header import YEAR_LIKE
from explorer.series.number import is_number
from explorer.series.table import Table, distinct, sample, share
from explorer.series.word import MONTHS

PLAIN = "a row for each time"
QUARTER = re.compile(r"(?:[qt] ?([1-4])|([1-4])\. ?quartal|qtr\.? ?([1-4]))", re.I)
YEAR_NAME = re.compile(r"(?:[a-z]{1,2})?((?:1[5-9]|20|21)[0-9]{2})(?:\.0)?(?: \[[^\]]*\])?", re.I)
HOUR_NAME = re.compile(r"h(?:our|r)?[ _]?([0-9]{1,2})|([0-9]{1,2}) ?h", re.I)
FEWEST_YEARS, FEWEST_DATES = 3, 3


@dataclass(frozen=True)
class _Across:
    """Times that stand across the columns.

    Attributes
    ----------
    layout : str
        Words for it.
    columns : list of int
        Their positions.
    parts : list of str
        What each column says of the time.
    down : int or None
        The column that says the rest, None where each row is a series.
    """

    layout: str
    columns: list[int]
    parts: list[str]
    down: int | None = None


def melted(table: Table, docket: Docket) -> Table:
    """Return a table with a row for each time, as it is where it has that already."""
    found = _months(table) or _quarters(table) or _days(table) or _hours(table) or _years(table) or _dates(table)
    options = (found.layout, PLAIN) if found else (PLAIN,)
    taken = docket.asked("layout", options) or options[0]
    why = (
        f"Times stand across {len(found.columns)} columns." if found else "Each row of the table has a time of its own."
    )
    docket.settle("layout", taken, options, why)
    return table if found is None or taken == PLAIN else _melted(table, found)


def _melted(table: Table, across: _Across) -> Table:
    """Return the cells under each other: what names the rows, their time, and their value."""
    down = [""] * len(table.lines) if across.down is None else table.columns[across.down]
    beside = [
        j for j in range(len(table.names)) if j not in across.columns and j != across.down and _is_label(table, j)
    ]
    outer = across.down is not None and across.layout.startswith("a row for each month")
    places = [(i, k) for i in range(len(table.lines)) for k in range(len(across.columns))]
    places = sorted(places, key=lambda place: place[1]) if outer else places
    time, value, kept = list[str](), list[str](), list[int]()
    for i, k in places:
        moment = _moment(across, down[i], k)
        cell = table.columns[across.columns[k]][i]
        if moment or not is_missing(cell):
            time.append(moment)
            value.append(cell)
            kept.append(i)
    names = distinct([*(table.names[j] for j in beside), "time", "value"])
    columns = (*([table.columns[j][i] for i in kept] for j in beside), time, value)
    others = [
        table.names[j] for j in range(len(table.names)) if j not in across.columns and j not in (across.down, *beside)
    ]
    notes = [f"Times stand across the columns: {across.layout}."]
    notes += [f"Not taken, as no part of that: column {', '.join(map(repr, others))}."] if others else []
    lines, units = [table.lines[i] for i in kept], ("",) * len(names)
    return replace(table, names=names, columns=columns, lines=lines, notes=(*table.notes, *notes), units=units)


def _is_label(table: Table, j: int) -> bool:
    """Tell whether a column names the rows: words, or numbers called an id."""
    return share(sample(table.columns[j]), is_number) < 0.5 and any(cell.strip() for cell in table.columns[j])


def _moment(across: _Across, down: str, k: int) -> str:
    """Return the time of a cell as text, empty where there is no such day."""
    part, cell = across.parts[k], re.sub(r"\.0+$", "", down.strip())
    if across.down is None:
        return part
    if across.layout.endswith("a column for each hour"):
        return f"{down.strip()} {part}"
    if across.layout.startswith("a row for each year"):
        return f"{_year_of(cell)}-{part}" if _year_of(cell) else ""
    if across.layout.endswith("a column for each day"):
        return f"{cell}-{part}" if _is_day(f"{cell}-{part}") else ""
    month = _month_of(cell) or _quarter_month(cell)
    return f"{part}-{month:02}" if month else ""


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _year_of(cell: str) -> str:
    return cell if YEAR_LIKE.fullmatch(cell) else ""


def _month_of(cell: str) -> int:
    word = cell.strip().strip(".").lower()
    return MONTHS.get(word) or (int(word) if word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= 12 else 0)


def _quarter_month(cell: str) -> int:
    match = QUARTER.fullmatch(cell.strip())
    return 3 * int(next(filter(None, match.groups()))) - 2 if match else 0


def _run(numbers: Sequence[int], count: int) -> list[int]:
    """Return the positions of 1 … count, each once and in this order; none where they are not all there."""
    places = [next((j for j, number in enumerate(numbers) if number == n), -1) for n in range(1, count + 1)]
    return places if -1 not in places and places == sorted(places) else []


def _year_column(table: Table, others: Sequence[int]) -> int | None:
    """Return the column of years that is beside some columns."""
    for j, cells in enumerate(table.columns):
        shown = [re.sub(r"\.0+$", "", cell.strip()) for cell in sample(cells)]
        if j not in others and share(shown, YEAR_LIKE.fullmatch) > 0.8:
            return j
    return None


def _months(table: Table) -> _Across | None:
    places = _run([_month_of(name) for name in table.names], 12)
    year = _year_column(table, places) if places else None
    if year is None:
        return None
    return _Across("a row for each year, a column for each month", places, [f"{m:02}" for m in range(1, 13)], year)


def _quarters(table: Table) -> _Across | None:
    places = _run([(_quarter_month(name) + 2) // 3 for name in table.names], 4)
    year = _year_column(table, places) if places else None
    if year is None:
        return None
    return _Across("a row for each year, a column for each quarter", places, ["01", "04", "07", "10"], year)


def _days(table: Table) -> _Across | None:
    """Find the days of a month across, with year and month in front as 2024-01."""
    places = _run([int(n) if n.isascii() and n.isdigit() and len(n) < 3 else 0 for n in table.names], 31)
    if not places:
        return None
    down = next(
        (j for j in range(places[0]) if share(sample(table.columns[j]), re.compile(r"\d{4}-\d\d").fullmatch) == 1), None
    )
    if down is None:
        return None
    return _Across("a row for each month, a column for each day", places, [f"{d:02}" for d in range(1, 32)], down)


def _hours(table: Table) -> _Across | None:
    clocks = [j for j, name in enumerate(table.names) if CLOCK_LIKE.fullmatch(name)]
    parts = [table.names[j] for j in clocks]
    if len(clocks) < 4:
        found = {j: _hour_of(name) for j, name in enumerate(table.names) if _hour_of(name) >= 0}
        clocks, hours = [*found], [*found.values()]
        if hours not in ([*range(24)], [*range(1, 25)]):
            return None
        parts = [f"{hour - hours[0]:02}:00" for hour in hours]
    down = next(
        (j for j, cells in enumerate(table.columns) if j not in clocks and share(sample(cells), is_date) > 0.8), None
    )
    return None if down is None else _Across("a row for each day, a column for each hour", clocks, parts, down)


def _hour_of(name: str) -> int:
    if name.isascii() and name.isdigit() and len(name) < 3:
        return int(name)
    match = HOUR_NAME.fullmatch(name)
    return int(match[1] or match[2]) if match else -1


def _years(table: Table) -> _Across | None:
    """Find years across; each row is then a month, a quarter or a series."""
    found = {j: match[1] for j, name in enumerate(table.names) if (match := YEAR_NAME.fullmatch(name))}
    values = [int(year) for year in found.values()]
    steps = {after - before for before, after in pairwise(values)}
    if len(values) < FEWEST_YEARS or len(steps) != 1 or 0 in steps:
        return None
    beside = [j for j in range(len(table.names)) if j not in found]
    for j in beside[:3]:
        shown = sample(table.columns[j])
        for kind, word in ((_month_of, "month"), (_quarter_month, "quarter")):
            if len(shown) > 3 and share(shown, kind) > 0.8 and len(set(map(kind, shown))) > 3:
                return _Across(
                    f"a row for each {'month or ' * (word != 'month')}{word}, a column for each year",
                    [*found],
                    [*found.values()],
                    j,
                )
    if any(share(sample(table.columns[j]), is_date) > 0.5 for j in beside):
        return None
    return _Across("a row for each series, a column for each year", [*found], [*found.values()])


def _dates(table: Table) -> _Across | None:
    found = [j for j, name in enumerate(table.names) if is_date(name)]
    if len(found) < FEWEST_DATES or len(found) < len(table.names) / 2:
        return None
    if all(share(sample(table.columns[j]), is_date) > 0.5 for j in found[:3]):
        return None
    return _Across("a row for each series, a column for each time", found, [table.names[j] for j in found])
