"""Binary cross entropy plus Dice, as segmenters are often trained: with soft Dice, and with the published one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.losses.dice import ARTICLE, FAMILY, SMOOTH, THRESHOLD, dice_published, dice_soft
from explorer.losses.mask import CLIP, DISC, SCORES, binary_ce, pixels_of
from explorer.parameters import Number
from explorer.spec import LossSpec, Preset, Source, Split

WEIGHT = Number(
    name="weight",
    label="w · weight of Dice",
    default=1.0,
    low=0.0,
    high=1000.0,
    slider=(0.0, 5.0),
    step=0.1,
    symbol="w",
    help="How much Dice counts beside the binary cross entropy; at 0 only that is left.",
)


def bce_dice_soft(y_true: Any, y_pred: Any, *, weight: Any, smooth: Any) -> Any:
    """Return the binary cross entropy of each sample plus its soft Dice loss.

    Shapes: mask ``y_true`` and scores ``y_pred`` (sample, …), result (sample,). Source: Isensee et al., 2018.
    """
    return binary_ce(y_true, y_pred) + weight * dice_soft(y_true, y_pred, smooth=smooth)


def bce_dice_published(y_true: Any, y_pred: Any, *, weight: Any, smooth: Any, threshold: Any) -> Any:
    """Return the binary cross entropy of each sample minus the Dice coefficient of its thresholded scores.

    The threshold lets no gradient pass, so the gradient is that of the cross entropy alone. Shapes: mask ``y_true``
    and scores ``y_pred`` (sample, …), result (sample,). Source: after Stack Overflow, 2017.
    """
    return binary_ce(y_true, y_pred) + weight * dice_published(y_true, y_pred, smooth=smooth, threshold=threshold)


def bce_dice_soft_reference(y_true: Any, y_pred: Any, *, weight: float, smooth: float) -> NDArray[np.float64]:
    """Return the same as `bce_dice_soft`, one sample and one pixel at a time."""
    result = []
    for pixels in pixels_of(y_true, y_pred):
        overlap, sizes = 2 * sum(g * p for g, p in pixels), sum(g + p for g, p in pixels)
        result.append(_entropy(pixels) + weight * (1 - (overlap + smooth) / (sizes + smooth)))
    return np.array(result)


def bce_dice_published_reference(
    y_true: Any, y_pred: Any, *, weight: float, smooth: float, threshold: float
) -> NDArray[np.float64]:
    """Return the same as `bce_dice_published`, one sample and one pixel at a time."""
    result = []
    for pixels in pixels_of(y_true, y_pred):
        overlap = 2 * sum(g for g, p in pixels if p > threshold)
        sizes = sum(g + (1.0 if p > threshold else 0.0) for g, p in pixels)
        result.append(_entropy(pixels) - weight * (overlap + smooth) / (sizes + smooth))
    return np.array(result)


def _entropy(pixels: list[tuple[float, float]]) -> float:
    """Return the mean binary cross entropy of one sample."""
    clipped = [(g, min(max(p, CLIP), 1 - CLIP)) for g, p in pixels]
    return -sum(float(g * np.log(p) + (1 - g) * np.log(1 - p)) for g, p in clipped) / len(pixels)


def _presets(even: str, heavy: str, empty: str) -> tuple[Preset, ...]:
    """Return the settings of both sums, each with what it shows in one of them."""
    return (
        Preset(title="Even", story=even, values={"weight": 1.0, "smooth": 1e-5}, scene={"share": 0.25}),
        Preset(title="Mostly Dice", story=heavy, values={"weight": 5.0, "smooth": 1e-5}, scene={"share": 0.25}),
        Preset(title="Empty mask", story=empty, values={"weight": 1.0, "smooth": 1e-5}, scene={"share": 0.0}),
    )


BCE_DICE_SOFT = LossSpec(
    key="bce-dice-soft",
    family=FAMILY,
    form="BCE + soft",
    title="Binary cross entropy plus soft Dice",
    story="Each pixel counts by itself and the overlap as a whole: a gradient everywhere, also for small objects.",
    formula=r"-\overline{g\log p+(1-g)\log(1-p)}"
    r"+<weight>\cdot\Big(1-\frac{2\sum gp+<smooth>}{\sum g+\sum p+<smooth>}\Big)",
    parameters=(WEIGHT, SMOOTH),
    function=bce_dice_soft,
    reference=bce_dice_soft_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=True,
    source=Source(
        author="Isensee et al.",
        year=2018,
        title="nnU-Net: self-adapting framework for U-Net-based medical image segmentation",
    ),
    split=Split(parameter="weight", rest="BCE", term="Dice"),
    presets=_presets(
        "The cross entropy is steep at the borders, Dice in the middle.",
        "Nearly Dice, with a wall where a score is surely wrong.",
        "Dice is flat here, and the cross entropy alone leads back to the empty mask.",
    ),
)

BCE_DICE_PUBLISHED = LossSpec(
    key="bce-dice-published",
    family=FAMILY,
    form="BCE + published",
    title="Binary cross entropy plus Dice with a threshold",
    story="Its value falls with Dice, its gradient is that of the cross entropy alone: Dice teaches nothing.",
    formula=r"-\overline{g\log p+(1-g)\log(1-p)}"
    r"-<weight>\cdot\frac{2\sum g\,\mathbf 1[p><threshold>]+<smooth>}{\sum g+\sum\mathbf 1[p><threshold>]+<smooth>}",
    parameters=(WEIGHT, SMOOTH, THRESHOLD),
    function=bce_dice_published,
    reference=bce_dice_published_reference,
    shapes="masks",
    planes=(SCORES, DISC),
    smooth=False,
    source=ARTICLE,
    presets=_presets(
        "The slopes of the cross entropy, cut by steps that no gradient sees.",
        "Large steps, and still no arrow is longer for them.",
        "One step between nothing found and any false alarm.",
    ),
)
