"""Squared and absolute error: what every forecast loss is compared with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule, ops
from explorer.parameters import Number
from explorer.spec import Axis, LossSpec, Placed, Plane, Source

losses: Any = LazyModule("keras.losses")

FIRST_STEP = Axis(label="ŷ₁", low=-0.8, high=1.8)
SECOND_STEP = Axis(label="ŷ₂", low=-0.8, high=1.8)
TRUE_STEPS = (
    Number(name="y1", label="y₁ · true first step", default=1.0, low=-2.0, high=2.0, symbol="y_1"),
    Number(name="y2", label="y₂ · true second step", default=0.6, low=-2.0, high=2.0, symbol="y_2"),
)


def mse(y_true: Any, y_pred: Any) -> Any:
    """Return the mean squared error of each sample.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), result (sample,). Source: Legendre, 1805.
    """
    return losses.mean_squared_error(y_true, y_pred)


def mse_reference(y_true: Any, y_pred: Any) -> NDArray[np.float64]:
    """Return the same, one sample and one step at a time."""
    rows = zip(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), strict=True)
    return np.array([np.mean([(y - p) ** 2 for y, p in zip(true, pred, strict=True)]) for true, pred in rows])


def mae(y_true: Any, y_pred: Any) -> Any:
    """Return the mean absolute error of each sample.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), result (sample,). Source: Laplace, 1774.
    """
    return losses.mean_absolute_error(y_true, y_pred)


def mae_reference(y_true: Any, y_pred: Any) -> NDArray[np.float64]:
    """Return the same, one sample and one step at a time."""
    rows = zip(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), strict=True)
    return np.array([np.mean([abs(y - p) for y, p in zip(true, pred, strict=True)]) for true, pred in rows])


def two_steps(x: Any, y: Any, *, y1: Any, y2: Any) -> Placed:
    """Forecast ``x`` and then ``y``, where ``y1`` and then ``y2`` come true; two steps a sample."""
    y_pred = ops.stack([x, y], axis=-1)
    return Placed(ops.broadcast_to(ops.stack([y1, y2]), ops.shape(y_pred)), y_pred)


def true_steps(*, y1: float, y2: float, **_: float) -> tuple[float, float] | None:
    """Return where the forecast is right, None if that is not drawn."""
    drawn = FIRST_STEP.low <= y1 <= FIRST_STEP.high and SECOND_STEP.low <= y2 <= SECOND_STEP.high
    return (y1, y2) if drawn else None


STEPS = Plane(
    key="steps",
    title="Two forecast steps",
    x=FIRST_STEP,
    y=SECOND_STEP,
    place=two_steps,
    target=true_steps,
    scene=TRUE_STEPS,
)

MSE = LossSpec(
    key="mse",
    family="Squared and absolute error",
    form="squared",
    title="Mean squared error",
    story="A miss twice as large costs four times as much, so a few large misses rule the training.",
    formula=r"\overline{(y-\hat y)^2}",
    function=mse,
    reference=mse_reference,
    planes=(STEPS,),
    smooth=True,
    source=Source(
        author="Legendre", year=1805, title="Nouvelles méthodes pour la détermination des orbites des comètes"
    ),
    task="forecast",
)

MAE = LossSpec(
    key="mae",
    family="Squared and absolute error",
    form="absolute",
    title="Mean absolute error",
    story="Every miss pulls with the same force, however small, so outliers count less and the aim is the median.",
    formula=r"\overline{|y-\hat y|}",
    function=mae,
    reference=mae_reference,
    planes=(STEPS,),
    smooth=False,
    source=Source(author="Laplace", year=1774, title="Mémoire sur la probabilité des causes par les évènements"),
    task="forecast",
)
