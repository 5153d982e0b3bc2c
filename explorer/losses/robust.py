"""Errors that large misses do not rule: Huber, log-cosh, pinball and Barron's general loss."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule, ops
from explorer.losses.regression import STEPS
from explorer.parameters import Number
from explorer.spec import LossSpec, Preset, Source

losses: Any = LazyModule("keras.losses")

FAMILY = "Robust errors"

DELTA = Number(
    name="delta",
    label="δ · border",
    default=1.0,
    low=1e-3,
    high=1000.0,
    slider=(0.01, 10.0),
    log=True,
    symbol=r"\delta",
    help="From which error on the loss goes on as a straight line, in units of the data.",
)
QUANTILE = Number(
    name="q",
    label="q · quantile",
    default=0.9,
    low=0.0,
    high=1.0,
    slider=(0.05, 0.95),
    step=0.05,
    symbol="q",
    help="Part of the truths that should lie below the forecast.",
)
SHAPE = Number(
    name="alpha",
    label="α · shape",
    default=0.0,
    low=-1e6,
    high=4.0,
    slider=(-10.0, 2.0),
    step=0.5,
    symbol=r"\alpha",
    help="2 is the squared error, 1 nearly the absolute one, 0 Cauchy's, -2 Geman and McClure's, far below Welsch's.",
)
SCALE = Number(
    name="c",
    label="c · scale",
    default=0.5,
    low=1e-3,
    high=1000.0,
    slider=(0.05, 5.0),
    log=True,
    symbol="c",
    help="Up to which error the loss is nearly the squared one, in units of the data.",
)


def huber(y_true: Any, y_pred: Any, *, delta: Any) -> Any:
    """Return the mean of half the squared error, or beyond δ of its tangent.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), result (sample,). Source: Huber, 1964.
    """
    return losses.huber(y_true, y_pred, delta=delta)


def log_cosh(y_true: Any, y_pred: Any) -> Any:
    """Return the mean of log(cosh(error)): half the square near 0, the absolute error less log 2 far away.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), result (sample,); as in Keras, but with log 2 to the last digit of
    float64. Source: Green, 1990.
    """
    size = ops.abs(y_true - y_pred)
    return ops.mean(size + ops.softplus(-2 * size) - log(2), axis=-1)


def pinball(y_true: Any, y_pred: Any, *, q: Any) -> Any:
    """Return the mean error, weighted by q where the forecast is too low and by 1 - q where it is too high.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), result (sample,). Source: Koenker and Bassett, 1978.
    """
    error = y_true - y_pred
    return ops.mean(ops.maximum(q * error, (q - 1) * error), axis=-1)


def robust(y_true: Any, y_pred: Any, *, alpha: Any, c: Any) -> Any:
    """Return the mean of the general robust loss.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), result (sample,). Source: Barron, 2019.
    """
    square = ops.square((y_true - y_pred) / c)
    two, none = ops.equal(alpha, 2), ops.equal(alpha, 0)
    # At its two gaps the formula gets harmless numbers, since a gradient also runs through what is not taken.
    wide, power = ops.where(two, 1.0, ops.abs(alpha - 2)), ops.where(none, 1.0, alpha)
    general = wide / power * ops.expm1(power / 2 * ops.log1p(square / wide))
    return ops.mean(ops.where(two, square / 2, ops.where(none, ops.log1p(square / 2), general)), axis=-1)


def _mean_of(y_true: Any, y_pred: Any, term: Callable[[float], float]) -> NDArray[np.float64]:
    """Return the mean of ``term(error)`` over the steps of each sample."""
    rows = zip(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), strict=True)
    return np.array([np.mean([term(y - p) for y, p in zip(true, pred, strict=True)]) for true, pred in rows])


def huber_reference(y_true: Any, y_pred: Any, *, delta: float) -> NDArray[np.float64]:
    """Return the same as `huber`, one step at a time."""
    return _mean_of(y_true, y_pred, lambda e: e**2 / 2 if abs(e) <= delta else delta * (abs(e) - delta / 2))


def log_cosh_reference(y_true: Any, y_pred: Any) -> NDArray[np.float64]:
    """Return the same as `log_cosh`, one step at a time."""
    return _mean_of(y_true, y_pred, lambda e: float(np.logaddexp(e, -e) - np.log(2)))


def pinball_reference(y_true: Any, y_pred: Any, *, q: float) -> NDArray[np.float64]:
    """Return the same as `pinball`, one step at a time."""
    return _mean_of(y_true, y_pred, lambda e: q * e if e > 0 else (q - 1) * e)


def robust_reference(y_true: Any, y_pred: Any, *, alpha: float, c: float) -> NDArray[np.float64]:
    """Return the same as `robust`, one step at a time."""

    def term(e: float) -> float:
        square = (e / c) ** 2
        if alpha == 2:
            return square / 2
        if alpha == 0:
            return float(np.log1p(square / 2))
        wide = abs(alpha - 2)
        return float(wide / alpha * np.expm1(alpha / 2 * np.log1p(square / wide)))

    return _mean_of(y_true, y_pred, term)


HUBER = LossSpec(
    key="huber",
    family=FAMILY,
    form="Huber",
    title="Huber loss",
    story="Squared for small errors and straight beyond δ, so an outlier pulls with a fixed force only.",
    formula=r"\overline{\tfrac12e^2\ \text{or}\ <delta>\big(|e|-\tfrac12<delta>\big)}",
    parameters=(DELTA,),
    function=huber,
    reference=huber_reference,
    planes=(STEPS,),
    smooth=True,
    source=Source(author="Huber", year=1964, title="Robust estimation of a location parameter"),
    task="forecast",
)

LOG_COSH = LossSpec(
    key="log-cosh",
    family=FAMILY,
    form="log-cosh",
    title="Log-cosh loss",
    story="Huber's idea without a border to choose: it bends from square to straight by itself, about an error of 1.",
    formula=r"\overline{\log\cosh(y-\hat y)}",
    function=log_cosh,
    reference=log_cosh_reference,
    planes=(STEPS,),
    smooth=True,
    source=Source(author="Green", year=1990, title="Bayesian reconstructions from emission tomography data"),
    task="forecast",
)

PINBALL = LossSpec(
    key="pinball",
    family=FAMILY,
    form="pinball",
    title="Pinball loss",
    story="Charges too low and too high forecasts differently, so that the aim is a quantile in place of the middle.",
    formula=r"\overline{\max\big(<q>\,e,\ (<q>-1)\,e\big)}",
    parameters=(QUANTILE,),
    function=pinball,
    reference=pinball_reference,
    planes=(STEPS,),
    smooth=False,
    source=Source(author="Koenker and Bassett", year=1978, title="Regression quantiles"),
    task="forecast",
)

ROBUST = LossSpec(
    key="robust",
    family=FAMILY,
    form="general",
    title="General robust loss",
    story="One slider runs from the squared error to losses that forget outliers altogether.",
    formula=r"\overline{\tfrac{|<alpha>-2|}{<alpha>}\Big(\big(\tfrac{(e/<c>)^2}{|<alpha>-2|}+1\big)^{<alpha>/2}-1\Big)}",
    parameters=(SHAPE, SCALE),
    function=robust,
    reference=robust_reference,
    planes=(STEPS,),
    smooth=True,
    source=Source(author="Barron", year=2019, title="A general and adaptive robust loss function"),
    task="forecast",
    presets=(
        Preset(
            title="α = 2",
            story="The squared error: every miss pulls the harder the larger it is.",
            values={"alpha": 2.0},
        ),
        Preset(title="α = 1", story="A smooth absolute error: large misses all pull alike.", values={"alpha": 1.0}),
        Preset(
            title="α = 0",
            story="Cauchy's loss: beyond c a miss pulls the less the larger it is.",
            values={"alpha": 0.0},
        ),
        Preset(
            title="α = −10",
            story="Large misses are all but forgotten: a flat plain with a hole.",
            values={"alpha": -10.0},
        ),
    ),
)
