"""The board: the loss over where one point lies while the others stay, and the forces on all of them.

The loss is what Keras reports: the mean over the rows of the batch. A force is its negative slope: where a step of
gradient descent with learning rate 1 would take the point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.lazy import LazyModule
from explorer.pairs.batch import checked, slotted
from explorer.parameters import ParameterError, clean
from explorer.spec import LossSpec
from explorer.surface import arrays_of, value_and_slope

tf: Any = LazyModule("tensorflow")

Array = NDArray[np.float64]

NODES, MOST_NODES = 41, 121
MOST_KEPT = 32


@dataclass(frozen=True, eq=False)
class Push:
    """What a batch feels.

    Attributes
    ----------
    loss : float
        What Keras reports: the mean over the rows.
    force : ndarray of shape (n, 2)
        Negative slope of that loss for each point.
    """

    loss: float
    force: Array


@dataclass(frozen=True, eq=False)
class Field:
    """A loss over where one point lies.

    Attributes
    ----------
    x, y : ndarray of shape (nx,) and (ny,)
        Nodes.
    value, slope_x, slope_y : ndarray of shape (ny, nx)
        What Keras reports if the point lay there, and its exact slopes for that point.
    push : Push
        What the batch feels as it lies.
    """

    x: Array
    y: Array
    value: Array
    slope_x: Array
    slope_y: Array
    push: Push


def push(spec: LossSpec, values: Mapping[str, Any], ids: ArrayLike, points: ArrayLike) -> Push:
    """Return loss and forces of a batch, in float64.

    Raises
    ------
    ValueError
        If ids and points do not belong together, or a value is refused.
    """
    rows, slope = value_and_slope(spec, ids, points, **values)
    if slope is None:
        raise ParameterError(f"{spec.title} has no gradient, so there are no forces.")
    return Push(float(rows.mean()), 0.0 - slope / len(rows))


def field(
    spec: LossSpec,
    values: Mapping[str, Any],
    ids: ArrayLike,
    points: ArrayLike,
    moving: int,
    reach: tuple[float, float] = (-2.5, 2.5),
    nodes: int = NODES,
) -> Field:
    """Return the loss of a batch over where one of its points lies, and the forces on all of them.

    Parameters
    ----------
    spec : LossSpec
        A pairwise loss.
    values : mapping
        Its parameters; what is not given has its default.
    ids : array_like of shape (n,)
        Users.
    points : array_like of shape (n, 2)
        Where the points lie.
    moving : int
        The point that moves, from 0.
    reach : tuple of float
        Ends of both axes.
    nodes : int
        Along each axis, 2 to 121.

    Raises
    ------
    ValueError
        If something does not fit or is refused.
    """
    batch = checked(ids, points)
    if not 0 <= moving < len(batch.ids):
        raise ParameterError(f"The point that moves must be one of the {len(batch.ids)} points, but is {moving}.")
    if not 2 <= nodes <= MOST_NODES or not reach[0] < reach[1]:
        raise ParameterError(f"A board has 2 to {MOST_NODES} nodes along an axis that goes up, but has {nodes}.")
    along = np.linspace(*reach, nodes)
    x, y = (part.ravel() for part in np.meshgrid(along, along))
    held = arrays_of(spec.parameters, clean(spec.parameters, values))
    slots = slotted(batch)
    parts = _traced(spec, len(slots[0]), x.size)(x, y, *slots, np.int32(moving), held)
    value, slope_x, slope_y = (part.numpy().reshape(nodes, nodes) for part in parts)
    return Field(along, along, value, slope_x, slope_y, push(spec, values, *batch))


def mean_of_rows(spec: LossSpec, ids: Any, points: Any, values: Mapping[str, Any]) -> Any:
    """Return what Keras reports of batches, ids (…, slot) and points (…, slot, 2) to (…); empty slots have no row."""
    rows = spec.function(ids, points, **values)
    return tf.reduce_sum(rows, axis=-1) / tf.reduce_sum(tf.cast(tf.equal(ids, ids), rows.dtype), axis=-1)


@lru_cache(maxsize=MOST_KEPT)
def _traced(spec: LossSpec, slots: int, nodes: int) -> Any:
    """Return the function of nodes, batch, moving point and parameters to the loss and both slopes, one executable."""

    def over_nodes(x: Any, y: Any, ids: Any, points: Any, moving: Any, values: dict[str, Any]) -> tuple[Any, ...]:
        with tf.GradientTape() as tape:
            tape.watch((x, y))
            moves = tf.equal(tf.range(slots), moving)
            placed = tf.where(moves[None, :, None], tf.stack([x, y], axis=-1)[:, None, :], points[None])
            value = mean_of_rows(spec, tf.tile(ids[None], [nodes, 1]), placed, values)
        # Every node is a batch of its own, so the gradient of their sum holds the slope at each node.
        return value, *tape.gradient(value, (x, y))

    return tf.function(over_nodes, jit_compile=True, autograph=False)
