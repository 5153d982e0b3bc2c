"""What pictures of one plane share: its outstanding nodes, contour bands, axes and words."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import Draft, axis, escaped, light, plain, shown, span_in_words, upright
from explorer.figures.mark import diamond, peak, ring, tag
from explorer.surface import Surface

LEVELS = 10
LABELS = ("ŷ₁", "ŷ₂")


class Spot(NamedTuple):
    """A node of the plane, with the loss there."""

    x: float
    y: float
    value: float
    edge: bool


def lowest(result: Surface) -> Spot | None:
    """Return the lowest node, of several the one nearest to the target; None where the loss is flat."""
    finite = np.isfinite(result.value)
    if not finite.any() or np.ptp(result.value[finite]) == 0:
        return None
    rows, columns = np.nonzero(finite & (result.value == result.value[finite].min()))
    x, y = result.target or (float(result.x.mean()), float(result.y.mean()))
    best = int(np.argmin(np.hypot(result.x[columns] - x, result.y[rows] - y)))
    return _spot(result, int(rows[best]), int(columns[best]))


def steepest(result: Surface) -> Spot | None:
    """Return the node with the largest slope; None where no node has one."""
    slope = np.hypot(result.slope_x, result.slope_y)
    if not np.any(slope > 0):
        return None
    row, column = np.unravel_index(int(np.nanargmax(slope)), slope.shape)
    return _spot(result, int(row), int(column))


def _spot(result: Surface, row: int, column: int) -> Spot:
    edge = row in (0, result.y.size - 1) or column in (0, result.x.size - 1)
    return Spot(float(result.x[column]), float(result.y[row]), float(result.value[row, column]), edge)


def bands(low: float, high: float, count: int = LEVELS) -> dict[str, Any]:
    """Return bands between two values; the outer two take what lies beyond."""
    step = (high - low) / count
    return {
        "autocontour": False,
        "contours": {"start": low + step, "end": high - step, "size": step},
        "line": {"width": 0.6, "color": theme.FIELD_LINE},
        "showscale": False,
    }


def add_marks(draft: Draft, result: Surface) -> None:
    """Add target, minimum and steepest spot, and the labels of the first two."""
    best, target, steep = lowest(result), result.target, steepest(result)
    if steep:
        draft.add(**peak(steep.x, steep.y, "steepest node"))
    word = "lowest here" if best and best.edge else "minimum"
    if best and target and _together(result, target, best):
        draft.traces += [ring(*target, "target", size=18), _lowest_mark(best, *target)]
        draft.note(**_placed(result, f"target = {word}", *target, above=True))
        return
    if target:
        draft.add(**ring(*target, "target"))
        draft.note(**_placed(result, "target", *target, above=best is None or target[1] >= best.y))
    if best:
        draft.add(**_lowest_mark(best, best.x, best.y))
        draft.note(**_placed(result, word, best.x, best.y, above=target is not None and best.y > target[1]))


def _lowest_mark(best: Spot, x: float, y: float) -> dict[str, Any]:
    """Return the diamond of the lowest node, drawn at a place that may be nicer by less than a node's distance."""
    return diamond(x, y, f"lowest node: {shown(best.value)} at ({shown(best.x)}, {shown(best.y)})")


def _together(result: Surface, target: tuple[float, float], best: Spot) -> bool:
    """Whether the minimum lies at the target, as far as the nodes can tell."""
    across, along = abs(target[0] - best.x), abs(target[1] - best.y)
    return bool(across <= abs(result.x[1] - result.x[0]) and along <= abs(result.y[1] - result.y[0]))


def _placed(result: Surface, text: str, x: float, y: float, *, above: bool) -> dict[str, Any]:
    """Return a label beside its mark that stays within the picture."""
    across = (x - result.x[0]) / (result.x[-1] - result.x[0])
    upward = (y - result.y[0]) / (result.y[-1] - result.y[0])
    lifted = upward < 0.1 or (above and upward < 0.88)
    side = "left" if across < 0.15 else "right" if across > 0.85 else "center"
    return tag(text, x, y, xanchor=side, yshift=19 if lifted else -19)


def framed(draft: Draft, result: Surface, axes: tuple[str, str]) -> go.Figure:
    """Return the figure with the two axes of its plane, their names upright."""
    name = {"text": escaped(axes[0]), "font": {"size": theme.AXIS_SIZE, "color": theme.SOFT}, "standoff": 4}
    across, upward = reach(result.x), reach(result.y)
    draft.note(**upright(axes[1]))
    return draft.figure(xaxis=axis(range=across, title=name, nticks=4), yaxis=axis(range=upward))


def reach(nodes: NDArray[np.float64]) -> tuple[float, float]:
    """Return the range of an axis: its ends as drawn, since Plotly hides a mark that float32 moved over an end."""
    drawn = light(nodes[[0, -1]])
    return float(drawn[0]), float(drawn[1])


def hover(axes: tuple[str, str]) -> str:
    """Return what a node says under the pointer."""
    return f"{escaped(axes[0])} %{{x:.3g}}<br>{escaped(axes[1])} %{{y:.3g}}<br>loss %{{z:.4g}}<extra></extra>"


def sentence(what: str, title: str, result: Surface, axes: tuple[str, str]) -> str:
    """Return what a picture of the plane shows, in words."""
    best = lowest(result)
    parts = [f"{what} over {plain(axes[0])} and {plain(axes[1])}, {plain(title, 80)}: {span_in_words(result.value)}"]
    if best:
        parts.append(f"lowest at ({shown(best.x)}, {shown(best.y)})")
    if result.target:
        parts.append(f"target at ({shown(result.target[0])}, {shown(result.target[1])})")
    return ", ".join(parts) + "."
