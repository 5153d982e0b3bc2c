"""A loss over a plane of what the model controls: its values and exact slopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Parameter, Table, Value, clean
from explorer.samples import as_array, check, check_table
from explorer.spec import LossSpec, Placed, Plane

MOST_POINTS = 401
MOST_KEPT = 64


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
        The loss, of points that see each other the sum over their rows; NaN outside the plane.
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


def evaluate(
    spec: LossSpec,
    values: Mapping[str, Any] = {},
    scene: Mapping[str, Any] = {},
    plane: str | Plane | None = None,
    points: int = 61,
) -> Surface:
    """Return a loss over a plane, in float64.

    Parameters
    ----------
    spec : LossSpec
        The loss.
    values, scene : mapping
        Parameters of the loss and of the plane; what is not given has its default.
    plane : str or Plane, optional
        Key of one of its planes, or another plane with the same kind of samples; its first one where it is not given.
    points : int
        Nodes along each axis, 2 to 401.

    Raises
    ------
    ValueError
        If the plane is unknown, a value is refused (`ParameterError`), a table does not fit the classes of the plane or
        the number of points is out of range.
    """
    if isinstance(points, bool) or not isinstance(points, int) or not 2 <= points <= MOST_POINTS:
        raise ValueError(f"points must be a whole number from 2 to {MOST_POINTS}, but is {str(points)[:40]}.")
    over = plane if isinstance(plane, Plane) else spec.plane(plane)
    x, y = (np.linspace(axis.low, axis.high, points) for axis in (over.x, over.y))
    at_x, at_y = np.meshgrid(x, y)
    held = arrays_of(over.scene, clean(over.scene, scene))
    traced = traced_over(spec, over)(
        at_x.ravel(), at_y.ravel(), arrays_of(spec.parameters, clean(spec.parameters, values)), held
    )
    outside = ~over.inside(at_x, at_y) if over.inside else np.zeros(at_x.shape, bool)
    value, slope_x, slope_y, *rest = (_drawn(part, outside) for part in traced)
    target = over.target(**{name: array.item() for name, array in held.items()})
    return Surface(x, y, value, slope_x, slope_y, rest[0] if rest else None, target)


def traces(spec: LossSpec, plane: str | None = None) -> int:
    """Return how often the loss has been traced for a plane: once for each number of points and size of table."""
    return int(traced_over(spec, spec.plane(plane)).experimental_get_tracing_count())


def value_and_slope(
    spec: LossSpec, y_true: Any, y_pred: Any, **context_and_parameters: Any
) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Return the loss of each sample, and the slope of their sum.

    Parameters
    ----------
    spec : LossSpec
        The loss.
    y_true, y_pred : array_like
        Truth and prediction, shaped as the loss says in ``shapes``; float32 predictions are computed in float32, all
        others in float64.
    **context_and_parameters
        Context tensors (needed), parameters (their default where missing; a table also one per sample) and, for a
        classification loss, ``from_logits``.

    Returns
    -------
    values : ndarray of shape (sample,) or (…, point)
        The loss of each sample or point.
    slope : ndarray of the shape of y_pred, or None
        Partial derivatives of the sum of ``values``; None where the loss has no gradient.

    Raises
    ------
    ValueError
        If the input does not fit; the message names the argument, what is expected and what was received.
    """
    samples = check(spec, y_true, y_pred, context_and_parameters)
    import tensorflow as tf

    keywords = {name: part if isinstance(part, bool) else tf.constant(part) for name, part in samples.keywords.items()}
    prediction = tf.constant(samples.y_pred)
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        values = spec.function(tf.constant(samples.y_true), prediction, **keywords)
    slope = tape.gradient(values, prediction)
    return values.numpy(), None if slope is None else slope.numpy()


@lru_cache(maxsize=MOST_KEPT)
def traced_over(spec: LossSpec, plane: Plane) -> Any:
    """Return the function of nodes, parameters and scene to value, both slopes and rest, one executable."""
    import tensorflow as tf

    def surface(x: Any, y: Any, values: dict[str, Any], scene: dict[str, Any]) -> tuple[Any, ...]:
        with tf.GradientTape() as tape:
            tape.watch((x, y))
            placed = plane.place(x, y, **scene)
            _fits(spec, placed, values)
            value = loss_at(spec, plane, placed, values)
        # The nodes are samples of their own, so the gradient of the sum holds the slope at each node.
        slopes = tape.gradient(value, (x, y))
        missing = tf.fill(tf.shape(x), tf.constant(np.nan, x.dtype))
        parts = [value, *(missing if slope is None else slope for slope in slopes)]
        if spec.split:
            without = values | {spec.split.parameter: tf.zeros_like(values[spec.split.parameter])}
            parts.append(loss_at(spec, plane, placed, without))
        return tuple(parts)

    # Without autograph an error from a loss keeps its own words.
    return tf.function(surface, jit_compile=True, autograph=False)


def loss_at(spec: LossSpec, plane: Plane, placed: Placed, values: Mapping[str, Any]) -> Any:
    """Return the loss at each node, ``(node,)``; the rows of points that see each other add up."""
    import tensorflow as tf

    static = {"from_logits": plane.from_logits} if spec.takes_logits else {}
    loss = spec.function(placed.y_true, placed.y_pred, **placed.context, **values, **static)
    return tf.reduce_sum(loss, axis=list(range(1, len(loss.shape))))


def _fits(spec: LossSpec, placed: Placed, values: Mapping[str, Any]) -> None:
    """Refuse a table of another size than the classes that the plane places."""
    for parameter in spec.parameters:
        if isinstance(parameter, Table):
            check_table(parameter.name, values[parameter.name].shape[0], placed.y_pred.shape[-1])


def arrays_of(parameters: Iterable[Parameter], values: Mapping[str, Value]) -> dict[str, NDArray[Any]]:
    """Return cleaned values as arrays: float64, and the positions of choices as integers."""
    return {parameter.name: as_array(parameter, values[parameter.name], np.float64) for parameter in parameters}


def _drawn(flat: Any, outside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return one number a node, NaN outside the plane."""
    grid: NDArray[np.float64] = flat.numpy().reshape(outside.shape)
    return np.where(outside, np.nan, grid)
