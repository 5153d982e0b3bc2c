"""Which rows of a grid are names, units and remarks, and which are data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from explorer.series.affix import is_missing
from explorer.series.date import is_date
from explorer.series.docket import Docket
from explorer.series.grid import CLOCK_LIKE, COMMENT, Grid, is_typed, split
from explorer.series.series import SeriesError, plain
from explorer.series.word import TIME_WORDS, TOTAL, all_words

LEAD = 40
MOST_ROWS = 4
YEAR_LIKE = re.compile(r"(1[5-9]|20|21)[0-9]{2}(\.0)?")
NO_NAMES = "no names"


@dataclass(frozen=True)
class Header:
    """What stands above the data of a grid.

    Attributes
    ----------
    names : list of str
        A name for each column, empty where there is none.
    row : int or None
        Which row the names were taken from.
    start : int
        The first row of data.
    units : tuple of str
        What another row of the header says for each column; empty where there is none.
    """

    names: list[str]
    row: int | None
    start: int
    units: tuple[str, ...] = ()


def header(cells: Grid, docket: Docket) -> Header:
    """Return what stands above the data, by where the cells turn from words into numbers and dates.

    Raises
    ------
    SeriesError
        If the names do not fit the rows.
    """
    rows = len(cells.lines)
    start = _start(cells, _typed_columns(cells))
    block = [i for i in range(max(0, start - MOST_ROWS), start) if _width(cells, i) > 1 or len(cells.columns) <= 2]
    best = max(block, key=lambda i: (*_headlike(row_of(cells, i)), i), default=None)
    options = [_line(cells, i) for i in range(min(max(start, 1), LEAD, rows)) if _width(cells, i)] + [NO_NAMES]
    wanted = docket.asked("header", options)
    if wanted is not None:
        best = None if wanted == NO_NAMES else next(i for i in range(LEAD) if _line(cells, i) == wanted)
        start = 0 if best is None and start == 1 else max(start, 0 if best is None else best + 1)
        block = [] if best is None else [i for i in block if i < start]
    taken = NO_NAMES if best is None else _line(cells, best)
    why = "No line above the data holds names." if best is None else f"The names stand in {taken}."
    docket.settle("header", taken, options, why)
    if best is None:
        return Header(_commented(cells), None, start)
    return Header(_named(cells, best, start, block), best, start, _beside(cells, best, block))


def _start(cells: Grid, typed: list[int]) -> int:
    """Return the first row of data."""
    rows = len(cells.lines)
    data = [i for i in range(min(rows, LEAD)) if _is_data(row_of(cells, i), typed)]
    # A row of fewer cells is no data where words stand in it, or where a row of names comes after it.
    last = max((i for i in range(min(rows, LEAD)) if _is_all_words(row_of(cells, i))), default=-1)
    for i in data:
        if cells.lines[i] in cells.short and cells.short[cells.lines[i]] < len(cells.columns) / 2 + 1:
            row = row_of(cells, i)
            words = sum(not is_typed(row[j]) and not is_missing(row[j]) for j in typed)
            if i < last or words >= sum(is_typed(row[j]) for j in typed):
                continue
        return i + 1 if i < rows - 1 and _is_header(row_of(cells, i), row_of(cells, i + 1), typed, last < 0) else i
    return data[-1] if data else min(rows, 1)


def _is_header(row: list[str], below: list[str], typed: list[int], first: bool) -> bool:
    """Tell whether a row that looks like data names the columns; ``first`` where no row of words stands above."""
    if _is_across(row, below):
        return True
    scale = _is_scale(row) and (not _is_scale(below) or float(row[1] or 1) == 0 != float(below[1] or 0))
    return first and (scale or (0 in typed and _is_named(row, below)))


def _is_all_words(row: list[str]) -> bool:
    full = [cell for cell in row if not is_missing(cell)]
    return len(full) > len(row) / 2 and not any(map(is_typed, full))


def row_of(cells: Grid, i: int) -> list[str]:
    """Return the cells of one row."""
    return [column[i] for column in cells.columns]


def end_of(cells: Grid, start: int) -> int:
    """Return where the data end and summary rows begin: rows whose first word says so."""
    end = len(cells.lines)
    while end > start + 1 and TOTAL.fullmatch(next((c.strip() for c in row_of(cells, end - 1) if c.strip()), "")):
        end -= 1
    return end


def _line(cells: Grid, i: int) -> str:
    return f"line {cells.lines[i]}"


def _width(cells: Grid, i: int) -> int:
    return sum(bool(cell.strip()) for cell in row_of(cells, i))


def _typed_columns(cells: Grid) -> list[int]:
    """Return the columns that mostly hold numbers, dates or times of day."""
    count = len(cells.lines)
    sample = range(1, count, max(1, count // 40)) if count > 1 else range(count)
    present = [[column[i] for i in sample if not is_missing(column[i])] for column in cells.columns]
    return [j for j, shown in enumerate(present) if shown and sum(map(is_typed, shown)) >= len(shown) / 2]


def _is_data(row: list[str], typed: list[int]) -> bool:
    if row[:1] == [""] and row[1:] == [str(i) for i in range(len(row) - 1)]:
        return False
    good = sum(is_typed(row[j]) for j in typed)
    blank = sum(is_missing(row[j]) for j in typed)
    return good > 0 and good + blank > len(typed) / 2


def _is_across(row: list[str], below: list[str]) -> bool:
    """Tell whether a row of numbers or times names the columns: years, days or hours, and not so below."""
    for kind in (_is_year, is_date, _is_clock):
        named = [j for j, cell in enumerate(row) if kind(cell)]
        if len(named) >= 3 and len(named) >= sum(map(bool, row)) - 6 and sum(kind(below[j]) for j in named) <= 1:
            return True
    return False


def _is_named(row: list[str], below: list[str]) -> bool:
    """Tell whether a row starts with a word over a number or time, and goes on with different short names."""
    word = not is_missing(row[0]) and not is_typed(row[0]) and is_typed(below[0])
    return word and len({*row}) == len(row) and all(cell.strip().isalnum() for cell in row[1:])


def _is_scale(row: list[str]) -> bool:
    """Tell whether a row is a word before numbers that go up, in equal steps or for long."""
    try:
        scale = [float(cell) for cell in row[1:] if cell.strip()]
    except ValueError:
        return False
    steps = {round(after - before, 9) for before, after in pairwise(scale)}
    rises = bool(steps) and min(steps) > 0 and not is_typed(row[0])
    return rises and ((len(steps) == 1 and len(scale) >= 4) or len(scale) >= 8)


def _is_year(cell: str) -> bool:
    return bool(YEAR_LIKE.fullmatch(cell.strip()))


def _is_clock(cell: str) -> bool:
    return bool(CLOCK_LIKE.fullmatch(cell.strip()))


def _headlike(row: list[str]) -> tuple[bool, int]:
    cells = [cell.strip().lower() for cell in row if cell.strip()]
    wide = len(cells) > len(row) / 2
    return wide and any(all_words(cell) & TIME_WORDS for cell in cells), len(set(cells))


def _commented(cells: Grid) -> list[str]:
    """Return the names that some programs write as the last comment above the data, else none."""
    width = len(cells.columns)
    if cells.comments and width > 1:
        names = [plain(name) for name in next(iter(split([COMMENT.sub("", cells.comments[-1])], cells.separator)), [])]
        names = [name for name in names if name] if cells.separator == " " else names
        if len(names) == width and all(names):
            return names
    return [""] * width


def _named(cells: Grid, head: int, start: int, block: Sequence[int]) -> list[str]:
    """Return the names of a header; one shorter than the rows is moved by one where the first column is an index.

    Raises
    ------
    SeriesError
        If it is shorter for another reason: most often a decimal comma that also separates the cells.
    """
    names, line = [plain(name) for name in row_of(cells, head)], cells.lines[head]
    for other in block:
        names = [name or plain(cell) for name, cell in zip(names, row_of(cells, other), strict=True)]
    if len(set(filter(None, names))) < len([*filter(None, names)]):
        names = _joined(cells, names, [i for i in block if i < head])
    width, named = len(names), cells.short.get(line, len(names))
    if not any(cell.strip() for column in cells.columns[named:] for cell in column[start : start + LEAD]):
        return names
    first = [cell.strip() for cell in cells.columns[0][start:]]
    index = any(all(cell == str(i) for i, cell in enumerate(first, begin)) for begin in (0, 1))
    dated = names[0].lower() not in TIME_WORDS and all(is_date(c) or _is_year(c) for c in first[:LEAD])
    if first and named == width - 1 and (index or dated):
        return ["", *names[:-1]]
    if named <= width / 2 and width > 3:
        return [""] * width
    raise SeriesError(
        f"Line {line} names {named} columns but line {cells.lines[start]} has {width} cells: name every column, or, if"
        " the comma is also the decimal mark, save the file with semicolons."
    )


def _joined(cells: Grid, names: list[str], above: Sequence[int]) -> list[str]:
    """Return names that come more than once with what stands above them; a group is named over its first column."""
    for i in above:
        group, joined = "", list[str]()
        for name, cell in zip(names, row_of(cells, i), strict=True):
            group = plain(cell) or group
            joined.append(plain(f"{group} {name}") if name and group and group != name else name)
        names = joined
    return names


def _beside(cells: Grid, head: int, block: Sequence[int]) -> tuple[str, ...]:
    """Return what the other rows of a header say for each column."""
    others = [row_of(cells, i) for i in block if i != head]
    return tuple(
        plain(" ".join(filter(None, (row[j].strip() for row in others))), 40) for j in range(len(cells.columns))
    )
