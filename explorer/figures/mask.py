"""Masks of images: scores between 0 and 1, the slope of a loss for each pixel, and many small masks in one row."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.bar import BAR_ROOM, bar
from explorer.figures.frame import Draft, Word, axis, blank, escaped, light, plain, shown, span_in_words
from explorer.figures.outline import outline

Array = NDArray[np.float64]

SCORE_SCALE = ((0.0, theme.MIDDLE), (1.0, theme.A))
EDGE = 0.5
TRUE = Word("▢", theme.INK, "true mask")
WHERE = "row %{y}, column %{x}"
GAP = 0.12  # of an image's width, between the images of a strip
LARGEST_TILE = 120
TITLE_ROOM = 18
SIDE = 6
ROUNDING = 1 + 1e-6
QUIET = {"size": 13, "color": theme.SOFT}


def scores(
    value: ArrayLike,
    *,
    true: ArrayLike | None = None,
    title: str,
    subtitle: str,
    colour: str | None = None,
    narrow: bool = False,
) -> go.Figure:
    """Return the scores of an image in blue, with the border of the true mask.

    Parameters
    ----------
    value : array_like of shape (h, w)
        Scores from 0 to 1, the first row on top.
    true : array_like of shape (h, w), optional
        The true mask: pixels above one half are inside.
    title, subtitle : str
        Plain text: what it is, and its values.
    colour : str, optional
        Colour of the dot before the title.
    narrow : bool
        Whether it will be drawn less than about 200 pixels wide.

    Raises
    ------
    ValueError
        If an image is not a table, or the true mask has another shape.
    """
    image = _image(value)
    mask = _mask(true, image.shape)
    said = f"Scores of {image.shape[1]} × {image.shape[0]} pixels, {plain(title, 80)}: {span_in_words(image)}"
    draft = _picture(title, subtitle, f"{said}{_covered(mask)}.", mask, colour, narrow=narrow)
    ends = bar([0, 1], ["score 0", "1"])
    _add_pixels(draft, image, SCORE_SCALE, (0.0, 1.0), f"{WHERE}: score %{{z:.3g}}", colour_bar=ends)
    return _finished(draft, image.shape, mask)


def gradient_map(
    slope: ArrayLike | None,
    *,
    true: ArrayLike | None = None,
    reach: float,
    title: str,
    subtitle: str,
    colour: str | None = None,
    narrow: bool = False,
) -> go.Figure:
    """Return the slope of a loss for each pixel: orange where a step raises the score, blue where it lowers it.

    Parameters
    ----------
    slope : array_like of shape (h, w), optional
        Derivative of the loss after each score, the first row on top; None where there is none.
    true, title, subtitle, colour, narrow
        As for `scores`.
    reach : float
        Slope of the last colour on both sides, the same for maps that are compared; larger ones are drawn in it.

    Raises
    ------
    ValueError
        If an image is not a table, or the true mask has another shape.
    """
    image = None if slope is None else _image(slope)
    size = np.shape([[0]] if true is None else true) if image is None else image.shape
    mask, most = _mask(true, size), reach if np.isfinite(reach) and reach > 0 else 1.0
    told = "no gradient" if image is None else _slopes(image)
    alt = f"Gradient for each pixel, {plain(title, 80)}: {told}{_covered(mask)}."
    draft = _picture(title, subtitle, alt, mask, colour, narrow=narrow)
    if image is None:
        draft.note(text="no gradient", x=0.5, y=0.5, xref="paper", yref="paper", bgcolor=theme.MIDDLE, font=QUIET)
        _add_pixels(draft, np.zeros(size), theme.DIFFERENCE_SCALE, (-1, 1), "no gradient")
        return _finished(draft, size, mask)
    known = np.abs(image[np.isfinite(image)])
    cut = ("≤ ", "≥ ") if known.max(initial=0.0) > most * ROUNDING else ("", "")
    ends = bar([-most, 0, most], [f"{cut[0]}−{shown(most)}", "slope 0", f"{cut[1]}{shown(most)}"])
    _add_pixels(draft, image, theme.DIFFERENCE_SCALE, (-most, most), f"{WHERE}: slope %{{z:.3g}}", colour_bar=ends)
    return _finished(draft, image.shape, mask)


def strip(
    images: ArrayLike,
    *,
    true: ArrayLike | None = None,
    titles: Sequence[str],
    title: str,
    subtitle: str,
    colour: str | None = None,
    columns: int | None = None,
    width: int = 620,
) -> go.Figure:
    """Return several masks of one size side by side, with the border of each true mask.

    Parameters
    ----------
    images : array_like of shape (image, h, w)
        Scores from 0 to 1, the first row on top.
    true : array_like of shape (image, h, w), optional
        The true masks: pixels above one half are inside.
    titles : sequence of str
        What stands above each image.
    title, subtitle, colour
        As for `scores`.
    columns : int, optional
        How many stand side by side; all of them where it is not given.
    width : int
        About how wide it will be drawn, in pixels: how tall the picture is.

    Raises
    ------
    ValueError
        If there is not one title and one true mask for each image.
    """
    stack = np.asarray(images, dtype=np.float64)
    masks = None if true is None else np.asarray(true) > EDGE
    _check_strip(stack, masks, titles)
    count, tall, wide = stack.shape
    beside = max(1, min(columns or count, count))
    tile = min(LARGEST_TILE, (width - 2 * SIDE) / (beside * (1 + GAP))) / wide
    across, down = wide * (1 + GAP), tall + TITLE_ROOM / tile
    corners = [(place % beside * across, place // beside * down) for place in range(count)]
    alt = f"Masks of {count} images, {plain(title, 80)}: {', '.join(map(plain, titles))}."
    margin = theme.MARGIN["grid"] | {"l": SIDE, "r": SIDE, "b": SIDE}
    draft = blank(title, subtitle, kind="confusion", margin=margin, alt=alt, colour=colour, legend=_legend(masks))
    height = ceil(count / beside) * down
    draft.layout["height"] = round(draft.layout["margin"]["t"] + height * tile) + SIDE
    for image, name, (x, y) in zip(stack, titles, corners, strict=True):
        _add_pixels(draft, image, SCORE_SCALE, (0.0, 1.0), f"{escaped(name)}<br>score %{{z:.3g}}", at=(x, y))
        draft.note(text=escaped(name, 18), x=x - 0.5, y=y - 0.5, xanchor="left", yanchor="bottom", xshift=-2)
    if masks is not None:
        _add_outline(draft, masks, corners)
    axes = _pixel_axes((-0.5, beside * across - 0.5), (height - down + tall - 0.5, tall - down - 0.5))
    return draft.figure(**axes | {"xaxis": axes["xaxis"] | {"constraintoward": "left"}})


def _picture(
    title: str, subtitle: str, alt: str, mask: NDArray[np.bool_] | None, colour: str | None, *, narrow: bool
) -> Draft:
    """Return the draft of one image with its colour bar."""
    margin = theme.MARGIN["small triangle" if narrow else "triangle"] | {"l": SIDE, "r": SIDE, "b": BAR_ROOM + 2}
    kind = "small triangle" if narrow else "regions"
    return blank(title, subtitle, kind=kind, margin=margin, alt=alt, colour=colour, legend=_legend(mask))


def _legend(mask: NDArray[np.bool_] | None) -> list[Word]:
    return [] if mask is None else [TRUE]


def _image(value: ArrayLike) -> Array:
    """Return an image of pixels.

    Raises
    ------
    ValueError
        If it is no table.
    """
    image = np.asarray(value, dtype=np.float64)
    if image.ndim != 2 or not image.size:
        raise ValueError(f"An image needs rows and columns of pixels, not the shape {image.shape}.")
    return image


def _mask(true: ArrayLike | None, size: tuple[int, ...]) -> NDArray[np.bool_] | None:
    """Return which pixels are inside; None where nobody says.

    Raises
    ------
    ValueError
        If the mask has another shape than its image.
    """
    if true is None:
        return None
    mask = np.asarray(true) > EDGE
    if mask.shape != size:
        raise ValueError(f"A true mask needs the shape {size} of its image, not {mask.shape}.")
    return mask


def _check_strip(stack: Array, masks: NDArray[np.bool_] | None, titles: Sequence[str]) -> None:
    """Raise a ValueError if there is not one title and one true mask for each image."""
    if stack.ndim != 3 or not stack.size:
        raise ValueError(f"A strip needs images of rows and columns of pixels, not the shape {stack.shape}.")
    if len(titles) != len(stack) or (masks is not None and masks.shape != stack.shape):
        given = "no true masks" if masks is None else f"true masks of the shape {masks.shape}"
        raise ValueError(f"A strip of the shape {stack.shape} got {len(titles)} titles and {given}.")


def _add_pixels(
    draft: Draft,
    image: Array,
    scale: Sequence[tuple[float, str]],
    ends: tuple[float, float],
    said: str,
    *,
    at: tuple[float, float] = (0.0, 0.0),
    colour_bar: dict[str, Any] | None = None,
) -> None:
    """Add an image as square pixels, the middle of its first one at a place."""
    hover = {"hovertemplate": f"{said}<extra></extra>"} if said else {"hoverinfo": "skip"}
    draft.add(
        type="heatmap",
        z=light(image),
        x0=at[0],
        dx=1,
        y0=at[1],
        dy=1,
        zmin=ends[0],
        zmax=ends[1],
        colorscale=scale,
        showscale=colour_bar is not None,
        colorbar=colour_bar or {},
        **hover,
    )


def _add_outline(draft: Draft, masks: NDArray[np.bool_], corners: Sequence[tuple[float, float]]) -> None:
    """Add the borders of masks, each at its place, in ink on a casing of the page's colour."""
    ways = [(x + right, y + down) for (x, y), (right, down) in zip(map(outline, masks), corners, strict=True)]
    x, y = (light(np.concatenate(part)) for part in zip(*ways, strict=True))
    for tint, width in ((theme.PAGE, 3.6), (theme.INK, 1.5)):
        line = {"color": tint, "width": width}
        draft.add(type="scatter", x=x, y=y, mode="lines", line=line, hoverinfo="skip", cliponaxis=False)


def _finished(draft: Draft, size: tuple[int, ...], mask: NDArray[np.bool_] | None) -> go.Figure:
    """Return the figure of one image, with the border of its true mask."""
    if mask is not None:
        _add_outline(draft, mask[None], [(0.0, 0.0)])
    return draft.figure(**_pixel_axes((-0.5, size[1] - 0.5), (size[0] - 0.5, -0.5)))


def _pixel_axes(across: tuple[float, float], down: tuple[float, float]) -> dict[str, dict[str, Any]]:
    """Return two axes without anything on them, on which a pixel is a square."""
    bare = {"showgrid": False, "showticklabels": False, "constrain": "domain"}
    return {"xaxis": axis(range=across, **bare), "yaxis": axis(range=down, scaleanchor="x", **bare)}


def _slopes(image: Array) -> str:
    """Return what the slopes of an image are, in words."""
    broken = int((~np.isfinite(image)).sum())
    if broken:
        return f"slope {span_in_words(image)}, not finite for {broken}"
    return f"slope {span_in_words(image)}" if image.any() else "slope 0 for every pixel"


def _covered(mask: NDArray[np.bool_] | None) -> str:
    """Return how large the true mask is, in words."""
    return "" if mask is None else f", true mask of {mask.sum()}"
