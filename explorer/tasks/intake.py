"""Samples of classes, checked before a task is made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

MOST_CLASSES = 10
FEWEST, FEWEST_OF_CLASS = 10, 3
LARGEST_WEIGHT = 1000.0


class ClassificationError(ValueError):
    """Samples that no classifier can be trained on; the message is one plain sentence."""


def checked(
    x: ArrayLike, label: ArrayLike, classes: int, names: Sequence[str] | None
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return features (n, feature) and classes (n,) as arrays.

    Raises
    ------
    ClassificationError
        If they do not fit each other, are too few or not finite, or a class cannot be in all three parts.
    """
    if not 2 <= classes <= MOST_CLASSES:
        raise ClassificationError(f"There must be 2 to {MOST_CLASSES} classes, but there are {classes:,}.")
    try:
        point, given = np.array(x, np.float64), np.array(label, np.float64)
    except (TypeError, ValueError) as error:
        raise ClassificationError("Features and classes must be numbers, but hold something else.") from error
    if point.ndim != 2 or point.shape[1] < 1 or given.shape != point.shape[:1]:
        raise ClassificationError(
            f"Features must be a table and classes one number for each of its rows, but have shapes {point.shape} and "
            f"{given.shape}."
        )
    if len(point) < FEWEST:
        raise ClassificationError(f"There are {len(point)} samples, but at least {FEWEST} are needed: add some.")
    bad = np.argwhere(~np.isfinite(point))
    if bad.size:
        row, column = bad[0]
        raise ClassificationError(
            f"Features must be finite, but feature {column + 1} of sample {row + 1} is {point[row, column]}."
        )
    odd = np.flatnonzero(~np.isin(given, np.arange(classes)))
    if odd.size:
        raise ClassificationError(
            f"Classes must be whole numbers from 0 to {classes - 1}, but sample {odd[0] + 1} has {given[odd[0]]:g}."
        )
    number = given.astype(np.intp)
    _check_counts(np.bincount(number, minlength=classes), names)
    return point, number


def _check_counts(count: NDArray[np.intp], names: Sequence[str] | None) -> None:
    """Refuse classes that cannot be in all three parts."""
    called = [repr(name) for name in names] if names else [str(i) for i in range(len(count))]
    if (count > 0).sum() < 2:
        raise ClassificationError(
            f"All samples are of class {called[int(count.argmax())]}: a classifier needs at least two classes."
        )
    rare = int(count.argmin())
    if count[rare] < FEWEST_OF_CLASS:
        samples = f"{count[rare] or 'no'} sample" + ("" if count[rare] == 1 else "s")
        raise ClassificationError(
            f"Class {called[rare]} has {samples}, but needs {FEWEST_OF_CLASS} to be in the training, validation and "
            "test part: add some or leave the class out."
        )


def checked_tables(weights: ArrayLike | None, samples: int, classes: int) -> NDArray[np.float32] | None:
    """Return a table of weights for each sample, (n, class, class), or None where there are none.

    Raises
    ------
    ClassificationError
        If their shape does not fit, or a weight is not finite or out of its limits.
    """
    if weights is None:
        return None
    try:
        tables = np.array(weights, np.float64)
    except (TypeError, ValueError) as error:
        raise ClassificationError("The tables of weights must hold numbers, but hold something else.") from error
    if tables.shape != (samples, classes, classes):
        raise ClassificationError(
            f"The tables of weights must have shape {(samples, classes, classes)}, one table for each sample, but have "
            f"{tables.shape}."
        )
    bad = np.argwhere(~(np.abs(tables) <= LARGEST_WEIGHT))
    if bad.size:
        s, i, j = bad[0]
        raise ClassificationError(
            f"Weights must lie between {-LARGEST_WEIGHT:g} and {LARGEST_WEIGHT:g}, but W[{i}, {j}] of sample {s + 1} "
            f"is {tables[s, i, j]:g}."
        )
    return tables.astype(np.float32)
