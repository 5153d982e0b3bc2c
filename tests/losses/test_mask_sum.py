"""Sums of cross entropy and Dice: what each part adds, and whose gradient is left."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import evaluate, value_and_slope

BCE, SOFT, PUBLISHED = CATALOGUE["binary-ce"], CATALOGUE["bce-dice-soft"], CATALOGUE["bce-dice-published"]


def some_masks(samples=6, shape=(5, 4), kind=np.float64):
    rng = np.random.default_rng(1)
    return (rng.random((samples, *shape)) < 0.4).astype(kind), rng.random((samples, *shape)).astype(kind)


@pytest.mark.parametrize(("sum_of", "part"), [(SOFT, "dice-soft"), (PUBLISHED, "dice-published")])
def test_a_sum_is_its_parts(sum_of, part):
    mask, scores = some_masks()
    entropy, _ = value_and_slope(BCE, mask, scores)
    dice, _ = value_and_slope(CATALOGUE[part], mask, scores, smooth=0.3)
    total, _ = value_and_slope(sum_of, mask, scores, smooth=0.3, weight=2.5)
    np.testing.assert_allclose(total, entropy + 2.5 * dice, rtol=1e-12)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("weight", [0.0, 1.0, 5.0])
def test_with_the_published_dice_the_gradient_is_that_of_the_cross_entropy_to_the_bit(kind, weight):
    mask, scores = some_masks(kind=kind)
    _, alone = value_and_slope(BCE, mask, scores)
    value, slope = value_and_slope(PUBLISHED, mask, scores, weight=weight)
    np.testing.assert_array_equal(slope, alone)
    assert (np.ptp(value - value_and_slope(BCE, mask, scores)[0]) > 0.1) == (weight > 0)


def test_soft_dice_has_a_part_of_the_gradient():
    mask, scores = some_masks()
    _, alone = value_and_slope(BCE, mask, scores)
    _, dice = value_and_slope(CATALOGUE["dice-soft"], mask, scores)
    _, slope = value_and_slope(SOFT, mask, scores, weight=3.0)
    np.testing.assert_allclose(slope, alone + 3 * dice, rtol=1e-9)
    assert np.abs(dice).min() > 1e-3


def test_the_threshold_moves_the_value_but_no_slope():
    near, far = (evaluate(PUBLISHED, {"threshold": at}) for at in (0.2, 0.8))
    assert np.abs(near.value - far.value).max() > 0.5
    np.testing.assert_array_equal(near.slope_x, far.slope_x)


@pytest.mark.parametrize("spec", [SOFT, PUBLISHED])
def test_a_weight_below_zero_is_refused(spec):
    with pytest.raises(ValueError, match="w · weight of Dice must lie between 0 and 1000"):
        value_and_slope(spec, *some_masks(), weight=-1)
