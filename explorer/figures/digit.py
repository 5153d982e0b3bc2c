"""A few handwritten digits, and what is read from them."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.frame import axis, blank, light

COLUMNS, NARROW_COLUMNS = 12, 6
GAP = 0.3  # of an image, between two images and under them, where the answer stands
WIDTH = 940
NARROW = 340
MARGIN = {"l": 4, "r": 4, "t": 46, "b": 4}


def digits(
    images: ArrayLike, truth: ArrayLike, predicted: ArrayLike, *, title: str, subtitle: str, narrow: bool = False
) -> go.Figure:
    """Return digits in rows, each with the answer under it: red and with the truth beside it where it is wrong.

    Parameters
    ----------
    images : array_like of shape (image, side, side)
        0 for paper to 1 for ink.
    truth, predicted : array_like of int, shape (image,)
        The digits on them, and what was read.
    title, subtitle : str
        Plain text.
    narrow : bool
        Whether there is as little room as on a phone: then fewer stand in a row.
    """
    sheet, places = _sheet(np.asarray(images, np.float32), NARROW_COLUMNS if narrow else COLUMNS)
    right = np.asarray(truth) == np.asarray(predicted)
    alt = f"{len(places)} handwritten digits, {int(right.sum())} of them read right."
    draft = blank(title, subtitle, kind="heat", margin=MARGIN, alt=alt)
    ink = ((0.0, theme.MIDDLE), (1.0, theme.INK))
    look = {"colorscale": ink, "zmin": 0.0, "zmax": 1.0, "showscale": False, "hoverinfo": "skip"}
    draft.add(type="heatmap", z=light(sheet), **look)
    for (row, column), true, said, good in zip(places, np.asarray(truth), np.asarray(predicted), right, strict=True):
        draft.note(
            text=f"{said} ✓" if good else f"{said} ✕ {true}",
            x=column,
            y=row,
            yanchor="top",
            borderpad=0,
            font={"size": theme.SMALL_SIZE, "color": theme.OK if good else theme.FAIL, "weight": 600},
        )
    height, width = sheet.shape
    draft.layout["height"] = (NARROW if narrow else WIDTH) * height / width + MARGIN["t"] + MARGIN["b"]
    still = {"showgrid": False, "showticklabels": False, "fixedrange": True}
    square = {"scaleanchor": "x", "constrain": "domain"}
    across = axis(range=(-0.5, width - 0.5), constrain="domain", **still)
    return draft.figure(xaxis=across, yaxis=axis(range=(height - 0.5, -0.5), **square, **still))


def _sheet(images: NDArray[np.float32], columns: int) -> tuple[NDArray[np.float32], list[tuple[float, float]]]:
    """Return all images on one sheet, and where under each of them there is room for its answer."""
    count, side = images.shape[:2]
    step, down = side + max(1, round(GAP * side)), side + max(2, round(2 * GAP * side))
    sheet = np.full((down * -(-count // columns), step * columns), np.nan, np.float32)
    places = []
    for place, image in enumerate(images):
        top, left = place // columns * down, place % columns * step
        sheet[top : top + side, left : left + side] = image
        places.append((top + side - 0.5, left + (side - 1) / 2))
    return sheet, places
