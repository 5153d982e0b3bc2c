"""The golden facts of the Dice forms."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import evaluate, value_and_slope

FORMS = ["dice-published", "dice-soft", "dice-sharp", "dice-squared"]


def some_masks(samples=6, shape=(5, 4)):
    rng = np.random.default_rng(0)
    return (rng.random((samples, *shape)) < 0.4).astype(float), rng.random((samples, *shape))


def loss_of(key, mask, scores, **keywords):
    return value_and_slope(CATALOGUE[key], mask, scores, **keywords)[0]


def test_the_published_form_has_no_gradient_and_the_others_have():
    mask, scores = some_masks()
    for key in FORMS:
        _, slope = value_and_slope(CATALOGUE[key], mask, scores)
        assert (slope is None) == (key == "dice-published")
        assert slope is None or (slope != 0).all()


def test_cross_entropy_plus_the_published_form_trains_by_cross_entropy_alone():
    import tensorflow as tf

    mask, scores = (tf.constant(part) for part in some_masks())
    with tf.GradientTape() as tape:
        tape.watch(scores)
        dice = CATALOGUE["dice-published"].function(mask, scores, smooth=1e-5, threshold=0.5)
        loss = CATALOGUE["binary-ce"].function(mask, scores) + dice
    _, alone = value_and_slope(CATALOGUE["binary-ce"], mask, scores)
    np.testing.assert_array_equal(tape.gradient(loss, scores), alone)


def test_the_published_numbers():
    mask, scores = np.array([[1, 1, 0, 0.0]]), np.array([[0.9, 0.4, 0.6, 0.5]])
    assert loss_of("dice-published", mask, scores, smooth=1e-5) == pytest.approx(-(2 + 1e-5) / (4 + 1e-5))
    assert loss_of("dice-published", mask, scores, threshold=0.3) == pytest.approx(-(4 + 1e-5) / (6 + 1e-5))
    assert loss_of("dice-soft", mask, scores, smooth=1.0) == pytest.approx(1 - 3.6 / 5.4)
    squares = 2 + 0.81 + 0.16 + 0.36 + 0.25
    assert loss_of("dice-squared", mask, scores, smooth=1.0) == pytest.approx(1 - 3.6 / (squares + 1))


@pytest.mark.parametrize("key", FORMS)
def test_a_whole_batch_is_one_sample(key):
    mask, scores = some_masks()
    images = loss_of(key, mask, scores)
    batch = loss_of(key, mask[None], scores[None])
    flat = loss_of(key, mask.reshape(1, -1), scores.reshape(1, -1))
    assert batch.shape == (1,)
    np.testing.assert_allclose(batch, flat, rtol=1e-12)
    assert abs(batch[0] - images.mean()) > 1e-4


@pytest.mark.parametrize(("smooth", "slope"), [(1.0, 0.04), (1e-5, 4e-7)])
def test_smoothing_decides_whether_an_empty_mask_has_a_gradient(smooth, slope):
    mask, scores = np.zeros((1, 8)), np.full((1, 8), 0.5)
    _, slopes = value_and_slope(CATALOGUE["dice-soft"], mask, scores, smooth=smooth)
    np.testing.assert_allclose(slopes, smooth / (4 + smooth) ** 2, rtol=1e-9)
    np.testing.assert_allclose(slopes, slope, rtol=0.6)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("smooth", [1e-7, 1e-5, 1.0, 1e4])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_empty_and_full_masks_are_finite(key, smooth, kind):
    ends = np.array([[0, 0, 0, 0], [1, 1, 1, 1]], kind)
    mask, scores = ends[[0, 0, 1, 1]], ends[[0, 1, 0, 1]]
    values, slope = value_and_slope(CATALOGUE[key], mask, scores, smooth=smooth)
    assert np.isfinite(values).all()
    assert slope is None or np.isfinite(slope).all()
    if key != "dice-sharp":
        right = -1.0 if key == "dice-published" else 0.0
        np.testing.assert_allclose(values[[0, 3]], right, atol=1e-6)
        assert (values[1:3] > right + 1e-5).all()


def test_a_cold_sharp_form_is_the_thresholded_one():
    mask, scores = some_masks()
    scores = np.where(np.abs(scores - 0.5) < 0.02, 0.6, scores)
    hard = 1 + loss_of("dice-published", mask, scores)
    errors = [
        np.abs(loss_of("dice-sharp", mask, scores, temperature=t) - hard).max() for t in (0.3, 0.03, 0.003, 0.001)
    ]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > 0.05
    assert errors[-1] < 1e-6


def test_the_published_surface_has_four_plateaus():
    result = evaluate(CATALOGUE["dice-published"], plane="scores", points=21)
    assert len(np.unique(result.value)) == 4
    assert result.value[0, -1] == pytest.approx(-1.0)
    np.testing.assert_array_equal(result.value[:11, :11], result.value[0, 0])
    np.testing.assert_array_equal(result.value[11:, 11:], result.value[-1, -1])


@pytest.mark.parametrize("key", FORMS)
def test_the_disc_lies_best_on_the_true_one(key):
    result = evaluate(CATALOGUE[key], {}, {"softness": 0.3}, "disc", 17)
    row, column = np.unravel_index(np.argmin(result.value), result.value.shape)
    assert (result.x[column], result.y[row]) == result.target == (0.0, 0.0)
    np.testing.assert_allclose(result.value, result.value[::-1], atol=1e-12)
    np.testing.assert_allclose(result.value, result.value.T, atol=1e-12)


def test_the_presets_show_what_they_say():
    presets = {preset.title: preset for preset in CATALOGUE["dice-soft"].presets}
    dead, alive = (
        evaluate(CATALOGUE["dice-soft"], presets[title].values, presets[title].scene, points=21)
        for title in ("Empty mask", "Empty mask, s = 1")
    )
    assert dead.value[1:].min() > 0.999
    assert np.abs(dead.slope_y[1:]).max() < 0.01
    assert alive.slope_y.min() > 0.003
