"""The catalogue of losses: one file a family, and the one list of them all, in the order shown."""

from explorer.losses import crossentropy, regression, trend_match, weighted_crossentropy
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
        regression.MSE,
        regression.MAE,
        crossentropy.CCE,
    )
}
