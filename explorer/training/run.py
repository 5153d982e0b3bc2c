"""Short training runs: an iterator of snapshots, one an epoch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite, isnan
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.parameters import Table, Value, clean
from explorer.spec import LossSpec
from explorer.tasks import TASKS, Batch, Task
from explorer.training.setting import Setting
from explorer.training.snapshot import Snapshot, TrainingError

compiling: Any = LazyModule("explorer.training.step")
planning: Any = LazyModule("explorer.training.plan")
tf: Any = LazyModule("tensorflow")

CHUNK_SECONDS = 0.05


class Run(Iterator[Snapshot]):
    """A training run that goes on when it is asked to.

    Parameters
    ----------
    spec, values, task
        As for `run`.
    setting : Setting
        How the run is done.

    Attributes
    ----------
    steps : iterator of Snapshot or None
        The same run in smaller steps: a snapshot at the end of an epoch, and None in between where an epoch is long,
        so that a caller gets a turn at least every 0.1 s or so.
    """

    def __init__(self, spec: LossSpec, values: Mapping[str, Any] | None, task: Task | None, setting: Setting) -> None:
        self.spec, self.setting = spec, setting
        self.values = clean(spec.parameters, values or {})
        self.task = task or _default_task(spec)
        check(spec, self.values, self.task)
        self._theta = compiling.tensors(spec.parameters, self.values)
        plan = planning.plan(self.task, spec, self._theta, setting.optimizer, setting.batch_size)
        self._step = compiling.step(plan)
        self._state = self._step.start(setting.seed, setting.learning_rate)
        self._data = self._step.data(self.task)
        self._told: tuple[list[Any], int] = [packed[tf.newaxis] for packed in self._state[:-1]], 0
        self.steps = self._advance()

    def __next__(self) -> Snapshot:
        for snapshot in self.steps:
            if snapshot is not None:
                return snapshot
        raise StopIteration

    @property
    def weights(self) -> list[NDArray[Any]]:
        """The weights after the last snapshot, at first the initial ones, in the order of ``model.get_weights()``."""
        return self._step.weights(*self._told)  # type: ignore[no-any-return]

    def _advance(self) -> Iterator[Snapshot | None]:
        random = np.random.default_rng(self.setting.seed)
        block, batches = self._step.block, self._step.plan.batches
        self._train(self._orders(random, 0), 0, 0, last=False, epochs=0)
        yield None
        for epoch in range(0, self.setting.epochs, block):
            count = min(block, self.setting.epochs - epoch)
            orders = self._orders(random, count)
            done = 0
            while batches - done > (pace := self._step.pace):
                began = perf_counter()
                self._train(orders, done, done + pace, last=False)
                self._step.pace = max(1, min(2 * pace, int(pace * CHUNK_SECONDS / (perf_counter() - began))))
                done += pace
                yield None
            trail, reports, y_preds = self._train(orders, done, batches, last=True, epochs=count)
            for i in range(count):
                self._told = trail, i
                yield self._snapshot(epoch + i + 1, reports[i], y_preds[i])

    def _orders(self, random: np.random.Generator, count: int) -> Any:
        """Return the orders of the next epochs, ``(block, samples)``; rows beyond them are not read."""
        order = np.arange(len(self.task.train), dtype="int32")
        orders = np.tile(order, (self._step.block, 1))
        for i in range(count if self.setting.shuffle else 0):
            orders[i] = random.permutation(order)
        return tf.constant(orders)

    def _train(
        self, orders: Any, first: int, stop: int, *, last: bool, epochs: int = 1
    ) -> tuple[list[Any], NDArray[Any], NDArray[Any]]:
        """Move the state on by some batches; return the trail, the reports and the held-out predictions."""
        bounds = tf.constant([first, stop, last, epochs], "int32")
        self._state, trail, report, y_pred = self._step(self._state, self._data, orders, bounds, self._theta)
        return trail, report.numpy(), y_pred.numpy()

    def _snapshot(self, epoch: int, report: NDArray[Any], y_pred: NDArray[Any]) -> Snapshot:
        loss, val_loss, rest, sound = report.tolist()
        _check_finite(epoch, loss, val_loss, bool(sound))
        scored, kept = np.split(self.task.restore(y_pred), [len(self.task.validation)])
        split = self.spec.split
        return Snapshot(
            epoch=epoch,
            loss=loss,
            val_loss=val_loss,
            metrics=self.task.scores(self.task.validation, scored),
            prediction=kept,
            terms={split.rest: rest, split.term: val_loss - rest} if split else {},
        )


def run(
    spec: LossSpec,
    values: Mapping[str, Any] | None = None,
    task: Task | None = None,
    *,
    epochs: int = 30,
    batch_size: int = 32,
    seed: int = 0,
    learning_rate: float = 1e-2,
    optimizer: str = "adam",
    shuffle: bool = True,
) -> Run:
    """Train a small model with a loss and tell how it goes, epoch by epoch.

    The same seed gives the same initial weights and the same order of samples, whatever the loss, and the same bits
    on the same machine, however runs take turns.

    Parameters
    ----------
    spec : LossSpec
        The loss.
    values : mapping, optional
        Its parameters by name; the defaults where they are not given.
    task : Task, optional
        Data and model; the one that the loss names where it is not given.
    epochs, batch_size, seed, learning_rate, optimizer, shuffle
        As in `Setting`; the last batch of an epoch may be shorter, and the order is drawn anew for each epoch.

    Returns
    -------
    Run
        An iterator of `Snapshot`, one an epoch; ``weights`` holds the model's weights as they are.

    Raises
    ------
    ParameterError
        If a value or a setting is unknown or out of its limits.
    TrainingError
        If loss and task do not fit together; while iterating, if the loss has no gradient, or if loss or weights
        are no longer finite: the snapshots before that epoch have been given by then.
    """
    setting = Setting(
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
        learning_rate=learning_rate,
        optimizer=optimizer,
        shuffle=shuffle,
    )
    return Run(spec, values, task, setting)


def steps(
    spec: LossSpec, values: Mapping[str, Any] | None = None, task: Task | None = None, **setting: Any
) -> Iterator[Snapshot | None]:
    """Return the same as `run`, with a None wherever a caller may do something else in the midst of an epoch."""
    return Run(spec, values, task, Setting(**setting)).steps


def _default_task(spec: LossSpec) -> Task:
    if spec.task not in TASKS:
        raise TrainingError(f"{spec.title} has no data set of its own to train on: name a task.")
    return TASKS[spec.task]()


def check(spec: LossSpec, values: Mapping[str, Value], task: Task) -> None:
    """Refuse a loss that the task cannot feed."""
    y_true = task.train.y_true
    for part in (task.train, task.validation, task.test):
        _check_context(spec, task.key, part)
    if (spec.shapes == "points") != (y_true.ndim == 1):
        lacks = "no ids of users" if spec.shapes == "points" else "ids of users only"
        raise TrainingError(f"{spec.title} cannot be trained on the task {task.key!r}, which has {lacks}.")
    if spec.shapes == "classes" and not (
        y_true.ndim == 2 and y_true.shape[1] > 1 and np.allclose(y_true.sum(axis=1), 1)
    ):
        raise TrainingError(f"{spec.title} compares classes, but the task {task.key!r} has no classes.")
    for parameter in spec.parameters:
        value = values[parameter.name]
        if isinstance(parameter, Table) and len(value) != y_true.shape[-1]:  # type: ignore[arg-type]
            raise TrainingError(
                f"{parameter.label} is for {len(value)} classes, "  # type: ignore[arg-type]
                f"but the task {task.key!r} has {y_true.shape[-1]}."
            )


def _check_context(spec: LossSpec, key: str, part: Batch) -> None:
    """Refuse a part whose samples have not each the context that the loss needs."""
    for name in spec.context:
        if name not in part.context:
            raise TrainingError(f"{spec.title} needs {name} for each sample, which the task {key!r} has not.")
        shape, table = part.context[name].shape, 2 * part.y_true.shape[-1:]
        if shape[0] != len(part):
            raise TrainingError(f"{name} must have an entry for each of {len(part)} samples, but has {shape[0]}.")
        if len(shape) == 3 and shape[1:] != table:
            raise TrainingError(f"{name} must have the shape {table} for each sample, but has {shape[1:]}.")


def _check_finite(epoch: int, loss: float, val_loss: float, sound: bool) -> None:
    """Refuse to go on after an epoch that left numbers which are not finite."""
    if isfinite(loss) and not sound:
        raise TrainingError(
            f"The weights became NaN or infinite in epoch {epoch} while the loss still read {loss:.3g}: its "
            "gradient is not finite everywhere; try other parameters or a smaller learning rate."
        )
    for name, number in (("loss", loss), ("validation loss", val_loss)):
        if not isfinite(number):
            became = "NaN" if isnan(number) else "infinite"
            raise TrainingError(
                f"The {name} became {became} in epoch {epoch}: the steps were too long, or the loss is not finite "
                "everywhere; try a smaller learning rate."
            )
