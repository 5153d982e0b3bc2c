"""What a classifier gets wrong on the test part, and what that costs: what its pictures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.confusion import accuracy, counts, mean_cost, mean_own_cost, recall
from explorer.tasks.classification import Classification


@dataclass(frozen=True, eq=False)
class Mistakes:
    """A classifier on the test part at the end of an epoch.

    Attributes
    ----------
    matrix : ndarray of int, shape (class, class)
        How many of each true class (row) were taken for each class (column).
    accuracy, cost : float
        Share of right answers, and the mean weight of an answer; being right costs nothing.
    recall : ndarray of shape (class,)
        Share of each true class that was recognised.
    predicted : ndarray of int, shape (sample,)
        The class that is most probable.
    """

    matrix: NDArray[np.int64]
    accuracy: float
    cost: float
    recall: NDArray[np.float64]
    predicted: NDArray[np.intp]


def mistakes(task: Classification, prediction: NDArray[Any], weights: ArrayLike) -> Mistakes:
    """Return what a prediction for the test part gets wrong.

    Parameters
    ----------
    task : Classification
        The task.
    prediction : ndarray of shape (sample, class)
        As a `Snapshot` holds it.
    weights : array_like of shape (class, class) or (sample, class, class)
        What each mistake costs: one table, or one for each held-out sample.
    """
    predicted = task.held_out(prediction).argmax(axis=-1)
    classes = task.test.y_true.shape[1]
    matrix = counts(task.truth, predicted, classes)
    own = np.ndim(weights) == 3
    cost = mean_own_cost(task.truth, predicted, weights) if own else mean_cost(matrix, weights)
    return Mistakes(matrix, accuracy(matrix), cost, recall(matrix), predicted)
