"""What averaging over a batch does to one sample and to a penalty: gradients and training at several batch sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.parameters import clean
from explorer.spec import LossSpec
from explorer.tasks.forecast import Forecast
from explorer.tasks.task import Batch
from explorer.training.outcome import Outcome, outcome
from explorer.training.run import Run, check
from explorer.training.setting import Setting
from explorer.training.snapshot import Snapshot, TrainingError

compiling: Any = LazyModule("explorer.training.step")
planning: Any = LazyModule("explorer.training.plan")
sloping: Any = LazyModule("explorer.training.slope")
tf: Any = LazyModule("tensorflow")

SIZES = (1, 8, 32, 128)
UPDATES, MOST_UPDATES = 1024, 65_536
LARGEST = 4096
DRAWS = 16


@dataclass(frozen=True, eq=False)
class Course:
    """A training with one batch size, epoch by epoch.

    Attributes
    ----------
    size : int
        Samples of a batch.
    update : ndarray of int, shape (epoch,)
        How many steps of the optimizer had been taken at the end of each epoch.
    rest, penalty : ndarray of shape (epoch,)
        The two terms of the validation loss; the penalty is 0 for a loss without one.
    rmse, direction : ndarray of shape (epoch,)
        Scores of the validation part, in the units of the data; NaN where there are none.
    outcome : Outcome
        How the end fares on the test part; one entry in each array.
    prediction : ndarray of shape (sample, horizon)
        What the end says of the test part, in the units of the data.
    """

    size: int
    update: NDArray[np.int64]
    rest: NDArray[np.float64]
    penalty: NDArray[np.float64]
    rmse: NDArray[np.float64]
    direction: NDArray[np.float64]
    outcome: Outcome
    prediction: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Lens:
    """One sample alone and among others. A draw is a sample and its company; larger batches contain smaller ones.

    Attributes
    ----------
    size : ndarray of int, shape (size,)
        Samples of a batch: those asked for that the training part has.
    sample : ndarray of int, shape (draw,)
        Which training sample each draw looks at.
    alone : ndarray of shape (horizon,)
        Slope of the first sample's own loss by its own predictions, in normalised units: which way, and how strongly,
        the loss pulls each step of its forecast.
    pull : ndarray of shape (size, horizon)
        The same of the batch's mean loss: what the sample still pulls at its own forecast; 1 / size of ``alone``.
    length : ndarray of shape (size, draw)
        Length of the batch's gradient by the weights: it falls where the samples of a batch want different things.
    cosine : ndarray of shape (size, draw)
        Between the batch's gradient and that of the sample alone: 1 if the step helps this sample as well as a step of
        its own, 0 if it has nothing to do with it, below 0 if it makes its loss larger.
    own : ndarray of shape (size, draw)
        Length of the sample's part of the batch's gradient, 1 / size of its own, over the length of that gradient.
        Above 1 the others pull against it.
    penalty_before, penalty_after : ndarray of shape (size, draw)
        Share of the penalty in the batch's gradient, ``|penalty| / (|penalty| + |rest|)`` with lengths of the gradients
        of both terms: at the initial weights, and at those that the training with this size came to. It falls with the
        size where penalties of the samples cancel out and errors do not.
    courses : tuple of Course
        The trainings, one a size, as far as they have come to their end.
    """

    size: NDArray[np.int64]
    sample: NDArray[np.int64]
    alone: NDArray[np.float64]
    pull: NDArray[np.float64]
    length: NDArray[np.float64]
    cosine: NDArray[np.float64]
    own: NDArray[np.float64]
    penalty_before: NDArray[np.float64]
    penalty_after: NDArray[np.float64]
    courses: tuple[Course, ...]


def lens(
    spec: LossSpec,
    values: Mapping[str, Any],
    task: Forecast,
    sizes: Sequence[int] = SIZES,
    seed: int = 0,
    *,
    updates: int = UPDATES,
    learning_rate: float = 1e-2,
    optimizer: str = "adam",
) -> Lens:
    """Return what becomes of one sample, and of the penalty, in batches of several sizes.

    Every training has the same initial weights, the same samples and the same number of updates. For that it takes
    the last samples of the training part only, as many as all sizes divide evenly; where that cannot be, the numbers
    of updates are as near as whole epochs allow, as `Course` tells.

    Parameters
    ----------
    spec, values, task
        As for `explorer.training.run`; a loss with a ``split`` shows what averaging does to its penalty.
    sizes : sequence of int
        Samples of a batch, 1 to 4,096; sizes that the training part has not are left out.
    seed : int
        Of the initial weights, the draws and the order of samples.
    updates : int
        How many steps each training takes, 1 to 65,536.
    learning_rate, optimizer
        As for `explorer.training.run`, the same for all sizes.

    Raises
    ------
    ValueError
        If a size, a value or a setting is refused, or loss and task do not fit together.
    TrainingError
        If a training ends before its time.
    """
    told = [
        one
        for one in steps(
            spec, values, task, sizes, seed, updates=updates, learning_rate=learning_rate, optimizer=optimizer
        )
        if one is not None
    ]
    return told[-1]


def steps(
    spec: LossSpec,
    values: Mapping[str, Any],
    task: Forecast,
    sizes: Sequence[int] = SIZES,
    seed: int = 0,
    *,
    updates: int = UPDATES,
    **setting: Any,
) -> Iterator[Lens | None]:
    """Return the lens as far as it is known: the gradients first, then one course after the other.

    There is a None wherever a caller may do something else in between.
    """
    cleaned = clean(spec.parameters, values)
    check(spec, cleaned, task)
    if not 1 <= updates <= MOST_UPDATES:
        raise TrainingError(f"1 to {MOST_UPDATES:,} updates can be made, but not {updates:,}.")
    wanted = _sizes(sizes, len(task.train))
    few = replace(task, train=_last(task.train, _samples(wanted, len(task.train), updates)))
    plans = [Setting(epochs=_epochs(few, size, updates), batch_size=size, seed=seed, **setting) for size in wanted]
    return _advance(_Look(spec, cleaned, few, wanted, seed), [Run(spec, cleaned, few, plan) for plan in plans])


def _sizes(sizes: Sequence[int], most: int) -> tuple[int, ...]:
    wanted = sorted(set(sizes))
    if not wanted or wanted[0] < 1 or wanted[-1] > LARGEST or any(size != int(size) for size in wanted):
        raise TrainingError(f"Batch sizes must be whole numbers from 1 to {LARGEST:,}, but are {list(sizes)!r:.60}.")
    return tuple(int(size) for size in wanted if size <= most) or (1,)


def _samples(sizes: Sequence[int], most: int, updates: int) -> int:
    """Return how many samples give whole epochs of equal numbers of updates for all sizes; all if none do."""
    unit = lcm(*sizes)
    fitting = [count for count in range(unit, min(most, updates) + 1, unit) if updates % count == 0]
    return max(fitting, default=most)


def _last(part: Batch, count: int) -> Batch:
    context = {name: array[-count:] for name, array in part.context.items()}
    return Batch(part.x[-count:], part.y_true[-count:], context)


def _epochs(task: Forecast, size: int, updates: int) -> int:
    return max(1, round(updates / -(-len(task.train) // size)))


class _Look:
    """The gradients of some batches at any weights."""

    def __init__(
        self, spec: LossSpec, values: Mapping[str, Any], task: Forecast, sizes: tuple[int, ...], seed: int
    ) -> None:
        self.task, self.sizes, self.seed = task, sizes, seed
        self.theta = compiling.tensors(spec.parameters, values)
        bare = {**values, **({spec.split.parameter: 0.0} if spec.split else {})}
        self.bare = compiling.tensors(spec.parameters, bare)
        self.slope = sloping.slope(planning.plan(task, spec, self.theta, "sgd", sizes[-1]))
        random = np.random.default_rng(seed)
        self.draws = np.stack([random.permutation(len(task.train))[: sizes[-1]] for _ in range(DRAWS)])
        data = self.slope.data(task.train)
        self.rows = [tf.gather(data, draw) for draw in self.draws]

    def initial(self) -> list[NDArray[Any]]:
        """Return the initial weights of the seed."""
        return self.task.build(self.seed).get_weights()  # type: ignore[no-any-return]

    def slopes(self, weights: list[NDArray[Any]], draw: int, size: int) -> tuple[NDArray[Any], ...]:
        """Return the slope of a batch by the predictions of the first sample, and by the weights: all, and the rest."""
        share = np.zeros(self.sizes[-1])
        share[:size] = 1 / size
        by_prediction, whole = self.slope(weights, self.rows[draw], share, self.theta)
        _, rest = self.slope(weights, self.rows[draw], share, self.bare)
        return by_prediction[0].astype(np.float64), whole.astype(np.float64), rest.astype(np.float64)


def _advance(look: _Look, runs: Sequence[Run]) -> Iterator[Lens | None]:
    weights, seen = look.initial(), []
    for draw in range(DRAWS):
        seen.append(_seen(look, weights, draw))
        yield None
    length, cosine, own, before = np.stack([numbers for _, numbers in seen], axis=-1)
    after, pull = np.full_like(before, np.nan), seen[0][0]
    alone, *_ = look.slopes(weights, 0, 1)
    known = Lens(
        np.array(look.sizes), look.draws[:, 0], alone, pull, length, cosine, own, before, after.copy(), courses=()
    )
    yield known
    for i, run in enumerate(runs):
        snapshots = []
        for snapshot in run.steps:
            yield None
            snapshots += [snapshot] if snapshot else []
        for draw in range(DRAWS):
            _, whole, rest = look.slopes(run.weights, draw, look.sizes[i])
            after[i, draw] = _share(whole - rest, rest)
        known = replace(known, penalty_after=after.copy(), courses=(*known.courses, _course(look.task, run, snapshots)))
        yield known


def _seen(look: _Look, weights: list[NDArray[Any]], draw: int) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return pulls (size, horizon), and length, cosine, own part and penalty (4, size) of one draw."""
    _, single, _ = look.slopes(weights, draw, 1)
    pull, numbers = [], []
    for size in look.sizes:
        by_prediction, whole, rest = look.slopes(weights, draw, size)
        length, alone = float(np.linalg.norm(whole)), float(np.linalg.norm(single))
        pull.append(by_prediction)
        cosine = _ratio(float(whole @ single), length * alone)
        numbers.append((length, cosine, _ratio(alone / size, length), _share(whole - rest, rest)))
    return np.stack(pull), np.array(numbers).T


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _share(penalty: NDArray[np.float64], rest: NDArray[np.float64]) -> float:
    size = float(np.linalg.norm(penalty))
    return _ratio(size, size + float(np.linalg.norm(rest)))


def _course(task: Forecast, run: Run, snapshots: Sequence[Snapshot]) -> Course:
    size = run.setting.batch_size
    terms = np.array([[*one.terms.values()] if one.terms else [one.val_loss, 0.0] for one in snapshots])
    scores = np.array([[one.metrics.get(name, np.nan) for name in ("rmse", "direction_accuracy")] for one in snapshots])
    prediction = snapshots[-1].prediction
    return Course(
        size=size,
        update=-(-len(task.train) // size) * np.array([one.epoch for one in snapshots]),
        rest=terms[:, 0],
        penalty=terms[:, 1],
        rmse=scores[:, 0],
        direction=scores[:, 1],
        outcome=outcome(task, prediction[None]),
        prediction=prediction,
    )
