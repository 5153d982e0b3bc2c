"""Several losses, many seeds each, trained in turn: where each loss lands, and how far chance moves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.spec import LossSpec
from explorer.tasks.classification import Classification
from explorer.training.mistake import mistakes
from explorer.training.replica import steps
from explorer.training.turn import in_turn


@dataclass(frozen=True, eq=False)
class Cloud:
    """All copies of one loss at the end of an epoch.

    Attributes
    ----------
    which : int
        Position of the loss.
    epoch : int
        Number of the epoch; 0 where the loss ended before its time.
    matrix : ndarray of int, shape (seed, class, class)
        Confusion matrix of each copy on the test part.
    accuracy, cost : ndarray of shape (seed,)
        Share of right answers and mean weight of an answer; NaN for a copy that broke down.
    sentence : str
        Why the loss ended before its time, empty otherwise.
    """

    which: int
    epoch: int
    matrix: NDArray[np.int64]
    accuracy: NDArray[np.float64]
    cost: NDArray[np.float64]
    sentence: str = ""


def clouds(
    losses: Sequence[tuple[LossSpec, Mapping[str, Any]]], task: Classification, weights: ArrayLike, **setting: Any
) -> Iterator[Cloud | None]:
    """Yield where each loss stands, now and then, the losses in turn; None where a caller may do something else.

    Parameters
    ----------
    losses : sequence of (LossSpec, mapping)
        What is compared, with parameter values.
    task : Classification
        What all of them are trained on.
    weights : array_like of shape (class, class) or (sample, class, class)
        What a mistake costs, as for `explorer.training.mistake.mistakes`.
    **setting
        As for `explorer.training.replica.replicas`, the same for all.

    Raises
    ------
    ValueError
        If a value or a setting is refused.
    """
    for turn in in_turn([steps(spec, values, task, **setting) for spec, values in losses]):
        if turn is None:
            yield None
        elif isinstance(turn[1], str):
            yield Cloud(turn[0], 0, np.zeros((0, 0, 0), np.int64), np.zeros(0), np.zeros(0), turn[1])
        else:
            which, told = turn[0], turn[1]
            yield _cloud(which, told.epoch, task, told.prediction, weights)


def _cloud(which: int, epoch: int, task: Classification, prediction: NDArray[Any], weights: ArrayLike) -> Cloud:
    sound = np.isfinite(prediction).reshape(len(prediction), -1).all(axis=1)
    found = [mistakes(task, one, weights) for one in prediction]
    scores = np.array([(one.accuracy, one.cost) for one in found])
    scores[~sound] = np.nan
    return Cloud(which, epoch, np.stack([one.matrix for one in found]), scores[:, 0], scores[:, 1])
