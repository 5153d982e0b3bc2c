"""Losses of masks that are compared with others, and the planes that all losses of masks are drawn over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule, ops
from explorer.parameters import Number
from explorer.spec import Axis, LossSpec, Placed, Plane, Source

losses: Any = LazyModule("keras.losses")

FAMILY = "Masks"
SIDE = 16
RADIUS = 4.0
CLIP = 1e-7

ALPHA = Number(
    name="alpha",
    label="α · missed object",
    default=0.5,
    low=0.0,
    high=10.0,
    slider=(0.0, 1.0),
    step=0.05,
    symbol=r"\alpha",
    help="How much a part of the object counts that was not found.",
)
BETA = Number(
    name="beta",
    label="β · false alarm",
    default=0.5,
    low=0.0,
    high=10.0,
    slider=(0.0, 1.0),
    step=0.05,
    symbol=r"\beta",
    help="How much background counts that was taken for the object.",
)


def binary_ce(y_true: Any, y_pred: Any, *, from_logits: bool = False) -> Any:
    """Return the binary cross entropy of each sample, the mean over its pixels.

    Shapes: mask ``y_true`` and ``y_pred`` (sample, …), result (sample,). Scores are clipped to [1e-7, 1 - 1e-7]; logits
    are not. Source: Good, 1952.
    """
    pixels = (ops.shape(y_pred)[0], -1)
    return losses.binary_crossentropy(ops.reshape(y_true, pixels), ops.reshape(y_pred, pixels), from_logits=from_logits)


def tversky(y_true: Any, y_pred: Any, *, alpha: Any, beta: Any) -> Any:
    """Return 1 minus the Tversky index of each sample: α weighs what was missed, β false alarms.

    Shapes: mask ``y_true`` and scores ``y_pred`` (sample, …), result (sample,). Source: Salehi, Erdogmus and
    Gholipour, 2017, where α weighs the false alarms; Keras has the two the other way round.
    """
    return losses.tversky(y_true, y_pred, alpha=alpha, beta=beta, axis=tuple(range(1, len(y_pred.shape))))


def pixels_of(y_true: Any, y_pred: Any) -> Iterator[list[tuple[float, float]]]:
    """Yield the pixels of one sample after the other, each as ``(mask, score)``."""
    for true, pred in zip(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), strict=True):
        yield list(zip(true.ravel().tolist(), pred.ravel().tolist(), strict=True))


def binary_ce_reference(y_true: Any, y_pred: Any, *, from_logits: bool = False) -> NDArray[np.float64]:
    """Return the same as `binary_ce`, one sample and one pixel at a time."""

    def term(g: float, p: float) -> float:
        if from_logits:
            return float(np.logaddexp(0, p) - g * p)
        p = min(max(p, CLIP), 1 - CLIP)
        return float(-(g * np.log(p) + (1 - g) * np.log(1 - p)))

    return np.array([np.mean([term(g, p) for g, p in pixels]) for pixels in pixels_of(y_true, y_pred)])


def tversky_reference(y_true: Any, y_pred: Any, *, alpha: float, beta: float) -> NDArray[np.float64]:
    """Return the same as `tversky`, one sample and one pixel at a time."""
    result = []
    for pixels in pixels_of(y_true, y_pred):
        found = sum(g * p for g, p in pixels)
        missed = sum(g * (1 - p) for g, p in pixels)
        false = sum((1 - g) * p for g, p in pixels)
        result.append(1 - found / (found + alpha * missed + beta * false + CLIP))
    return np.array(result)


def two_scores(x: Any, y: Any, *, share: Any) -> Placed:
    """Score every pixel of the object ``x`` and every other one ``y``; images (node, 16, 16), object on top."""
    order = ops.reshape(ops.cast(ops.arange(SIDE * SIDE), x.dtype), (1, SIDE, SIDE))
    part = order + 0.5 < share * SIDE * SIDE
    y_pred = ops.where(part, x[:, None, None], y[:, None, None])
    return Placed(ops.broadcast_to(ops.cast(part, x.dtype), ops.shape(y_pred)), y_pred)


def sliding_disc(x: Any, y: Any, *, radius: Any, softness: Any) -> Placed:
    """Score a disc that lies ``(x, y)`` pixels from the true one in the middle; images (node, 16, 16)."""
    across = ops.cast(ops.arange(SIDE), x.dtype) - (SIDE - 1) / 2
    column, row = across[None, None, :], across[None, :, None]
    part = ops.square(column) + ops.square(row) <= RADIUS**2
    squared = ops.square(column - x[:, None, None]) + ops.square(row - y[:, None, None])
    # By squares, since a distance has no slope in the middle of the disc; at its edge this is (radius - distance).
    y_pred = ops.sigmoid((ops.square(radius) - squared) / (2 * radius * softness))
    return Placed(ops.broadcast_to(ops.cast(part, x.dtype), ops.shape(y_pred)), y_pred)


SCORES = Plane(
    key="scores",
    title="Score on the object and on the background",
    x=Axis(label="object", low=0.0, high=1.0),
    y=Axis(label="background", low=0.0, high=1.0),
    place=two_scores,
    target=lambda **_: (1.0, 0.0),
    scene=(
        Number(
            name="share",
            label="object's share",
            default=0.25,
            low=0.0,
            high=1.0,
            step=0.05,
            help="Part of the image that belongs to the object; at 0 the mask is empty.",
        ),
    ),
)
DISC = Plane(
    key="disc",
    title="A disc that slides over the true one",
    x=Axis(label="dx", low=-8.0, high=8.0),
    y=Axis(label="dy", low=-8.0, high=8.0),
    place=sliding_disc,
    target=lambda **_: (0.0, 0.0),
    scene=(
        Number(
            name="radius",
            label="r · radius",
            default=4.0,
            low=0.5,
            high=8.0,
            slider=(1.0, 7.0),
            step=0.5,
            unit="px",
            help="Radius of the predicted disc; the true one has 4 pixels.",
        ),
        Number(
            name="softness",
            label="softness",
            default=0.5,
            low=0.05,
            high=10.0,
            slider=(0.1, 5.0),
            log=True,
            unit="px",
            help="Over how many pixels the score falls at the edge of the predicted disc.",
        ),
    ),
)

BINARY_CE = LossSpec(
    key="binary-ce",
    family=FAMILY,
    form="binary cross entropy",
    title="Binary cross entropy",
    story="Judges each pixel by itself, so where the object is small the background rules the training.",
    formula=r"-\overline{g\log p+(1-g)\log(1-p)}",
    function=binary_ce,
    reference=binary_ce_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=True,
    source=Source(author="Good", year=1952, title="Rational decisions"),
)

TVERSKY = LossSpec(
    key="tversky",
    family=FAMILY,
    form="Tversky",
    title="Tversky loss",
    story="Dice with a price of its own for each kind of mistake; Keras swaps the two against its source.",
    formula=r"1-\frac{\sum gp}{\sum gp+<alpha>\sum g(1-p)+<beta>\sum(1-g)p}",
    parameters=(ALPHA, BETA),
    function=tversky,
    reference=tversky_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=True,
    source=Source(
        author="Salehi, Erdogmus and Gholipour",
        year=2017,
        title="Tversky loss function for image segmentation using 3D fully convolutional deep networks",
    ),
)
