"""The losses of masks that others are compared with."""

import keras
import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.losses.mask import DISC, SCORES
from explorer.surface import evaluate, value_and_slope


def some_masks(samples=6, shape=(5, 4)):
    rng = np.random.default_rng(1)
    return (rng.random((samples, *shape)) < 0.4).astype(float), rng.random((samples, *shape))


def test_logits_and_scores_agree():
    mask, scores = some_masks()
    logits = np.log(scores / (1 - scores))
    from_scores, _ = value_and_slope(CATALOGUE["binary-ce"], mask, scores)
    from_logits, slope = value_and_slope(CATALOGUE["binary-ce"], mask, logits, from_logits=True)
    np.testing.assert_allclose(from_logits, from_scores, rtol=1e-9)
    np.testing.assert_allclose(slope, (scores - mask) / 20, rtol=1e-9)


def test_it_is_the_mean_over_all_pixels_of_an_image():
    mask, scores = some_masks()
    values, _ = value_and_slope(CATALOGUE["binary-ce"], mask, scores)
    assert values.shape == (6,)
    rows = np.asarray(keras.losses.binary_crossentropy(mask, scores))
    np.testing.assert_allclose(values, rows.mean(axis=1), rtol=1e-12)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_extreme_scores_and_logits_are_finite(kind):
    mask = np.array([[0, 1, 0, 1]])
    for scores, logits in (([1e-12, 1e-12, 1, 0], False), ([-800, -800, 800, 800], True)):
        values, slope = value_and_slope(CATALOGUE["binary-ce"], mask, np.array([scores], kind), from_logits=logits)
        assert np.isfinite(values).all()
        assert np.isfinite(slope).all()
    assert values == pytest.approx(400)


def test_tversky_at_one_half_is_dice():
    mask, scores = some_masks()
    tversky, _ = value_and_slope(CATALOGUE["tversky"], mask, scores)
    dice, _ = value_and_slope(CATALOGUE["dice-soft"], mask, scores, smooth=1e-7)
    np.testing.assert_allclose(tversky, dice, atol=1e-7)


def test_alpha_weighs_what_was_missed_and_beta_false_alarms():
    mask, missed, alarm = [[1, 1, 0, 0]], [[1.0, 0.0, 0.0, 0.0]], [[1.0, 1.0, 1.0, 0.0]]

    def loss(scores, **keywords):
        return float(value_and_slope(CATALOGUE["tversky"], mask, scores, **keywords)[0][0])

    assert loss(missed, alpha=1.0, beta=0.0) == pytest.approx(1 / 2, abs=1e-6)
    assert loss(missed, alpha=0.0, beta=1.0) == pytest.approx(0.0, abs=1e-6)
    assert loss(alarm, alpha=1.0, beta=0.0) == pytest.approx(0.0, abs=1e-6)
    assert loss(alarm, alpha=0.0, beta=1.0) == pytest.approx(1 / 3, abs=1e-6)


@pytest.mark.parametrize("plane", [SCORES, DISC], ids=lambda plane: plane.key)
def test_the_planes_place_masks_and_scores(plane):
    import tensorflow as tf

    held = {part.name: tf.constant(part.default, tf.float64) for part in plane.scene}
    x = tf.constant([plane.x.low, 0.3, plane.x.high], tf.float64)
    mask, scores, _ = plane.place(x, x[::-1], **held)
    assert mask.shape == scores.shape == (3, 16, 16)
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert np.min(scores) >= 0
    assert np.max(scores) <= 1
    if plane is SCORES:
        assert np.mean(mask) == 0.25
        np.testing.assert_array_equal(scores[1], np.where(mask[1] == 1, 0.3, 0.3))
        np.testing.assert_array_equal(scores[0], np.where(mask[0] == 1, 0.0, 1.0))


def test_a_hard_disc_is_the_true_one():
    import tensorflow as tf

    at = tf.constant([0.0], tf.float64)
    mask, scores, _ = DISC.place(at, at, radius=tf.constant(4.0, tf.float64), softness=tf.constant(1e-3, tf.float64))
    np.testing.assert_allclose(scores, mask, atol=1e-9)
    _, moved, _ = DISC.place(at + 3, at, radius=tf.constant(4.0, tf.float64), softness=tf.constant(1e-3, tf.float64))
    np.testing.assert_allclose(moved[0, :, 3:], mask[0, :, :-3], atol=1e-9)


def test_an_empty_and_a_full_mask_are_scenes():
    for share in (0.0, 1.0):
        result = evaluate(CATALOGUE["binary-ce"], {}, {"share": share}, "scores", 5)
        felt, unfelt = (result.slope_y, result.slope_x) if share == 0 else (result.slope_x, result.slope_y)
        np.testing.assert_array_equal(unfelt, 0.0)
        assert np.abs(felt).max() > 1
