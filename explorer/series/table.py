"""Grid → columns with names: header, and the lines above and below that hold no data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.series.date import shape
from explorer.series.grid import COMMENT, Grid, grid, is_typed, split
from explorer.series.number import is_missing
from explorer.series.series import SeriesError, plain
from explorer.series.word import TIME_WORDS, TOTAL

LEAD = 30


@dataclass(frozen=True)
class Table:
    """The cells of a file.

    Attributes
    ----------
    names : tuple of str
        A name for each column, no two the same.
    columns : tuple of sequence of str
        The cells of each column, all of the same length.
    lines : sequence of int
        Line of each row, the first line of the file being 1.
    separator : str
        What stands between two cells; empty for a single column.
    skipped : tuple of int
        Lines that were left out.
    notes : tuple of str
        What is worth saying about it.
    """

    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    lines: Sequence[int]
    separator: str
    skipped: tuple[int, ...]
    notes: tuple[str, ...]


def tabulate(text: str, *, separators: Sequence[str] = (), totals: bool = True) -> Table:
    """Split the text of a file into columns.

    Parameters
    ----------
    text : str
        The whole file.
    separators : sequence of str
        What may stand between two cells where some columns hold text, as `grid` takes it.
    totals : bool
        Whether rows at the end that start with a word such as "total" or "max" are summaries, and left out.

    Raises
    ------
    SeriesError
        If there are too many lines or columns, no rows under the header, or the header and the rows do not fit.
    """
    cells = grid(text, separators)
    typed = _typed_columns(cells)
    rows = len(cells.lines)
    start = next((i for i in range(min(rows, LEAD)) if _is_data(_row(cells, i), typed)), min(rows, 1))
    head = max(range(start), key=lambda i: _headlike(_row(cells, i)), default=None)
    end = _end(cells, start) if totals else rows
    if start >= end:
        line = cells.lines[head] if head is not None else 1
        raise SeriesError(f"There are no rows of data after line {line}: add rows under the header.")
    given = _commented(cells) if head is None else _named(cells, head, start)
    columns = [column[start:end] for column in cells.columns]
    used = [j for j, column in enumerate(columns) if given[j] or any(cell.strip() for cell in column)]
    names = _distinct([given[j] or (f"column {j + 1}" if len(columns) > 1 else "value") for j in used])
    summaries = [*cells.lines[end:]]
    odd = sorted([*cells.ragged, *(cells.lines[i] for i in range(start) if i != head)])
    notes = [*cells.notes]
    notes += [f"{_lines(summaries)} skipped as a total or summary below the data."] if summaries else []
    notes += [f"{_lines(odd)} skipped: not a row of data."] if odd else []
    skipped = tuple(sorted(odd + summaries))
    return Table(names, tuple(columns[j] for j in used), cells.lines[start:end], cells.separator, skipped, tuple(notes))


def _row(cells: Grid, i: int) -> list[str]:
    return [column[i] for column in cells.columns]


def _lines(lines: Sequence[int]) -> str:
    """Return line numbers in words, the first ten of them."""
    shown = ", ".join(str(line) for line in lines[:10]) + (f" and {len(lines) - 10} more" if len(lines) > 10 else "")
    return f"Line {shown} was" if len(lines) == 1 else f"Lines {shown} were"


def _typed_columns(cells: Grid) -> list[int]:
    """Return the columns that mostly hold numbers, dates or times of day."""
    count = len(cells.lines)
    sample = range(1, count, max(1, count // 40)) if count > 1 else range(count)
    present = [[column[i] for i in sample if not is_missing(column[i])] for column in cells.columns]
    return [j for j, shown in enumerate(present) if sum(map(is_typed, shown)) > len(shown) / 2]


def _is_data(row: list[str], typed: list[int]) -> bool:
    if row[:1] == [""] and row[1:] == [str(i) for i in range(len(row) - 1)]:
        return False
    good = [is_typed(row[j]) for j in typed]
    blank = sum(is_missing(row[j]) for j in typed)
    return any(good) and sum(good) + blank > len(typed) / 2


def _headlike(row: list[str]) -> tuple[bool, int]:
    cells = [cell.strip().lower() for cell in row if cell.strip()]
    return any(cell in TIME_WORDS for cell in cells), len(set(cells))


def _commented(cells: Grid) -> list[str]:
    """Return the names that some programs write as the last comment above the data, else none."""
    width = len(cells.columns)
    if cells.comments and width > 1:
        names = [plain(name) for name in next(iter(split([COMMENT.sub("", cells.comments[-1])], cells.separator)), [])]
        if len(names) == width and all(names):
            return names
    return [""] * width


def _named(cells: Grid, head: int, start: int) -> list[str]:
    """Return the names of a header; one shorter than the rows is moved by one where the first column is an index.

    Raises
    ------
    SeriesError
        If it is shorter for another reason: most often a decimal comma that also separates the cells.
    """
    names, line = [plain(name) for name in _row(cells, head)], cells.lines[head]
    width, named = len(names), cells.short.get(cells.lines[head], len(names))
    if not any(cell.strip() for column in cells.columns[named:] for cell in column[start : start + LEAD]):
        return names
    first = [cell.strip() for cell in cells.columns[0][start:]]
    index = any(all(cell == str(i) for i, cell in enumerate(first, begin)) for begin in (0, 1))
    dated = names[0].lower() not in TIME_WORDS and all(shape(cell) for cell in first[:LEAD])
    if first and named == width - 1 and (index or dated):
        return ["", *names[:-1]]
    raise SeriesError(
        f"Line {line} names {named} columns but line {cells.lines[start]} has {width} cells: name every column, or, if"
        " the comma is also the decimal mark, save the file with semicolons."
    )


def _end(cells: Grid, start: int) -> int:
    """Return where the data end and summary rows begin: rows whose first word says so."""
    end = len(cells.lines)
    while end > start + 1 and TOTAL.fullmatch(next((c.strip() for c in _row(cells, end - 1) if c.strip()), "")):
        end -= 1
    return end


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return the names with a number behind each that has come before."""
    taken, seen, distinct = set(names), Counter[str](), list[str]()
    for name in names:
        seen[name] += 1
        unique = name
        while seen[name] > 1 and unique in taken:
            unique, seen[name] = f"{name} ({seen[name]})", seen[name] + 1
        taken.add(unique)
        distinct.append(unique)
    return tuple(distinct)
