"""What a classifier mistakes for what, and what that costs under a table of weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def counts(truth: ArrayLike, predicted: ArrayLike, classes: int) -> NDArray[np.int64]:
    """Return how many samples of each true class (row) were taken for each class (column).

    Parameters
    ----------
    truth, predicted : array_like of int, shape (sample,)
        Classes, counted from 0.
    classes : int
        How many classes there are.

    Returns
    -------
    ndarray of shape (classes, classes)

    Raises
    ------
    ValueError
        If the two differ in length, or a class lies outside.
    """
    if np.ndim(truth) != 1 or np.shape(truth) != np.shape(predicted):
        raise ValueError(f"truth {np.shape(truth)} and predicted {np.shape(predicted)} must be rows of one length.")
    pairs = np.array([truth, predicted], np.int64)
    if pairs.size and (pairs.min() < 0 or pairs.max() >= classes):
        raise ValueError(f"Classes must lie between 0 and {classes - 1}, but reach {pairs.min()} and {pairs.max()}.")
    return np.bincount(pairs[0] * classes + pairs[1], minlength=classes * classes).reshape(classes, classes)


def accuracy(matrix: ArrayLike) -> float:
    """Return the share of right answers in a confusion matrix; NaN where it is empty."""
    matrix = np.asarray(matrix)
    return float(np.trace(matrix) / matrix.sum()) if matrix.sum() else float("nan")


def recall(matrix: ArrayLike) -> NDArray[np.float64]:
    """Return of each true class the share that was recognised, ``(class,)``; NaN for a class without samples."""
    matrix = np.asarray(matrix, np.float64)
    total = matrix.sum(axis=1)
    shares: NDArray[np.float64] = np.full(len(matrix), np.nan)
    np.divide(np.diag(matrix), total, out=shares, where=total > 0)
    return shares


def mean_cost(matrix: ArrayLike, weights: ArrayLike) -> float:
    """Return the mean weight of an answer under a table (class, class); being right costs nothing.

    Source: Elkan, 2001.
    """
    matrix, weights = np.asarray(matrix, np.float64), np.array(weights, np.float64)
    np.fill_diagonal(weights, 0.0)
    return float((matrix * weights).sum() / matrix.sum()) if matrix.sum() else float("nan")


def mean_own_cost(truth: ArrayLike, predicted: ArrayLike, weights: ArrayLike) -> float:
    """Return the mean weight of an answer where each sample has a table of its own, ``(sample, class, class)``."""
    truth, predicted = np.asarray(truth, np.int64), np.asarray(predicted, np.int64)
    own = np.asarray(weights, np.float64)[np.arange(len(truth)), truth, predicted]
    return float(np.where(truth == predicted, 0.0, own).mean()) if len(truth) else float("nan")
