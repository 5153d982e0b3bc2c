"""A true disc and the scores of a predicted one, on a small image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Number, Value

Array = NDArray[np.float64]

SIDE = 32

TRUE_RADIUS = Number(
    name="true_radius",
    label="R · true radius",
    default=8.0,
    low=0.0,
    high=16.0,
    slider=(0.0, 14.0),
    step=0.5,
    unit="px",
    help="Radius of the true disc in the middle of 32 by 32 pixels; at 0 the mask is empty.",
)
RADIUS = Number(
    name="radius",
    label="r · radius",
    default=7.0,
    low=0.5,
    high=24.0,
    slider=(0.5, 16.0),
    step=0.5,
    unit="px",
    help="Radius of the predicted disc: there the score is one half.",
)
OFFSET = Number(
    name="offset",
    label="d · offset",
    default=5.0,
    low=-32.0,
    high=32.0,
    slider=(-20.0, 20.0),
    step=0.5,
    unit="px",
    help="How far the predicted disc lies to the right of the true one.",
)
SOFTNESS = Number(
    name="softness",
    label="b · softness",
    default=1.0,
    low=0.05,
    high=10.0,
    slider=(0.1, 5.0),
    log=True,
    unit="px",
    help="Over how many pixels the score falls at the edge of the predicted disc.",
)
PARAMETERS = (TRUE_RADIUS, RADIUS, OFFSET, SOFTNESS)


class Pair(NamedTuple):
    """A true mask of 0 and 1, and scores from 0 to 1, both (row, column)."""

    true: Array
    score: Array


def disc(values: Mapping[str, Value] = {}) -> Pair:
    """Return the true mask and the scores of the predicted disc, both (32, 32), in float64.

    Parameters
    ----------
    values : mapping
        Values of `PARAMETERS` by name; the default where one is not given.

    Raises
    ------
    ParameterError
        If a value is out of its limits.
    """
    true_radius, radius, offset, softness = (part.clean(values.get(part.name, part.default)) for part in PARAMETERS)
    across = np.arange(SIDE) - (SIDE - 1) / 2
    row = across[:, None]
    true = (across**2 + row**2 < true_radius**2).astype(np.float64)
    # By squares, as in the plane of the sliding disc, so that both draw the same disc.
    inward = (radius**2 - (across - offset) ** 2 - row**2) / (2 * radius * softness)
    return Pair(true, np.exp(-np.logaddexp(0, -inward)))
