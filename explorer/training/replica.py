"""One loss, many seeds: copies of a small model that train side by side, to see what is luck and what is the loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.parameters import clean
from explorer.spec import LossSpec
from explorer.tasks import Task
from explorer.training.run import CHUNK_SECONDS, check
from explorer.training.setting import Setting
from explorer.training.snapshot import TrainingError

compiling: Any = LazyModule("explorer.training.step")
planning: Any = LazyModule("explorer.training.plan")
stacking: Any = LazyModule("explorer.training.stacked_step")
tf: Any = LazyModule("tensorflow")

MOST_REPLICAS = 64
BLOCK_SECONDS = 0.1


@dataclass(frozen=True, eq=False)
class Replicas:
    """Where all copies stand at the end of an epoch.

    Attributes
    ----------
    epoch : int
        Number of the epoch, from 1.
    loss : ndarray of float64, shape (seed,)
        Mean loss of the epoch's samples, each at the weights that its batch met; NaN for a copy that is
        broken: its loss was not finite in this epoch or an earlier one, or its prediction is not. The others go on.
    prediction : ndarray of shape (seed, sample, …)
        What each copy says of the test part, in the units of the data; NaN where the loss is.
    """

    epoch: int
    loss: NDArray[np.float64]
    prediction: NDArray[Any]


def replicas(
    spec: LossSpec,
    values: Mapping[str, Any] | None,
    task: Task,
    *,
    seeds: Sequence[int],
    epochs: int = 30,
    batch_size: int = 32,
    learning_rate: float = 1e-2,
    optimizer: str = "adam",
) -> Iterator[Replicas]:
    """Train one copy of a task's model for each seed, all in one executable, and tell now and then how they stand.

    A copy is what `explorer.training.run` gives with its seed, but for the rounding of float32: the same initial
    weights and the same order of samples. The executable is kept: other values, seeds and learning rates go through
    it, another number of seeds makes another one.

    Parameters
    ----------
    spec, values, task
        As for `explorer.training.run`.
    seeds : sequence of int
        One for each copy, 1 to 64 of them.
    epochs, batch_size, learning_rate, optimizer
        As for `explorer.training.run`, the same for all copies.

    Returns
    -------
    iterator of Replicas
        One about every 0.1 s, after as many epochs as were done by then; the last at the end of the last epoch.

    Raises
    ------
    ParameterError
        If a value or a setting is unknown or out of its limits.
    TrainingError
        If there are no seeds or too many, or loss and task do not fit together; while iterating, if the loss has no
        gradient. A copy that breaks raises nothing: see `Replicas`.
    """
    setting = {"epochs": epochs, "batch_size": batch_size, "learning_rate": learning_rate, "optimizer": optimizer}
    return (told for told in steps(spec, values, task, seeds=seeds, **setting) if told is not None)


def steps(
    spec: LossSpec, values: Mapping[str, Any] | None, task: Task, *, seeds: Sequence[int], **setting: Any
) -> Iterator[Replicas | None]:
    """Return the same as `replicas`, with a None wherever a caller may do something else in between."""
    if not 1 <= len(seeds) <= MOST_REPLICAS:
        raise TrainingError(f"1 to {MOST_REPLICAS} seeds can be trained side by side, but there are {len(seeds)}.")
    settings = [Setting(**setting, seed=seed) for seed in seeds]
    cleaned = clean(spec.parameters, values or {})
    check(spec, cleaned, task)
    return _advance(task, settings, spec, compiling.tensors(spec.parameters, cleaned))


def _advance(task: Task, settings: Sequence[Setting], spec: LossSpec, theta: list[Any]) -> Iterator[Replicas | None]:
    setting, seeds = settings[0], [setting.seed for setting in settings]
    plan = planning.plan(task, spec, theta, setting.optimizer, setting.batch_size)
    step = stacking.stacked_step(plan, len(seeds))
    state, (train, x) = step.start(seeds, setting.learning_rate), step.data(task)
    randoms = [np.random.default_rng(seed) for seed in seeds]
    state, _ = step.train(state, train, _orders(randoms, plan.samples, 0, step.block), _bounds(0, 0, 0), theta)
    yield None
    sound, began = np.full(len(seeds), True), perf_counter()
    for epoch in range(0, setting.epochs, step.block):
        count = min(step.block, setting.epochs - epoch)
        orders = _orders(randoms, plan.samples, count, step.block)
        done = 0
        while plan.batches - done > (pace := step.pace):
            started = perf_counter()
            state, _ = step.train(state, train, orders, _bounds(done, done + pace, 1, last=False), theta)
            step.pace = max(1, min(2 * pace, int(pace * CHUNK_SECONDS / (perf_counter() - started))))
            done += pace
            yield None
        state, means = step.train(state, train, orders, _bounds(done, plan.batches, count), theta)
        losses = means.numpy()[:count].astype(np.float64)
        sound &= np.isfinite(losses).all(axis=0)
        if epoch + count == setting.epochs or perf_counter() - began > BLOCK_SECONDS:
            yield _told(task, epoch + count, losses[-1], step.look(state, x).numpy(), sound)
            began = perf_counter()


def _orders(randoms: Sequence[np.random.Generator], samples: int, count: int, block: int) -> Any:
    """Return the orders of the next epochs, ``(block, seed, samples)``; those beyond them are not read."""
    order = np.arange(samples, dtype="int32")
    orders = np.zeros((block, len(randoms), samples), "int32")
    for place in np.ndindex(count, len(randoms)):
        orders[place] = randoms[place[1]].permutation(order)
    return tf.constant(orders)


def _bounds(first: int, stop: int, epochs: int, *, last: bool = True) -> Any:
    return tf.constant([first, stop, last, epochs], "int32")


def _told(task: Task, epoch: int, loss: NDArray[Any], y_pred: NDArray[Any], sound: NDArray[Any]) -> Replicas:
    """Return where the copies stand; one whose prediction is not finite is no longer ``sound``."""
    sound &= np.isfinite(y_pred.reshape(len(y_pred), -1)).all(axis=1)
    y_pred[~sound] = np.nan
    return Replicas(epoch, np.where(sound, loss, np.nan), np.stack([task.restore(one) for one in y_pred]))
