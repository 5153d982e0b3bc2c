"""A sheet of a workbook (XLSX, XLS, ODS) → a grid of cells as text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from explorer.series.archive import safe
from explorer.series.decoding import called_file, check_size
from explorer.series.docket import Docket
from explorer.series.grid import SHEET, Grid
from explorer.series.kind import ZIP, kind_inside, members
from explorer.series.phrase import some
from explorer.series.series import SeriesError, plain
from explorer.series.sheets import MOST_CELLS, MOST_COLUMNS

READER = Path(__file__).with_name("sheets.py")
LONGEST = 30
CAUSES = {
    "locked": "{} is a workbook with a password: save it without one, or as CSV.",
    "large": f"A sheet of {{}} has more than {MOST_CELLS:,} cells or {MOST_COLUMNS:,} columns: keep the part you need.",
    "empty": "{} is an empty workbook: no sheet of it holds any cells.",
    "damaged": "{} is an Excel workbook or zip archive that is damaged: save it again as XLSX or CSV.",
}


def sheet(data: bytes, name: str, docket: Docket) -> Grid:
    """Return the cells of the sheet that holds a table, as a person would type them.

    Raises
    ------
    SeriesError
        If it is no workbook, too large, damaged or locked, or holds no cells.
    """
    called = called_file(name)
    check_size(data, called)
    if data.startswith(ZIP):
        if kind := kind_inside(members(data)):
            raise SeriesError(f"{called} is {kind}, not a table: save it as CSV and upload that.")
        data = safe(data, called)
    found = _read(data, called, -1)
    names = [plain(each) or f"sheet {i + 1}" for i, each in enumerate(found["names"])]
    wanted = docket.asked("sheet", names)
    if wanted is not None and names.index(wanted) != found["taken"]:
        found |= _read(data, called, names.index(wanted)) | {"full": found["full"]}
    taken = names[found["taken"]]
    full = [names[place] for place in found["full"]]
    others = f", the first of those with numbers: {some([repr(each) for each in full])}" if len(full) > 1 else ""
    docket.settle("sheet", taken, names, f"The table was taken from sheet {taken!r}{others}.", sure=len(full) < 2)
    return Grid(found["columns"], found["lines"], SHEET, ())


def _read(data: bytes, called: str, place: int) -> dict[str, Any]:
    """Return what `explorer.series.sheets.cells` finds, read in a process of its own."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER), str(place)],
            input=data,
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise SeriesError(CAUSES["damaged"].format(called)) from None
    if "error" in found:
        raise SeriesError(CAUSES[found["error"]].format(called))
    return found
