"""A person's small PNG as a mask or as scores."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

Array = NDArray[np.float64]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SIZE_AT = slice(16, 24)  # of the file: width and height, before anything is decoded
MOST_BYTES = 5_000_000
MOST_PIXELS = 4_000_000
MOST_SIDE = 64
FEWEST_SIDE = 4
HALF = 0.5


class ImageError(ValueError):
    """A file that is no picture to work with; the message is one plain sentence."""


@dataclass(frozen=True, eq=False)
class Picture:
    """How bright each pixel of a picture is.

    Attributes
    ----------
    value : ndarray of shape (row, column)
        From 0, black, to 1, white.
    notes : tuple of str
        What was done to it, in plain sentences.
    """

    value: Array
    notes: tuple[str, ...]


def read(data: bytes) -> Picture:
    """Return the brightness of a PNG, at most 64 by 64 pixels.

    Colours become their luminance. What is transparent is laid on black, which is no object; a picture of one colour
    on a transparent ground says it all by its opacity, which is taken then. A larger picture is thinned by the mean of
    the pixels that fall together.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    ImageError
        If it is no PNG, is damaged, is too large, or has fewer than 4 pixels on a side.
    """
    if not data.startswith(SIGNATURE):
        raise ImageError("This file is no PNG: it does not begin as one; save the picture as PNG and try again.")
    if len(data) > MOST_BYTES:
        raise ImageError(
            f"The PNG has {len(data) / 1e6:.1f} MB, but at most {MOST_BYTES / 1e6:.0f} are read: save it smaller."
        )
    _check_size(data)
    image, notes = _opened(data)
    if max(image.size) > MOST_SIDE:
        size = _fitting(image.size)
        notes.append(f"{_by(image.size)} pixels were thinned to {_by(size)}.")
        image = image.resize(size, Image.Resampling.BOX)
    return Picture(np.asarray(image, np.float64) / 255, tuple(notes))


def mask_of(picture: Picture) -> tuple[Array, tuple[str, ...]]:
    """Return a true mask of 0 and 1, cut at half brightness, and what was done to get there."""
    mask = (picture.value >= HALF).astype(np.float64)
    if np.array_equal(mask, picture.value):
        return mask, picture.notes
    return mask, (*picture.notes, "Grey pixels were taken as object from half brightness on.")


def scores_of(picture: Picture, size: tuple[int, int]) -> tuple[Array, tuple[str, ...]]:
    """Return scores in the size (rows, columns) of a mask, and what was done to get there."""
    rows, columns = size
    if picture.value.shape == size:
        return picture.value, picture.notes
    whole = Image.fromarray(picture.value.astype(np.float32))
    value = np.asarray(whole.resize((columns, rows), Image.Resampling.BILINEAR), np.float64)
    had = _by(picture.value.shape[::-1])
    said = f"The prediction has {had} pixels and was resampled to the {_by((columns, rows))} of the true mask."
    return np.clip(value, 0.0, 1.0), (*picture.notes, said)


def _check_size(data: bytes) -> None:
    """Refuse a picture by the size that it says it has."""
    size = struct.unpack(">II", data[SIZE_AT].ljust(8, b"\0"))
    if size[0] * size[1] > MOST_PIXELS:
        raise ImageError(
            f"The PNG has {_by(size)} pixels, but at most {MOST_PIXELS / 1e6:.0f} million are read: save it smaller."
        )
    if 0 < min(size) < FEWEST_SIDE:
        raise ImageError(
            f"The PNG has {_by(size)} pixels, but at least {FEWEST_SIDE} on each side are needed: use a larger one."
        )


def _opened(data: bytes) -> tuple[Image.Image, list[str]]:
    """Return the picture in grey, and what was done to it."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.load()
            return _grey(image)
    except Exception as error:  # a damaged file may make the decoder fail in any way
        raise ImageError("The PNG is damaged and cannot be decoded: save it again.") from error


def _grey(image: Image.Image) -> tuple[Image.Image, list[str]]:
    if image.mode in ("I", "I;16"):
        value = np.asarray(image, np.float64) / 257
        return Image.fromarray(np.round(value).astype(np.uint8)), ["16 bits a pixel became 8."]
    notes = ["Colours became their luminance."] if image.mode in ("RGB", "RGBA", "P") else []
    if not image.has_transparency_data:
        return image.convert("L"), notes
    colours = image.convert("RGBA")
    opacity, grey = colours.getchannel("A"), colours.convert("RGB").convert("L")
    visible = np.asarray(grey)[np.asarray(opacity) > 0]
    if opacity.getextrema()[0] == 255:
        return grey, notes
    if not visible.size or np.ptp(visible) == 0:
        return opacity, ["The picture has one colour on a transparent ground, so its opacity was taken."]
    return ImageChops.multiply(grey, opacity), [*notes, "What is transparent was laid on black, which is no object."]


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    share = MOST_SIDE / max(size)
    return max(FEWEST_SIDE, round(size[0] * share)), max(FEWEST_SIDE, round(size[1] * share))


def _by(size: tuple[int, ...]) -> str:
    return f"{size[0]} by {size[1]}"
