"""How numbers grow with the size of the batch: magnitudes on logarithmic axes, signs told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.curve import SMALL
from explorer.figures.frame import Draft, Word, axis, blank, escaped, light, plain, shown, span, upright
from explorer.figures.line import LineCurve, add_names, names_room

Array = NDArray[np.float64]

MOST_TICKS = 8
ROOM = 0.07
LEAST_DECADES = 1.0
FEW_DECADES, MOST_DECADES = 1.8, 5


class Line(NamedTuple):
    """One form's number at each size: its name, its colour, and the values (size,)."""

    name: str
    colour: str
    value: ArrayLike


def growth(
    size: ArrayLike,
    lines: Sequence[Line | tuple[str, str, ArrayLike]],
    *,
    title: str,
    subtitle: str,
    y_title: str,
) -> go.Figure:
    """Return magnitudes against the size of the batch, both logarithmic; the number with its sign under the pointer.

    Parameters
    ----------
    size : array_like of int, shape (n,)
        Samples in the batch, rising from 1 or more.
    lines : sequence of Line
        One a form. Where a value is negative its point is open; where it is 0 or not finite there is none, which is
        said under the title.
    title, subtitle : str
        Plain text: what is measured, and of what.
    y_title : str
        Name of the numbers.
    """
    sizes, forms = np.asarray(size, dtype=np.float64), [Line(*given) for given in lines]
    values = [np.asarray(form.value, dtype=np.float64) for form in forms]
    heights = [_logarithm(value) for value in values]
    legend = [Word("○", theme.SOFT, "below 0")] * any((value < 0).any() for value in values)
    legend += [Word("▸", theme.WARN, word) for pair in zip(forms, values, strict=True) for word in _lost(*pair)]
    known = [(form, height[np.isfinite(height)]) for form, height in zip(forms, heights, strict=True)]
    ends = [LineCurve(form.name, form.colour, "solid", height) for form, height in known if height.size]
    margin = theme.MARGIN["plane"] | {"t": 66, "b": 36, "l": 44, "r": names_room(ends)}
    alt = _sentence(sizes, forms, values, title, y_title)
    draft = blank(title, subtitle, kind="line", margin=margin, alt=alt, legend=legend)
    draft.layout["height"] += draft.layout["margin"]["t"] - margin["t"]
    for form, value, height in zip(forms, values, heights, strict=True):
        _add_line(draft, sizes, form, value, height)
    reach = _reach(heights)
    add_names(draft, np.log10(sizes), ends, reach)
    draft.note(**upright(y_title) | {"font": SMALL})
    return draft.figure(xaxis=_across(sizes), yaxis=_upward(reach))


def _logarithm(value: Array) -> Array:
    """Return the decimal logarithm of magnitudes, NaN where there is none."""
    known = np.isfinite(value) & (value != 0)
    return np.log10(np.abs(value), where=known, out=np.full_like(value, np.nan))


def _lost(form: Line, value: Array) -> list[str]:
    """Return at how many sizes nothing can be drawn, and why."""
    told = ((int((value == 0).sum()), "0"), (int((~np.isfinite(value)).sum()), "not finite"))
    return [f"{form.name}: {what} at {count} of {value.size}" for count, what in told if count]


def _add_line(draft: Draft, sizes: Array, form: Line, value: Array, height: Array) -> None:
    """Add one form's line, with a point at each size."""
    negative = value < 0
    fill = [theme.PAGE if below else form.colour for below in negative]
    draft.add(
        type="scatter",
        x=light(sizes),
        y=light(np.where(np.isfinite(height), np.abs(value), np.nan)),
        customdata=light(value),
        mode="lines+markers",
        line={"color": form.colour, "width": 2},
        marker={"size": 6.5, "color": fill, "line": {"color": form.colour, "width": 1.6}},
        hovertemplate=f"batch of %{{x:,}}: %{{customdata:.4g}}<extra>{escaped(form.name)}</extra>",
    )


def _reach(heights: Sequence[Array]) -> tuple[float, float]:
    """Return the range of magnitudes, in decades: at least one, so that what hardly changes looks level."""
    low, high = span(*heights, [])
    missing = max(0.0, LEAST_DECADES - (high - low)) / 2
    room = ROOM * max(high - low, LEAST_DECADES)
    return low - missing - room, high + missing + room


def _upward(reach: tuple[float, float]) -> dict[str, Any]:
    """Return the axis of the magnitudes: whole decades, or 1, 2 and 5 of each where there are few."""
    low, high = reach
    decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    every = max(1, round((high - low) / MOST_DECADES))
    inner = (1, 2, 5) if high - low < FEW_DECADES else (1,)
    ticks = [(part, decade) for decade in decades if decade % every == 0 for part in inner]
    seen = [tick for tick in ticks if low <= np.log10(tick[0]) + tick[1] <= high]
    values, words = [part * 10.0**decade for part, decade in seen], [_decade(*tick) for tick in seen]
    return axis(type="log", range=reach, tickmode="array", tickvals=values, ticktext=words)


def _decade(part: int, decade: int) -> str:
    """Return a number of an axis: as it is where it is short."""
    if -3 <= decade <= 4:
        return f"{part * 10.0**decade:,g}"
    return f"{'' if part == 1 else f'{part}·'}10<sup>{str(decade).replace('-', '−')}</sup>"


def _across(sizes: Array) -> dict[str, Any]:
    """Return the axis of the sizes, each or every other with its number."""
    every = -(-sizes.size // MOST_TICKS)
    ticks = sizes[::-1][::every][::-1]
    low, high = np.log10(sizes[[0, -1]])
    room = 0.03 * max(high - low, LEAST_DECADES)
    return axis(
        type="log",
        range=(float(low - room), float(high + room)),
        showgrid=False,
        tickmode="array",
        tickvals=ticks.tolist(),
        ticktext=[f"{count:,.0f}" for count in ticks],
        title={"text": "points in the batch", "standoff": 4, "font": SMALL},
    )


def _sentence(sizes: Array, forms: Sequence[Line], values: Sequence[Array], title: str, y_title: str) -> str:
    """Return both ends of each line, in words."""
    told = [f"{plain(f.name)} from {shown(v[0])} to {shown(v[-1])}" for f, v in zip(forms, values, strict=True)]
    ends = f"from {sizes[0]:,.0f} to {sizes[-1]:,.0f}"
    return f"{plain(y_title)} by size of the batch {ends}, {plain(title, 80)}: {'; '.join(told) or 'no form'}."
