"""Slices through a loss: along both axes of its plane, its terms stacked where it has two."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import Draft, Word, axis, blank, escaped, light, plain, shown, span
from explorer.figures.mark import diamond
from explorer.figures.plane import LABELS, reach
from explorer.surface import Surface

Array = NDArray[np.float64]
Limits = tuple[float, float]
Room = tuple[Limits, Limits]

TERMS = ("error²", "penalty")
SUFFIX = ("", "2")
STACKED: tuple[Room, Room] = (((0.0, 1.0), (0.57, 0.96)), ((0.0, 1.0), (0.0, 0.39)))
BESIDE: tuple[Room, Room] = (((0.0, 0.48), (0.0, 0.91)), ((0.52, 1.0), (0.0, 0.91)))


def slices(
    result: Surface,
    *,
    at: tuple[float, float],
    title: str,
    subtitle: str,
    axes: tuple[str, str] = LABELS,
    terms: tuple[str, str] = TERMS,
    limits: Limits | None = None,
    colour: str = theme.A,
    beside: bool = False,
) -> go.Figure:
    """Return the loss along both axes through a cross-hair, its terms stacked where it has two.

    Parameters
    ----------
    result, title, subtitle, axes, limits
        As for `explorer.figures.surface.surface`; the slices run through the nodes nearest to the cross-hair, which
        the picture names.
    at : tuple of float
        The cross-hair.
    terms : tuple of str
        Names of the part that the split parameter does not scale, and of the other one.
    colour : str
        Colour of the line.
    beside : bool
        Whether the two slices stand side by side; otherwise one above the other.
    """
    rooms = BESIDE if beside else STACKED
    row, column = int(np.abs(result.y - at[1]).argmin()), int(np.abs(result.x - at[0]).argmin())
    low, high = limits or span(result.value[row], result.value[:, column], [0.0])
    legend = [Word("┊", theme.SOFT, "target")] * (result.target is not None) + [Word("◆", theme.MINIMUM, "lowest")]
    if result.rest is not None:
        legend = [Word("■", theme.REST, terms[0]), Word("■", theme.PENALTY, terms[1]), *legend]
    where = f"({shown(float(result.x[column]))}, {shown(float(result.y[row]))})"
    alt = f"The loss along {plain(axes[0])} and along {plain(axes[1])} through {where}, {plain(title, 80)}."
    margin = theme.MARGIN["plane"]
    draft = blank(
        title,
        subtitle,
        kind="slices" if beside else "field",
        margin=margin,
        alt=alt,
        colour=colour,
        legend=legend,
        lines=2,
    )
    room = 0.08 * (high - low)
    add_slice(draft, 0, result.x, result.value[row], None if result.rest is None else result.rest[row], colour)
    add_slice(
        draft, 1, result.y, result.value[:, column], None if result.rest is None else result.rest[:, column], colour
    )
    for panel, fixed in enumerate((result.y[row], result.x[column])):
        _add_words(draft, panel, rooms[panel], axes, float(fixed), result.target)
        set_axes(draft, panel, rooms[panel], (result.x, result.y)[panel], (low - room * (low < 0), high + room))
    return draft.figure()


def add_slice(draft: Draft, panel: int, nodes: Array, value: Array, rest: Array | None, colour: str) -> None:
    """Add the line of one panel, over its stacked terms, with a diamond where it is lowest."""
    pair = {"xaxis": f"x{SUFFIX[panel]}", "yaxis": f"y{SUFFIX[panel]}"}
    x = light(nodes)
    if rest is not None:
        for part, fill, tint in ((rest, "tozeroy", theme.REST), (value, "tonexty", theme.PENALTY)):
            shade = {"fill": fill, "fillcolor": theme.veil(tint), "line": {"width": 0}, "hoverinfo": "skip"}
            draft.add(type="scatter", x=x, y=light(part), mode="lines", **shade, **pair)
    line = {"color": colour, "width": 2}
    draft.add(
        type="scatter",
        x=x,
        y=light(value),
        mode="lines",
        line=line,
        hovertemplate="loss %{y:.4g}<extra></extra>",
        **pair,
    )
    if np.isfinite(value).any() and np.nanmax(value) > np.nanmin(value):
        best = int(np.nanargmin(value))
        draft.add(**diamond(float(nodes[best]), float(value[best]), f"lowest: {shown(float(value[best]))}"), **pair)


def _add_words(
    draft: Draft, panel: int, room: Room, axes: tuple[str, str], fixed: float, target: tuple[float, float] | None
) -> None:
    """Add what one panel runs along, and a dashed line where the prediction is right."""
    text = f"along {escaped(axes[panel])} · {escaped(axes[1 - panel])} = {shown(round(fixed, 2))}"
    draft.note(
        text=text,
        x=room[0][1],
        xref="paper",
        xanchor="right",
        y=room[1][1],
        yref="paper",
        yanchor="bottom",
    )
    if target:
        dashed = {"color": theme.INK, "width": 1.2, "dash": "4px,3px"}
        ends = {"x0": target[panel], "x1": target[panel], "y0": 0, "y1": 1}
        draft.shape(type="line", xref=f"x{SUFFIX[panel]}", yref=f"y{SUFFIX[panel]} domain", line=dashed, **ends)


def set_axes(draft: Draft, panel: int, room: Room, nodes: Array, heights: Limits) -> None:
    """Set the axes of one panel."""
    suffix = SUFFIX[panel]
    across = axis(range=reach(nodes), domain=room[0], anchor=f"y{suffix}")
    upward = axis(range=heights, domain=room[1], anchor=f"x{suffix}", nticks=4)
    draft.layout |= {f"xaxis{suffix}": across, f"yaxis{suffix}": upward}
