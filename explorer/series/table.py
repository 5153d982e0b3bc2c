"""Grid → columns with names: header, and the lines above and below that hold no data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explorer.series.affix import is_missing
from explorer.series.decision import LeftOut
from explorer.series.docket import Docket
from explorer.series.grid import Grid, grid
from explorer.series.header import end_of, header, row_of
from explorer.series.series import SeriesError, plain

MOST_TRIED = 100
TOTALS = ("left out", "kept")


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
    left_out : tuple of LeftOut
        The same with a reason.
    notes : tuple of str
        What is worth saying about it.
    units : tuple of str
        What further rows of the header say for each column; empty where there are none.
    """

    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    lines: Sequence[int]
    separator: str
    skipped: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    units: tuple[str, ...] = ()


def tabulate(text: str, *, separators: Sequence[str] = (), totals: bool = True, docket: Docket | None = None) -> Table:
    """Split the text of a file into columns.

    Parameters
    ----------
    text : str
        The whole file.
    separators : sequence of str
        What may stand between two cells where some columns hold text, as `grid` takes it.
    totals : bool
        Whether rows at the end that start with a word such as "total" or "max" are summaries, and left out.
    docket : Docket, optional
        Where the decisions are recorded, and overruled.

    Raises
    ------
    SeriesError
        If there are too many lines or columns, no rows under the header, or the header and the rows do not fit.
    """
    docket = docket or Docket()
    return table_of(grid(text, separators, docket), docket, totals=totals)


def table_of(cells: Grid, docket: Docket, *, totals: bool = True) -> Table:
    """Return the columns of a grid with their names; arguments and errors as those of `tabulate`."""
    above = header(cells, docket)
    start, head = above.start, above.row
    end = _end(cells, start, docket) if totals else len(cells.lines)
    if start >= end:
        line = cells.lines[head] if head is not None else 1
        raise SeriesError(f"There are no rows of data after line {line}: add rows under the header.")
    columns = [_unquoted(column[start:end]) for column in cells.columns]
    used = [j for j, column in enumerate(columns) if above.names[j] or any(cell.strip() for cell in column)]
    names = distinct([above.names[j] or (f"column {j + 1}" if len(columns) > 1 else "value") for j in used])
    summaries = [*cells.lines[end:]]
    odd = sorted([*cells.ragged, *(cells.lines[i] for i in range(start) if i != head)])
    notes = [*cells.notes]
    notes += [f"{_lines(summaries)} skipped as a total or summary below the data."] if summaries else []
    notes += [f"{_lines(odd)} skipped: not a row of data."] if odd else []
    left = (
        *(LeftOut(line, "not a row of data") for line in odd),
        *(LeftOut(line, "a total or summary below the data") for line in summaries),
    )
    return Table(
        names,
        tuple(columns[j] for j in used),
        cells.lines[start:end],
        cells.separator,
        tuple(sorted(odd + summaries)),
        left,
        tuple(notes),
        tuple(above.units[j] for j in used) if above.units else ("",) * len(used),
    )


def _unquoted(cells: Sequence[str]) -> Sequence[str]:
    """Return cells without single quotation marks, where nearly all stand in such."""
    quoted = share(sample(cells), lambda cell: len(cell) > 1 and cell[0] == cell[-1] == "'") if cells else 0.0
    return [cell.strip("'") for cell in cells] if quoted > 0.9 else cells


def _end(cells: Grid, start: int, docket: Docket) -> int:
    """Return where the data end: before the summaries, unless a person wants them."""
    end, rows = end_of(cells, start), len(cells.lines)
    if end == rows:
        return end
    taken = docket.asked("totals", TOTALS) or TOTALS[0]
    shown = plain(next(cell for cell in row_of(cells, end) if cell.strip()), 40)
    docket.settle("totals", taken, TOTALS, f"{_lines(cells.lines[end:])} left out, because {shown!r} is no time.")
    return end if taken == TOTALS[0] else rows


def _lines(lines: Sequence[int]) -> str:
    """Return line numbers in words, the first ten of them."""
    shown = ", ".join(str(line) for line in lines[:10]) + (f" and {len(lines) - 10} more" if len(lines) > 10 else "")
    return f"Line {shown} was" if len(lines) == 1 else f"Lines {shown} were"


def sample(cells: Sequence[str], most: int = 60) -> list[str]:
    """Return some of the cells that are not missing, from the whole column."""
    shown = [cell for cell in cells[:: max(1, len(cells) // most)] if not is_missing(cell)]
    return shown or [cell for cell in cells if not is_missing(cell)][:most]


def share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    """Return the share of cells that pass a test; 0 where there are none."""
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


def distinct(names: list[str]) -> tuple[str, ...]:
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
