"""Dice: how well a mask and its prediction overlap, with a threshold and without.

``g`` is the mask and ``p`` the scores; all sums run over one sample, so a batch that counts as one is one sample.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import ops
from explorer.losses.mask import DISC, SCORES, pixels_of
from explorer.parameters import Number
from explorer.spec import LossSpec, Preset, Source

FAMILY = "Dice"
ARTICLE = Source(author="Stack Overflow", year=2017, title="Make a custom loss function in keras")

SMOOTH = Number(
    name="smooth",
    label="s · smoothing",
    default=1e-5,
    low=1e-7,
    high=1e4,
    slider=(1e-7, 100.0),
    log=True,
    symbol="s",
    help="Added above and below: it decides what an empty mask costs, and whether it has a gradient.",
)
THRESHOLD = Number(
    name="threshold",
    label="θ · threshold",
    default=0.5,
    low=0.0,
    high=1.0,
    step=0.05,
    symbol=r"\theta",
    help="From which score on a pixel belongs to the object.",
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
    help="Width of the soft border between out and in; towards 0 it becomes the threshold.",
)


def dice_published(y_true: Any, y_pred: Any, *, smooth: Any, threshold: Any) -> Any:
    """Return minus the Dice coefficient of the thresholded scores; the comparison lets no gradient pass.

    Shapes: mask ``y_true`` and scores ``y_pred`` (sample, …), result (sample,); the published code takes the batch as
    one sample. Source: Stack Overflow, 2017, with the cast that its comparison needs.
    """
    found = ops.cast(y_pred > threshold, y_pred.dtype)
    pixels = tuple(range(1, len(y_pred.shape)))
    overlap = ops.sum(y_true * found, axis=pixels)
    return -(2 * overlap + smooth) / (ops.sum(y_true, axis=pixels) + ops.sum(found, axis=pixels) + smooth)


def dice_soft(y_true: Any, y_pred: Any, *, smooth: Any) -> Any:
    """Return 1 minus the Dice coefficient of the scores as they are.

    Shapes: mask ``y_true`` and scores ``y_pred`` (sample, …), result (sample,). Source: after Stack Overflow, 2017,
    without the threshold.
    """
    pixels = tuple(range(1, len(y_pred.shape)))
    overlap = ops.sum(y_true * y_pred, axis=pixels)
    return 1 - (2 * overlap + smooth) / (ops.sum(y_true, axis=pixels) + ops.sum(y_pred, axis=pixels) + smooth)


def dice_sharp(y_true: Any, y_pred: Any, *, smooth: Any, threshold: Any, temperature: Any) -> Any:
    """Return 1 minus the Dice coefficient of the scores behind a steep but smooth threshold.

    Shapes: mask ``y_true`` and scores ``y_pred`` (sample, …), result (sample,). Source: after Stack Overflow, 2017,
    with a sigmoid in place of the threshold.
    """
    found = ops.sigmoid((y_pred - threshold) / temperature)
    pixels = tuple(range(1, len(y_pred.shape)))
    overlap = ops.sum(y_true * found, axis=pixels)
    return 1 - (2 * overlap + smooth) / (ops.sum(y_true, axis=pixels) + ops.sum(found, axis=pixels) + smooth)


def dice_squared(y_true: Any, y_pred: Any, *, smooth: Any) -> Any:
    """Return 1 minus the Dice coefficient with squares below.

    Shapes: mask ``y_true`` and scores ``y_pred`` (sample, …), result (sample,). Source: Milletari, Navab and
    Ahmadi, 2016.
    """
    pixels = tuple(range(1, len(y_pred.shape)))
    overlap = ops.sum(y_true * y_pred, axis=pixels)
    sizes = ops.sum(ops.square(y_true), axis=pixels) + ops.sum(ops.square(y_pred), axis=pixels)
    return 1 - (2 * overlap + smooth) / (sizes + smooth)


def _overlap(pixels: list[tuple[float, float]], smooth: float) -> float:
    """Return the Dice coefficient of one sample."""
    return (2 * sum(g * p for g, p in pixels) + smooth) / (sum(g + p for g, p in pixels) + smooth)


def dice_published_reference(y_true: Any, y_pred: Any, *, smooth: float, threshold: float) -> NDArray[np.float64]:
    """Return the same as `dice_published`, one sample and one pixel at a time."""
    samples = pixels_of(y_true, y_pred)
    return np.array([-_overlap([(g, float(p > threshold)) for g, p in pixels], smooth) for pixels in samples])


def dice_soft_reference(y_true: Any, y_pred: Any, *, smooth: float) -> NDArray[np.float64]:
    """Return the same as `dice_soft`, one sample and one pixel at a time."""
    return np.array([1 - _overlap(pixels, smooth) for pixels in pixels_of(y_true, y_pred)])


def dice_sharp_reference(
    y_true: Any, y_pred: Any, *, smooth: float, threshold: float, temperature: float
) -> NDArray[np.float64]:
    """Return the same as `dice_sharp`, one sample and one pixel at a time."""
    result = []
    for pixels in pixels_of(y_true, y_pred):
        found = [(g, float(np.exp(-np.logaddexp(0, (threshold - p) / temperature)))) for g, p in pixels]
        result.append(1 - _overlap(found, smooth))
    return np.array(result)


def dice_squared_reference(y_true: Any, y_pred: Any, *, smooth: float) -> NDArray[np.float64]:
    """Return the same as `dice_squared`, one sample and one pixel at a time."""
    result = []
    for pixels in pixels_of(y_true, y_pred):
        sizes = sum(g**2 + p**2 for g, p in pixels)
        result.append(1 - (2 * sum(g * p for g, p in pixels) + smooth) / (sizes + smooth))
    return np.array(result)


def _presets(published: str, empty: str, empty_one: str) -> tuple[Preset, ...]:
    """Return the settings of the family, each with what it shows in one form."""
    return (
        Preset(title="As published", story=published, values={"smooth": 1e-5}, scene={"share": 0.25}),
        Preset(title="Empty mask", story=empty, values={"smooth": 1e-5}, scene={"share": 0.0}),
        Preset(title="Empty mask, s = 1", story=empty_one, values={"smooth": 1.0}, scene={"share": 0.0}),
    )


DEAD = "The smallest false alarm costs nearly everything, and more of it costs nothing more: no gradient leads back."
ALIVE = "False alarms cost the more the larger they are, so a gradient leads back to the empty mask."

PUBLISHED = LossSpec(
    key="dice-published",
    family=FAMILY,
    form="published",
    title="Dice with a threshold, as published",
    story="Counts pixels above a threshold: steps with no gradient at all, so nothing can learn from it.",
    formula=r"-\frac{2\sum g\,\mathbf 1[p><threshold>]+<smooth>}{\sum g+\sum\mathbf 1[p><threshold>]+<smooth>}",
    parameters=(SMOOTH, THRESHOLD),
    function=dice_published,
    reference=dice_published_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=False,
    source=ARTICLE,
    presets=_presets(
        "Four plateaus, and a step wherever a score passes the threshold.",
        "Two plateaus: any false alarm costs everything.",
        "Two plateaus, the upper one a little lower.",
    ),
)

SOFT = LossSpec(
    key="dice-soft",
    family=FAMILY,
    form="soft",
    title="Dice, soft",
    story="Takes the scores as they are, so each pixel has a gradient; an empty mask needs a large s to have one.",
    formula=r"1-\frac{2\sum gp+<smooth>}{\sum g+\sum p+<smooth>}",
    parameters=(SMOOTH,),
    function=dice_soft,
    reference=dice_soft_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=True,
    source=ARTICLE,
    presets=_presets("One slope from everywhere down to the right answer.", DEAD, ALIVE),
)

SHARP = LossSpec(
    key="dice-sharp",
    family=FAMILY,
    form="sharp",
    title="Dice with a smooth threshold",
    story="A steep sigmoid in place of the threshold: the colder, the nearer to counting, and the less gradient.",
    formula=r"1-\frac{2\sum g\tilde p+<smooth>}{\sum g+\sum\tilde p+<smooth>},\quad"
    r"\tilde p=\sigma\!\Big(\frac{p-<threshold>}{<temperature>}\Big)",
    parameters=(SMOOTH, THRESHOLD, TEMPERATURE),
    function=dice_sharp,
    reference=dice_sharp_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=True,
    source=ARTICLE,
    presets=_presets("The plateaus of the threshold, with slopes between them.", DEAD, ALIVE),
)

SQUARED = LossSpec(
    key="dice-squared",
    family=FAMILY,
    form="squared",
    title="Dice, squared",
    story="Squares below: small scores on the background are nearly free, and no score is worth overdoing.",
    formula=r"1-\frac{2\sum gp+<smooth>}{\sum g^2+\sum p^2+<smooth>}",
    parameters=(SMOOTH,),
    function=dice_squared,
    reference=dice_squared_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=True,
    source=Source(
        author="Milletari, Navab and Ahmadi",
        year=2016,
        title="V-Net: fully convolutional neural networks for volumetric medical image segmentation",
    ),
    presets=_presets("One valley that leads to the right answer and is flat around it.", DEAD, ALIVE),
)
