"""Text → a grid of cells: separator, quotation marks, comments, and lines of another width."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from explorer.series.affix import is_missing
from explorer.series.date import is_date
from explorer.series.docket import Docket
from explorer.series.number import is_bare_number, is_number
from explorer.series.series import SeriesError

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "": "none", " ": "space"}
SHEET = "\x1f"
CALLED = SEPARATORS | {SHEET: "sheet"}
MOST_COLUMNS = 1000
MOST_LINES = 3_000_000
LONGEST_CELL = 50
COMMENT = re.compile(r"\s*(#|%|//)")
WIDE = re.compile("[０-９]")
NARROW = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord(wide): ord(narrow) for wide, narrow in zip("．－／：　％＋", ".-/: %+", strict=True)
}
CLOCK_LIKE = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[ap]m)?", re.I)


@dataclass(frozen=True)
class Grid:
    """The cells of a file, header and remarks among them.

    Attributes
    ----------
    columns : sequence of sequence of str
        The cells of each column, all of the same length.
    lines : sequence of int
        Line of each row, the first line of the file being 1.
    separator : str
        What stands between two cells; empty for a single column, `SHEET` in a workbook.
    comments : sequence of str
        Lines that start as a comment.
    short : dict of int to int
        Number of cells of the lines that have fewer than the others.
    ragged : sequence of int
        Lines that were left out because they do not fit.
    notes : sequence of str
        What is worth saying about it.
    """

    columns: Sequence[Sequence[str]]
    lines: Sequence[int]
    separator: str
    comments: Sequence[str]
    short: dict[int, int] = field(default_factory=dict)
    ragged: Sequence[int] = ()
    notes: Sequence[str] = ()


def is_typed(cell: str) -> bool:
    """Tell whether a cell is a number, a date or a time of day."""
    return is_number(cell) or is_date(cell) or bool(CLOCK_LIKE.fullmatch(cell.strip()))


def _is_typed_alone(cell: str) -> bool:
    return is_bare_number(cell) or (is_typed(cell) and not is_number(cell))


def grid(text: str, separators: Sequence[str] = (), docket: Docket | None = None) -> Grid:
    """Split the text of a file into cells.

    Where ``separators`` are given, it is one of them, the first that fits best, or a space; and text behind a number is
    no unit when they are compared: in ``1.5;red`` a label may follow.

    Raises
    ------
    SeriesError
        If there are too many lines or columns, or more than one in ten lines has more cells than the others.
    """
    if WIDE.search(text):
        text = text.translate(NARROW)
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise SeriesError(f"The file has {len(lines):,} lines, more than {MOST_LINES:,}: upload a shorter part of it.")
    comments = [i for i, line in enumerate(lines) if line[:1] in "#%/ \t" and COMMENT.match(line)]
    declared = re.fullmatch(r'"?sep=(.)"?\s*', lines[0], re.I)
    hidden = {*comments, *([0] if declared else [])}
    kept = [i for i in range(len(lines)) if i not in hidden]
    separator = _settled([lines[i] for i in kept], separators, declared[1] if declared else "", docket or Docket())
    if separator == " ":
        lines = [line.rstrip() for line in lines]
    if separator:
        kept = [i for i in kept if lines[i].strip(separator + " \t")]
    body, numbers, above = [lines[i] for i in kept], [i + 1 for i in kept], [lines[i] for i in comments]
    counts = Counter(line.count(separator) for line in body) if separator else Counter([0])
    if len(counts) <= 1 and separator != " " and '"' not in text:
        return _even(body, numbers, separator, above, max(counts, default=0) + 1)
    return _uneven(body, numbers, separator, above) if separator else _single(body, numbers, above)


def _settled(lines: list[str], separators: Sequence[str], declared: str, docket: Docket) -> str:
    """Return the separator that the file names, a person wants, or splits the lines best."""
    called = {word: mark for mark, word in SEPARATORS.items()}
    if wanted := docket.asked("separator", [*called]):
        best, why = called[wanted], ""
    elif declared in SEPARATORS and declared:
        best, why = declared, "The first line names it."
    else:
        best, why = _separator(lines, separators), "It splits the lines into the most rows of numbers and dates."
    docket.settle("separator", SEPARATORS[best], [*called], why)
    return best


def _even(body: list[str], numbers: list[int], separator: str, comments: list[str], width: int) -> Grid:
    """Return the grid of lines that all hold the same number of plain cells, without looking at them one by one."""
    if not separator:
        return _single(body, numbers, comments)
    _check_width(width)
    cells = separator.join(body).split(separator)
    return Grid([cells[j::width] for j in range(width)], numbers, separator, comments)


def _single(body: list[str], numbers: list[int], comments: list[str]) -> Grid:
    """Return the grid of a single column; a blank line among the numbers is a missing value, unless they are many."""
    cells = [line.strip(' \t"') for line in body]
    full = [i for i, cell in enumerate(cells) if cell]
    inner: Sequence[int] = range(full[0], full[-1] + 1) if full else ()
    if len(full) < 0.7 * len(inner):
        inner = full
    return Grid([[cells[i] for i in inner]], [numbers[i] for i in inner], "", comments)


def _uneven(body: list[str], numbers: list[int], separator: str, comments: list[str]) -> Grid:
    """Return the grid of lines with quotation marks, or of different widths."""
    rows, lines, notes = _rows(body, numbers, separator)
    width = _usual_width(rows)
    if width == 1:
        return _single(body, numbers, comments)
    _check_width(width)
    ragged = _ragged(rows, lines, width, separator)
    out = set(ragged)
    short = {line: len(row) for line, row in zip(lines, rows, strict=True) if len(row) < width}
    fitted = [
        row if len(row) == width else row[:width] + [""] * (width - len(row))
        for line, row in zip(lines, rows, strict=True)
        if line not in out
    ]
    columns = list(zip(*fitted, strict=True)) or [()] * width
    return Grid(columns, [line for line in lines if line not in out], separator, comments, short, ragged, notes)


def _usual_width(rows: list[list[str]]) -> int:
    """Return the width whose rows hold the most numbers and dates; the commonest where none does."""
    widths, typed = Counter(map(len, rows)), Counter[int]()
    for row in rows[:: max(1, len(rows) // 200)]:
        typed[len(row)] += sum(map(is_typed, row[:200]))
    usual = max(widths, key=lambda width: widths[width], default=1)
    fullest = max(typed, key=lambda width: typed[width], default=usual)
    return fullest if typed[fullest] > 2 * typed[usual] else usual


def _check_width(width: int) -> None:
    if width > MOST_COLUMNS:
        raise SeriesError(f"The file has {width:,} columns, more than {MOST_COLUMNS:,}: keep the ones you need.")


def _ragged(rows: list[list[str]], lines: list[int], width: int, separator: str) -> list[int]:
    """Return the lines with too many cells, and remarks of a single cell."""
    first = next((i for i, row in enumerate(rows) if len(row) == width and sum(map(is_typed, row)) > width / 3), 0)
    above = rows[first - 1] if first else []
    if len(above) > width and all(cell.strip() and not is_typed(cell) for cell in above):
        raise SeriesError(
            f"Line {lines[first - 1]} names {len(above)} columns but line {lines[first]} has {width} cells: put names"
            f" that hold the {SEPARATORS[separator]} in quotation marks."
        )
    wide = [line for line, row in zip(lines, rows, strict=True) if any(cell.strip() for cell in row[width:])]
    if sum(line >= lines[first] for line in wide) > (len(rows) - first) / 10:
        raise SeriesError(
            f"Line {wide[0]} has more cells than the {width} columns of most lines: put cells that hold the"
            f" {SEPARATORS[separator]} in quotation marks, or save the file with another separator."
        )
    remarks = [line for line, row in zip(lines, rows, strict=True) if len(row) == 1 and not is_typed(row[0])]
    return sorted(wide + remarks)


def _separator(lines: list[str], separators: Sequence[str]) -> str:
    """Return the separator whose cells are most often numbers and dates, in rows of most nearly one width."""
    full = [line for line in lines[:2000] if line.strip()][:60]
    full += [line for line in lines[2000 :: max(1, len(lines) // 60)] if line.strip()][:60]
    full = [line[:20_000] for line in full]
    if not separators:
        return max(SEPARATORS, key=lambda separator: _score(full, separator, is_typed))
    best = max(separators, key=lambda separator: _score(full, separator, _is_typed_alone))
    return max((best, " "), key=lambda separator: _score(full, separator, is_typed))


def _score(lines: list[str], separator: str, typed: Callable[[str], bool]) -> float:
    rows = [row for row in split(lines, separator) if row] if separator else [[line.strip('" ')] for line in lines]
    if not rows:
        return 0.0
    width = _usual_width(rows)
    count = sum(len(row) == width for row in rows)
    if separator and width < 2:
        return -1.0
    cells = [cell for row in rows[1:] if len(row) == width for cell in row[:40] if not is_missing(cell)]
    return count / len(rows) * sum(map(typed, cells)) / max(len(cells), 1)


def split(lines: Sequence[str], separator: str) -> list[list[str]]:
    """Return the cells of each line."""
    try:
        return list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return [line.split(separator) for line in lines]


def _rows(body: list[str], numbers: list[int], separator: str) -> tuple[list[list[str]], list[int], list[str]]:
    """Return the rows, the number of the first line of each, and what is worth saying."""
    rows, lines, at, last = list[list[str]](), list[int](), 0, 0
    reader = csv.reader((line + "\n" for line in body), delimiter=separator, skipinitialspace=True)
    try:
        for row in reader:
            rows.append(row)
            lines.append(numbers[at])
            last, at = at, reader.line_num
            if at - last > LONGEST_CELL:
                raise csv.Error
        if sum(line.count('"') for line in body[last:at]) % 2:
            raise csv.Error
    except csv.Error:
        opened = numbers[min(last, len(numbers) - 1)]
        note = f"Quotation marks were ignored, because one that opens in line {opened} is not closed."
        return [[cell.strip('" ') for cell in line.split(separator)] for line in body], numbers, [note]
    return rows, lines, []
