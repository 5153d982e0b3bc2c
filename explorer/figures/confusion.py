"""What a classifier took for what: right answers in blue, mistakes in orange by what they cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.frame import Draft, blank, escaped, plain, shown
from explorer.figures.heat import (
    BLUEST,
    DEAREST,
    LETTER,
    add_tiles,
    cell_width,
    font_size,
    graded,
    names_axis,
    rows_axis,
    squared,
)

Array = NDArray[np.float64]

LEVEL_CLASSES = 4
ROW = 26
UPRIGHT_LETTERS = 9
UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


def confusion(
    matrix: ArrayLike,
    *,
    weights: ArrayLike,
    names: Sequence[str],
    title: str,
    subtitle: str,
    colour: str | None = None,
    cost: float | None = None,
    lowest: bool = False,
    row_names: bool = True,
    dearest: float | None = None,
    width: int = 240,
) -> go.Figure:
    """Return a confusion matrix whose mistakes are coloured by count × weight.

    Parameters
    ----------
    matrix : array_like of shape (class, class)
        How often each true class (row) was taken for each class (column), from 2 to 10 classes.
    weights : array_like of shape (class, class)
        What each mistake costs; the diagonal is not looked at. A mistake that is rewarded is violet.
    names : sequence of str
        Name of each class, as a person wrote it.
    title, subtitle : str
        Plain text: whose answers, and how good they are.
    colour : str, optional
        Colour of the dot before the title.
    cost : float, optional
        Mean cost of an answer, written bold after the subtitle.
    lowest : bool
        Whether that cost is marked as the lowest of a row of pictures.
    row_names : bool
        Whether the true classes are named at the left.
    dearest : float, optional
        Cost of a cell that gets the whole colour, from `dearest_cell`: the same for matrices that are compared.
    width : int
        About how wide it will be drawn, in pixels: how large the numbers are, and how much of a name there is.

    Raises
    ------
    ValueError
        If a table is not square, or there is not one name for each class.
    """
    counts, table = squared(matrix, names), squared(weights, names)
    margin, k = theme.MARGIN["grid"], len(names)
    alt = _sentence(counts, names, title, cost)
    draft = blank(title, subtitle, kind="confusion", margin=margin, alt=alt, colour=colour)
    if cost is not None:
        _add_cost(draft, cost, after=bool(subtitle), lowest=lowest)
    downward = rows_axis(draft, names, shown_names=row_names)
    cell = cell_width(draft, width, k)
    _add_cells(draft, counts, table, names, dearest or dearest_cell([counts], table), cell)
    across, foot = _columns(names, int(cell / LETTER))
    draft.layout["margin"]["b"] = foot
    if k > LEVEL_CLASSES:
        draft.layout["height"] = max(draft.layout["height"], k * ROW + draft.layout["margin"]["t"] + foot)
    return draft.figure(xaxis=across, yaxis=downward)


def dearest_cell(matrices: Sequence[ArrayLike], weights: ArrayLike) -> float:
    """Return the highest cost, count × weight, of all kinds of mistakes in several matrices; at least 1e-9."""
    table = np.array(weights, dtype=np.float64)
    np.fill_diagonal(table, 0.0)
    return max([1e-9, *(float(np.abs(np.asarray(matrix) * table).max()) for matrix in matrices)])


def _add_cells(draft: Draft, counts: Array, table: Array, names: Sequence[str], dearest: float, cell: float) -> None:
    """Add right answers by their share of the row, mistakes by their cost."""
    right = np.eye(len(counts), dtype=bool)
    costs = counts * table
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    text = [[_short(count, len(counts)) for count in row] for row in counts]
    hover, size = _hover(counts, table, names), font_size(text, cell)
    strength = np.clip(np.abs(costs) / dearest, 0, 1)
    for mask, value, scale in (
        (right, share, graded(theme.RIGHT, BLUEST)),
        (~right & (costs >= 0), strength, graded(theme.DEAR, DEAREST)),
        (~right & (costs < 0), strength, graded(theme.REWARD, BLUEST)),
    ):
        add_tiles(draft, mask, value, text, hover, scale=scale, size=size, weight=600 if mask is right else 400)


def _hover(counts: Array, table: Array, names: Sequence[str]) -> list[list[str]]:
    """Return what each cell says under the pointer."""
    said = [escaped(name) for name in names]
    return [
        [
            f"true {said[i]} recognised: {count:,.0f} of {row.sum():,.0f}"
            if i == j
            else f"true {said[i]} taken for {said[j]}: {count:,.0f} times, weight {shown(table[i, j])}, "
            f"cost {shown(count * table[i, j])}"
            for j, count in enumerate(row)
        ]
        for i, row in enumerate(counts)
    ]


def _short(count: float, classes: int) -> str:
    """Return a count that fits into its tile."""
    if count < (100_000 if classes <= LEVEL_CLASSES else 1_000):
        return f"{count:.0f}"
    unit, sign = next(((unit, sign) for unit, sign in UNITS if count >= unit / 2), UNITS[-1])
    return f"{count / unit:.1f}{sign}" if count < 9.95 * unit else f"{count / unit:.0f}{sign}"


def _columns(names: Sequence[str], room: int) -> tuple[dict[str, object], int]:
    """Return the axis of the columns and the room below: names stand upright where many long ones meet."""
    longest = max(len(plain(name, UPRIGHT_LETTERS)) for name in names)
    if len(names) <= LEVEL_CLASSES + 1 or longest <= room:
        return names_axis(names, letters=room), theme.MARGIN["grid"]["b"]
    return names_axis(names, letters=UPRIGHT_LETTERS) | {"tickangle": -90}, round(LETTER * longest) + 14


def _add_cost(draft: Draft, cost: float, *, after: bool, lowest: bool) -> None:
    """Add the mean cost to the second line."""
    small = f"font-size:{theme.SMALL_SIZE}px;font-weight:400;color:{theme.SOFT}"
    bold = f'cost <span style="font-weight:600;color:{theme.INK}">{shown(cost)}</span>'
    mark = f' <span style="color:{theme.OK}">◂ lowest</span>' if lowest else ""
    begin = " · " if after else "<br>"
    draft.layout["title"]["text"] += f'<span style="{small}">{begin}{bold}{mark}</span>'


def _sentence(counts: Array, names: Sequence[str], title: str, cost: float | None) -> str:
    """Return what the matrix shows, in words."""
    right, total = float(np.trace(counts)), float(counts.sum())
    wrong = counts * ~np.eye(len(counts), dtype=bool)
    i, j = divmod(int(wrong.argmax()), len(wrong))
    parts = [f"Confusion matrix, {plain(title, 80)}: {right:.0f} of {total:.0f} right"]
    if wrong[i, j]:
        parts.append(f"most often {plain(names[i])} taken for {plain(names[j])} ({wrong[i, j]:.0f})")
    parts += [f"mean cost {shown(cost)}"] if cost is not None else []
    return ", ".join(parts) + "."
