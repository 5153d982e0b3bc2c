"""The cells of a workbook, read in a process of its own: a damaged file can take that one down, and no other.

Run as a script: the workbook comes in by stdin, the cells go out as JSON by stdout.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from typing import Any

MOST_MEMORY = 2_000_000_000
MOST_CELLS, MOST_COLUMNS, MOST_SHEETS = 5_000_000, 1000, 100
FEWEST = 8
GLANCE = 200
NUMBER_STARTS = frozenset("0123456789+-−(.,$€£¥０１２３４５６７８９")


def limit_memory() -> None:
    """Let this process take no more than `MOST_MEMORY` bytes, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def cells(data: bytes, wanted: int | None) -> dict[str, Any]:
    """Return the sheet with this place, or the first that holds numbers, as columns of text.

    Parameters
    ----------
    data : bytes
        The workbook.
    wanted : int or None
        Place of a sheet, the first being 0.

    Returns
    -------
    dict
        ``names`` of all sheets, places of those with numbers (``full``), the place ``taken``, the ``lines`` of its rows
        that hold anything and its ``columns``; or ``error`` alone: ``"locked"``, ``"large"`` or ``"empty"``.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError:
        return {"error": "locked"}
    names = list(book.sheet_names)[:MOST_SHEETS]
    full, found = list[int](), dict[int, tuple[int, list[list[object]]]]()
    for place in range(len(names)) if wanted is None else [wanted]:
        try:
            sheet = book.get_sheet_by_index(place)
        except python_calamine.WorksheetNotFound:
            continue
        if sheet.height * sheet.width > MOST_CELLS or sheet.width > MOST_COLUMNS:
            return {"error": "large"}
        rows = sheet.to_python()
        if any(cell != "" for row in rows[:GLANCE] for cell in row) and not (found and full):
            found[place] = (sheet.start[0] if sheet.start else 0, rows)
        if sum(map(is_number, (cell for row in rows[:GLANCE] for cell in row))) >= FEWEST:
            full.append(place)
    if not found:
        return {"error": "empty"}
    taken = next((place for place in full if place in found), next(iter(found)))
    return {"names": names, "full": full, "taken": taken, **_columns(*found[taken])}


def _columns(first: int, rows: list[list[object]]) -> dict[str, Any]:
    """Return the rows that hold anything, turned into columns, and their numbers."""
    kept = [(line, row) for line, row in enumerate(rows, first + 1) if any(cell != "" for cell in row)]
    width = max((len(row) for _, row in kept), default=0)
    columns = [[text(row[j]) if j < len(row) else "" for _, row in kept] for j in range(width)]
    return {"lines": [line for line, _ in kept], "columns": columns}


def is_number(cell: object) -> bool:
    """Tell whether a cell is a number or a time, or text that starts as one."""
    return cell[:1] in NUMBER_STARTS if isinstance(cell, str) and cell else not isinstance(cell, (bool, str))


def text(cell: object) -> str:
    """Return a cell as text that is read back as what it is."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ") if cell.time() != datetime.time() else cell.date().isoformat()
    if isinstance(cell, datetime.timedelta):
        return f"{cell.total_seconds() / 86400!r}"
    shown = str(cell)
    return shown[:-2] if isinstance(cell, float) and shown.endswith(".0") else shown


if __name__ == "__main__":
    limit_memory()
    place = int(sys.argv[1])
    json.dump(cells(sys.stdin.buffer.read(), None if place < 0 else place), sys.stdout)
