"""From nodes of a plane to the pixels of a small picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer import theme

Array = NDArray[np.float64]

FINENESS = 2  # pixels along one unit of the picture
BANDS = len(theme.TIDE)
TRANSPARENT = BANDS  # place in the palette


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture and what it stands for.

    Attributes
    ----------
    left, top, width, height : float
        In units of the picture, y downwards.
    x, y : tuple of float
        Ends of the two axes in data.
    """

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def unit(self) -> Array:
        """Units of the picture along one unit of data, (2,); y points downwards."""
        return np.array([self.width / (self.x[1] - self.x[0]), -self.height / (self.y[1] - self.y[0])])

    def place(self, points: Array) -> Array:
        """Return where data points of shape (…, 2) lie in the picture."""
        corner = np.array([self.left, self.top + self.height])
        return corner + (np.asarray(points, np.float64) - (self.x[0], self.y[0])) * self.unit

    def grid(self, columns: int, rows: int) -> Array:
        """Return data points in the middle of equal cells, (columns * rows, 2)."""
        x, y = (low + (high - low) * (np.arange(n) + 0.5) / n for (low, high), n in ((self.x, columns), (self.y, rows)))
        return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)

    def centres(self) -> Array:
        """Return the data points in the middle of all pixels, (row, column, 2), the top row first."""
        columns, rows = (round(side * FINENESS) for side in (self.width, self.height))
        return self.grid(columns, rows).reshape(rows, columns, 2)[::-1]


def pixels(box: Box, value: Array) -> Array:
    """Return node values, interpolated, at each pixel of a box, (row, column), the top row first.

    Where a row of nodes has no value, that of its nearest one stands.
    """
    at = box.centres()
    x, y = np.linspace(*box.x, value.shape[1]), np.linspace(*box.y, value.shape[0])
    rows = np.stack(
        [np.interp(at[0, :, 0], x[known], row[known]) for row in value if (known := np.isfinite(row)).any()]
    )
    held = y[np.isfinite(value).any(axis=1)]
    return np.stack([np.interp(at[:, 0, 1], held, column) for column in rows.T], axis=1)


def banded(value: Array, limits: tuple[float, float], inside: Array | None = None) -> NDArray[np.uint8]:
    """Return the band of each pixel, 0 to 9 from low to high; 10 where nothing is drawn."""
    low, high = limits
    share = (value - low) / (high - low) if high > low else np.zeros_like(value)
    band = np.clip(np.floor(share * BANDS), 0, BANDS - 1).astype(np.uint8)
    return band if inside is None else np.where(inside, band, np.uint8(TRANSPARENT))
