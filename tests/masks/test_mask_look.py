"""What the views of masks are told: gradients, ways and batches, each against the slow way."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.masks.batch import batch, reductions
from explorer.masks.disc import SIDE, Pair, disc
from explorer.masks.gradient import pulls, reach
from explorer.masks.look import look
from explorer.masks.preset import PRESETS
from explorer.masks.sweep import WAYS, along, shifted
from explorer.surface import value_and_slope

KEYS = ("dice-published", "dice-sharp", "dice-soft", "dice-squared", "binary-ce", "bce-dice-soft", "bce-dice-published")
LOSSES = [(CATALOGUE[key], {}) for key in KEYS]
HARD, SOFT = LOSSES[:1], LOSSES[2:3]
SMOOTH_ONES = [loss for loss in LOSSES if loss[0].smooth]


def test_the_discs_lie_where_they_are_set():
    true, score = disc({"true_radius": 8, "radius": 5, "offset": 6, "softness": 0.1})
    assert true.shape == score.shape == (SIDE, SIDE)
    assert true.sum() == pytest.approx(np.pi * 64, rel=0.05)
    assert (score > 0.5).sum() == pytest.approx(np.pi * 25, rel=0.06)
    middle = (SIDE - 1) / 2
    np.testing.assert_allclose(np.argwhere(true).mean(axis=0), middle)
    np.testing.assert_allclose(np.argwhere(score > 0.5).mean(axis=0), [middle, middle + 6])


def test_softness_is_the_width_of_the_edge():
    for softness in (0.5, 1.0, 2.0):
        row = disc({"radius": 8, "offset": 0.5, "softness": softness}).score[16]
        at_edge = np.argmin(np.abs(row[16:] - 0.5)) + 16
        assert row[at_edge] - row[at_edge + 1] == pytest.approx(0.25 / softness, rel=0.25)
    assert not disc({"true_radius": 0}).true.any()


def test_pulls_are_values_and_gradients_of_the_reference():
    pair = disc({"offset": 3.0, "softness": 2.0})
    step = 1e-6
    for (spec, _), pull in zip(LOSSES, pulls(LOSSES, pair), strict=True):
        defaults = {parameter.name: parameter.default for parameter in spec.parameters}
        told = spec.reference(pair.true[None], pair.score[None], **defaults)[0]
        assert pull.value == pytest.approx(told, rel=1e-9)
        if pull.slope is None:
            assert spec.key == "dice-published"
            continue
        for row, column in ((16, 10), (16, 16), (12, 22)):
            moved = np.stack([pair.score, pair.score])
            moved[:, row, column] += (step, -step)
            up, down = spec.reference(np.stack([pair.true] * 2), moved, **defaults)
            assert pull.slope[row, column] == pytest.approx((up - down) / (2 * step), rel=1e-4, abs=1e-7)


def test_the_map_of_the_sum_with_the_hard_one_is_that_of_the_cross_entropy():
    entropy, both = pulls([LOSSES[4], LOSSES[6]], disc())
    np.testing.assert_array_equal(entropy.slope, both.slope)
    assert entropy.value != both.value


def test_an_empty_mask_is_dead_for_small_s_and_alive_for_a_large_one():
    empty = disc({"true_radius": 0, "radius": 4, "offset": 0})
    dead, alive = (pulls([(CATALOGUE["dice-soft"], {"smooth": s})], empty)[0] for s in (1e-5, 100.0))
    assert dead.value == pytest.approx(1, abs=1e-6)
    assert dead.size < 1e-4 * alive.size
    assert np.abs(dead.slope).max() < 1e-2 * reach([dead])
    assert alive.slope.min() > 0


def test_the_shared_scale_shows_the_weakest_but_no_dead_one():
    found = pulls(LOSSES, disc())
    steepest = [np.abs(pull.slope).max() for pull in found if pull.slope is not None]
    assert reach(found) == min(steepest) < max(steepest) / 100
    assert reach(pulls(HARD, disc())) == 1.0
    assert reach(pulls(SOFT, disc({"true_radius": 0}))) == 2 / SIDE**2


@pytest.mark.parametrize("way", WAYS)
def test_a_way_holds_the_losses_of_its_discs(way):
    scene = {"true_radius": 6.0, "radius": 5.0, "offset": 2.0, "softness": 1.5}
    told = along(LOSSES, scene, way)
    for place in (0, 37, len(told.x) - 1):
        held = scene | {WAYS[way].name: told.x[place]} | ({"true_radius": 0.0} if way == "false alarm" else {})
        want = [pull.value for pull in pulls(LOSSES, disc(held))]
        np.testing.assert_allclose(told.value[:, place], want, rtol=1e-12)


@pytest.mark.parametrize("way", WAYS)
def test_slopes_along_a_way_are_those_of_the_curve_and_the_hard_one_has_none(way):
    scene = {"true_radius": 6.0, "radius": 5.0, "offset": 2.0, "softness": 2.0}
    told = along(SMOOTH_ONES, scene, way)
    fine = np.gradient(told.value, told.x, axis=1, edge_order=2)
    scale = np.abs(fine).max(axis=1, keepdims=True)
    inner = slice(8, -8)
    assert (np.abs(told.slope - fine)[:, inner] < 0.02 * scale + 1e-6).all()
    assert np.isnan(along(HARD, scene, way).slope).all()


def test_the_hard_one_is_a_staircase():
    told = along(HARD, {"true_radius": 8.0, "radius": 7.0, "offset": 0.0, "softness": 1.0}, "radius")
    steps = np.diff(told.value[0])
    assert (steps == 0).mean() > 0.4
    assert np.abs(steps[steps != 0]).min() > 1e-4


def test_pictures_are_moved_by_whole_pixels():
    rng = np.random.default_rng(0)
    pair = Pair((rng.random((6, 8)) > 0.5).astype(float), rng.random((6, 8)))
    told = shifted(SOFT, pair)
    assert told.x.tolist() == list(range(-4, 5))
    right = np.zeros((6, 8))
    right[:, 3:] = pair.score[:, :-3]
    want, _ = value_and_slope(CATALOGUE["dice-soft"], pair.true[None], right[None])
    assert told.value[0, 7] == want[0]
    assert told.value[0, 4] == pulls(SOFT, pair)[0].value


def test_a_batch_is_reduced_in_both_ways():
    images = batch(disc())
    assert list(images) == ["as set", "small", "empty", "full"]
    assert not images["empty"].true.any()
    assert images["full"].true.all()
    for (spec, values), told in zip(LOSSES, reductions(LOSSES, images), strict=True):
        alone = [pulls([(spec, values)], pair)[0] for pair in images.values()]
        np.testing.assert_allclose(told.each, [pull.value for pull in alone], rtol=1e-12)
        assert told.mean == pytest.approx(np.mean(told.each))
        stacked = Pair(*(np.concatenate([getattr(pair, part) for pair in images.values()]) for part in Pair._fields))
        one = pulls([(spec, values)], stacked)[0]
        assert told.whole == pytest.approx(one.value)
        if told.slope_mean is None:
            assert told.shares is None
            continue
        np.testing.assert_allclose(told.slope_mean, np.stack([pull.slope for pull in alone]) / 4, rtol=1e-12)
        np.testing.assert_allclose(told.slope_whole.reshape(one.slope.shape), one.slope, rtol=1e-9)


def test_only_the_cross_entropy_is_the_same_both_ways_and_an_empty_image_gets_nothing_alone():
    told = dict(zip(KEYS, reductions(LOSSES, batch(disc())), strict=True))
    assert told["binary-ce"].mean == pytest.approx(told["binary-ce"].whole)
    np.testing.assert_allclose(*told["binary-ce"].shares)
    soft = told["dice-soft"]
    assert abs(soft.mean - soft.whole) > 0.1
    per_image, whole = soft.shares
    assert per_image[2] < 1e-5 < 0.1 < whole[2]
    assert per_image.sum() == pytest.approx(1)


def test_a_batch_takes_the_size_of_a_persons_pictures():
    pair = Pair(np.eye(20, 48), np.full((20, 48), 0.25))
    assert {one.true.shape for one in batch(pair).values()} == {(20, 48)}
    assert {part.shape for one in batch(pair).values() for part in one} == {(20, 48)}
    assert len(look("batch", SOFT, {}, pair)) == 1
    assert list(look("sweeps", SOFT, {}, pair)) == ["offset"]


def test_presets_show_what_they_say():
    told = {preset.title: preset for preset in PRESETS}

    def sizes(title):
        pair = disc(told[title].scene)
        losses = [(CATALOGUE["dice-soft"], told[title].values), (CATALOGUE["binary-ce"], {})]
        return [pull.size for pull in pulls(losses, pair)]

    assert sizes("Missed")[1] > 100 * sizes("Missed")[0]
    assert sizes("Empty mask")[0] < 1e-5 < 1e-3 < sizes("Empty mask, s = 100")[0]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("faces", SOFT, {}), "no view 'faces'"),
        (("image", SOFT, {"radius": -1}), "r · radius must lie between"),
        (("image", SOFT, {}, Pair(np.zeros((3, 3)), np.zeros((3, 4)))), "must have the shape of y_pred"),
        (("image", [(CATALOGUE["dice-soft"], {"smooth": 0})], {}), "s · smoothing must lie between"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        look(*asked)
    with pytest.raises(ValueError, match="no way 'up'"):
        along(SOFT, {}, "up")
