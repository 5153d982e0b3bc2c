"""Categorical cross entropy, and the planes that all losses of three classes are drawn over."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule, ops
from explorer.parameters import Choice
from explorer.spec import Axis, LossSpec, Placed, Plane, Source

losses: Any = LazyModule("keras.losses")

CLASSES = 3
HEIGHT = sqrt(3) / 2
CORNERS = ((0.5, HEIGHT), (0.0, 0.0), (1.0, 0.0))
ROUNDING = 1e-9
TICKS = 2.0**42
TRUE_CLASS = Choice(
    name="true_class",
    label="i · true class",
    options=("0", "1", "2"),
    default="0",
    help="The class that the sample really belongs to.",
)


def cce(y_true: Any, y_pred: Any, *, from_logits: bool = False) -> Any:
    """Return the categorical cross entropy of each sample.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), result (sample,). Probabilities are divided by their sum
    and clipped to [1e-7, 1 - 1e-7]; logits are not clipped. Source: Good, 1952.
    """
    return losses.categorical_crossentropy(y_true, y_pred, from_logits=from_logits)


def cce_reference(y_true: Any, y_pred: Any, *, from_logits: bool = False) -> NDArray[np.float64]:
    """Return the same, one sample and one class at a time."""
    result = []
    for true, pred in zip(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), strict=True):
        if from_logits:
            top = max(pred)
            log_total = np.log(sum(np.exp(z - top) for z in pred))
            logs = [z - top - log_total for z in pred]
        else:
            logs = [np.log(min(max(p / sum(pred), 1e-7), 1 - 1e-7)) for p in pred]
        result.append(-sum(y * log for y, log in zip(true, logs, strict=True)))
    return np.array(result)


def three_probabilities(x: Any, y: Any, *, true_class: Any) -> Placed:
    """Predict the probabilities at a point of the triangle: class 0 at the top, 1 on the left, 2 on the right."""
    top = y / HEIGHT
    right = x - top / 2
    y_pred = _ticked(ops.stack([top, 1 - top - right, right], axis=-1))
    return Placed(_one_hot(true_class, y_pred), y_pred)


def three_logits(x: Any, y: Any, *, true_class: Any) -> Placed:
    """Predict the logits ``x`` and ``y`` for the first two classes, 0 for the third."""
    y_pred = ops.stack([x, y, ops.zeros_like(x)], axis=-1)
    return Placed(_one_hot(true_class, y_pred), y_pred)


def _ticked(p: Any) -> Any:
    """Return probabilities on a fine lattice; the slope is that of the identity.

    Two classes tie at a node on their border only if both are rounded alike, and a compiler that computes them twice
    in two ways may find no largest one.
    """
    return ops.custom_gradient(lambda p: (ops.round(p * TICKS) / TICKS, lambda upstream: upstream))(p)


def _one_hot(true_class: Any, y_pred: Any) -> Any:
    return ops.broadcast_to(ops.one_hot(true_class, CLASSES, dtype=y_pred.dtype), ops.shape(y_pred))


def in_triangle(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points have no negative probability; an edge is inside in spite of rounding."""
    top = y / HEIGHT
    right = x - top / 2
    return (top >= -ROUNDING) & (right >= -ROUNDING) & (1 - top - right >= -ROUNDING)


def true_corner(*, true_class: int) -> tuple[float, float]:
    """Return the corner where the true class has probability 1."""
    return CORNERS[true_class]


TRIANGLE = Plane(
    key="triangle",
    title="Probabilities of three classes",
    x=Axis(label="class 1 ← → class 2", low=0.0, high=1.0),
    y=Axis(label="→ class 0", low=0.0, high=HEIGHT),
    place=three_probabilities,
    target=true_corner,
    scene=(TRUE_CLASS,),
    inside=in_triangle,
)
LOGITS = Plane(
    key="logits",
    title="Logits of two classes, the third at 0",
    x=Axis(label="z₁", low=-4.0, high=4.0),
    y=Axis(label="z₂", low=-4.0, high=4.0),
    place=three_logits,
    scene=(TRUE_CLASS,),
    from_logits=True,
)

CCE = LossSpec(
    key="cce",
    family="Cross entropy",
    form="plain",
    title="Categorical cross entropy",
    story="Only the probability of the true class counts; which wrong class gets the rest makes no difference.",
    formula=r"-\sum_j y_j\log p_j",
    function=cce,
    reference=cce_reference,
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=Source(author="Good", year=1952, title="Rational decisions"),
    task="blobs",
)
