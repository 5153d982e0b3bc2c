"""Losses along the straight line between two corners of the simplex, broken where they jump."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import Draft, axis, blank, escaped, light, plain, shown, span, span_in_words, span_of_most

Array = NDArray[np.float64]

NAME_STEP = 14
LETTER = 6.2
NAME_LETTERS = 22
CLOSE = 1e-9
SAME = 1e-3  # of a jump: a tie so near to one side belongs to it, since a side is found a little beside the jump


class LineCurve(NamedTuple):
    """One form's loss along the line.

    Attributes
    ----------
    name, colour, dash : str
        How it is drawn.
    value : ndarray of shape (n,)
        The loss at each place.
    jump_at : tuple of (t, below, above)
        Where it jumps, with the loss just before and just after that place.
    tie : tuple of (t, value), optional
        The loss exactly at a jump. Where it equals one side, that side's dot is filled; otherwise it is a dot of its
        own.
    """

    name: str
    colour: str
    dash: str
    value: Array
    jump_at: tuple[tuple[float, float, float], ...] = ()
    tie: tuple[float, float] | None = None


def line(
    t: Array,
    curves: Sequence[LineCurve],
    *,
    ends: tuple[str, str],
    title: str,
    subtitle: str,
    limits: tuple[float, float] | None = None,
) -> go.Figure:
    """Return losses between two corners: lines that end at a jump, with open and filled dots at its sides.

    Parameters
    ----------
    t : ndarray of shape (n,)
        Places between 0, the first corner, and 1, the second, rising.
    curves : sequence of LineCurve
        The forms.
    ends : tuple of str
        Names of the classes at the two corners, as a person wrote them.
    title, subtitle : str
        Plain text: which class is true, and the weights.
    limits : tuple of float, optional
        Lowest and highest loss that are shown; without them, from 0 or below up to what leaves the highest peaks out.
    """
    sides = [value for curve in curves for _, *pair in curve.jump_at for value in pair]
    sides += [curve.tie[1] for curve in curves if curve.tie]
    values = [curve.value for curve in curves]
    low, high = limits or span_of_most(*values, sides, [0.0]) or span(*values, sides, [0.0])
    room = 0.06 * (high - low)
    heights = (low - room, high + room)
    margin = theme.MARGIN["plane"] | {"t": 52, "b": 30, "r": names_room(curves)}
    draft = blank(title, subtitle, kind="line", margin=margin, alt=_sentence(curves, ends, title))
    for curve in curves:
        _add_curve(draft, t, curve)
    for curve in curves:
        _add_sides(draft, curve)
    add_names(draft, t, curves, heights)
    settings = {"range": (float(t[0]), float(t[-1])), "showgrid": False, "tickmode": "array", "zeroline": False}
    middle = float(t[0] + t[-1]) / 2
    across = axis(tickvals=[middle], ticktext=["½"], **settings)
    for place, (name, side) in enumerate(zip(ends, ("left", "right"), strict=True)):
        font = {"size": 12, "color": theme.INK, "weight": 600}
        draft.note(text=escaped(name, 18), x=float(t[-place]), y=0, yref="paper", xanchor=side, yanchor="top",
                   yshift=-4, font=font)  # fmt: skip
    return draft.figure(xaxis=across, yaxis=axis(range=heights, nticks=5))


def broken(t: Array, curve: LineCurve) -> tuple[Array, Array]:
    """Return places and losses of a curve as a line that is cut at each of its jumps."""
    x, y = np.asarray(t, dtype=np.float64), np.asarray(curve.value, dtype=np.float64)
    for at, below, above in curve.jump_at:
        before, after = x < at - CLOSE, x > at + CLOSE
        y = np.concatenate([y[before], [below, np.nan, above], y[after]])
        x = np.concatenate([x[before], [at, at, at], x[after]])
    return x, y


def _add_curve(draft: Draft, t: Array, curve: LineCurve) -> None:
    """Add one form's line."""
    x, y = broken(t, curve)
    draft.add(
        type="scatter",
        x=light(x),
        y=light(y),
        mode="lines",
        line={"color": curve.colour, "width": 2, "dash": curve.dash},
        hovertemplate=f"p %{{x:.2f}}: loss %{{y:.4g}}<extra>{escaped(curve.name)}</extra>",
    )


def _add_sides(draft: Draft, curve: LineCurve) -> None:
    """Add a dot at both sides of each jump, filled where the loss at the jump itself is, and a tie of its own."""
    for at, *sides in curve.jump_at:
        tie = curve.tie[1] if curve.tie and abs(curve.tie[0] - at) < CLOSE else None
        room = SAME * max(abs(sides[1] - sides[0]), SAME * abs(sides[0]))
        taken = [tie is not None and abs(tie - side) <= room for side in sides]
        for side, filled in zip(sides, taken, strict=True):
            _add_dot(draft, at, side, curve, "exactly here" if filled else "just beside", filled=filled)
        if tie is not None and not any(taken):
            _add_dot(draft, at, tie, curve, "exactly here, on neither side", filled=True)


def _add_dot(draft: Draft, at: float, value: float, curve: LineCurve, what: str, *, filled: bool) -> None:
    marker = {"size": 8, "color": curve.colour if filled else theme.PAGE, "line": {"color": curve.colour, "width": 1.8}}
    said = f"{what}: loss {shown(value)}<extra>{escaped(curve.name)}</extra>"
    draft.add(type="scatter", x=light([at]), y=light([value]), mode="markers", marker=marker, hovertemplate=said)


def names_room(curves: Sequence[LineCurve]) -> int:
    """Return how many pixels the names need beside the ends."""
    return round(LETTER * max((len(plain(curve.name, NAME_LETTERS)) for curve in curves), default=0)) + 14


def add_names(draft: Draft, t: Array, curves: Sequence[LineCurve], heights: tuple[float, float]) -> None:
    """Add each form's name beside its end; those that leave the picture are named at the edge, the first on top."""
    margin = draft.layout["margin"]
    pixels = draft.layout["height"] - margin["t"] - margin["b"]
    scale = pixels / (heights[1] - heights[0])
    ended = sorted(curves, key=lambda curve: _order(t, curve, heights))
    wishes = [(heights[1] + max(_order(t, curve, heights)[0], -heights[1])) * scale for curve in ended]
    for curve, down in zip(ended, _apart(wishes, pixels), strict=True):
        draft.note(
            text=escaped(curve.name, NAME_LETTERS),
            x=1,
            xref="paper",
            y=1,
            yref="paper",
            xanchor="left",
            yanchor="middle",
            xshift=7,
            yshift=-down,
            font={"color": curve.colour, "size": theme.SMALL_SIZE, "weight": 600},
        )


def _order(t: Array, curve: LineCurve, heights: tuple[float, float]) -> tuple[float, float]:
    """Return by what curves are put in order, the highest first: where one ends, of those cut off which left first."""
    value = np.asarray(curve.value, dtype=np.float64)
    value = np.where(np.isfinite(value), value, np.inf)
    inside = np.flatnonzero(value <= heights[1])
    last = float(t[inside[-1]]) if inside.size else float(t[0])
    return -float(min(value[-1], heights[1])), last


def _apart(wishes: Sequence[float], room: float) -> list[float]:
    """Return rising places at least one line of text apart, near to where they were wished, within the room."""
    places: list[float] = []
    for wish in wishes:
        places.append(max(wish, places[-1] + NAME_STEP) if places else max(wish, 0.0))
    least = room
    for place in reversed(range(len(places))):
        places[place] = min(places[place], least)
        least = places[place] - NAME_STEP
    return places


def _sentence(curves: Sequence[LineCurve], ends: tuple[str, str], title: str) -> str:
    """Return what the lines show, in words."""
    told = [
        f"{plain(curve.name)} {span_in_words(curve.value)}"
        + "".join(f", jumps from {shown(a)} to {shown(b)} at {shown(at)}" for at, a, b in curve.jump_at)
        + (f", {shown(curve.tie[1])} exactly there" if curve.tie else "")
        for curve in curves
    ]
    return f"Loss from {plain(ends[0])} to {plain(ends[1])}, {plain(title, 80)}: {'; '.join(told) or 'no form'}."
