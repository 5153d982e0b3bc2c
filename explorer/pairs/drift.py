"""The points of a batch let go: they are all there is to train, and a real Keras optimizer moves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer import embedding
from explorer.lazy import LazyModule
from explorer.pairs.batch import Batch, checked, slotted
from explorer.pairs.field import mean_of_rows
from explorer.pairs.verdict import Verdict, judge, last_step
from explorer.parameters import Number, clean
from explorer.spec import LossSpec
from explorer.surface import arrays_of
from explorer.training import setting

keras: Any = LazyModule("keras")
tf: Any = LazyModule("tensorflow")

Array = NDArray[np.float64]

MOST_STEPS = 400
MOST_KEPT = 32
# With plain descent a step is the force times the learning rate: points go where the arrows say.
OPTIMIZER = replace(setting.OPTIMIZER, default="sgd")
LEARNING_RATE = replace(setting.LEARNING_RATE, default=1.0, slider=(1e-3, 10.0))
STEPS = Number(
    name="steps",
    label="Steps",
    default=60,
    low=1,
    high=MOST_STEPS,
    slider=(10, 300),
    step=10,
    whole=True,
    help="How often the optimizer moves the points.",
)
PARAMETERS = (OPTIMIZER, LEARNING_RATE, STEPS)


@dataclass(frozen=True, eq=False)
class Drift:
    """Where the points went with one loss.

    Attributes
    ----------
    which : int
        Position of the loss among those that are compared.
    point, force : ndarray of shape (step + 1, n, 2)
        Where the points lay at the start and after each step, and the force on each there.
    loss : ndarray of shape (step + 1,)
        What Keras reports.
    same, different : ndarray of shape (step + 1,)
        Mean distance of two points of one user, and of two users; NaN where there are no such pairs.
    verdict : Verdict
        What became of them.
    """

    which: int
    point: Array
    force: Array
    loss: Array
    same: Array
    different: Array
    verdict: Verdict

    @property
    def steps(self) -> int:
        """How many steps were made."""
        return len(self.loss) - 1


def drift(
    losses: Sequence[tuple[LossSpec, Mapping[str, Any]]],
    ids: ArrayLike,
    points: ArrayLike,
    *,
    optimizer: str = "sgd",
    learning_rate: float = 1.0,
    steps: int = 60,
) -> Iterator[Drift | None]:
    """Yield where the same points go with several losses, one loss after the other.

    A way ends early where the next step is not finite, and once it is 1000 times as wide as at its start.

    Parameters
    ----------
    losses : sequence of (LossSpec, mapping)
        Pairwise losses with their parameters.
    ids, points : array_like of shape (n,) and (n, 2)
        Users, and where their points begin.
    optimizer, learning_rate, steps
        One of `explorer.training.setting.OPTIMIZERS`, its learning rate, and how often it moves the points.

    Raises
    ------
    ValueError
        If a value is refused, before anything is computed.
    """
    batch = checked(ids, points)
    kind, rate = OPTIMIZER.clean(optimizer), LEARNING_RATE.clean(learning_rate)
    count = int(STEPS.clean(steps))
    asked = [(spec, arrays_of(spec.parameters, clean(spec.parameters, values))) for spec, values in losses]
    return _told(asked, batch, kind, rate, count)


def _told(
    losses: Sequence[tuple[LossSpec, Mapping[str, Any]]], batch: Batch, optimizer: str, rate: float, steps: int
) -> Iterator[Drift | None]:
    ids, points = slotted(batch)
    for which, (spec, values) in enumerate(losses):
        yield None
        rows = _way(spec, optimizer, len(ids))(ids, points, rate, steps, values)
        yield _drift(which, batch, rows, steps)


def _drift(which: int, batch: Batch, rows: Array, steps: int) -> Drift:
    """Return the way that rows of points, slopes and loss describe, up to where it is worth keeping."""
    points, loss = rows[:, : len(batch.ids), :2], rows[:, 0, 4]
    with np.errstate(over="ignore", invalid="ignore"):
        width = np.array([embedding.spread(place) for place in points])
    kept = slice(0, last_step(width, loss) + 1)
    points, force, loss = points[kept], 0.0 - rows[kept, : len(batch.ids), 2:4], loss[kept]
    distances = [embedding.distances(place, batch.ids) for place in points]
    same, different = (
        np.array([getattr(pairs, name).mean() if getattr(pairs, name).size else np.nan for pairs in distances])
        for name in ("same", "different")
    )
    longest = np.linalg.norm(force, axis=-1).max(axis=-1)
    return Drift(which, points, force, loss, same, different, judge(width[kept], longest, loss, steps))


class _Way:
    """A loss and an optimizer in one executable; points, learning rate, steps and parameters are its arguments."""

    def __init__(self, spec: LossSpec, optimizer: str, slots: int) -> None:
        self._spec = spec
        kind, options = setting.OPTIMIZERS[optimizer]
        self._optimizer = getattr(keras.optimizers, kind)(name=optimizer, **options)
        self._points = keras.Variable(np.zeros((slots, 2)), dtype="float64", name="points")
        self._optimizer.build([self._points])
        self._fresh = [(variable, variable.numpy()) for variable in self._optimizer.variables]
        self._lock = Lock()
        self._compiled = tf.function(self._roll, jit_compile=True, autograph=False)

    def __call__(self, ids: Array, points: Array, rate: float, steps: int, values: Mapping[str, Any]) -> Array:
        """Return points, slopes and loss at the start and after each step, ``(step + 1, slot, 5)``."""
        with self._lock:
            told = self._compiled(ids, points, np.float32(rate), np.int32(steps), dict(values)).numpy()
        rows: Array = told[: steps + 1]
        return rows

    def _roll(self, ids: Any, points: Any, rate: Any, steps: Any, values: dict[str, Any]) -> Any:
        self._points.assign(points)
        for variable, value in self._fresh:
            variable.assign(rate if variable is self._optimizer.learning_rate else value)

        def step(i: Any, told: Any) -> tuple[Any, Any]:
            here = tf.convert_to_tensor(self._points.value)
            with tf.GradientTape() as tape:
                tape.watch(here)
                loss = mean_of_rows(self._spec, ids, here, values)
            slope = tape.gradient(loss, here)
            everywhere = tf.fill([ids.shape[0], 1], loss)
            told = told.write(i, tf.concat([here, slope, everywhere], axis=1))
            self._optimizer.apply([slope], [self._points])
            return i + 1, told

        told = tf.TensorArray(tf.float64, MOST_STEPS + 1, element_shape=(ids.shape[0], 5))
        return tf.while_loop(lambda i, _: i <= steps, step, (0, told))[1].stack()


@lru_cache(maxsize=MOST_KEPT)
def _way(spec: LossSpec, optimizer: str, slots: int) -> _Way:
    """Return the executable made before, if it is among those used last."""
    return _Way(spec, optimizer, slots)
