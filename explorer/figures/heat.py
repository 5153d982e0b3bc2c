"""A table of weights as a small heat map, and what it shares with a confusion matrix: tiles with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.frame import LINE_STEP, Draft, axis, blank, escaped, light, plain, shown

Array = NDArray[np.float64]
Scale = tuple[tuple[float, str], tuple[float, str]]

FAINTEST = 0.07
DEAREST = 0.72  # more of a colour, and ink would no longer be readable on it in the dark theme
BLUEST = 0.62
GAP = 2
ROW = 31.5  # of the data editor at the base size of the page, so that the rows of both stand side by side
HEAD = 31.5
FOOT = 4
SUM_GAP = 0.35
LETTER = 5.8
LARGEST, SMALLEST = 13.0, 7.0
DIGIT = 0.53  # of the font's size
NAME_LETTERS = 10
SIGNS = {"diagonal": ("✕", theme.FAIL), "negative": ("▲", theme.WARN)}


def heat(
    weights: ArrayLike,
    names: Sequence[str],
    *,
    concerns: Mapping[tuple[int, int], str] | None = None,
    title: str = "",
    subtitle: str = "",
    row_names: bool = True,
    width: int = 300,
    furthest: float = 0.0,
) -> go.Figure:
    """Return a table of weights as tiles: orange above 1, blue below, with the sum of each row beside it.

    Parameters
    ----------
    weights : array_like of shape (class, class)
        Rows are the true class, columns the predicted one.
    names : sequence of str
        Name of each class, as a person wrote it.
    concerns : mapping of (row, column) to str, optional
        Kind of the concern in a cell, as `explorer.losses.concern.Concern` names it: a cell with "diagonal" gets ✕, one
        with "negative" ▲; other kinds get no sign.
    title, subtitle : str
        Plain text; without a title the picture is as tall as its names and rows.
    row_names : bool
        Whether the true classes are named at the left.
    width : int
        About how wide it will be drawn, in pixels: how large the numbers are, and how much of a name there is.
    furthest : float
        Distance from 1 that gets the whole colour, for tables that are compared; a larger one in the table wins.

    Raises
    ------
    ValueError
        If the table is not square, or there is not one name for each class.

    Notes
    -----
    Colours go with log(1 + distance from 1), so that a weight of 1,000 leaves one of 2 visible; each hue has a range of
    its own.
    """
    table = squared(weights, names)
    k, found = len(table), {cell: kind for cell, kind in (concerns or {}).items() if kind in SIGNS}
    margin = theme.MARGIN["grid"] | {"t": HEAD + 18 * bool(title) + LINE_STEP * bool(subtitle), "b": FOOT}
    draft = blank(title or "weights", subtitle, kind="heat", margin=margin, alt=_sentence(table, names, found))
    if not title:
        draft.layout["title"]["text"] = ""
    downward = rows_axis(draft, names, shown_names=row_names)
    cell = cell_width(draft, width, k + 1 + SUM_GAP)
    text, hover = [[shown(weight) for weight in row] for row in table], _hover(table, names, found)
    size = font_size(text, cell)
    for mask, colour, most in (
        (table > 1, theme.DEAR, DEAREST),
        (table < 1, theme.RIGHT, BLUEST),
        (table == 1, theme.BASELINE, DEAREST),
    ):
        add_tiles(draft, mask, _strength(table, mask, furthest), text, hover, scale=graded(colour, most), size=size)
    _add_sums(draft, table, min(size, font_size([[shown(total) for total in table.sum(axis=1)]], cell * (1 + SUM_GAP))))
    for (row, column), kind in found.items():
        _add_sign(draft, row, column, *SIGNS[kind])
    draft.layout["height"] = k * ROW + draft.layout["margin"]["t"] + FOOT
    across = names_axis(names, letters=int((cell - 4) / LETTER)) | {"side": "top", "range": (-0.5, k + SUM_GAP + 0.5)}
    across |= {"tickvals": [*range(k), k + SUM_GAP], "ticktext": [*across["ticktext"], "Σ"]}
    return draft.figure(xaxis=across, yaxis=downward)


def squared(weights: ArrayLike, names: Sequence[str]) -> Array:
    """Return a table with one row, one column and one name for each class, ``(class, class)``.

    Raises
    ------
    ValueError
        If it has another shape.
    """
    table = np.asarray(weights, dtype=np.float64)
    if table.shape != (len(names), len(names)):
        raise ValueError(f"A table of {len(names)} named classes needs that many rows and columns, not {table.shape}.")
    return table


def graded(colour: str, most: float) -> Scale:
    """Return a scale from hardly any colour to most of it."""
    return (0.0, theme.veil(colour, FAINTEST)), (1.0, theme.veil(colour, most))


def add_tiles(
    draft: Draft,
    mask: NDArray[np.bool_],
    strength: Array,
    text: Sequence[Sequence[str]],
    hover: Sequence[Sequence[str]],
    *,
    scale: Scale,
    size: float,
    weight: int = 400,
) -> None:
    """Add the tiles of a mask, coloured by a strength between 0 and 1, each with its number and what it says."""
    if not mask.any():
        return
    words = [[word if here else "" for word, here in zip(*pair, strict=True)] for pair in zip(text, mask, strict=True)]
    draft.add(
        type="heatmap",
        z=light(np.where(mask, strength, np.nan)),
        zmin=0.0,
        zmax=1.0,
        colorscale=scale,
        showscale=False,
        xgap=GAP,
        ygap=GAP,
        text=words,
        texttemplate="%{text}" if size else "",
        textfont={"size": size or SMALLEST, "color": theme.INK, "weight": weight},
        hovertext=[list(row) for row in hover],
        hoverinfo="text",
        hoverongaps=False,
    )


def names_axis(names: Sequence[str], *, letters: int) -> dict[str, Any]:
    """Return the axis of the columns, each with its class's name in at most so many letters."""
    ends = (-0.5, len(names) - 0.5)
    said = [escaped(name, max(letters, 2)) for name in names]
    ticks = {"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": said, "tickangle": 0}
    return axis(range=ends, showgrid=False, **ticks)


def rows_axis(draft: Draft, names: Sequence[str], *, shown_names: bool) -> dict[str, Any]:
    """Return the axis of the rows from the top down, and make room for its names."""
    settings = names_axis(names, letters=NAME_LETTERS)
    longest = max(len(plain(name, NAME_LETTERS)) for name in names)
    if shown_names:
        draft.layout["margin"]["l"] = round(LETTER * longest) + 8
    return settings | {"range": settings["range"][::-1], "showticklabels": shown_names}


def cell_width(draft: Draft, width: float, columns: float) -> float:
    """Return how wide a tile will be, in pixels."""
    margin = draft.layout["margin"]
    return float(width - margin["l"] - margin["r"]) / columns


def font_size(text: Sequence[Sequence[str]], cell: float) -> float:
    """Return how large numbers may be to fit into tiles so wide; 0 where they could not be read."""
    longest = max(len(word) for row in text for word in row)
    size = min(LARGEST, (cell - GAP - 2) / (DIGIT * longest))
    return round(size, 1) if size >= SMALLEST else 0.0


def _strength(table: Array, mask: NDArray[np.bool_], furthest: float) -> Array:
    """Return how far each weight of a mask is from 1, between 0 and 1."""
    far = np.where(mask, np.log1p(np.abs(table - 1)), 0.0)
    return far / max(float(far.max()), float(np.log1p(furthest)), float(np.log(3)))


def _hover(table: Array, names: Sequence[str], found: Mapping[tuple[int, int], str]) -> list[list[str]]:
    """Return what each cell says under the pointer."""
    why = {"diagonal": "<br>✕ being right costs more than a mistake", "negative": "<br>▲ a weight below 0 rewards"}
    return [
        [
            f"{_case(names, i, j)}: weight {shown(weight)}{why.get(found.get((i, j), ''), '')}"
            for j, weight in enumerate(row)
        ]
        for i, row in enumerate(table)
    ]


def _case(names: Sequence[str], i: int, j: int) -> str:
    """Return what happens in a cell, in words."""
    return f"{escaped(names[i])} recognised" if i == j else f"true {escaped(names[i])} taken for {escaped(names[j])}"


def _add_sums(draft: Draft, table: Array, size: float) -> None:
    """Add the sum of each row, a little apart, where it can be read."""
    if not size:
        return
    for row, total in enumerate(table.sum(axis=1)):
        font = {"size": size, "color": theme.SOFT}
        draft.note(text=shown(float(total)), x=len(table) + SUM_GAP, y=row, font=font)


def _add_sign(draft: Draft, row: int, column: int, sign: str, colour: str) -> None:
    """Add the sign of a concern to the upper right corner of its cell."""
    draft.note(
        text=sign,
        x=column + 0.5,
        y=row - 0.5,
        xanchor="right",
        yanchor="top",
        xshift=-2,
        yshift=-2,
        borderpad=0,
        bgcolor=theme.PAGE,
        font={"size": 9, "color": colour, "weight": 600},
    )


def _sentence(table: Array, names: Sequence[str], found: Mapping[tuple[int, int], str]) -> str:
    """Return what the table shows, in words."""
    i, j = divmod(int(table.argmax()), len(table))
    case = f"{plain(names[i])} recognised" if i == j else f"true {plain(names[i])} taken for {plain(names[j])}"
    odd = f", {len(found)} odd" if found else ""
    return f"Weights of {len(table)} classes, the largest {shown(float(table[i, j]))} for {case}{odd}."
