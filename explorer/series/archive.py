"""A workbook's archive, unpacked within limits and packed anew: nothing that lies about its size reaches a parser."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from explorer.series.series import SeriesError
from explorer.series.sheets import MOST_CELLS

MOST_UNPACKED = 250_000_000
MOST_MEMBERS = 2000
NEEDED = re.compile(r"(.*\.(xml|rels)|mimetype)", re.I)
COLUMN = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})[0-9]{1,7}"[^<>/]*>')
FULL_ROW = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="[A-Z]{1,3}([0-9]{1,7})"[^<>/]*>')
BARE_CELL = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^<>]*\br=))")
ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*?\br="([0-9]{1,7})"')
REPEATED_ROW = re.compile(rb'number-rows-repeated="([0-9]{1,9})"')
REPEATED_CELL = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')
FULL = re.compile(rb"office:value|<text:p|table:formula")


def safe(data: bytes, called: str) -> bytes:
    """Return a zip archive of the same parts, after counting what they unpack to.

    Raises
    ------
    SeriesError
        If it is damaged, or unpacks to more than `MOST_UNPACKED` bytes or spans more than `MOST_CELLS` cells.
    """
    parts = _unpacked(data, called)
    for name, part in parts.items():
        if _span(name, part) > MOST_CELLS:
            raise SeriesError(
                f"A sheet of {called} spans more than {MOST_CELLS:,} cells: keep the part you need and delete the rest."
            )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _unpacked(data: bytes, called: str) -> dict[str, bytes]:
    """Return the parts that tell cells."""
    parts, left = dict[str, bytes](), MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist()[:MOST_MEMBERS]:
                if not NEEDED.fullmatch(member.filename) or member.is_dir():
                    continue
                with archive.open(member) as part:
                    parts[member.filename] = part.read(left + 1)
                left -= len(parts[member.filename])
                if left < 0:
                    break
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise SeriesError(
            f"{called} is a workbook or zip archive that is damaged or locked: save it again as XLSX or CSV."
        ) from None
    if left < 0:
        raise SeriesError(
            f"{called} unpacks to more than {MOST_UNPACKED / 1e6:.0f} MB, which is too large: save the sheet you need"
            " as CSV."
        )
    return parts


def _span(name: str, part: bytes) -> int:
    """Return how many cells lie between the first and the last of a sheet."""
    if name == "content.xml":
        return max(map(_span_of_table, part.split(b"<table:table ")[1:]), default=0)
    if "worksheets/" not in name or not name.endswith(".xml"):
        return 0
    if (cells := part.count(b"<c")) > 2 * MOST_CELLS:
        return cells
    columns = [_place(letters) for letters in {*COLUMN.findall(part)}]
    rows = [max(map(int, ROW.findall(part)), default=0), part.count(b"<row")]
    if bare := BARE_CELL.search(part):
        columns.append(max(len(BARE_CELL.findall(row)) for row in part.split(b"<row")))
    span = max(rows) * max(columns, default=0)
    if span <= MOST_CELLS or bare:
        return span
    # Rows without cells, which programs write for their height, do not count.
    return max(map(int, FULL_ROW.findall(part)), default=0) * max(columns)


def _place(letters: bytes) -> int:
    """Return the number of a column from its letters, ``A`` being 1."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - 64
    return place


def _span_of_table(part: bytes) -> int:
    rows, waiting, width = 0, 0, 0
    for row in part.split(b"<table:table-row")[1:]:
        times = REPEATED_ROW.search(row[:500])
        waiting += int(times[1]) if times else 1
        if FULL.search(row):
            rows, waiting = rows + waiting, 0
            width = max(width, _width(row))
    return rows * width


def _width(row: bytes) -> int:
    """Return how many cells a row has up to the last that is full."""
    width = at = 0
    for cell in row.split(b"<table:")[1:]:
        if not cell.startswith((b"table-cell", b"covered-table-cell")):
            continue
        times = REPEATED_CELL.search(cell)
        at += int(times[1]) if times else 1
        width = at if FULL.search(cell) else width
    return width
