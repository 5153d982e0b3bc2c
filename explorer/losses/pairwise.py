"""Pairwise distance by user: points of the same user attract each other, those of different users repel.

``s`` is 1 for two points of the same user and -1 for others, ``d`` their Euclidean distance.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import ops
from explorer.losses.board import BOARD
from explorer.losses.distance import others, root, sum_over_points
from explorer.parameters import Number
from explorer.spec import LossSpec, Preset, Source

FAMILY = "Pairwise distance by user"
ARTICLE = Source(author="Stack Overflow", year=2018, title="Implementing custom loss function in keras with condition")

EPSILON = Number(
    name="epsilon",
    label="ε · under the root",
    default=1e-7,
    low=1e-14,
    high=1.0,
    slider=(1e-10, 1e-1),
    log=True,
    symbol=r"\varepsilon",
    help="Keeps the gradient finite where two points are equal; the larger, the rounder the tip.",
)
MARGIN = Number(
    name="margin",
    label="m · margin",
    default=1.0,
    low=0.0,
    high=100.0,
    slider=(0.0, 3.0),
    symbol="m",
    help="How far apart points of different users have to be; beyond it they leave each other alone.",
)


def pairwise_numpy(y_true: Any, y_pred: Any) -> Any:
    """Return half of the signed distances to all other points: the rows add up to the sum over all pairs.

    Shapes: ids ``y_true`` (…, point), encodings ``y_pred`` (…, point, dim), result (…, point); at equal points, where
    the distance has no slope, it is taken as 0. Source: Stack Overflow, 2018, the question's NumPy loop.
    """

    def pair(sign: Any, squared: Any) -> tuple[Any, Any]:
        distance, slope = root(squared)
        return sign * distance / 2, sign * slope / 2

    return sum_over_points(pair, y_true, y_pred)


def pairwise_published(y_true: Any, y_pred: Any, *, epsilon: Any) -> Any:
    """Return half of the signed, rounded distances to all points, the point itself included.

    Shapes: ids ``y_true`` (…, point), encodings ``y_pred`` (…, point, dim), result (…, point).
    Source: Stack Overflow, 2018, the answer's Keras code.
    """

    def pair(sign: Any, squared: Any) -> tuple[Any, Any]:
        distance = ops.sqrt(squared + epsilon)
        return sign * distance / 2, sign / (4 * distance)

    return sum_over_points(pair, y_true, y_pred, itself=True)


def pairwise_mean(y_true: Any, y_pred: Any, *, epsilon: Any) -> Any:
    """Return the mean of the signed, rounded distances to all other points.

    Shapes: ids ``y_true`` (…, point), encodings ``y_pred`` (…, point, dim), result (…, point).
    Source: after Stack Overflow, 2018, with a mean in place of the sum.
    """

    def pair(sign: Any, squared: Any) -> tuple[Any, Any]:
        distance = ops.sqrt(squared + epsilon)
        return sign * distance, sign / (2 * distance)

    return sum_over_points(pair, y_true, y_pred) / others(y_true, y_pred.dtype)


def contrastive(y_true: Any, y_pred: Any, *, margin: Any) -> Any:
    """Return the mean over all other points: the squared distance, or of another user the squared lack of margin.

    Shapes: ids ``y_true`` (…, point), encodings ``y_pred`` (…, point, dim), result (…, point); at equal points of
    different users the slope is taken as 0. Source: Hadsell, Chopra and LeCun, 2006.
    """

    def pair(sign: Any, squared: Any) -> tuple[Any, Any]:
        distance, slope = root(squared)
        same, lack = ops.maximum(sign, 0), ops.maximum(-sign, 0) * ops.maximum(margin - distance, 0)
        return same * squared + ops.square(lack), same - 2 * lack * slope

    return sum_over_points(pair, y_true, y_pred) / others(y_true, y_pred.dtype)


def _double_loop(
    y_true: Any, y_pred: Any, term: Callable[[bool, float], float], *, itself: bool = False, mean: bool = False
) -> NDArray[np.float64]:
    """Return for each point the sum or mean of ``term(same, d)`` over the points, one pair at a time."""
    ids, encodings = np.asarray(y_true), np.asarray(y_pred, np.float64)
    result = np.zeros(ids.shape)
    for where in np.ndindex(*ids.shape[:-1]):
        known = [i for i, own in enumerate(ids[where]) if own == own]
        for i in known:
            terms = [
                term(
                    bool(ids[where][i] == ids[where][j]),
                    float(np.linalg.norm(encodings[where][i] - encodings[where][j])),
                )
                for j in known
                if itself or i != j
            ]
            result[(*where, i)] = sum(terms) / (max(len(terms), 1) if mean else 1)
    return result


def pairwise_numpy_reference(y_true: Any, y_pred: Any) -> NDArray[np.float64]:
    """Return the same as `pairwise_numpy`, one pair at a time."""
    return _double_loop(y_true, y_pred, lambda same, d: (d if same else -d) / 2)


def pairwise_published_reference(y_true: Any, y_pred: Any, *, epsilon: float) -> NDArray[np.float64]:
    """Return the same as `pairwise_published`, one pair at a time."""
    return _double_loop(y_true, y_pred, lambda same, d: (1 if same else -1) * np.sqrt(d**2 + epsilon) / 2, itself=True)


def pairwise_mean_reference(y_true: Any, y_pred: Any, *, epsilon: float) -> NDArray[np.float64]:
    """Return the same as `pairwise_mean`, one pair at a time."""
    return _double_loop(y_true, y_pred, lambda same, d: (1 if same else -1) * np.sqrt(d**2 + epsilon), mean=True)


def contrastive_reference(y_true: Any, y_pred: Any, *, margin: float) -> NDArray[np.float64]:
    """Return the same as `contrastive`, one pair at a time."""
    return _double_loop(y_true, y_pred, lambda same, d: d**2 if same else max(0.0, margin - d) ** 2, mean=True)


def _presets(few: str, many: str) -> tuple[Preset, ...]:
    """Return a small and a large batch, each with what it shows in one form."""
    return (
        Preset(title="4 points", story=few, scene={"users": 2, "each": 2}),
        Preset(title="32 points", story=many, scene={"users": 4, "each": 8}),
    )


NUMPY = LossSpec(
    key="pairwise-numpy",
    family=FAMILY,
    form="NumPy loop",
    title="Pairwise distance, the NumPy loop",
    story="Signed distances over all pairs: it has no lowest value, so users fly apart for ever.",
    formula=r"\tfrac12\sum_{j\neq i}s_{ij}\,\lVert E_i-E_j\rVert",
    function=pairwise_numpy,
    reference=pairwise_numpy_reference,
    shapes="points",
    planes=(BOARD,),
    smooth=False,
    source=ARTICLE,
    presets=_presets(
        "One friend attracts and two strangers repel: far away is always cheaper.",
        "Seven friends against 24 strangers: the push outward wins everywhere.",
    ),
)

PUBLISHED = LossSpec(
    key="pairwise-published",
    family=FAMILY,
    form="published",
    title="Pairwise distance, as published",
    story="Rounds each distance off at 0 and counts each point with itself; it grows with the batch and has no floor.",
    formula=r"\tfrac12\sum_j s_{ij}\sqrt{\lVert E_i-E_j\rVert^2+<epsilon>}",
    parameters=(EPSILON,),
    function=pairwise_published,
    reference=pairwise_published_reference,
    shapes="points",
    planes=(BOARD,),
    smooth=True,
    source=ARTICLE,
    presets=_presets(
        "The sum over 4 points is small, and so is its slope.",
        "The same picture with 32 points is many times as steep: the learning rate depends on the batch.",
    ),
)

MEAN = LossSpec(
    key="pairwise-mean",
    family=FAMILY,
    form="mean",
    title="Pairwise distance, mean over the others",
    story="Divides by the number of other points, so a row keeps its size when the batch grows; still without a floor.",
    formula=r"\overline{s_{ij}\sqrt{\lVert E_i-E_j\rVert^2+<epsilon>}}",
    parameters=(EPSILON,),
    function=pairwise_mean,
    reference=pairwise_mean_reference,
    shapes="points",
    planes=(BOARD,),
    smooth=True,
    source=ARTICLE,
    presets=_presets(
        "Each point feels the mean of three others.",
        "Each point feels the mean of 31 others, and the slope stays about as long.",
    ),
)

CONTRASTIVE = LossSpec(
    key="contrastive",
    family=FAMILY,
    form="contrastive",
    title="Contrastive loss",
    story="Pulls friends together and pushes strangers away up to a margin only, so it has a floor and comes to rest.",
    formula=r"\overline{d_{ij}^2\ \text{or}\ \max(0,<margin>-d_{ij})^2}",
    parameters=(MARGIN,),
    function=contrastive,
    reference=contrastive_reference,
    shapes="points",
    planes=(BOARD,),
    smooth=False,
    source=Source(
        author="Hadsell, Chopra and LeCun", year=2006, title="Dimensionality reduction by learning an invariant mapping"
    ),
    presets=_presets(
        "The lowest place lies near the friend, pushed off a little by strangers nearby.",
        "The lowest place lies among the friends; a stranger is felt within the margin only.",
    ),
)
