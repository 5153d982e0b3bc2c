"""Which class a classifier predicts where, over two features, with test points by their true class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.frame import Draft, Word, axis, blank, escaped, light, plain, upright
from explorer.figures.mark import tag

Array = NDArray[np.float64]
Classes = NDArray[np.intp]

FILL = 0.3
SYMBOLS = (
    "circle", "diamond", "square", "triangle-up", "triangle-down", "pentagon", "star", "hexagon", "triangle-left",
    "triangle-right",
)  # fmt: skip
MOST_POINTS, FEW_POINTS = 600, 200
CROWD = 0.07  # of the picture's width: points nearer than this are in the way of a name
DEEP = 0.55  # of the depth of a region's middle: a name may stand anywhere so far inside


def regions(
    x_nodes: Array,
    y_nodes: Array,
    winner: ArrayLike,
    *,
    points: ArrayLike,
    truth: ArrayLike,
    names: Sequence[str],
    axes: tuple[str, str],
    title: str,
    subtitle: str,
    colour: str | None = None,
    predicted: ArrayLike | None = None,
) -> go.Figure:
    """Return decision regions in calm colours, with test points by true class; mistakes are crossed.

    Parameters
    ----------
    x_nodes, y_nodes : ndarray of shape (nx,), (ny,)
        The lattice, rising.
    winner : array_like of int, shape (ny, nx)
        The predicted class at each node.
    points : array_like of shape (point, 2)
        Test samples; at most 600 of them are drawn.
    truth : array_like of int, shape (point,)
        Their true classes.
    names, axes : sequence of str
        Names of the classes and of the two features, as a person wrote them; ten classes have a colour of their own.
    title, subtitle : str
        Plain text: whose regions, and what is held.
    colour : str, optional
        Colour of the dot before the title.
    predicted : array_like of int, shape (point,), optional
        Their predicted classes: they may differ from the region where a sample has further features. Without it, the
        class of the nearest node counts.

    Raises
    ------
    ValueError
        If the lattice has fewer than two nodes along a feature.
    """
    classes, places, true = np.asarray(winner), np.asarray(points, dtype=np.float64), np.asarray(truth)
    if min(x_nodes.size, y_nodes.size) < 2:
        raise ValueError(f"Decision regions need two nodes along both features, not {x_nodes.size} × {y_nodes.size}.")
    taken = _nearest(x_nodes, y_nodes, classes, places) if predicted is None else np.asarray(predicted)
    wrong = true != taken
    legend = [Word("✕", theme.INK, f"{wrong.sum()} of {wrong.size} wrong")]
    alt = _sentence(classes, names, axes, title, wrong)
    draft = blank(title, subtitle, kind="regions", margin=theme.MARGIN["plane"], alt=alt, colour=colour, legend=legend)
    for place in np.unique(classes):
        _add_region(draft, x_nodes, y_nodes, classes, int(place))
    keep = np.unique(np.linspace(0, max(len(true) - 1, 0), MOST_POINTS).astype(int)) if len(true) else np.arange(0)
    _add_points(draft, places[keep], true[keep], taken[keep], names)
    _add_names(draft, x_nodes, y_nodes, classes, places[keep], names)
    across = {"text": escaped(axes[0]), "font": {"size": 12, "color": theme.SOFT}, "standoff": 4}
    draft.note(**upright(plain(axes[1])) | {"font": {"size": 12, "color": theme.SOFT}})
    ends = [tuple(map(float, nodes[[0, -1]])) for nodes in (x_nodes, y_nodes)]
    flat = {"nticks": 5, "showgrid": False}
    return draft.figure(xaxis=axis(range=ends[0], title=across, **flat), yaxis=axis(range=ends[1], **flat))


def _nearest(x_nodes: Array, y_nodes: Array, classes: Classes, places: Array) -> Classes:
    """Return the class of the node nearest to each point."""
    columns = np.abs(places[:, :1] - x_nodes).argmin(axis=1)
    rows = np.abs(places[:, 1:] - y_nodes).argmin(axis=1)
    found: Classes = classes[rows, columns]
    return found


def _add_region(draft: Draft, x_nodes: Array, y_nodes: Array, classes: Classes, place: int) -> None:
    """Add one class's region: what lies where its membership passes one half, so that neighbours share a border."""
    inside = {"type": "constraint", "operation": "<", "value": 0.5}
    tint = theme.REGIONS[place % len(theme.REGIONS)]
    draft.add(
        type="contour",
        x=light(x_nodes),
        y=light(y_nodes),
        z=light(classes == place),
        contours=inside,
        fillcolor=theme.veil(tint, FILL),
        line={"color": theme.PAGE, "width": 1.5},
        showscale=False,
        hoverinfo="skip",
    )


def _add_points(draft: Draft, places: Array, true: Classes, taken: Classes, names: Sequence[str]) -> None:
    """Add test points, a trace for each true class, and crosses on those that were mistaken."""
    shrunk = float(np.clip(np.sqrt(FEW_POINTS / max(len(true), 1)), 0.65, 1.0))
    for place in np.unique(true):
        here = true == place
        edge = {"color": theme.PAGE, "width": 0.8}
        marker = {
            "symbol": SYMBOLS[place % len(SYMBOLS)],
            "color": theme.REGIONS[place % len(theme.REGIONS)],
            "line": edge,
        }
        for other in np.unique(taken[here]):
            fate, size = (f"taken for {escaped(names[other])}", 9.5) if other != place else ("recognised", 6.5)
            said = f"true {escaped(names[place])}, {fate}"
            _add_marks(draft, places[here & (taken == other)], marker | {"size": size * shrunk}, said)
    cross = {"symbol": "x-thin", "size": 4.5 * shrunk, "line": {"color": theme.INK, "width": 1.5}}
    _add_marks(draft, places[true != taken], cross, "")


def _add_marks(draft: Draft, places: Array, marker: dict[str, Any], said: str) -> None:
    if len(places):
        x, y = light(places).T
        hover = {"hovertemplate": f"{said}<extra></extra>"} if said else {"hoverinfo": "skip"}
        draft.add(type="scatter", x=x, y=y, mode="markers", marker=marker, **hover)


def _add_names(
    draft: Draft, x_nodes: Array, y_nodes: Array, classes: Classes, places: Array, names: Sequence[str]
) -> None:
    """Add each class's name where its region is deep and few points lie."""
    unit = np.array([np.ptp(x_nodes), np.ptp(y_nodes)])
    for place in np.unique(classes):
        depth = _depth(classes == place)
        rows, columns = np.nonzero(depth >= max(1.0, DEEP * depth.max()))
        spots = np.stack([x_nodes[columns], y_nodes[rows]], axis=1)
        far = np.abs((spots[:, None] - places[None]) / unit)
        crowd = ((far[:, :, 0] < 2 * CROWD) & (far[:, :, 1] < CROWD)).sum(axis=1)
        best = int(np.lexsort((-depth[rows, columns], crowd))[0])
        draft.note(**tag(escaped(names[place], 18), *map(float, spots[best])))


def _depth(mask: NDArray[np.bool_]) -> Array:
    """Return how many nodes each node of a region lies from its border or the picture's."""
    depth = np.zeros(mask.shape)
    left = np.pad(mask, 1)
    while left.any():
        depth += left[1:-1, 1:-1]
        core = left[1:-1, 1:-1] & left[:-2, 1:-1] & left[2:, 1:-1] & left[1:-1, :-2] & left[1:-1, 2:]
        left = np.pad(core, 1)
    return depth


def _sentence(
    classes: Classes, names: Sequence[str], axes: tuple[str, str], title: str, wrong: NDArray[np.bool_]
) -> str:
    """Return what the regions show, in words."""
    share = [f"{plain(names[k])} {(classes == k).mean():.0%}" for k in np.unique(classes)]
    found = f"{wrong.sum()} of {wrong.size} test points wrong" if wrong.size else "no test points"
    where = f"over {plain(axes[0])} and {plain(axes[1])}"
    return f"Decision regions {where}, {plain(title, 80)}: {', '.join(share)} of the plane; {found}."
