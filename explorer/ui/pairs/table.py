"""A table of scores that a phone can show: its columns go on in further tables below."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.ui import score_table

MOST = 3  # columns of numbers on a phone


def show(header: Sequence[str], rows: Sequence[score_table.Row], *, phone: bool) -> None:
    """Show rows as `explorer.ui.score_table.show` does, on a phone at most three numbers wide."""
    width = MOST if phone else len(header)
    for start in range(0, len(header) - 1, width):
        cut = slice(start, start + width)
        part = [row._replace(cells=row.cells[cut]) for row in rows]
        score_table.show((header[0], *header[1:][cut]), part)
