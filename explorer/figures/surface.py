"""A loss over its plane: as a surface in space, as a field of contour lines and arrows, and as slices."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.doctor.layer import Layers
from explorer.figures import arrow, layer
from explorer.figures.frame import Draft, blank, escaped, light, shown, span
from explorer.figures.plane import LABELS, LEVELS, add_marks, bands, framed, hover, lowest, sentence
from explorer.surface import Surface

Array = NDArray[np.float64]
Limits = tuple[float, float]

ARROWS = 10
EYE = (1.02, -1.2, 0.98)
CENTRE = {"x": 0.0, "y": 0.02, "z": -0.12}
FLOOR = 0.12
LIFT = 0.04
SCREEN_RATIO = 1.2


def surface(
    result: Surface,
    *,
    title: str,
    subtitle: str,
    axes: tuple[str, str] = LABELS,
    limits: Limits | None = None,
    colour: str | None = None,
    eye: tuple[float, float, float] = EYE,
) -> go.Figure:
    """Return the loss as a surface in space, with its minimum and the target on stems.

    Parameters
    ----------
    result : Surface
        What is drawn; nodes without a value are left out.
    title, subtitle : str
        Plain text: what it is, and the parameter values.
    axes : tuple of str
        Names of the two axes.
    limits : tuple of float, optional
        Lowest and highest loss of the colours, the lines and the height: the same for pictures that are compared.
    colour : str, optional
        Colour of the dot before the title.
    eye : tuple of float
        Where it is looked at from, in Plotly's units; once a plane, so that the basin faces the reader.
    """
    low, high = limits or span(result.value)
    alt = sentence("Surface of the loss", title, result, axes)
    draft = blank(title, subtitle, kind="surface", margin=theme.MARGIN["space"], alt=alt, colour=colour)
    step = (high - low) / LEVELS
    draft.add(
        type="surface",
        x=light(result.x),
        y=light(result.y),
        z=light(result.value),
        cmin=low,
        cmax=high,
        colorscale=theme.TIDE_SCALE,
        showscale=False,
        contours={
            "z": {"show": True, "start": low + step, "end": high - step, "size": step, "color": theme.SURFACE_LINE}
        },
        lighting={"ambient": 0.78, "diffuse": 0.45, "specular": 0.06, "roughness": 0.9, "fresnel": 0.05},
        hovertemplate=hover(axes),
    )
    floor = low - FLOOR * (high - low)
    draft.traces += _stems(result, floor, LIFT * (high - low))
    return draft.figure(scene=_scene(axes, (floor, high), eye))


def _scene(axes: tuple[str, str], heights: Limits, eye: tuple[float, float, float]) -> dict[str, Any]:
    """Return the space of a surface: hairline grid, no walls."""
    quiet = {
        "showbackground": False,
        "gridcolor": theme.HAIRLINE,
        "zeroline": False,
        "showspikes": False,
        "nticks": 4,
        "tickfont": {"size": theme.SMALL_SIZE, "color": theme.SOFT},
    }
    named = [quiet | {"title": {"text": escaped(label), "font": {"size": theme.AXIS_SIZE}}} for label in axes]
    return {
        "xaxis": named[0],
        "yaxis": named[1],
        "zaxis": quiet | {"range": heights, "showticklabels": False, "title": {"text": ""}},
        "aspectmode": "manual",
        "aspectratio": {"x": 1, "y": 1, "z": 0.8},
        "camera": {"eye": dict(zip("xyz", eye, strict=True)), "center": CENTRE},
    }


def _stems(result: Surface, floor: float, lift: float) -> list[dict[str, Any]]:
    """Return minimum and target, each on a stem from the floor, lifted so that nothing hides it."""
    marks = []
    best = lowest(result)
    if best:
        marks.append((best.x, best.y, best.value, lift, "minimum", "diamond", 9, theme.MINIMUM))
    if result.target:
        height = _nearest(result, *result.target)
        marks.append((*result.target, height, 1.5 * lift, "target", "circle", 8, theme.MARK))
    return [
        {
            "type": "scatter3d",
            "x": light([x, x, x]),
            "y": light([y, y, y]),
            "z": light([floor, height, height + above]),
            "mode": "lines+markers",
            "line": {"color": fill, "width": 4},
            "marker": {
                "symbol": ("circle", "circle", sign),
                "size": (3, 0, size),
                "color": fill,
                "line": {"color": theme.EDGE, "width": 1},
                "opacity": 1,
            },
            "hovertemplate": f"{what} at ({shown(x)}, {shown(y)})<br>loss {shown(height)}<extra></extra>",
        }
        for x, y, height, above, what, sign, size, fill in marks
        if np.isfinite(height)
    ]


def _nearest(result: Surface, x: float, y: float) -> float:
    """Return the loss at the node nearest to a point."""
    return float(result.value[np.abs(result.y - y).argmin(), np.abs(result.x - x).argmin()])


def field(
    result: Surface,
    *,
    title: str,
    subtitle: str,
    axes: tuple[str, str] = LABELS,
    limits: Limits | None = None,
    log_length: bool = False,
    colour: str | None = None,
    path: Array | None = None,
    layers: Layers | None = None,
    chosen: Collection[str] = (),
) -> go.Figure:
    """Return contour lines with arrows of −gradient, the target, the minimum and the steepest spot.

    Parameters
    ----------
    result, title, subtitle, axes, limits, colour
        As for `surface`.
    log_length : bool
        Whether arrow lengths grow with the logarithm of the slope; said under the title.
    path : ndarray of shape (step, 2), optional
        An optimiser's way over the plane.
    layers : Layers, optional
        What may be laid over it.
    chosen : collection of str
        Which of `explorer.figures.layer.NAMES` are.
    """
    said = f"{subtitle} · log arrow length" if log_length else subtitle
    alt = sentence("Contour lines and arrows downhill of the loss", title, result, axes)
    legend = layer.words(layers, chosen, has_gradient=bool(np.isfinite(result.slope_x).any())) if layers else []
    margin = theme.MARGIN["plane"]
    draft = blank(title, said, kind="field", margin=margin, alt=alt, colour=colour, legend=legend)
    draft.add(
        type="contour",
        x=light(result.x),
        y=light(result.y),
        z=light(result.value),
        colorscale=theme.TIDE_SCALE,
        hovertemplate=hover(axes),
        **bands(*(limits or span(result.value))),
    )
    if layers:
        layer.add(draft, layers, chosen)
    draft.traces += arrow.traces(*_downhill(result, log_length=log_length))
    if path is not None:
        _add_path(draft, path)
    add_marks(draft, result)
    return framed(draft, result, axes)


def _downhill(result: Surface, *, log_length: bool) -> tuple[Array, Array]:
    """Return the polyline of 10 × 10 arrows of −gradient at the nodes nearest to an even lattice."""
    even = (np.arange(ARROWS) + 0.5) / ARROWS
    columns = np.unique(np.rint(even * (result.x.size - 1)).astype(int))
    rows = np.unique(np.rint(even * (result.y.size - 1)).astype(int))
    x, y = (part.ravel() for part in np.meshgrid(result.x[columns], result.y[rows]))
    u, v = (-slope[np.ix_(rows, columns)].ravel() for slope in (result.slope_x, result.slope_y))
    known = np.isfinite(u) & np.isfinite(v)
    wide, tall = float(np.ptp(result.x)), float(np.ptp(result.y))
    u, v = arrow.scaled(u[known], v[known], (wide / ARROWS, tall / ARROWS), log_length=log_length)
    return arrow.polyline(x[known], y[known], u, v, (wide / SCREEN_RATIO, tall))


def _add_path(draft: Draft, path: Array) -> None:
    """Add an optimiser's way, a ball where it starts."""
    x, y = light(path[:, 0]), light(path[:, 1])
    for line in ({"width": 4.5, "color": theme.CASING}, {"width": 2.2, "color": theme.PATH}):
        draft.add(type="scatter", x=x, y=y, mode="lines", line=line, hoverinfo="skip", meta="path")
    ball = {"size": 10, "color": theme.PATH, "line": {"width": 1.5, "color": theme.EDGE}}
    draft.add(type="scatter", x=x[:1], y=y[:1], mode="markers", marker=ball, hovertemplate="start<extra></extra>")
