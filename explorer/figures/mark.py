"""Marks that mean the same in every picture: target, minimum, steepest spot, and labels on colour."""

from __future__ import annotations

from typing import Any

from explorer import theme
from explorer.figures.frame import light


def tag(text: str, x: float, y: float, **settings: Any) -> dict[str, Any]:
    """Return a label that is readable on any colour of the field, at data coordinates."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "bgcolor": theme.LABEL,
        "borderpad": 2,
        "font": {"size": theme.SMALL_SIZE, "color": theme.MARK, "weight": 600},
    } | settings


def ring(x: float, y: float, what: str, *, size: int = 15) -> dict[str, Any]:
    """Return the mark of a target: a white ring on a dark casing."""
    casing = {"symbol": "circle-open", "size": size, "color": (theme.EDGE, theme.MARK), "line": {"width": (5, 2)}}
    return _mark([x, x], [y, y], casing, what)


def diamond(x: float, y: float, what: str) -> dict[str, Any]:
    """Return the mark of a minimum: an amber diamond with a dark edge."""
    edge = {"width": 1.5, "color": theme.EDGE}
    return _mark([x], [y], {"symbol": "diamond", "size": 11, "color": theme.MINIMUM, "line": edge}, what)


def peak(x: float, y: float, what: str) -> dict[str, Any]:
    """Return the mark of the steepest spot: a white triangle with a dark edge."""
    edge = {"width": 1.5, "color": theme.EDGE}
    return _mark([x], [y], {"symbol": "triangle-up", "size": 11, "color": theme.MARK, "line": edge}, what)


def _mark(x: list[float], y: list[float], marker: dict[str, Any], what: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": light(x),
        "y": light(y),
        "mode": "markers",
        "marker": marker,
        "cliponaxis": False,
        "hovertemplate": f"{what}<extra></extra>",
    }
