"""Cross entropy with a table of weights: what it costs to take one class for another.

``W[i, j]`` is the weight where class i is true and class j is predicted, both counted from 0. A table (class, class)
serves all samples; a table (sample, class, class) belongs to its samples and has to travel with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import ops
from explorer.losses.crossentropy import LOGITS, TRIANGLE, cce_reference
from explorer.parameters import Number, Table, TableValue
from explorer.spec import LossSpec, Preset, Source, Split

FAMILY = "Misclassification-weighted cross entropy"
ARTICLE = Source(author="hughku", year=2018, title="Custom loss in Keras (from naive to example-wise weighted)")
COST_SENSITIVE = Source(author="Elkan", year=2001, title="The foundations of cost-sensitive learning")

WEIGHTS = Table(
    name="weights",
    label="Misclassification weights W",
    default=((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)),
    low=-1000.0,
    high=1000.0,
    symbol="W",
    help="Rows are the true class, columns the predicted one.",
)
BETA = Number(
    name="beta",
    label="β · expected cost",
    default=1.0,
    low=0.0,
    high=1000.0,
    slider=(0.0, 5.0),
    symbol=r"\beta",
    help="How much the expected cost of a mistake counts beside the cross entropy.",
)
PRESETS = (
    Preset(
        title="All ones",
        story="No mistake counts more than another.",
        values={"weights": ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))},
    ),
    Preset(
        title="As the text says",
        story="Missing class 0 counts double; taking another class for it counts 1.2 times.",
        values={"weights": ((1.0, 2.0, 2.0), (1.2, 1.0, 1.0), (1.2, 1.0, 1.0))},
    ),
    Preset(
        title="As the published code",
        story="Counted from 1 where Python counts from 0: other cells are hit, and a correct answer is doubled.",
        values={"weights": ((1.0, 1.0, 1.0), (1.0, 1.0, 2.0), (1.0, 1.2, 2.0))},
    ),
    Preset(
        title="One dear mistake",
        story="Taking class 0 for class 2 counts eight times as much as any other mistake.",
        values={"weights": ((1.0, 1.0, 8.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))},
    ),
)


def presets(classes: int) -> tuple[Preset, ...]:
    """Return the named tables for a number of classes: those of the article are for three."""
    if classes == len(WEIGHTS.default):
        return (*PRESETS, _preset_by_distance(classes))
    ones = [[1.0] * classes for _ in range(classes)]
    dear = [list(row) for row in ones]
    dear[0][-1] = 8.0
    return (
        replace(PRESETS[0], values={"weights": _frozen(ones)}),
        replace(
            PRESETS[-1],
            story=PRESETS[-1].story.replace("class 2", f"class {classes - 1}"),
            values={"weights": _frozen(dear)},
        ),
        _preset_by_distance(classes),
    )


def _preset_by_distance(classes: int) -> Preset:
    """Return the table for classes that have an order."""
    size = range(classes)
    return Preset(
        title="By distance",
        story="The classes have an order, and a mistake counts by how many places it is off.",
        values={"weights": _frozen([[float(max(1, abs(i - j))) for j in size] for i in size])},
    )


def _frozen(rows: list[list[float]]) -> TableValue:
    return tuple(tuple(row) for row in rows)


def true_row(y_true: Any, weights: Any) -> Any:
    """Return the row of the table that belongs to the true class of each sample, ``(sample, class)``."""
    weights = ops.convert_to_tensor(weights, y_true.dtype)
    return y_true @ weights if len(weights.shape) == 2 else ops.sum(y_true[:, :, None] * weights, axis=1)


def probabilities_and_ce(y_true: Any, y_pred: Any, from_logits: bool) -> tuple[Any, Any]:
    """Return the class probabilities, (sample, class), and the cross entropy, (sample,).

    Probabilities are scores divided by their sum; of logits one softmax serves both.
    """
    if from_logits:
        log_p = ops.log_softmax(y_pred)
        return ops.exp(log_p), -ops.sum(y_true * log_p, axis=-1)
    return y_pred / ops.sum(y_pred, axis=-1, keepdims=True), ops.categorical_crossentropy(y_true, y_pred)


def weighted_ce_published(y_true: Any, y_pred: Any, *, weights: Any, from_logits: bool = False) -> Any:
    """Return the cross entropy times the weight of every class that shares the highest score; ties add up.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), ``weights`` (class, class) or (sample, class, class),
    result (sample,). Source: hughku, 2018.
    """
    winners = ops.equal(y_pred, ops.max(y_pred, axis=-1, keepdims=True))
    weight = ops.sum(true_row(y_true, weights) * ops.cast(winners, y_pred.dtype), axis=-1)
    return weight * ops.categorical_crossentropy(y_true, y_pred, from_logits=from_logits)


def weighted_ce_argmax(y_true: Any, y_pred: Any, *, weights: Any, from_logits: bool = False) -> Any:
    """Return the cross entropy times the weight of the predicted class; of a tie, the first class.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), ``weights`` (class, class) or (sample, class, class),
    result (sample,). Source: after hughku, 2018, with one winner.
    """
    # Of whole numbers argmax costs less than of scores, where Keras first tells -0.0 from 0.0.
    winners = ops.cast(ops.equal(y_pred, ops.max(y_pred, axis=-1, keepdims=True)), "int32")
    winner = ops.one_hot(ops.argmax(winners, axis=-1), y_pred.shape[-1], dtype=y_pred.dtype)
    weight = ops.sum(true_row(y_true, weights) * winner, axis=-1)
    return weight * ops.categorical_crossentropy(y_true, y_pred, from_logits=from_logits)


def weighted_ce_soft(y_true: Any, y_pred: Any, *, weights: Any, from_logits: bool = False) -> Any:
    """Return the cross entropy times the weight that is to be expected under the predicted probabilities.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), ``weights`` (class, class) or (sample, class, class),
    result (sample,). Source: after hughku, 2018, with probabilities in place of a winner.
    """
    p, ce = probabilities_and_ce(y_true, y_pred, from_logits)
    return ops.sum(true_row(y_true, weights) * p, axis=-1) * ce


def expected_cost(y_true: Any, y_pred: Any, *, weights: Any, beta: Any, from_logits: bool = False) -> Any:
    """Return the cross entropy plus β times the expected weight of a mistake; the diagonal counts as 0.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), ``weights`` (class, class) or (sample, class, class),
    result (sample,). Source: after Elkan, 2001.
    """
    mistakes = weights * (1 - ops.eye(y_pred.shape[-1], dtype=y_pred.dtype))
    p, ce = probabilities_and_ce(y_true, y_pred, from_logits)
    return ce + beta * ops.sum(true_row(y_true, mistakes) * p, axis=-1)


def _samples(y_true: Any, y_pred: Any, weights: Any) -> Iterator[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
    """Yield of each sample its true class, its scores and its table."""
    weights = np.asarray(weights, np.float64)
    for sample, (true, pred) in enumerate(
        zip(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), strict=True)
    ):
        yield int(np.argmax(true)), pred, weights[sample] if weights.ndim == 3 else weights


def _shares(scores: NDArray[np.float64], from_logits: bool) -> list[float]:
    """Return the probabilities of one sample."""
    parts = [float(np.exp(z - max(scores))) for z in scores] if from_logits else [float(p) for p in scores]
    return [part / sum(parts) for part in parts]


def weighted_ce_published_reference(
    y_true: Any, y_pred: Any, *, weights: Any, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same as `weighted_ce_published`, one sample and one class at a time."""
    factors = []
    for i, scores, table in _samples(y_true, y_pred, weights):
        factors.append(sum(table[i, j] for j, score in enumerate(scores) if score == max(scores)))
    return np.array(factors) * cce_reference(y_true, y_pred, from_logits=from_logits)


def weighted_ce_argmax_reference(
    y_true: Any, y_pred: Any, *, weights: Any, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same as `weighted_ce_argmax`, one sample at a time."""
    factors = []
    for i, scores, table in _samples(y_true, y_pred, weights):
        factors.append(table[i, list(scores).index(max(scores))])
    return np.array(factors) * cce_reference(y_true, y_pred, from_logits=from_logits)


def weighted_ce_soft_reference(
    y_true: Any, y_pred: Any, *, weights: Any, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same as `weighted_ce_soft`, one sample and one class at a time."""
    factors = []
    for i, scores, table in _samples(y_true, y_pred, weights):
        factors.append(sum(table[i, j] * p for j, p in enumerate(_shares(scores, from_logits))))
    return np.array(factors) * cce_reference(y_true, y_pred, from_logits=from_logits)


def expected_cost_reference(
    y_true: Any, y_pred: Any, *, weights: Any, beta: float, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same as `expected_cost`, one sample and one class at a time."""
    costs = []
    for i, scores, table in _samples(y_true, y_pred, weights):
        costs.append(sum(table[i, j] * p for j, p in enumerate(_shares(scores, from_logits)) if j != i))
    return cce_reference(y_true, y_pred, from_logits=from_logits) + beta * np.array(costs)


PUBLISHED = LossSpec(
    key="weighted-ce-published",
    family=FAMILY,
    form="published",
    title="Misclassification-weighted cross entropy, as published",
    story="Jumps wherever the winning class changes, and adds the weights of all classes that tie.",
    formula=r"\Big(\sum_j <weights>_{ij}\,\mathbf 1[p_j=\max p]\Big)\cdot(-\log p_i)",
    parameters=(WEIGHTS,),
    function=weighted_ce_published,
    reference=weighted_ce_published_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=False,
    source=ARTICLE,
    task="blobs",
    presets=PRESETS,
)

ARGMAX = LossSpec(
    key="weighted-ce-argmax",
    family=FAMILY,
    form="argmax",
    title="Misclassification-weighted cross entropy, one winner",
    story="One winner even in a tie; it still jumps at every border, and the gradient only gets longer, never turns.",
    formula=r"<weights>_{i,\operatorname{argmax}p}\cdot(-\log p_i)",
    parameters=(WEIGHTS,),
    function=weighted_ce_argmax,
    reference=weighted_ce_argmax_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=False,
    source=ARTICLE,
    task="blobs",
    presets=PRESETS,
)

SOFT = LossSpec(
    key="weighted-ce-soft",
    family=FAMILY,
    form="soft",
    title="Misclassification-weighted cross entropy, soft",
    story="Weighs by the probabilities in place of a winner, so nothing jumps and the gradient knows the table.",
    formula=r"\Big(\sum_j <weights>_{ij}\,p_j\Big)\cdot(-\log p_i)",
    parameters=(WEIGHTS,),
    function=weighted_ce_soft,
    reference=weighted_ce_soft_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=ARTICLE,
    task="blobs",
    presets=PRESETS,
)

EXPECTED_COST = LossSpec(
    key="expected-cost",
    family=FAMILY,
    form="expected cost",
    title="Cross entropy plus expected cost",
    story="Leaves the cross entropy alone and adds what a mistake is expected to cost; being right adds nothing.",
    formula=r"-\log p_i+<beta>\sum_{j\neq i}<weights>_{ij}\,p_j",
    parameters=(WEIGHTS, BETA),
    function=expected_cost,
    reference=expected_cost_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=COST_SENSITIVE,
    task="blobs",
    split=Split(parameter="beta", rest="cross entropy", term="expected cost"),
    presets=PRESETS,
)
