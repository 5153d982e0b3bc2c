"""The catalogue of losses: one file a family, and the one list of them all, in the order shown."""

from explorer.losses import (
    crossentropy,
    dice,
    mask,
    mask_sum,
    offset_crossentropy,
    pairwise,
    regression,
    robust,
    trend_match,
    weighted_crossentropy,
)
from explorer.spec import LossSpec

CATALOGUE: dict[str, LossSpec] = {
    spec.key: spec
    for spec in (
        trend_match.PUBLISHED,
        trend_match.MISMATCH,
        trend_match.DESCRIBED,
        trend_match.SMOOTH,
        weighted_crossentropy.PUBLISHED,
        weighted_crossentropy.ARGMAX,
        weighted_crossentropy.SOFT,
        weighted_crossentropy.EXPECTED_COST,
        offset_crossentropy.OFFSET_CROSSENTROPY,
        pairwise.NUMPY,
        pairwise.PUBLISHED,
        pairwise.MEAN,
        pairwise.CONTRASTIVE,
        dice.PUBLISHED,
        dice.SOFT,
        dice.SHARP,
        dice.SQUARED,
        mask_sum.BCE_DICE_SOFT,
        mask_sum.BCE_DICE_PUBLISHED,
        regression.MSE,
        regression.MAE,
        robust.HUBER,
        robust.LOG_COSH,
        robust.PINBALL,
        robust.ROBUST,
        crossentropy.CCE,
        crossentropy.LABEL_SMOOTHING,
        crossentropy.FOCAL,
        crossentropy.GENERALISED_CE,
        mask.BINARY_CE,
        mask.TVERSKY,
    )
}
