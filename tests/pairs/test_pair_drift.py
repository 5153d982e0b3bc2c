"""Points that are let go: the way of the Keras optimizer, its end and the verdict."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.pairs import verdict
from explorer.pairs.batch import draw
from explorer.pairs.drift import drift
from explorer.pairs.field import push
from explorer.training.setting import OPTIMIZERS

PUBLISHED, MEAN, CONTRASTIVE = (CATALOGUE[key] for key in ("pairwise-published", "pairwise-mean", "contrastive"))
BATCH = draw(3, 4, seed=0, spread=0.45)


def ways(*specs, batch=BATCH, values=None, **how):
    return [way for way in drift([(spec, values or {}) for spec in specs], *batch, **how) if way]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_way_is_that_of_the_keras_optimizer(optimizer):
    import keras

    kind, options = OPTIMIZERS[optimizer]
    mover, points = getattr(keras.optimizers, kind)(0.05, **options), keras.Variable(BATCH.points, dtype="float64")
    mover.build([points])
    (way,) = ways(CONTRASTIVE, optimizer=optimizer, learning_rate=0.05, steps=12)
    for step in range(13):
        here = push(CONTRASTIVE, {}, BATCH.ids, points.numpy())
        np.testing.assert_allclose(way.point[step], points.numpy(), atol=1e-7)
        np.testing.assert_allclose(way.force[step], here.force, atol=1e-7)
        assert way.loss[step] == pytest.approx(here.loss, abs=1e-9)
        mover.apply([-here.force], [points])


def test_published_and_mean_fly_apart_and_contrastive_settles():
    published, mean, contrastive = ways(PUBLISHED, MEAN, CONTRASTIVE)
    assert (published.verdict.kind, mean.verdict.kind) == (verdict.APART, verdict.APART)
    assert contrastive.verdict.kind == verdict.REST
    assert "as wide as at the start after 60 steps, and the loss still falls" in published.verdict.sentence
    assert published.different[-1] > 10 * published.different[0]
    assert contrastive.different[-1] < 2 * contrastive.different[0]
    assert (np.diff(published.loss) < 0).all()
    assert contrastive.loss[-1] >= 0
    for way in (published, mean, contrastive):
        np.testing.assert_array_equal(way.point[0], BATCH.points)
        assert len(way.point) == len(way.force) == len(way.loss) == way.steps + 1 == 61


def test_distances_are_those_of_the_pairs():
    (way,) = ways(MEAN, steps=5)
    for step in (0, 5):
        apart = {True: [], False: []}
        for i in range(12):
            for j in range(i):
                same = bool(BATCH.ids[i] == BATCH.ids[j])
                apart[same].append(np.linalg.norm(way.point[step, i] - way.point[step, j]))
        assert way.same[step] == pytest.approx(np.mean(apart[True]))
        assert way.different[step] == pytest.approx(np.mean(apart[False]))


def test_a_way_ends_once_it_is_pointless_and_keeps_all_before():
    (way,) = ways(PUBLISHED, learning_rate=1000.0, steps=100)
    assert way.steps < 100
    assert way.verdict.kind == verdict.APART
    assert f"after {way.steps} steps and ended there" in way.verdict.sentence
    assert np.isfinite(way.point).all()
    width = np.sqrt(np.square(way.point - way.point.mean(axis=1, keepdims=True)).sum(axis=-1).mean(axis=-1))
    assert width[-1] >= 1000 * width[0] > width[-2]


def test_steps_that_are_too_long_are_told_from_flying_apart():
    (way,) = ways(CONTRASTIVE, batch=draw(1, 4, seed=0, spread=0.45), learning_rate=10.0)
    assert way.verdict.kind == verdict.UP
    assert "the loss rises" in way.verdict.sentence


def test_what_is_no_longer_finite_is_left_out_and_said():
    (way,) = ways(CONTRASTIVE, learning_rate=1e6, batch=draw(1, 4, seed=0, spread=0.45))
    assert np.isfinite(way.loss).all()
    assert way.steps < 60
    lost = verdict.judge(np.ones(4), np.ones(4), np.ones(4), 60)
    assert lost == (verdict.LOST, "Ended after step 3: the next one is no longer finite.")
    assert verdict.last_step(np.array([1.0, 2.0, np.inf]), np.zeros(3)) == 1
    assert verdict.last_step(np.array([1.0, 2.0, 3.0]), np.array([0.0, np.nan, 1.0])) == 0


def test_without_a_force_nothing_moves():
    (way,) = ways(CONTRASTIVE, batch=draw(4, 1, seed=0, spread=0.0))
    assert way.verdict == (verdict.REST, "Nothing moves: there is no force on any point.")
    np.testing.assert_array_equal(way.point[-1], way.point[0])
    assert np.isnan(way.same).all()


def test_one_user_gathers():
    (way,) = ways(MEAN, batch=draw(1, 6, seed=0, spread=0.45), optimizer="adam", learning_rate=0.05)
    assert way.verdict.kind == verdict.TOGETHER
    assert np.isnan(way.different).all()


def test_a_wide_margin_is_no_flight():
    (way,) = ways(CONTRASTIVE, values={"margin": 3.0}, learning_rate=5.0, steps=200)
    assert way.verdict.kind == verdict.REST


def test_a_bad_setting_is_refused_before_anything_is_computed():
    with pytest.raises(ValueError, match="Steps must lie between"):
        drift([(MEAN, {})], *BATCH, steps=10_000)
    with pytest.raises(ValueError, match="Optimizer must be one of"):
        drift([(MEAN, {})], *BATCH, optimizer="lion")
    with pytest.raises(ValueError, match="margin must lie between"):
        drift([(CONTRASTIVE, {"margin": -1.0})], *BATCH)
