"""The border of a mask, along the sides of its pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Corner = tuple[int, int]

SIDES = (  # of a pixel: where its neighbour is, and the side's two corners with the pixel on the right hand
    ((-1, 0), (0, 0), (0, 1)),
    ((0, 1), (0, 1), (1, 1)),
    ((1, 0), (1, 1), (1, 0)),
    ((0, -1), (1, 0), (0, 0)),
)


def outline(mask: ArrayLike) -> tuple[Array, Array]:
    """Return the border of a mask along the sides of its pixels: closed ways, cut by NaN.

    Parameters
    ----------
    mask : array_like of bool, shape (h, w)
        What is inside.

    Returns
    -------
    tuple of ndarray
        Across and down, in pixels; the middle of the first pixel is (0, 0).
    """
    inside = np.pad(np.asarray(mask, dtype=bool), 1)
    ends: dict[Corner, list[Corner]] = {}
    for (down, right), (from_y, from_x), (to_y, to_x) in SIDES:
        outside = np.roll(inside, (-down, -right), axis=(0, 1))
        for y, x in np.argwhere(inside & ~outside).tolist():
            ends.setdefault((y + from_y, x + from_x), []).append((y + to_y, x + to_x))
    ways: list[tuple[float, float]] = []
    while ends:
        begin = at = next(iter(ends))
        ways.append(begin)
        while at in ends:
            following = ends[at].pop()
            if not ends[at]:
                del ends[at]
            at = following
            ways.append(at)
        ways.append((np.nan, np.nan))
    y, x = np.array(ways).reshape(-1, 2).T - 1.5
    return x, y
