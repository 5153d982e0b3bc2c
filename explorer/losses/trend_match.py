"""Trend match: a squared error that also charges for the direction of the forecast.

In every form ``e = y - ŷ`` is the error, ``q = ŷ - y_last`` the step that was forecast and ``t = y - y_last`` the step
that came true. The sign of 0 is 0: a flat true step agrees with an exactly flat forecast only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import ops
from explorer.losses.regression import FIRST_STEP, SECOND_STEP, TRUE_STEPS, true_steps, two_steps
from explorer.parameters import Number
from explorer.spec import LossSpec, Placed, Plane, Preset, Source, Split

FAMILY = "Trend match"
NAMES = r"e=y-\hat y,\quad q=\hat y-y_{\text{last}}\\t=y-y_{\text{last}}"
ARTICLE = Source(author="tate-blog", year=2021, title="A custom loss in Keras that depends on input values")
SPLIT = Split(parameter="lambda_trend", rest="squared error", term="trend penalty")

LAMBDA = Number(
    name="lambda_trend",
    label="λ · penalty",
    default=1e-3,
    low=0.0,
    high=1000.0,
    slider=(1e-4, 10.0),
    log=True,
    symbol=r"\lambda",
    help="How much the penalty counts beside the squared error; its share falls when the data get larger numbers.",
)
TEMPERATURE = Number(
    name="temperature",
    label="τ · temperature",
    default=0.1,
    low=0.001,
    high=10.0,
    slider=(0.01, 1.0),
    log=True,
    symbol=r"\tau",
    help="Width of the soft border between right and wrong direction, in units of the data.",
)


def trend_published(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: Any) -> Any:
    """Return the squared error plus the forecast step where its direction is RIGHT, as the published code does.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), ``y_last`` (sample, 1), result (sample,).
    Source: tate-blog, 2021; the mask is named "not match" there, but is 1 where the directions match.
    """
    forecast_step = y_pred - y_last
    match = ops.equal(ops.sign(y_true - y_last), ops.sign(forecast_step))
    penalty = ops.abs(forecast_step) * ops.cast(match, y_pred.dtype)
    return ops.mean(ops.square(y_true - y_pred) + lambda_trend * penalty, axis=-1)


def trend_mismatch(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: Any) -> Any:
    """Return the squared error plus the forecast step where its direction is wrong.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), ``y_last`` (sample, 1), result (sample,).
    Source: after tate-blog, 2021, with the mask turned round.
    """
    forecast_step = y_pred - y_last
    mismatch = ops.not_equal(ops.sign(y_true - y_last), ops.sign(forecast_step))
    penalty = ops.abs(forecast_step) * ops.cast(mismatch, y_pred.dtype)
    return ops.mean(ops.square(y_true - y_pred) + lambda_trend * penalty, axis=-1)


def trend_described(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: Any) -> Any:
    """Return the squared error plus the absolute error where the direction is wrong.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), ``y_last`` (sample, 1), result (sample,).
    Source: the text (not the code) of tate-blog, 2021.
    """
    error = y_true - y_pred
    mismatch = ops.not_equal(ops.sign(y_true - y_last), ops.sign(y_pred - y_last))
    penalty = ops.abs(error) * ops.cast(mismatch, y_pred.dtype)
    return ops.mean(ops.square(error) + lambda_trend * penalty, axis=-1)


def trend_smooth(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: Any, temperature: Any) -> Any:
    """Return the squared error plus a soft hinge on the forecast step against the true direction.

    Shapes: ``y_true`` and ``y_pred`` (sample, step), ``y_last`` (sample, 1), result (sample,).
    Source: after tate-blog, 2021; the hinge is the softplus of Dugas et al., 2001.
    """
    wrong_way = -(y_pred - y_last) * ops.sign(y_true - y_last)
    penalty = temperature * ops.softplus(wrong_way / temperature)
    return ops.mean(ops.square(y_true - y_pred) + lambda_trend * penalty, axis=-1)


def _samples(y_true: Any, y_pred: Any, y_last: Any) -> Iterator[list[tuple[float, float, float]]]:
    """Yield the steps of one sample after the other, each as ``(e, q, t)``."""
    for true, pred, (last,) in zip(
        np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), np.asarray(y_last, np.float64), strict=True
    ):
        yield [(y - p, p - last, y - last) for y, p in zip(true, pred, strict=True)]


def trend_published_reference(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: float) -> NDArray[np.float64]:
    """Return the same as `trend_published`, one sample and one step at a time."""
    result = []
    for steps in _samples(y_true, y_pred, y_last):
        terms = [e**2 + (lambda_trend * abs(q) if np.sign(t) == np.sign(q) else 0.0) for e, q, t in steps]
        result.append(sum(terms) / len(terms))
    return np.array(result)


def trend_mismatch_reference(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: float) -> NDArray[np.float64]:
    """Return the same as `trend_mismatch`, one sample and one step at a time."""
    result = []
    for steps in _samples(y_true, y_pred, y_last):
        terms = [e**2 + (0.0 if np.sign(t) == np.sign(q) else lambda_trend * abs(q)) for e, q, t in steps]
        result.append(sum(terms) / len(terms))
    return np.array(result)


def trend_described_reference(y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: float) -> NDArray[np.float64]:
    """Return the same as `trend_described`, one sample and one step at a time."""
    result = []
    for steps in _samples(y_true, y_pred, y_last):
        terms = [e**2 + (0.0 if np.sign(t) == np.sign(q) else lambda_trend * abs(e)) for e, q, t in steps]
        result.append(sum(terms) / len(terms))
    return np.array(result)


def trend_smooth_reference(
    y_true: Any, y_pred: Any, *, y_last: Any, lambda_trend: float, temperature: float
) -> NDArray[np.float64]:
    """Return the same as `trend_smooth`, one sample and one step at a time."""
    result = []
    for steps in _samples(y_true, y_pred, y_last):
        terms = [
            e**2 + lambda_trend * temperature * np.logaddexp(0, -q * np.sign(t) / temperature) for e, q, t in steps
        ]
        result.append(sum(terms) / len(terms))
    return np.array(result)


def two_steps_after(x: Any, y: Any, *, y1: Any, y2: Any, y_last: Any) -> Placed:
    """Forecast ``x`` and then ``y`` after ``y_last``, where ``y1`` and then ``y2`` come true."""
    y_true, y_pred, _ = two_steps(x, y, y1=y1, y2=y2)
    return Placed(y_true, y_pred, {"y_last": ops.full_like(x, y_last)[:, None]})


STEPS = Plane(
    key="steps",
    title="Two forecast steps",
    x=FIRST_STEP,
    y=SECOND_STEP,
    place=two_steps_after,
    target=true_steps,
    scene=(
        *TRUE_STEPS,
        Number(name="y_last", label="y_last · last value", default=0.0, low=-2.0, high=2.0, symbol=r"y_{\text{last}}"),
    ),
)


def _presets(small: str, one: str, strong: str, flat: str) -> tuple[Preset, ...]:
    """Return the settings of the family, each with what it shows in one form."""
    return (
        Preset(title="As published", story=small, values={"lambda_trend": 1e-3}),
        Preset(title="λ = 1", story=one, values={"lambda_trend": 1.0}),
        Preset(title="Strong", story=strong, values={"lambda_trend": 3.0}),
        Preset(title="Flat", story=flat, values={"lambda_trend": 1.0}, scene={"y1": 0.0, "y2": 0.0, "y_last": 0.0}),
    )


SMALL = "With λ = 0.001 the penalty is there, but far too small to see beside the squared error."

PUBLISHED = LossSpec(
    key="trend-published",
    family=FAMILY,
    form="published",
    title="Trend match, as published",
    story="Meant to punish a wrong direction; its mask punishes the right one.",
    formula=rf"\begin{{gathered}}\overline{{e^2+<lambda_trend>\,|q|\,"
    rf"\mathbf 1[\operatorname{{sgn}}t=\operatorname{{sgn}}q]}}\\{NAMES}\end{{gathered}}",
    parameters=(LAMBDA,),
    context=("y_last",),
    function=trend_published,
    reference=trend_published_reference,
    planes=(STEPS,),
    smooth=False,
    source=ARTICLE,
    task="forecast",
    split=SPLIT,
    presets=_presets(
        SMALL,
        "The minimum leaves the target: 0.5 is cheaper than the true 1.0.",
        "The cheapest forecast is now to repeat the last value.",
        "Only an exactly flat forecast agrees, and it has no step to charge for: the penalty is 0 everywhere.",
    ),
)

MISMATCH = LossSpec(
    key="trend-mismatch",
    family=FAMILY,
    form="mismatch",
    title="Trend match, mask mended",
    story="Charges a step in the wrong direction by its length and leaves the right direction alone.",
    formula=rf"\begin{{gathered}}\overline{{e^2+<lambda_trend>\,|q|\,"
    rf"\mathbf 1[\operatorname{{sgn}}t\neq\operatorname{{sgn}}q]}}\\{NAMES}\end{{gathered}}",
    parameters=(LAMBDA,),
    context=("y_last",),
    function=trend_mismatch,
    reference=trend_mismatch_reference,
    planes=(STEPS,),
    smooth=False,
    source=ARTICLE,
    task="forecast",
    split=SPLIT,
    presets=_presets(
        SMALL,
        "The wrong side grows steeper from the last value on; the minimum stays on the target.",
        "Three times as steep on the wrong side, and still no change on the right one.",
        "Where nothing moved, a step either way is charged.",
    ),
)

DESCRIBED = LossSpec(
    key="trend-described",
    family=FAMILY,
    form="described",
    title="Trend match, as its text says",
    story="Charges the whole error where the direction is wrong, so the loss jumps at the last value.",
    formula=rf"\begin{{gathered}}\overline{{e^2+<lambda_trend>\,|e|\,"
    rf"\mathbf 1[\operatorname{{sgn}}t\neq\operatorname{{sgn}}q]}}\\{NAMES}\end{{gathered}}",
    parameters=(LAMBDA,),
    context=("y_last",),
    function=trend_described,
    reference=trend_described_reference,
    planes=(STEPS,),
    smooth=False,
    source=ARTICLE,
    task="forecast",
    split=SPLIT,
    presets=_presets(
        SMALL,
        "The wrong side begins with a cliff at the last value, and no gradient beside it tells how high it is.",
        "The cliff is three times as high; the minimum stays on the target.",
        "With no true step there is no cliff, only the charge for any move.",
    ),
)

SMOOTH = LossSpec(
    key="trend-smooth",
    family=FAMILY,
    form="smooth",
    title="Trend match, smooth",
    story="Has a gradient everywhere and warns before the direction is wrong, but moves the minimum a little.",
    formula=rf"\begin{{gathered}}\overline{{e^2+<lambda_trend>\cdot<temperature>\,"
    rf"\operatorname{{softplus}}\!\big(-q\operatorname{{sgn}}t\,/\,<temperature>\big)}}\\{NAMES}\end{{gathered}}",
    parameters=(LAMBDA, TEMPERATURE),
    context=("y_last",),
    function=trend_smooth,
    reference=trend_smooth_reference,
    planes=(STEPS,),
    smooth=True,
    source=ARTICLE,
    task="forecast",
    split=SPLIT,
    presets=_presets(
        SMALL,
        "A rounded bend near the last value instead of a kink or a cliff.",
        "Steep on the wrong side, and the bend reaches a little into the right one.",
        "With no true step there is no direction to charge for: the penalty is a constant.",
    ),
)
