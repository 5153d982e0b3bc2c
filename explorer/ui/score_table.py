"""A small table of numbers: one row a thing that is compared, its colour as a dot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

STYLE = """<style>
.scores { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
.scores th { font-weight: 600; font-size: 11.5px; opacity: 0.7 }
.scores th, .scores td { padding: 5px 4px; border: 0; text-align: right }
.scores tr { border-bottom: 1px solid rgba(132, 144, 157, 0.3) }
.scores th:first-child, .scores td:first-child { text-align: left }
.scores .best { font-weight: 600 }
</style>"""


class Best(str):
    """A cell that is the best of its column, shown bold."""

    def __add__(self, more: str) -> Best:
        return Best(str(self) + more)


class Row(NamedTuple):
    """One thing with its numbers.

    Attributes
    ----------
    name : str
        What it is called.
    cells : sequence of str
        Its numbers as they are shown.
    colour : str
        Colour of its dot; none where it is empty.
    """

    name: str
    cells: Sequence[str]
    colour: str = ""


def show(header: Sequence[str], rows: Sequence[Row]) -> None:
    """Show a table; every word is shown letter by letter, whoever wrote it."""
    head = "".join(f"<th>{escape(word)}</th>" for word in header)
    lines = [f"<tr>{head}</tr>", *(_line(row) for row in rows)]
    st.html(f"{STYLE}<table class='scores'>{''.join(lines)}</table>")


def _line(row: Row) -> str:
    dot = f"<span style='color:{row.colour}'>●</span> " if row.colour else ""
    cells = "".join(
        f"<td class='best'>{escape(cell)}</td>" if isinstance(cell, Best) else f"<td>{escape(cell)}</td>"
        for cell in row.cells
    )
    return f"<tr><td>{dot}{escape(row.name)}</td>{cells}</tr>"


def marked(values: Sequence[float], form: str, *, lowest: bool) -> list[str]:
    """Return numbers as cells, the best of them marked; a dash for what is not a number."""
    known = [value for value in values if value == value]
    best = (min if lowest else max)(known) if known else None
    return ["–" if value != value else (Best if value == best else str)(f"{value:{form}}") for value in values]
