"""Losses along one axis with numbers: slopes and staircases, with a mark at the current value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.curve import SMALL
from explorer.figures.frame import (
    Draft,
    Word,
    axis,
    blank,
    escaped,
    light,
    plain,
    shown,
    span,
    span_in_words,
    span_of_most,
    upright,
)
from explorer.figures.line import LineCurve, add_names, names_room

Array = NDArray[np.float64]

ROOM = 0.07


class SweepLine(NamedTuple):
    """One form along the axis.

    Attributes
    ----------
    name, colour, dash : str
        How it is drawn.
    value : array_like of shape (n,)
        The loss at each place.
    slopeless : bool
        Whether the form has no gradient: drawn as a staircase, and said under the title.
    """

    name: str
    colour: str
    dash: str
    value: ArrayLike
    slopeless: bool = False


def sweep_lines(
    x: ArrayLike,
    lines: Sequence[SweepLine | tuple[Any, ...]],
    *,
    x_title: str,
    y_title: str,
    at: float | None = None,
    limits: tuple[float, float] | None = None,
    title: str,
    subtitle: str,
) -> go.Figure:
    """Return several forms along one axis, named at their ends.

    Parameters
    ----------
    x : array_like of shape (n,)
        Places along the axis, rising.
    lines : sequence of SweepLine
        The forms, or tuples with a line's fields.
    x_title, y_title : str
        Names of the axes.
    at : float, optional
        The current place: a dashed line where it is in sight, its number under the title.
    limits : tuple of float, optional
        Lowest and highest value that are shown; without them, from 0 or below up to what leaves the highest peaks out.
    title, subtitle : str
        Plain text: what changes, and what is held.
    """
    places, forms = np.asarray(x, dtype=np.float64), [SweepLine(*given) for given in lines]
    curves = [LineCurve(f.name, f.colour, f.dash, np.asarray(f.value, dtype=np.float64)) for f in forms]
    values = [curve.value for curve in curves]
    low, high = limits or span_of_most(*values, [0.0]) or span(*values, [0.0])
    heights = low - ROOM * (high - low) * (low != 0), high + ROOM * (high - low)
    seen = at is not None and places[0] <= at <= places[-1]
    legend = [Word("┊", theme.INK, f"now {shown(at)}")] if at is not None and seen else []
    legend += [Word("⌐", form.colour, f"{form.name}: no slope") for form in forms if form.slopeless]
    margin = theme.MARGIN["plane"] | {"t": 66, "b": 36, "r": names_room(curves)}
    told = "; ".join(f"{plain(curve.name)} {span_in_words(curve.value)}" for curve in curves)
    alt = f"{plain(y_title)} along {plain(x_title)}, {plain(title, 80)}: {told or 'no form'}."
    draft = blank(title, subtitle, kind="line", margin=margin, alt=alt, legend=legend)
    draft.layout["height"] += draft.layout["margin"]["t"] - margin["t"]
    for form, curve in zip(forms, curves, strict=True):
        _add_line(draft, places, curve, stairs=form.slopeless)
    add_names(draft, places, curves, heights)
    if seen:
        dashed = {"color": theme.INK, "width": 1.2, "dash": "4px,3px"}
        draft.shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="y domain", line=dashed)
    draft.note(**upright(y_title) | {"font": SMALL})
    name = {"text": escaped(x_title), "standoff": 4, "font": SMALL}
    across = axis(range=(float(places[0]), float(places[-1])), showgrid=False, title=name)
    return draft.figure(xaxis=across, yaxis=axis(range=heights, nticks=5))


def _add_line(draft: Draft, places: Array, curve: LineCurve, *, stairs: bool) -> None:
    """Add one form: straight from place to place, or level around each where it has no slope."""
    what = ", no slope" if stairs else ""
    draft.add(
        type="scatter",
        x=light(places),
        y=light(curve.value),
        mode="lines",
        line={"color": curve.colour, "width": 2, "dash": curve.dash, "shape": "hvh" if stairs else "linear"},
        hovertemplate=f"%{{x:.3g}}: %{{y:.4g}}{what}<extra>{escaped(curve.name)}</extra>",
    )
