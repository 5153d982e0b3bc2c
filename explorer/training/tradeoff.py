"""What a penalty buys: error and right directions of the same net over the weight of the penalty, with many seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.spec import LossSpec
from explorer.tasks.forecast import Forecast
from explorer.training import replica
from explorer.training.outcome import Outcome, outcome
from explorer.training.replica import Replicas
from explorer.training.run import steps
from explorer.training.snapshot import TrainingError
from explorer.training.turn import in_turn

MOST_WEIGHTS = 32
SEEDS = (0, 1, 2, 3, 4)
LAMBDAS = (0.0, 1e-3, 1e-2, 0.1, 0.3, 1.0, 3.0, 10.0)
ONE_BY_ONE = ("gru",)


@dataclass(frozen=True, eq=False)
class Landing:
    """All copies of one weight at the end of an epoch.

    Attributes
    ----------
    which : int
        Position of the weight among those that are compared.
    weight : float
        λ, the weight of the penalty; at 0 the loss is its rest alone, which is the mean squared error.
    epoch : int
        Number of the epoch; 0 where the copies ended before their time.
    outcome : Outcome or None
        How they fare on the test part; None where they ended before their time.
    sentence : str
        Why, empty otherwise.
    """

    which: int
    weight: float
    epoch: int
    outcome: Outcome | None
    sentence: str = ""


def weights(lambdas: Sequence[float]) -> tuple[float, ...]:
    """Return the weights that are compared: each once, from small to large, 0 among them."""
    return tuple(sorted({0.0, *map(float, lambdas)}))


def tradeoff(
    spec: LossSpec,
    lambdas: Sequence[float],
    task: Forecast,
    seeds: Sequence[int] = SEEDS,
    *,
    values: Mapping[str, Any] | None = None,
    **setting: Any,
) -> Iterator[Landing | None]:
    """Train one copy for each weight of the penalty and each seed, and tell now and then where they stand.

    The weight is an argument of the executable: all weights go through the same one. Weight 0 is always among them:
    there the loss is the mean squared error, the anchor of the comparison. Each seed has the same initial weights and
    the same order of samples at every λ.

    Parameters
    ----------
    spec : LossSpec
        A loss with a penalty that has a weight: its ``split`` says which parameter that is.
    lambdas : sequence of float
        The weights, up to 32.
    task : Forecast
        What is trained.
    seeds : sequence of int
        1 to 64; five or more tell what is luck.
    values : mapping, optional
        The other parameters of the loss.
    **setting
        ``epochs``, ``batch_size``, ``learning_rate`` and ``optimizer`` as for `explorer.training.run`.

    Returns
    -------
    iterator of Landing or None
        The weights take turns, as `weights` orders them; None where a caller may do something else in between.

    Raises
    ------
    ValueError
        If the loss has no such penalty, or a value or a setting is refused; while iterating, nothing.
    """
    if spec.split is None:
        raise TrainingError(f"{spec.title} has no penalty whose weight could be changed: take another loss.")
    compared = weights(lambdas)
    if len(compared) > MOST_WEIGHTS:
        raise TrainingError(f"At most {MOST_WEIGHTS} weights can be compared, but there are {len(compared)}.")
    train = _one_by_one if task.network in ONE_BY_ONE else replica.steps
    parameter, others = spec.split.parameter, values or {}
    runs = [train(spec, {**others, parameter: weight}, task, seeds=seeds, **setting) for weight in compared]
    return _landings(runs, compared, task)


def _landings(
    runs: Sequence[Iterator[Replicas | None]], compared: Sequence[float], task: Forecast
) -> Iterator[Landing | None]:
    for turn in in_turn(runs):
        if turn is None:
            yield None
        elif isinstance(turn[1], str):
            yield Landing(turn[0], compared[turn[0]], 0, None, turn[1])
        else:
            which, told = turn[0], turn[1]
            yield Landing(which, compared[which], told.epoch, outcome(task, told.prediction))


def _one_by_one(
    spec: LossSpec, values: Mapping[str, Any], task: Forecast, *, seeds: Sequence[int], **setting: Any
) -> Iterator[Replicas | None]:
    """Return the same as `replica.steps`, for nets whose inner loop cannot be vectorised: one copy after the other."""
    if not 1 <= len(seeds) <= replica.MOST_REPLICAS:
        raise TrainingError(f"1 to {replica.MOST_REPLICAS} seeds can be trained, but there are {len(seeds)}.")
    runs = [steps(spec, values, task, seed=seed, **setting) for seed in seeds]
    return _told(dict(enumerate(runs)), np.full((len(seeds), *task.test.y_true.shape), np.nan))


def _told(going: dict[int, Iterator[Any]], prediction: NDArray[np.float64]) -> Iterator[Replicas | None]:
    loss = np.full(len(going), np.nan)
    while True:
        epoch = 0
        for place, copy in list(going.items()):
            try:
                while (snapshot := next(copy)) is None:
                    yield None
                epoch, loss[place], prediction[place] = snapshot.epoch, snapshot.loss, snapshot.prediction
            except StopIteration:
                return
            except TrainingError:
                loss[place], prediction[place] = np.nan, np.nan
                del going[place]
                if not going:
                    raise
        yield Replicas(epoch, loss.copy(), prediction.copy())
