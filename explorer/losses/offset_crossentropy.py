"""Cross entropy plus a constant: what a closure adds to a loss, and what it does not change."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.losses.crossentropy import LOGITS, TRIANGLE, cce_reference
from explorer.parameters import Number
from explorer.spec import LossSpec, Preset, Source, Split

losses: Any = LazyModule("keras.losses")

OFFSET = Number(
    name="offset",
    label="c · offset",
    default=10.0,
    low=-1000.0,
    high=1000.0,
    slider=(0.0, 20.0),
    step=0.5,
    symbol="c",
    help="A constant on top of each sample's loss.",
)


def offset_crossentropy(y_true: Any, y_pred: Any, *, offset: Any, from_logits: bool = False) -> Any:
    """Return the categorical cross entropy of each sample plus a constant.

    Shapes: ``y_true`` one-hot and ``y_pred`` (sample, class), result (sample,). Source: koshian, 2018, where a closure
    holds the constant.
    """
    return losses.categorical_crossentropy(y_true, y_pred, from_logits=from_logits) + offset


def offset_crossentropy_reference(
    y_true: Any, y_pred: Any, *, offset: float, from_logits: bool = False
) -> NDArray[np.float64]:
    """Return the same, one sample at a time."""
    return np.array([entropy + offset for entropy in cce_reference(y_true, y_pred, from_logits=from_logits)])


OFFSET_CROSSENTROPY = LossSpec(
    key="offset-crossentropy",
    family="Offset by closure",
    form="offset",
    title="Cross entropy plus a constant",
    story="The constant lifts the surface and turns no arrow: what is learned stays the same for every offset.",
    formula=r"-\sum_j y_j\log p_j+<offset>",
    parameters=(OFFSET,),
    function=offset_crossentropy,
    reference=offset_crossentropy_reference,
    shapes="classes",
    planes=(TRIANGLE, LOGITS),
    smooth=True,
    source=Source(author="koshian", year=2018, title="Passing several variables to a loss function in Keras"),
    task="blobs",
    split=Split(parameter="offset", rest="cross entropy", term="offset"),
    presets=(
        Preset(
            title="c = 10",
            story="As published first: the loss reads about 10 and learns as ever.",
            values={"offset": 10.0},
        ),
        Preset(
            title="c = 5", story="As published second: 5 lower, and not one arrow has moved.", values={"offset": 5.0}
        ),
        Preset(title="c = 0", story="Plain cross entropy: the same arrows once more.", values={"offset": 0.0}),
    ),
)
