"""Categorical cross entropy and its kin, and the planes that all losses of three classes are drawn over."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule, ops
from explorer.parameters import Choice, Number
from explorer.spec import Axis, LossSpec, Placed, Plane, Source

losses: Any = LazyModule("keras.losses")

FAMILY = "Cross entropy"
CLASSES = 3
CLIP = 1e-7
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
SMOOTHING = Number(
    name="smoothing",
    label="a · smoothing",
    default=0.1,
    low=0.0,
    high=1.0,
    slider=(0.0, 0.5),
    step=0.02,
    symbol="a",
    help="Part of the label that is spread evenly over all classes.",
)
GAMMA = Number(
    name="gamma",
    label="γ · focus",
    default=2.0,
    low=0.0,
    high=20.0,
    slider=(0.0, 5.0),
    symbol=r"\gamma",
    help="How fast a sample that is nearly right stops counting; at 0 it is plain cross entropy times α.",
)
ALPHA = Number(
    name="alpha",
    label="α · weight",
    default=0.25,
    low=0.0,
    high=10.0,
    slider=(0.0, 1.0),
    step=0.05,
    symbol=r"\alpha",
    help="Factor on the whole loss.",
)
Q = Number(
    name="q",
    label="q · robustness",
    default=0.7,
    low=1e-3,
    high=1.0,
    slider=(0.05, 1.0),
    step=0.05,
    symbol="q",
    help="Towards 0 it is cross entropy; at 1 it is what the true class lacks, which bears wrong labels best.",
)


def cce(y_true: Any, y_pred: Any, *, from_logits: bool = False) -> Any:
    """Return the categorical cross entropy of each sample.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), result (sample,). Probabilities are divided by their sum
    and clipped to [1e-7, 1 - 1e-7]; logits are not clipped. Source: Good, 1952.
    """
    return losses.categorical_crossentropy(y_true, y_pred, from_logits=from_logits)


def label_smoothing(y_true: Any, y_pred: Any, *, smoothing: Any, from_logits: bool = False) -> Any:
    """Return the cross entropy against labels of which a part is spread evenly over all classes.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), result (sample,). Source: Szegedy et al., 2016.
    """
    spread = y_true * (1 - smoothing) + smoothing / y_pred.shape[-1]
    return losses.categorical_crossentropy(spread, y_pred, from_logits=from_logits)


def log_probabilities(y_pred: Any, from_logits: bool) -> Any:
    """Return the logarithms of the class probabilities, (sample, class): of logits exact, of probabilities clipped."""
    if from_logits:
        return ops.log_softmax(y_pred)
    return ops.log(ops.clip(y_pred / ops.sum(y_pred, axis=-1, keepdims=True), CLIP, 1 - CLIP))


def focal(y_true: Any, y_pred: Any, *, gamma: Any, alpha: Any, from_logits: bool = False) -> Any:
    """Return the cross entropy, less the more probable the true class already is.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), result (sample,); as in Keras, but logits are not
    clipped. Source: Lin et al., 2017.
    """
    log_p = log_probabilities(y_pred, from_logits)
    lack = ops.maximum(-ops.expm1(log_p), CLIP)
    return -ops.sum(y_true * alpha * ops.power(lack, gamma) * log_p, axis=-1)


def generalised_ce(y_true: Any, y_pred: Any, *, q: Any, from_logits: bool = False) -> Any:
    """Return (1 - p^q) / q for the probability p of the true class.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), result (sample,). Source: Zhang and Sabuncu, 2018.
    """
    return -ops.sum(y_true * ops.expm1(q * log_probabilities(y_pred, from_logits)), axis=-1) / q


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


def label_smoothing_reference(
    y_true: Any, y_pred: Any, *, smoothing: float, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same as `label_smoothing`, from the cross entropy against each class."""
    y_true = np.asarray(y_true, np.float64)
    k = y_true.shape[1]
    every = [cce_reference(np.tile(one, (len(y_true), 1)), y_pred, from_logits=from_logits) for one in np.eye(k)]
    own = cce_reference(y_true, y_pred, from_logits=from_logits)
    return np.asarray((1 - smoothing) * own + smoothing * sum(every) / k)


def focal_reference(
    y_true: Any, y_pred: Any, *, gamma: float, alpha: float, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same as `focal`, from the cross entropy of the true class."""
    entropies = cce_reference(y_true, y_pred, from_logits=from_logits)
    return np.array([alpha * max(1 - np.exp(-entropy), CLIP) ** gamma * entropy for entropy in entropies])


def generalised_ce_reference(y_true: Any, y_pred: Any, *, q: float, from_logits: bool = False) -> NDArray[np.float64]:
    """Return the same as `generalised_ce`, from the cross entropy of the true class."""
    entropies = cce_reference(y_true, y_pred, from_logits=from_logits)
    return np.array([(1 - np.exp(-entropy) ** q) / q for entropy in entropies])


def three_probabilities(x: Any, y: Any, *, true_class: Any) -> Placed:
    """Predict the probabilities at a point of the triangle: class 0 at the top, 1 on the left, 2 on the right."""
    top = y / HEIGHT
    right = x - top / 2
    y_pred = ticked(ops.stack([top, 1 - top - right, right], axis=-1))
    return Placed(_one_hot(true_class, y_pred), y_pred)


def three_logits(x: Any, y: Any, *, true_class: Any) -> Placed:
    """Predict the logits ``x`` and ``y`` for the first two classes, 0 for the third."""
    y_pred = ops.stack([x, y, ops.zeros_like(x)], axis=-1)
    return Placed(_one_hot(true_class, y_pred), y_pred)


def ticked(p: Any) -> Any:
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
    family=FAMILY,
    form="plain",
    title="Categorical cross entropy",
    story="Only the probability of the true class counts; which wrong class gets the rest makes no difference.",
    formula=r"-\sum_j y_j\log p_j",
    function=cce,
    reference=cce_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=Source(author="Good", year=1952, title="Rational decisions"),
    task="blobs",
)

LABEL_SMOOTHING = LossSpec(
    key="label-smoothing",
    family=FAMILY,
    form="smoothed labels",
    title="Cross entropy with smoothed labels",
    story="Never wants to be quite sure: the lowest loss lies short of the corner, so no net grows overconfident.",
    formula=r"-\sum_j\big((1-<smoothing>)\,y_j+<smoothing>/k\big)\log p_j",
    parameters=(SMOOTHING,),
    function=label_smoothing,
    reference=label_smoothing_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=Source(
        author="Szegedy et al.", year=2016, title="Rethinking the Inception architecture for computer vision"
    ),
    task="blobs",
)

FOCAL = LossSpec(
    key="focal",
    family=FAMILY,
    form="focal",
    title="Focal loss",
    story="Turns down what is already nearly right, so that many easy samples do not drown a few hard ones.",
    formula=r"-\sum_j y_j\,<alpha>\,(1-p_j)^{<gamma>}\log p_j",
    parameters=(GAMMA, ALPHA),
    function=focal,
    reference=focal_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=Source(author="Lin et al.", year=2017, title="Focal loss for dense object detection"),
    task="blobs",
)

GENERALISED_CE = LossSpec(
    key="generalised-ce",
    family=FAMILY,
    form="generalised",
    title="Generalised cross entropy",
    story="Has a ceiling of 1/q, so that samples with a wrong label cannot shout down the others.",
    formula=r"\frac{1-p_i^{<q>}}{<q>}",
    parameters=(Q,),
    function=generalised_ce,
    reference=generalised_ce_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=Source(
        author="Zhang and Sabuncu",
        year=2018,
        title="Generalized cross entropy loss for training deep neural networks with noisy labels",
    ),
    task="blobs",
)
