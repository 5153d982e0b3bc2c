"""An optimiser's way over a plane: what a real Keras optimizer does to a prediction that is all there is to train."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Choice, Number, clean
from explorer.spec import LossSpec, Plane
from explorer.surface import arrays_of, loss_at
from explorer.training.setting import OPTIMIZERS as TRAINING_OPTIMIZERS

Array = NDArray[np.float64]

OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    **TRAINING_OPTIMIZERS,
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
}
MOST_STEPS = 400
MOST_KEPT = 64

OPTIMIZER = Choice(
    name="optimizer",
    label="Optimizer",
    options=tuple(OPTIMIZERS),
    default="adam",
    help="How the gradient becomes a step.",
)
LEARNING_RATE = Number(
    name="learning_rate",
    label="Learning rate",
    default=0.1,
    low=1e-8,
    high=1e6,
    slider=(1e-3, 10.0),
    log=True,
    help="How long a step is.",
)
STEPS = Number(
    name="steps",
    label="Steps",
    default=60,
    low=1,
    high=MOST_STEPS,
    slider=(1, 200),
    step=1,
    whole=True,
    help="How often the optimizer moves the ball.",
)
PARAMETERS = (OPTIMIZER, LEARNING_RATE, STEPS)


@dataclass(frozen=True)
class Path:
    """Where an optimizer went.

    Attributes
    ----------
    x, y : ndarray of shape (step + 1,)
        The start and where each step led; after a step off the plane nothing follows, and that last point lies outside.
    loss : ndarray of shape (step + 1,)
        The loss there, finite but for a start where it is not.
    sentence : str
        Why it ended early or never moved; empty where there is nothing to say.
    ended : bool
        Whether it has fewer steps than asked for.
    """

    x: Array
    y: Array
    loss: Array
    sentence: str = ""
    ended: bool = False


def descend(
    spec: LossSpec,
    values: Mapping[str, Any] = {},
    scene: Mapping[str, Any] = {},
    plane: str | None = None,
    *,
    start: tuple[float, float],
    optimizer: str = "adam",
    learning_rate: float = 0.1,
    steps: int = 60,
) -> Path:
    """Return the way of an optimizer down a loss, in float64.

    Parameters
    ----------
    spec : LossSpec
        The loss.
    values, scene : mapping
        Parameters of the loss and of the plane; what is not given has its default.
    plane : str, optional
        Key of the plane; the first one where it is not given.
    start : tuple of float
        Where it begins, on the plane.
    optimizer : str
        One of `OPTIMIZERS`, with the settings that Keras gives it.
    learning_rate : float
        Its learning rate, 1e-8 to 1e6.
    steps : int
        How often it moves, 1 to 400.

    Raises
    ------
    ValueError
        If the plane is unknown, the start does not lie on it, or a value is refused (`ParameterError`).
    """
    over = spec.plane(plane)
    way = _way(spec, over, OPTIMIZER.clean(optimizer))
    rate, count = np.float32(LEARNING_RATE.clean(learning_rate)), np.int32(STEPS.clean(steps))
    begin = _start(over, start)
    held = arrays_of(over.scene, clean(over.scene, scene))
    theta = arrays_of(spec.parameters, clean(spec.parameters, values))
    x, y, loss = way(begin, rate, count, theta, held)
    if not way.moves:
        return Path(x[:1], y[:1], loss[:1], "There is no gradient here, so no optimiser can move.", True)
    return _until_lost(over, x, y, loss)


def traces(spec: LossSpec, plane: str | None = None, optimizer: str = "adam") -> int:
    """Return how often the way of an optimizer over a plane has been traced: once it has been asked for, 1."""
    return _way(spec, spec.plane(plane), optimizer).traces


class _Way:
    """A loss, a plane and an optimizer in one executable; where it begins and all values are its arguments.

    Attributes
    ----------
    moves : bool
        Whether the loss has a gradient; known once it has been called.
    traces : int
        How often Python went through it.
    """

    def __init__(self, spec: LossSpec, plane: Plane, optimizer: str) -> None:
        import keras
        import tensorflow as tf

        self._spec, self._plane = spec, plane
        kind, options = OPTIMIZERS[optimizer]
        self._optimizer = getattr(keras.optimizers, kind)(name=optimizer, **options)
        self._point = keras.Variable(np.zeros(2), dtype="float64", name="point")
        self._optimizer.build([self._point])
        self._fresh = [(variable, variable.numpy()) for variable in self._optimizer.variables]
        self._lock = Lock()
        self._compiled = tf.function(self._roll, jit_compile=True, autograph=False)
        self.moves = True
        self.traces = 0

    def __call__(self, start: Array, rate: Any, steps: Any, values: Any, scene: Any) -> tuple[Array, Array, Array]:
        """Return x, y and loss at the start and after each step, each ``(step + 1,)``."""
        with self._lock:
            rows = self._compiled(start, rate, steps, values, scene).numpy()[: steps + 1]
        x, y, loss = rows.T
        return x, y, loss

    def _roll(self, start: Any, rate: Any, steps: Any, values: Any, scene: Any) -> Any:
        import tensorflow as tf

        self.traces += 1
        self._point.assign(start)
        for variable, value in self._fresh:
            variable.assign(rate if variable is self._optimizer.learning_rate else value)

        def step(i: Any, told: Any) -> tuple[Any, Any]:
            point = tf.convert_to_tensor(self._point.value)
            with tf.GradientTape() as tape:
                tape.watch(point)
                placed = self._plane.place(point[:1], point[1:], **scene)
                loss = tf.cast(tf.reduce_sum(loss_at(self._spec, self._plane, placed, values)), tf.float64)
            slope = tape.gradient(loss, point)
            told = told.write(i, tf.concat([point, loss[None]], axis=0))
            self.moves = slope is not None
            if self.moves:
                self._optimizer.apply([slope], [self._point])
            return i + 1, told

        told = tf.TensorArray(tf.float64, MOST_STEPS + 1, element_shape=(3,))
        _, told = tf.while_loop(lambda i, _: i <= steps, step, (0, told))
        return told.stack()


@lru_cache(maxsize=MOST_KEPT)
def _way(spec: LossSpec, plane: Plane, optimizer: str) -> _Way:
    """Return the executable made before, if it is among those used last."""
    return _Way(spec, plane, optimizer)


def _start(plane: Plane, start: tuple[float, float]) -> Array:
    """Return the start as an array, or refuse one that does not lie on the plane."""
    try:
        x, y = (float(part) for part in start)
    except (TypeError, ValueError):
        raise ValueError(f"start must be two numbers, x and y, but is {str(start)[:40]!r}.") from None
    if not (isfinite(x) and isfinite(y) and plane.x.low <= x <= plane.x.high and plane.y.low <= y <= plane.y.high):
        raise ValueError(
            f"start must lie on the plane, x from {plane.x.low:g} to {plane.x.high:g} "
            f"and y from {plane.y.low:g} to {plane.y.high:g}, but is ({x:g}, {y:g})."
        )
    if not plane.holds(np.array([x]), np.array([y]))[0]:
        raise ValueError(f"start must lie on the plane, but ({x:g}, {y:g}) is one of the corners that it leaves out.")
    return np.array([x, y])


def _until_lost(plane: Plane, x: Array, y: Array, loss: Array) -> Path:
    """Return the way up to where it is lost: before the first point without a loss, with the first off the plane."""
    broken = ~np.isfinite([x, y, loss]).all(axis=0)
    outside = ~broken & ~plane.holds(np.where(broken, 0.0, x), np.where(broken, 0.0, y))
    if not (broken | outside).any():
        still = bool((x == x[0]).all() and (y == y[0]).all())
        return Path(x, y, loss, "The slope is exactly 0 at the start, so no optimiser moves." if still else "")
    step = int(np.argmax(broken | outside))
    if outside[step]:
        kept, sentence = step + 1, f"The path left the plane at step {step}."
    else:
        word = "infinite" if np.isinf(loss[step]) else "NaN"
        kept, sentence = max(step, 1), f"The loss became {word} at step {step}."
    return Path(x[:kept], y[:kept], loss[:kept], sentence, kept < len(x))
