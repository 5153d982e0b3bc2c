"""Samples of a few classes, and a small network that tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.lazy import LazyModule
from explorer.parameters import Number
from explorer.tasks.intake import FEWEST_OF_CLASS, ClassificationError, checked, checked_tables
from explorer.tasks.scale import scale
from explorer.tasks.task import Batch, Scores, Task

keras: Any = LazyModule("keras")

Rows: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
Nodes: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]

HIDDEN = Number(
    name="hidden",
    label="Hidden units",
    default=16,
    low=1,
    high=512,
    slider=(4, 64),
    step=4,
    whole=True,
    help="Width of the hidden layer.",
)
MOST, MOST_TEST = 20_000, 2_000
VALIDATION, TEST = 0.2, 0.3
LATTICE = 41
MARGIN = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class Classification(Task):
    """A classification task, with what a picture of it needs.

    The test part holds the held-out samples, and behind them the nodes of a lattice, so that one prediction tells
    both; a node has no class, its row of ``y_true`` is zeros and counts in no score.

    Attributes
    ----------
    rows : tuple of ndarray of int
        Rows of the given data in the training, validation and test part.
    given : int
        How many rows there were.
    mean, std : ndarray of float64, shape (feature,)
        Of the training part: what normalisation subtracts and divides by; ``std`` is 1 where a feature is constant.
    truth : ndarray of int, shape (test,)
        True classes of the held-out samples.
    axes : tuple of int
        The two features that the decision regions are drawn over.
    nodes : tuple of ndarray of float64, shapes (nx,) and (ny,)
        The lattice, in the units of the data; empty where there is only one feature.
    """

    rows: Rows
    given: int
    mean: NDArray[np.float64]
    std: NDArray[np.float64]
    truth: NDArray[np.intp]
    axes: tuple[int, int]
    nodes: Nodes

    @property
    def left_out(self) -> int:
        """How many of the given rows are in no part, because there were too many."""
        return self.given - sum(map(len, self.rows))

    def held_out(self, prediction: NDArray[Any]) -> NDArray[Any]:
        """Return what a prediction (…, sample, class) says of the held-out samples: (…, test, class)."""
        return prediction[..., : len(self.truth), :]

    def regions(self, prediction: NDArray[Any]) -> NDArray[np.intp]:
        """Return the class that a prediction (…, sample, class) gives to each node of the lattice: (…, ny, nx)."""
        winner: NDArray[np.intp] = prediction[..., len(self.truth) :, :].argmax(axis=-1)
        return winner.reshape(*winner.shape[:-1], len(self.nodes[1]), len(self.nodes[0]))


def classification(
    x: ArrayLike,
    label: ArrayLike,
    classes: int,
    *,
    weights: ArrayLike | None = None,
    hidden: int = 16,
    axes: tuple[int, int] = (0, 1),
    seed: int = 0,
    names: Sequence[str] | None = None,
) -> Classification:
    """Return the task to tell classes apart.

    Each class is split by chance: 50 % train, 20 % validation, 30 % test. The normalisation knows the training part
    only. Of more than 20,000 rows, and of more than 2,000 test samples, a part is drawn with the same share of each
    class.

    Parameters
    ----------
    x : array_like of shape (n, feature)
        The features, any units.
    label : array_like of int, shape (n,)
        The class of each sample, from 0 to ``classes - 1``.
    classes : int
        How many there are, 2 to 10.
    weights : array_like of shape (n, classes, classes), optional
        A table for each sample; it travels with its sample as context ``weights``.
    hidden : int
        Width of the hidden layer, 1 to 512.
    axes : tuple of int
        The two features that decision regions are drawn over; the others stay at their mean there.
    seed : int
        Of the split; the model's seed is the run's.
    names : sequence of str, optional
        Names of the classes, for messages.

    Returns
    -------
    Classification
        ``x`` (sample, feature), normalised, ``y_true`` one-hot (sample, class); the model says logits, predictions
        are probabilities.

    Raises
    ------
    ClassificationError
        If the samples are too few, not finite or of one class, a class is too rare to be in all parts, or shapes do
        not fit. One plain sentence.
    ParameterError
        If ``hidden`` is out of its limits.
    """
    hidden = int(HIDDEN.clean(hidden))
    point, number = checked(x, label, classes, names)
    tables = checked_tables(weights, len(point), classes)
    axes = _axes(axes, point.shape[1])
    rows = _split(number, classes, np.random.default_rng(seed))
    mean, std = scale(point[rows[0]])
    nodes = _nodes(point[np.concatenate(rows)], axes)
    normal = partial(_normalised, mean=mean, std=std)
    train, validation, test = (
        Batch(normal(point[part]), np.eye(classes, dtype="float32")[number[part]], _context(tables, part))
        for part in rows
    )
    return Classification(
        key="classification",
        architecture=f"classification-{len(mean)}-{hidden}-{classes}",
        train=train,
        validation=validation,
        test=_followed(test, normal(_lattice(nodes, axes, mean))),
        build=partial(_build, len(mean), hidden, classes),
        scores=_scores,
        restore=probabilities,
        from_logits=True,
        rows=rows,
        given=len(point),
        mean=mean,
        std=std,
        truth=number[rows[2]],
        axes=axes,
        nodes=nodes,
    )


def _axes(axes: tuple[int, int], features: int) -> tuple[int, int]:
    if features == 1:
        return 0, 0
    first, second = axes
    if first == second or not {first, second} <= set(range(features)):
        raise ClassificationError(
            f"Decision regions need two different features from 0 to {features - 1}, but got {first} and {second}."
        )
    return int(first), int(second)


def _split(number: NDArray[np.intp], classes: int, random: np.random.Generator) -> Rows:
    """Return the rows of each part, in the order of the data; each class is in each part."""
    parts: tuple[list[NDArray[np.intp]], ...] = ([], [], [])
    count = len(number)
    kept = 1.0 if count <= MOST else (MOST - FEWEST_OF_CLASS * classes) / count
    tested = min(1.0, (MOST_TEST - classes) / (TEST * kept * count))
    for c in range(classes):
        of_class = random.permutation(np.flatnonzero(number == c))
        size = max(FEWEST_OF_CLASS, int(kept * len(of_class)))
        validation, test = max(1, int(VALIDATION * size)), max(1, int(TEST * size))
        train = size - validation - test
        ends = np.cumsum([train, validation, max(1, int(tested * test))])
        for part, rows in zip(parts, np.split(of_class[: ends[-1]], ends[:-1]), strict=True):
            part.append(rows)
    train_rows, validation_rows, test_rows = (np.sort(np.concatenate(part)) for part in parts)
    return train_rows, validation_rows, test_rows


def _normalised(point: NDArray[np.float64], mean: NDArray[np.float64], std: NDArray[np.float64]) -> NDArray[np.float32]:
    with np.errstate(all="ignore"):
        normal = ((point - mean) / std).astype(np.float32)
    bad = ~np.isfinite(normal).all(axis=0) | ~np.isfinite(std)
    if bad.any():
        raise ClassificationError(f"Feature {bad.argmax() + 1} has values too wide apart to be normalised: rescale it.")
    return normal


def _nodes(point: NDArray[np.float64], axes: tuple[int, int]) -> Nodes:
    """Return the lattice: the range of the data and a margin."""
    if point.shape[1] == 1:
        return np.zeros(0), np.zeros(0)
    x, y = (_range(point[:, axis]) for axis in axes)
    return x, y


def _range(value: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = value.min(), value.max()
    with np.errstate(over="ignore", invalid="ignore"):
        margin = MARGIN * (high - low) or max(1.0, MARGIN * abs(high))
        return np.linspace(low - margin, high + margin, LATTICE)


def _lattice(nodes: Nodes, axes: tuple[int, int], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the nodes as samples, row by row of the lattice; features that are no axis are at their mean."""
    x, y = np.meshgrid(*nodes)
    samples = np.tile(mean, (x.size, 1))
    if x.size:
        samples[:, axes[0]], samples[:, axes[1]] = x.ravel(), y.ravel()
    return samples


def _context(tables: NDArray[np.float32] | None, rows: NDArray[np.intp]) -> dict[str, NDArray[np.float32]]:
    return {} if tables is None else {"weights": tables[rows]}


def _followed(batch: Batch, lattice: NDArray[np.float32]) -> Batch:
    """Return samples with the nodes behind them; a node has no class and a table of ones."""
    nodes, classes = len(lattice), batch.y_true.shape[1]
    return Batch(
        np.concatenate([batch.x, lattice]),
        np.concatenate([batch.y_true, np.zeros((nodes, classes), np.float32)]),
        {
            name: np.concatenate([own, np.ones((nodes, *own.shape[1:]), own.dtype)])
            for name, own in batch.context.items()
        },
    )


def _build(features: int, hidden: int, classes: int, seed: int) -> Any:
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((features,), name="features"),
            keras.layers.Dense(hidden, "relu", kernel_initializer=glorot(seed), name="hidden"),
            keras.layers.Dense(classes, kernel_initializer=glorot(seed + 1), name="logits"),
        ],
        name="classification",
    )


def probabilities(y_pred: NDArray[Any]) -> NDArray[np.float32]:
    """Return logits (…, class) as probabilities: what such a task restores."""
    logits = np.float32(y_pred)
    scores = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: NDArray[np.float32] = scores / scores.sum(axis=-1, keepdims=True)
    return result


def _scores(part: Batch, prediction: NDArray[Any]) -> Scores:
    """Return the share of right classes among the samples that have one."""
    known = part.y_true.any(axis=-1)
    right = prediction[known].argmax(axis=-1) == part.y_true[known].argmax(axis=-1)
    return {"accuracy": float(right.mean())}
