"""Arrows of a gradient field, as polylines: a hundred arrows are one trace."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import light

HEAD_ANGLE = np.deg2rad(27.0)
HEAD_SHARE = 1 / 3
CELL_SHARE = 0.92
LOG_STEEPNESS = 300.0

Array = NDArray[np.float64]


def scaled(u: Array, v: Array, cell: tuple[float, float], *, log_length: bool = False) -> tuple[Array, Array]:
    """Return arrows of true direction, the longest of which just fits into its cell.

    Parameters
    ----------
    u, v : ndarray of shape (arrow,)
        Direction and length in data units.
    cell : tuple of float
        Room of one arrow along x and y, in data units.
    log_length : bool
        Whether lengths grow with the logarithm of the slope.
    """
    length = np.hypot(u, v)
    longest = float(length.max(initial=0.0))
    if longest == 0:
        return np.zeros_like(u), np.zeros_like(v)
    share = length / longest
    if log_length:
        factor = np.log1p(LOG_STEEPNESS * share) / np.log1p(LOG_STEEPNESS)
        share = np.divide(factor, share, out=np.ones_like(share), where=share > 0)
        u, v = u * share, v * share
    widest = max(float(np.abs(u).max()) / cell[0], float(np.abs(v).max()) / cell[1])
    return u * (CELL_SHARE / widest), v * (CELL_SHARE / widest)


def polyline(x: Array, y: Array, u: Array, v: Array, unit: tuple[float, float]) -> tuple[Array, Array]:
    """Return arrows centred on ``(x, y)`` as one line, cut by NaN.

    Each arrow takes seven points: tail, tip, NaN, one end of the head, tip, other end, NaN.

    Parameters
    ----------
    x, y, u, v : ndarray of shape (arrow,)
        Middle and extent of each arrow, in data units.
    unit : tuple of float
        Data units along x and y that are equally long on the screen: heads keep their angle there.

    Returns
    -------
    tuple of ndarray
        Both of shape ``(7 * arrow,)``.
    """
    keep = np.isfinite(u) & np.isfinite(v) & (np.hypot(u, v) > 0)
    x, y, u, v = (part[keep] / scale for part, scale in zip((x, y, u, v), (*unit, *unit), strict=True))
    tip_x, tip_y = x + u / 2, y + v / 2
    gap = np.full_like(x, np.nan)

    def barb(side: float) -> tuple[Array, Array]:
        cos, sin = np.cos(side * HEAD_ANGLE) * HEAD_SHARE, np.sin(side * HEAD_ANGLE) * HEAD_SHARE
        return tip_x - cos * u + sin * v, tip_y - sin * u - cos * v

    (left_x, left_y), (right_x, right_y) = barb(1.0), barb(-1.0)
    line_x = np.stack([x - u / 2, tip_x, gap, left_x, tip_x, right_x, gap], axis=1).ravel()
    line_y = np.stack([y - v / 2, tip_y, gap, left_y, tip_y, right_y, gap], axis=1).ravel()
    return line_x * unit[0], line_y * unit[1]


def traces(x: Array, y: Array, *, dark: float = 3.0, white: float = 1.35) -> list[dict[str, Any]]:
    """Return a line twice, white on a dark casing: readable from deep to pale.

    Parameters
    ----------
    x, y : ndarray of shape (point,)
        The line, cut by NaN.
    dark, white : float
        Widths in pixels.
    """
    pair = ((theme.CASING, dark), (theme.MARK, white))
    return [
        {
            "type": "scatter",
            "x": light(x),
            "y": light(y),
            "mode": "lines",
            "line": {"color": colour, "width": width},
            "hoverinfo": "skip",
        }
        for colour, width in pair
    ]
