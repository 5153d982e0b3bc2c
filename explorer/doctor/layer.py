"""What can be laid over the picture of a plane: dead zones, jumps, and the sign of the curvature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.curvature import sign
from explorer.doctor.gradient import dead
from explorer.doctor.jump import crossings
from explorer.doctor.subject import POINTS, subject
from explorer.spec import LossSpec


@dataclass(frozen=True)
class Layers:
    """Layers of one plane, at the nodes of its surface.

    Attributes
    ----------
    x, y : ndarray of shape (nx,) and (ny,)
        The nodes.
    dead : ndarray of bool, shape (ny, nx)
        Where the slope is exactly zero.
    jump : ndarray of shape (jump, 2)
        Where the rows and columns of the grid cross a jump.
    curvature : ndarray of int8, shape (ny, nx)
        +1 where the loss is convex, −1 where it is concave or a saddle, 0 where it is straight or not known.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    dead: NDArray[np.bool_]
    jump: NDArray[np.float64]
    curvature: NDArray[np.int8]


def layers(
    spec: LossSpec,
    values: Mapping[str, Any] = {},
    scene: Mapping[str, Any] = {},
    plane: str | None = None,
    points: int = POINTS,
) -> Layers:
    """Return the layers of a loss over a plane; what is taken and refused is as for `explorer.surface.evaluate`."""
    examined = subject(spec, values, scene, plane, points)
    surface = examined.surface
    return Layers(surface.x, surface.y, dead(surface), crossings(examined), sign(surface))
