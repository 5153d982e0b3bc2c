"""A loss over a plane of what the model controls: its values and exact slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Surface:
    """A loss at the nodes of a plane.

    Attributes
    ----------
    x : ndarray of shape (nx,)
        Nodes of the first axis.
    y : ndarray of shape (ny,)
        Nodes of the second axis.
    value : ndarray of shape (ny, nx)
        The loss; NaN outside the plane.
    slope_x, slope_y : ndarray of shape (ny, nx)
        Its exact partial derivatives; NaN outside the plane and where there is no gradient.
    rest : ndarray of shape (ny, nx) or None
        The part of the loss that its split parameter does not scale.
    target : tuple of float or None
        Where the prediction is right.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    value: NDArray[np.float64]
    slope_x: NDArray[np.float64]
    slope_y: NDArray[np.float64]
    rest: NDArray[np.float64] | None = None
    target: tuple[float, float] | None = None
