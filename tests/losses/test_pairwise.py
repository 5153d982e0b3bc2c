"""The golden facts of the pairwise forms, and the closed form behind them."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE, distance
from explorer.losses.board import BOARD, LAYOUTS, own_centre
from explorer.surface import evaluate, value_and_slope

FORMS = ["pairwise-numpy", "pairwise-published", "pairwise-mean", "contrastive"]


def defaults(spec):
    return {parameter.name: parameter.default for parameter in spec.parameters}


def some_points(points=32, dim=10, users=10, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(users, size=points), rng.random((points, dim))


def sum_over_pairs(ids, encodings):
    """Return what the article's NumPy loop returns."""
    total = 0.0
    for i in range(len(ids)):
        for j in range(i + 1, len(ids)):
            length = np.linalg.norm(encodings[i] - encodings[j])
            total += length if ids[i] == ids[j] else -length
    return total


def total(key, ids, encodings, **keywords):
    return float(value_and_slope(CATALOGUE[key], ids, encodings, **keywords)[0].sum())


def test_the_rows_add_up_to_the_sum_over_pairs():
    ids, encodings = some_points()
    rows, _ = value_and_slope(CATALOGUE["pairwise-numpy"], ids, encodings)
    assert rows.shape == (32,)
    assert rows.sum() == pytest.approx(sum_over_pairs(ids, encodings), rel=1e-13)


@pytest.mark.parametrize("points", [8, 32, 128])
def test_published_and_numpy_differ_by_the_diagonal(points):
    ids, encodings = some_points(points)
    difference = total("pairwise-published", ids, encodings) - total("pairwise-numpy", ids, encodings)
    assert difference == pytest.approx(points * np.sqrt(1e-7) / 2, rel=0.02)
    if points == 32:
        assert difference == pytest.approx(0.00506, abs=5e-5)


def test_published_is_the_answers_code():
    ids, encodings = some_points()
    squared = np.square(encodings[None] - encodings[:, None]).sum(axis=-1)
    expected = (np.sqrt(squared + 1e-7) * ((ids[None] == ids[:, None]) * 2 - 1)).sum(axis=-1) / 2
    np.testing.assert_allclose(
        value_and_slope(CATALOGUE["pairwise-published"], ids, encodings)[0], expected, rtol=1e-12
    )


def test_published_grows_with_the_batch_and_the_mean_does_not():
    def rows(key):
        """Return the mean over rows at three sizes of batch: the loss that Keras reports."""
        draws = [[some_points(n, seed=seed) for seed in range(12)] for n in (4, 16, 64)]
        return np.array([np.mean([total(key, *draw) / len(draw[0]) for draw in several]) for several in draws])

    published, mean = rows("pairwise-published"), rows("pairwise-mean")
    assert published[1] / published[0] == pytest.approx(5, rel=0.15)
    assert published[2] / published[0] == pytest.approx(21, rel=0.15)
    np.testing.assert_allclose(mean, mean.mean(), rtol=0.1)
    assert (mean < 0).all()


@pytest.mark.parametrize("key", FORMS[:3])
def test_the_first_three_have_no_floor_and_the_contrastive_one_has(key):
    ids, encodings = some_points()
    ids = np.arange(32) % 2
    apart = encodings + 1e6 * ids[:, None]
    assert total(key, ids, apart) < -1e6
    assert 0 <= total("contrastive", ids, apart) < total("contrastive", ids, encodings)


def test_far_enough_apart_and_all_together_the_contrastive_loss_is_0_and_rests():
    ids = np.array([0, 0, 1, 1])
    values, slope = value_and_slope(CATALOGUE["contrastive"], ids, [[0, 0], [0, 0], [3, 0], [3, 0]], margin=2.5)
    np.testing.assert_array_equal(values, 0.0)
    np.testing.assert_array_equal(slope, 0.0)
    closer, push = value_and_slope(CATALOGUE["contrastive"], ids, [[0, 0], [0, 0], [2, 0], [2, 0]], margin=2.5)
    np.testing.assert_allclose(closer, 2 * 0.5**2 / 3)
    assert (push[:2, 0] > 0).all()
    assert (push[2:, 0] < 0).all()


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("where", [0.0, 1.0, 1e5])
def test_equal_points_are_finite_and_pull_nowhere(key, kind, where):
    values, slope = value_and_slope(CATALOGUE[key], [1, 1, 2, 2, 2], np.full((5, 7), where, kind))
    expected = CATALOGUE[key].reference([1, 1, 2, 2, 2], np.zeros((5, 7)), **defaults(CATALOGUE[key]))
    np.testing.assert_allclose(values, expected, rtol=1e-6)
    np.testing.assert_allclose(slope, 0.0, atol=1e-9)


@pytest.mark.parametrize("key", FORMS)
def test_two_equal_points_among_others_change_nothing_for_them(key):
    ids, encodings = some_points(12, 6, 3)
    encodings[5] = encodings[4]
    spec = CATALOGUE[key]
    values, slope = value_and_slope(spec, ids, encodings)
    np.testing.assert_allclose(values, spec.reference(ids, encodings, **defaults(spec)), rtol=1e-12)
    assert np.isfinite(slope).all()
    np.testing.assert_allclose(slope.sum(axis=0), 0.0, atol=1e-12)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize(("kind", "atol"), [(np.float32, 2e-5), (np.float64, 1e-13)])
def test_the_rounding_of_squares_is_not_taken_for_a_distance(key, kind, atol):
    spec, places = CATALOGUE[key], np.random.default_rng(0).normal(size=(3, 100)).astype(kind) / 10
    ids, encodings = np.arange(12) // 4, places[np.arange(12) // 4]
    values, slope = value_and_slope(spec, ids, encodings)
    np.testing.assert_allclose(values, spec.reference(ids, encodings, **defaults(spec)), rtol=1e-6, atol=atol)
    assert np.isfinite(slope).all()
    alone, force = value_and_slope(spec, ids[:4], encodings[:4])
    np.testing.assert_allclose(alone, spec.reference(ids[:4], encodings[:4], **defaults(spec)), atol=1e-9)
    np.testing.assert_allclose(force, 0.0, atol=1e-9)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("pairs", [2**20, 40, 1], ids=["one block", "blocks of 3", "blocks of 1"])
@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
def test_blocks_change_no_digit_that_counts(key, pairs, lead, monkeypatch):
    monkeypatch.setattr(distance, "MOST_PAIRS", pairs * max(int(np.prod(lead)), 1))
    rng = np.random.default_rng(0)
    ids, encodings = rng.integers(4, size=(*lead, 13)), rng.normal(size=(*lead, 13, 5))
    spec, values_of = CATALOGUE[key], defaults(CATALOGUE[key])
    assert distance._block(encodings.shape) == {2**20: None, 40: 3, 1: 1}[pairs]
    values, slope = value_and_slope(spec, ids, encodings)
    assert values.shape == (*lead, 13)
    np.testing.assert_allclose(values, spec.reference(ids, encodings, **values_of), rtol=1e-12, atol=1e-13)
    way, step = rng.normal(size=encodings.shape), 1e-6
    ahead, behind = (spec.reference(ids, encodings + sign * step * way, **values_of).sum() for sign in (1, -1))
    assert np.sum(slope * way) == pytest.approx((ahead - behind) / (2 * step), rel=1e-7)


@pytest.mark.parametrize("key", FORMS)
def test_the_slope_of_weighted_rows_is_exact(key):
    """A row is felt by all its points: with a weight for each row, as for samples with weights."""
    import tensorflow as tf

    ids, encodings = some_points(9, 3, 3)
    spec, weight = CATALOGUE[key], np.linspace(0.2, 3.0, 9)
    points = tf.constant(encodings)
    with tf.GradientTape() as tape:
        tape.watch(points)
        loss = tf.reduce_sum(spec.function(tf.constant(ids), points, **defaults(spec)) * weight)
    slope, step = tape.gradient(loss, points).numpy(), 1e-6
    for i, axis in np.ndindex(9, 3):
        moved = np.zeros((9, 3))
        moved[i, axis] = step
        ahead, behind = (spec.reference(ids, encodings + sign * moved, **defaults(spec)) for sign in (1, -1))
        assert slope[i, axis] == pytest.approx(weight @ (ahead - behind) / (2 * step), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize(("kind", "far", "rtol"), [(np.float64, 1e6, 1e-8), (np.float32, 100.0, 2e-4)])
def test_far_from_0_nothing_is_lost(key, kind, far, rtol):
    ids, encodings = some_points()
    moved = (encodings + far).astype(kind)
    values, slope = value_and_slope(CATALOGUE[key], ids, moved)
    near, near_slope = value_and_slope(CATALOGUE[key], ids, moved.astype(float) - far)
    np.testing.assert_allclose(values, near, rtol=rtol, atol=rtol)
    np.testing.assert_allclose(slope, near_slope, rtol=rtol, atol=rtol)


@pytest.mark.parametrize("key", FORMS)
def test_the_pair_of_a_point_with_itself_does_not_blur_its_slope(key):
    ids, encodings = some_points(32, 32)
    _, fine = value_and_slope(CATALOGUE[key], ids, encodings.astype(np.float32).astype(float))
    _, coarse = value_and_slope(CATALOGUE[key], ids, encodings.astype(np.float32))
    np.testing.assert_allclose(coarse, fine, atol=1e-5)


def test_a_point_alone_has_no_pairs():
    for key, expected in zip(FORMS, [0.0, np.sqrt(1e-7) / 2, 0.0, 0.0], strict=True):
        values, slope = value_and_slope(CATALOGUE[key], [5], [[1.0, 2.0]])
        assert values == pytest.approx([expected])
        np.testing.assert_array_equal(slope, 0.0)


@pytest.mark.parametrize("key", FORMS)
def test_the_size_of_a_batch_may_be_open(key):
    import tensorflow as tf

    spec = CATALOGUE[key]
    batch = tf.TensorSpec([None], tf.int64), tf.TensorSpec([None, 10], tf.float64)
    function = tf.function(lambda i, e: spec.function(i, e, **defaults(spec)), input_signature=batch, autograph=False)
    for points in (5, 32):
        ids, encodings = some_points(points)
        np.testing.assert_allclose(function(ids, encodings), value_and_slope(spec, ids, encodings)[0], rtol=1e-12)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize(("users", "each", "moving"), [(2, 2, 1), (3, 4, 6), (4, 8, 32), (2, 3, 9)])
def test_the_board_is_the_loss_of_the_points_that_are_there(key, users, each, moving):
    scene = {"users": users, "each": each, "moving": moving, "seed": 3}
    spec = CATALOGUE[key]
    result = evaluate(spec, {}, scene, points=9)
    count, moved = users * each, (moving - 1) % (users * each)
    encodings = LAYOUTS[users - 2, 3, :count].copy()
    for row, column in ((0, 0), (4, 7), (8, 3)):
        encodings[moved] = result.x[column], result.y[row]
        values, slope = value_and_slope(spec, np.arange(count) % users, encodings)
        assert result.value[row, column] == pytest.approx(values.sum(), rel=1e-12)
        assert (result.slope_x[row, column], result.slope_y[row, column]) == pytest.approx(tuple(slope[moved]))
    assert result.target == own_centre(**scene)


def test_the_target_is_the_middle_of_the_users_other_points():
    own = [layout for slot, layout in enumerate(LAYOUTS[1, 0, :12]) if slot % 3 == 1 and slot != 4]
    assert own_centre(users=3, each=4, moving=5, seed=0) == pytest.approx(tuple(np.mean(own, axis=0)))


def test_every_target_is_drawn():
    for users, each, seed in np.ndindex(3, 7, 10):
        for moving in range(1, 33):
            x, y = own_centre(users=users + 2, each=each + 2, moving=moving, seed=seed)
            assert BOARD.x.low < x < BOARD.x.high
            assert BOARD.y.low < y < BOARD.y.high
