"""A loss over the probability triangle of three classes, with the borders at which it jumps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures import arrow
from explorer.figures.frame import Draft, blank, escaped, light, plain, shown, span, span_in_words
from explorer.figures.mark import diamond, ring, tag
from explorer.figures.plane import Spot, bands, lowest
from explorer.surface import Surface

Array = NDArray[np.float64]

HEIGHT = np.sqrt(3) / 2
CORNERS = np.array([[0.5, HEIGHT], [0.0, 0.0], [1.0, 0.0]])
CENTRE = CORNERS.mean(axis=0)
PAIRS = ((0, 1), (0, 2), (1, 2))
SIDES = {(0, 1): (1, 0), (0, 2): (0, 2), (1, 2): (1, 2)}
ROWS = 8
FEW_ROWS = 4
EDGE_ROOM = 0.9
CORNER_LETTERS = 18
FREE, FREE_OF_LABELS = 28, 52


class Jump(NamedTuple):
    """The border between two predicted classes, and by what the loss is multiplied left and right of it."""

    pair: tuple[int, int]
    left: float
    right: float


def borders(weights: Array, true_class: int, triple: tuple[int, int, int] = (0, 1, 2)) -> tuple[Jump, ...]:
    """Return the three borders of the most probable class, with the weights on their two sides.

    Parameters
    ----------
    weights : array of shape (class, class)
        Rows are the true class, columns the predicted one.
    true_class : int
        Which row of the table counts.
    triple : tuple of int
        Which classes are the three corners; borders are named by their places in it.

    Raises
    ------
    ValueError
        If the table is not square, or does not hold the three classes.
    """
    table = np.asarray(weights, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or len(table) < 3:
        raise ValueError(f"The triangle has borders for at least a 3 × 3 table, but got one of shape {table.shape}.")
    if len(set(triple)) != 3 or not all(0 <= place < len(table) for place in (*triple, true_class)):
        raise ValueError(
            f"The triangle needs three of the {len(table)} classes, but got {triple} with {true_class} true."
        )
    row = table[true_class][list(triple)]
    return tuple(Jump(pair, *(float(row[side]) for side in SIDES[pair])) for pair in PAIRS)


def triangle(
    result: Surface,
    *,
    names: Sequence[str],
    true_class: int,
    title: str,
    subtitle: str,
    limits: tuple[float, float] | None = None,
    log_colour: bool = True,
    jumps: Sequence[Jump] | None = None,
    probe: Sequence[float] | None = None,
    centre: str | None = None,
    small: bool = False,
) -> go.Figure:
    """Return the loss over the triangle whose corners are the three classes, with arrows of −gradient.

    Parameters
    ----------
    result : Surface
        The loss in Cartesian coordinates: class 0 at the top, 1 on the left, 2 on the right; NaN outside.
    names : sequence of str
        Names of the three classes, as a person wrote them.
    true_class : int
        The class that is right; its corner is bold.
    title, subtitle : str
        Plain text: what it is, and the parameter values.
    limits : tuple of float, optional
        Lowest and highest loss of the colours: the same for triangles that are compared.
    log_colour : bool
        Whether colours go with log(1 + loss).
    jumps : sequence of Jump, optional
        Where the loss may jump, from `borders`; None for a smooth form. One with two equal factors is dotted.
    probe : sequence of float, optional
        Probabilities of the three classes at a point to mark.
    centre : str, optional
        What is to be said about the point at which all three are equally probable.
    small : bool
        Whether it is one of many in a row: fewer arrows, only the right corner named, factors of jumps left out.

    Notes
    -----
    The lowest node is marked only where it is not the corner of the right class.
    """
    best = lowest(result)
    alt = _sentence(result, names, true_class, jumps, best)
    said = f"{subtitle} · {'log colour and arrows' if log_colour else 'log arrows'}"
    kind = "small triangle" if small else "triangle"
    draft = blank(title, subtitle if small else said, kind=kind, margin=theme.MARGIN[kind], alt=alt)
    _add_colours(draft, result, names, true_class, limits or span(result.value), log_colour=log_colour)
    draft.traces += arrow.traces(*_downhill(result, FEW_ROWS if small else ROWS))
    _add_cover(draft)
    if jumps is not None:
        _add_jumps(draft, jumps, labels=not small)
    if centre:
        _add_centre(draft, centre, lifted=FREE if small else FREE_OF_LABELS)
    if best and np.hypot(*(CORNERS[true_class] - (best.x, best.y))) > result.x[1] - result.x[0]:
        draft.add(**diamond(best.x, best.y, f"lowest node: {shown(best.value)}"))
    if probe is not None:
        x, y = np.asarray(probe, dtype=np.float64) @ CORNERS
        draft.add(**ring(float(x), float(y), "probe", size=17))
    _add_corners(draft, names, true_class, all_of_them=not small)
    hidden = {"visible": False, "automargin": False, "constrain": "domain"}
    return draft.figure(
        xaxis={**hidden, "range": (-0.03, 1.03)},
        yaxis={**hidden, "range": (-0.01, HEIGHT + 0.03), "scaleanchor": "x"},
    )


def logged(value: Array) -> Array:
    """Return log(1 + loss), mirrored below 0: small losses keep their differences, large ones lose some."""
    return np.sign(value) * np.log1p(np.abs(value))


def _add_colours(
    draft: Draft,
    result: Surface,
    names: Sequence[str],
    true_class: int,
    limits: tuple[float, float],
    *,
    log_colour: bool,
) -> None:
    """Add ten bands of colour, reaching a little over the edges, and what a point says under the pointer."""
    x, y = np.meshgrid(result.x, result.y)
    top, right = y / HEIGHT, x - y / (2 * HEIGHT)
    shares = np.stack([top, 1 - top - right, right], axis=2)
    value, ends = (logged(result.value), logged(np.array(limits))) if log_colour else (result.value, limits)
    lines = [f"{escaped(name)} %{{customdata[{place}]:.2f}}" for place, name in enumerate(names)]
    draft.add(
        type="contour",
        x=light(result.x),
        y=light(result.y),
        z=light(_widened(value, shares[:, :, true_class])),
        customdata=light(np.concatenate([shares, result.value[:, :, None]], axis=2)),
        colorscale=theme.TIDE_SCALE,
        hovertemplate="<br>".join([*lines, "loss %{customdata[3]:.4g}<extra></extra>"]),
        **bands(float(ends[0]), float(ends[1])),
    )


def _widened(value: Array, share: Array) -> Array:
    """Return values that reach a little over the edges, so that no edge cuts the bands into steps.

    Where the right class has no probability the loss is enormous, and only every other row has a node exactly there:
    such a node takes the value of the one below it, half a cell inside.
    """
    wide = value.copy()
    steep = (share < 1e-6) & np.isfinite(value)
    steep[0] = False
    wide[1:][steep[1:]] = wide[:-1][steep[1:]]
    for _ in range(2):
        for here, there in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:, 1:], np.s_[:, :-1])):
            wide[here] = np.where(np.isnan(wide[here]), wide[there], wide[here])
    return wide


def _downhill(result: Surface, steps: int) -> tuple[Array, Array]:
    """Return the polyline of arrows of −gradient at the nodes nearest to a triangular lattice."""
    places = [(i, j, steps - i - j) for i in range(steps + 1) for j in range(steps - i + 1)]
    points = (np.array(places) + EDGE_ROOM) / (steps + 3 * EDGE_ROOM) @ CORNERS
    columns = np.abs(result.x[None] - points[:, :1]).argmin(axis=1)
    rows = np.abs(result.y[None] - points[:, 1:]).argmin(axis=1)
    u, v = -result.slope_x[rows, columns], -result.slope_y[rows, columns]
    known = np.isfinite(u) & np.isfinite(v)
    u, v = arrow.scaled(u[known], v[known], (0.72 / steps, 0.72 / steps), log_length=True)
    return arrow.polyline(result.x[columns][known], result.y[rows][known], u, v, (1.0, 1.0))


def _add_cover(draft: Draft) -> None:
    """Hide what reaches over the edges, and draw the outline."""
    (top_x, top_y), left, right = CORNERS
    for corner, side in ((left, -1.0), (right, 1.0)):
        x = light([top_x, corner[0], corner[0] + side, corner[0] + side, top_x])
        y = light([top_y, corner[1], corner[1], top_y + 0.1, top_y + 0.1])
        page = {"fill": "toself", "fillcolor": theme.PAGE, "line": {"width": 0}}
        draft.add(type="scatter", x=x, y=y, mode="lines", hoverinfo="skip", **page)
    outline = CORNERS[[0, 1, 2, 0]]
    line = {"color": theme.FAINT, "width": 1.2}
    draft.add(type="scatter", x=light(outline[:, 0]), y=light(outline[:, 1]), mode="lines", line=line, hoverinfo="skip")


def _add_jumps(draft: Draft, jumps: Sequence[Jump], *, labels: bool) -> None:
    """Add jumps as solid lines with their two factors, and borders without one as dotted lines."""
    for jumping in (False, True):
        chosen = [border for border in jumps if (border.left != border.right) is jumping]
        if not chosen:
            continue
        ends = [np.stack([CENTRE, CORNERS[list(border.pair)].mean(axis=0), [np.nan, np.nan]]) for border in chosen]
        x, y = np.concatenate(ends).T
        if jumping:
            draft.traces += arrow.traces(x, y, dark=6.0, white=3.0)
        else:
            line = {"color": theme.BORDER_LINE, "width": 1, "dash": "2px,3px"}
            draft.add(type="scatter", x=light(x), y=light(y), mode="lines", line=line, hoverinfo="skip")
    for border in jumps:
        if labels and border.left != border.right:
            x, y = 0.38 * CENTRE + 0.62 * CORNERS[list(border.pair)].mean(axis=0)
            draft.note(**tag(f"×{shown(border.left)} | ×{shown(border.right)}", float(x), float(y)))


def _add_centre(draft: Draft, text: str, *, lifted: int) -> None:
    """Add what is said about the centre, on a thin line above it, clear of the labels of the jumps."""
    pointer = {"showarrow": True, "arrowhead": 6, "arrowwidth": 1.2, "arrowcolor": theme.MARK, "ax": 0, "ay": -lifted}
    draft.note(**tag(escaped(text), float(CENTRE[0]), float(CENTRE[1])) | pointer)


def _add_corners(draft: Draft, names: Sequence[str], true_class: int, *, all_of_them: bool) -> None:
    """Add the name of each class at its corner, or that of the right class alone."""
    anchors = (("center", "bottom", 3), ("left", "top", -3), ("right", "top", -3))
    for place, (name, (x, y), (across, upward, shift)) in enumerate(zip(names, CORNERS, anchors, strict=True)):
        right = place == true_class
        if not (right or all_of_them):
            continue
        draft.note(
            text=escaped(name, CORNER_LETTERS),
            x=float(x),
            y=float(y),
            xanchor=across,
            yanchor=upward,
            yshift=shift,
            font={"size": 12, "color": theme.INK if right else theme.SOFT, "weight": 600 if right else 400},
        )


def _sentence(
    result: Surface, names: Sequence[str], true_class: int, jumps: Sequence[Jump] | None, best: Spot | None
) -> str:
    """Return what the triangle shows, in words."""
    where = f", lowest {shown(best.value)}" if best else ""
    parts = [f"Loss over the probabilities of {', '.join(plain(name) for name in names)}"]
    parts.append(f"where {plain(names[true_class])} is true: {span_in_words(result.value)}{where}")
    found = [border for border in jumps or () if border.left != border.right]
    told = [f"{plain(names[b.pair[0]])} and {plain(names[b.pair[1]])}" for b in found]
    parts.append(f"jumps between {', '.join(told)}" if told else "no jump")
    return ", ".join(parts) + "."
