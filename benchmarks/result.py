"""What a benchmark hands over: rows of a table, facts, and the machine that they hold for."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"
LIBRARIES = ("streamlit", "plotly", "keras", "tensorflow", "tensorflow-cpu", "numpy", "pandas", "playwright")
HEAD = ("what", "this", "compared with", "", "ratio", "aim")


@dataclass(frozen=True)
class Row:
    """One comparison: medians in ms of alternating rounds of one run.

    Attributes
    ----------
    what : str
        What was measured.
    this, other : float
        Median time in ms of it, and of what it is compared with.
    compared_with : str
        What that is.
    aim : str
        What was hoped for; nothing passes or fails by it.
    longer : bool
        Whether the ratio says how many times as long it takes; otherwise how many times as fast it is.
    """

    what: str
    this: float
    compared_with: str
    other: float
    aim: str = ""
    longer: bool = False

    @property
    def ratio(self) -> float:
        """How many times as fast it is, or how many times as long it takes."""
        return self.this / self.other if self.longer else self.other / self.this

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        ratio = f"{self.ratio:.2f} × as long" if self.longer else f"{self.ratio:.3g} × as fast"
        return self.what, _time(self.this), self.compared_with, _time(self.other), ratio, self.aim


def table(rows: Sequence[Row]) -> str:
    """Return rows as lines of text, columns one below the other."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)


def machine() -> dict[str, Any]:
    """Return what a reader has to know about the machine: cores, load before the run, Python and libraries."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load of the last minute": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        **{name: found for name in LIBRARIES if (found := _version(name))},
    }


def save(name: str, before: Mapping[str, Any], rows: Sequence[Row], facts: Mapping[str, Any]) -> Path:
    """Write the result of one benchmark as JSON and return where."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = {"machine": dict(before), "rows": [asdict(row) | {"ratio": row.ratio} for row in rows], "facts": dict(facts)}
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _time(milliseconds: float) -> str:
    return f"{milliseconds:,.0f} ms" if milliseconds >= 100 else f"{milliseconds:.3g} ms"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
