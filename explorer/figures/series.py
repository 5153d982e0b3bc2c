"""A series in time with what is not in it, and forecasts of it with their residuals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import Draft, Word, axis, blank, escaped, light, plain, shown, span, span_in_words

Array = NDArray[Any]

MOST_POINTS = 5_000
MOST_DOTS = 120
MOST_BARS = 400
NEAR = 0.015  # of the range: closer to the truth a forecast lies on it
FORECAST_PANELS = ((0.37, 1.0), (0.0, 0.28))


class Aside(NamedTuple):
    """Rows that are not in a series, where they are drawn: the edge they lie beyond or "", and their true numbers."""

    rows: int
    time: Array
    value: Array
    way: NDArray[np.str_]
    words: list[str]


def thinned(value: Array, most: int = MOST_POINTS) -> NDArray[np.intp]:
    """Return which points to draw: the lowest and the highest of each bin, all of them where there are few.

    Parameters
    ----------
    value : ndarray of shape (n,)
        What is drawn; NaN, a gap, is kept where a whole bin is one.
    most : int
        How many points may be drawn.

    Returns
    -------
    ndarray of shape (at most ``most``,)
        Rising positions in ``value``.
    """
    if value.size <= most:
        return np.arange(value.size)
    width = -(-value.size // (most // 2))
    rows = -(-value.size // width)
    padded = np.full(rows * width, np.nan)
    padded[: value.size] = value
    bins = padded.reshape(rows, width)
    gap = np.isnan(bins)
    lowest = np.where(gap, np.inf, bins).argmin(axis=1)
    highest = np.where(gap, -np.inf, bins).argmax(axis=1)
    return np.unique(np.stack([lowest, highest], axis=1) + width * np.arange(rows)[:, None])


def series(
    time: Array,
    value: Array,
    *,
    split: tuple[int, int] | None = None,
    filled: Array | None = None,
    left_out: Sequence[tuple[Any, float | None]] = (),
    title: str,
    subtitle: str = "",
    unit: str = "values",
    narrow: bool = False,
) -> go.Figure:
    """Return a series as one line, its parts shaded, its filled gaps circled, what was left out of it crossed.

    Parameters
    ----------
    time : ndarray of shape (n,)
        Dates or positions.
    value : ndarray of shape (n,)
        The series; at most 5,000 points of it are drawn, extremes kept.
    split : tuple of int, optional
        First position of the validation part, and of the test part.
    filled : ndarray of bool, shape (n,), optional
        Which points fill a gap.
    left_out : sequence of (time, value)
        Rows that are not in the series; those without a time or a finite value are not drawn. What lies beyond the
        picture stands at its edge as a triangle, so that a sum of all rows does not press the series flat.
    title, subtitle : str
        Plain text: what it is, and how it is used.
    unit : str
        What the points of a part are counted in.
    narrow : bool
        Whether it is drawn on a phone: the subtitle takes a line of its own, parts are named without their size.
    """
    gaps = np.zeros(value.size, dtype=bool) if filled is None else np.asarray(filled, dtype=bool)
    low, high = span(value)
    ends = (low - 0.03 * (high - low), high + (0.16 if split else 0.06) * (high - low))
    aside = _aside(left_out, time, ends)
    alt = f"{plain(title, 80)}: {value.size} {plain(unit)} {span_in_words(value)}, {gaps.sum()} filled"
    alt += f", {aside.rows} crossed because left out." if aside.rows else "."
    legend = [Word("○", theme.WARN, "filled gap")] * bool(gaps.any())
    legend += [Word("✕", theme.WARN, "left out")] * bool((aside.way == "").any())
    legend += [Word("△", theme.WARN, "left out, beyond the picture")] * bool((aside.way != "").any())
    draft = _wide(title, subtitle, kind="series", alt=alt, legend=legend, narrow=narrow)
    keep = thinned(value)
    line = {"color": theme.INK, "width": 1.4}
    said = "%{x}<br>%{y:.4g}<extra></extra>"
    draft.add(type="scatter", x=time[keep], y=light(value[keep]), mode="lines", line=line, hovertemplate=said)
    if gaps.any():
        _add_filled(draft, time[gaps], value[gaps])
    if split:
        _add_parts(draft, time, split, unit, narrow=narrow)
    if aside.rows:
        _add_aside(draft, aside)
    across = axis(range=(time[0], time[-1]), showgrid=False, nticks=8)
    return draft.figure(xaxis=across, yaxis=axis(range=ends, nticks=4))


def _aside(left_out: Sequence[tuple[Any, float | None]], time: Array, ends: tuple[float, float]) -> Aside:
    """Return where the rows with a time and a value are drawn; extremes of them where they are many."""
    known = [(t, y) for t, y in left_out if t is not None and y is not None and np.isfinite(y) and t == t]
    value = np.array([y for _, y in known], dtype=np.float64)
    keep = thinned(value, MOST_BARS)
    t, y = np.array([t for t, _ in known], dtype=time.dtype)[keep], value[keep]
    edges = {"right": t > time[-1], "left": t < time[0], "up": y > ends[1], "down": y < ends[0]}
    way = np.select(list(edges.values()), list(edges), default="")
    edge = 0.04 * (ends[1] - ends[0])
    words = [f"{a}<br>{shown(b)}, left out" for a, b in zip(t, y, strict=True)]
    return Aside(len(known), np.clip(t, time[0], time[-1]), np.clip(y, ends[0] + edge, ends[1] - edge), way, words)


def _add_filled(draft: Draft, time: Array, value: Array) -> None:
    """Add a circle for each filled gap."""
    keep = thinned(value, MOST_BARS)
    circle = {"symbol": "circle-open", "size": 7, "color": theme.WARN, "line": {"width": 1.6}}
    said = "%{x}<br>%{y:.4g}, filled<extra></extra>"
    draft.add(type="scatter", x=time[keep], y=light(value[keep]), mode="markers", marker=circle, hovertemplate=said)


def _add_aside(draft: Draft, aside: Aside) -> None:
    """Add a cross for each row that is not in the series, a triangle at the edge where it lies beyond the picture."""
    symbols = [f"triangle-{way}-open" if way else "x-thin-open" for way in aside.way]
    line = {"width": 1.5, "color": theme.WARN}
    draft.add(
        type="scatter",
        x=aside.time,
        y=light(aside.value),
        mode="markers",
        marker={"symbol": symbols, "size": 7, "color": theme.WARN, "line": line},
        cliponaxis=False,
        hovertext=aside.words,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _wide(title: str, subtitle: str, *, kind: str, alt: str, legend: Sequence[Word], narrow: bool) -> Draft:
    """Return the draft of a picture as wide as the page: one line of title, several on a phone."""
    margin: Mapping[str, int] = theme.MARGIN["wide"]
    if narrow:
        margin = {**margin, "t": margin["t"] + 17}
    draft = blank(title, subtitle, kind=kind, margin=margin, alt=alt, legend=legend, lines=int(narrow))
    draft.layout["height"] += draft.layout["margin"]["t"] - margin["t"]
    return draft


def _add_parts(draft: Draft, time: Array, split: tuple[int, int], unit: str, *, narrow: bool) -> None:
    """Add shades and names of the training, validation and test parts."""
    begins = (0, *split)
    ends = (*split, time.size)
    for name, begin, end, shade in zip(
        ("train", "validation", "test"), begins, ends, (None, theme.VALIDATION_SHADE, theme.TEST_SHADE), strict=True
    ):
        if end <= begin:
            continue
        place = {"x0": time[begin], "x1": time[min(end, time.size - 1)], "y0": 0, "y1": 1, "yref": "paper"}
        if shade:
            draft.shape(type="rect", fillcolor=shade, line={"width": 0}, layer="below", **place)
            edge = {"color": theme.BASELINE, "width": 1, "dash": "dot"}
            draft.shape(type="line", line=edge, **(place | {"x1": place["x0"]}))
        size = "" if narrow else f" {end - begin:,}{'' if begin else ' ' + escaped(unit)}"
        last = name == "test"
        draft.note(
            text=f'<span style="font-weight:600">{name}</span>{size}',
            x=place["x1" if last else "x0"],
            y=1,
            yref="paper",
            xanchor="right" if last else "left",
            yanchor="top",
            xshift=-3 if last else 3,
            font={"size": 10 if narrow else theme.SMALL_SIZE, "color": theme.SOFT},
        )


def forecast(
    time: Array,
    true: Array,
    predictions: Sequence[tuple[str, str, Array]],
    baseline: tuple[str, Array] | None = None,
    *,
    title: str,
    subtitle: str = "",
    narrow: bool = False,
) -> go.Figure:
    """Return the true series with what several runs predicted, and the residual true − predicted below.

    Parameters
    ----------
    time, true : ndarray of shape (n,)
        Dates or positions, and what came true.
    predictions : sequence of (str, str, ndarray of shape (n,))
        Name, colour and forecast of each run.
    baseline : (str, ndarray of shape (n,)), optional
        Name and forecast of what must be beaten.
    title, subtitle : str
        Plain text: how far ahead, and the parameter values.
    narrow : bool
        Whether it is drawn on a phone: the legend takes a line of its own.
    """
    legend = [Word("━", theme.INK, "true"), *(Word("━", colour, name) for name, colour, _ in predictions)]
    legend += [Word("┅", theme.BASELINE, baseline[0])] if baseline else []
    mean = [f"{plain(name)} {shown(float(np.nanmean(np.abs(true - value))))}" for name, _, value in predictions]
    alt = f"{plain(title, 80)}, {true.size} forecasts; mean absolute residual: {', '.join(mean) or 'no run yet'}."
    said = " · ".join(part for part in (subtitle, "below: true − predicted") if part)
    draft = _wide(title, said, kind="forecast", alt=alt, legend=legend, narrow=narrow)
    if baseline:
        _add_line(draft, time, baseline[1], baseline[0], {"color": theme.BASELINE, "width": 1.2, "dash": "6px,5px"})
    few = true.size <= MOST_DOTS // (3 if narrow else 1)
    _add_line(draft, time, true, "true", {"color": theme.INK, "width": 1.6}, dots=few)
    for name, colour, value in predictions:
        _add_line(draft, time, value, name, {"color": colour, "width": 2})
    _add_truth_again(draft, time, true, [value for *_, value in predictions])
    for name, colour, value in predictions:
        _add_residual(draft, time, true - value, name, colour)
    return draft.figure(**_two_panels(time), barmode="group", bargap=0.3, bargroupgap=0)


def _two_panels(time: Array) -> dict[str, Any]:
    """Return the axes of two panels that share their time."""
    ends = axis(range=_padded(time), showgrid=False, nticks=8)
    return {
        "xaxis": ends | {"showticklabels": False, "matches": "x2"},
        "yaxis": axis(domain=FORECAST_PANELS[0], nticks=4),
        "xaxis2": ends | {"anchor": "y2"},
        "yaxis2": axis(domain=FORECAST_PANELS[1], anchor="x2", nticks=3, zeroline=True, zerolinecolor=theme.FAINT),
    }


def _padded(time: Array) -> tuple[Any, Any]:
    """Return the range of the time axis, with room for half a bar at both ends."""
    half = (time[-1] - time[0]) / (2 * max(1, time.size - 1))
    return time[0] - half, time[-1] + half


def _add_line(draft: Draft, time: Array, value: Array, name: str, line: dict[str, Any], *, dots: bool = False) -> None:
    """Add a line to the upper panel."""
    keep = thinned(value)
    said = f"%{{x}}<br>%{{y:.4g}}<extra>{escaped(name)}</extra>"
    draft.add(
        type="scatter",
        x=time[keep],
        y=light(value[keep]),
        mode="lines+markers" if dots else "lines",
        line=line,
        marker={"size": 5, "color": line["color"]},
        hovertemplate=said,
    )


def _add_truth_again(draft: Draft, time: Array, true: Array, predictions: Sequence[Array]) -> None:
    """Add dashes of the truth where a forecast lies on it, so that both are seen."""
    low, high = span(true)
    close = [np.abs(true - value) < NEAR * (high - low) for value in predictions]
    on = np.logical_or.reduce([np.zeros(true.size, dtype=bool), *close])
    if not (on[1:] & on[:-1]).any():
        return
    keep = thinned(true)
    y = light(np.where(on, true, np.nan)[keep])
    line = {"color": theme.INK, "width": 1.6, "dash": "5px,5px"}
    draft.add(type="scatter", x=time[keep], y=y, mode="lines", line=line, hoverinfo="skip")


def _add_residual(draft: Draft, time: Array, residual: Array, name: str, colour: str) -> None:
    """Add residuals to the lower panel: bars, or a line where bars would be thinner than a pixel."""
    keep = thinned(residual)
    place = {"x": time[keep], "y": light(residual[keep]), "xaxis": "x2", "yaxis": "y2"}
    said = f"%{{x}}<br>residual %{{y:.4g}}<extra>{escaped(name)}</extra>"
    if residual.size > MOST_BARS:
        draft.add(type="scatter", mode="lines", line={"color": colour, "width": 1}, hovertemplate=said, **place)
    else:
        draft.add(type="bar", marker={"color": colour, "line": {"width": 0}}, hovertemplate=said, **place)
