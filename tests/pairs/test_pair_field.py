"""The batch, and the board: the loss over where one point lies, and the forces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.losses import CATALOGUE
from explorer.pairs.batch import EACH, MOST_POINTS, SLOTS, USERS, draw, moved, remark, slotted
from explorer.pairs.field import field, push

FORMS = ["pairwise-numpy", "pairwise-published", "pairwise-mean", "contrastive"]


def reported(key, ids, points):
    """Return what Keras reports: the mean over the rows, pair by pair."""
    spec = CATALOGUE[key]
    return spec.reference(ids, points, **{p.name: p.default for p in spec.parameters}).mean()


@given(st.integers(1, 6), st.integers(1, 12), st.integers(0, 99), st.floats(0, 2))
@settings(max_examples=40, deadline=None)
def test_more_points_leave_those_that_there_are_where_they_are(users, each, seed, spread):
    batch, more = draw(users, each, seed=seed, spread=spread), draw(users, 12, seed=seed, spread=spread)
    assert batch.points.shape == (users * each, 2)
    np.testing.assert_array_equal(batch.points, more.points[: users * each])
    assert np.bincount(batch.ids).tolist() == [each] * users


def test_without_spread_all_points_of_a_user_are_one_on_the_circle():
    batch = draw(5, 3, seed=1, spread=0.0)
    assert len(np.unique(batch.points.round(12), axis=0)) == 5
    np.testing.assert_allclose(np.linalg.norm(batch.points, axis=1), 1.0)


def test_a_pulled_point_alone_moves_and_the_count_goes_round():
    batch = draw(3, 4, seed=0, spread=0.4)
    pulled, place = moved(batch, 14, 0.5, -1.0)
    assert place == 1
    np.testing.assert_allclose(pulled.points - batch.points, np.eye(12)[1][:, None] * [0.5, -1.0], atol=1e-15)


def test_an_empty_slot_has_no_id():
    assert max(SLOTS) == MOST_POINTS == USERS.high * EACH.high
    ids, points = slotted(draw(3, 3, seed=0, spread=0.4))
    assert points.shape == (16, 2)
    assert np.isnan(ids[9:]).all()
    assert np.isfinite(points).all()


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize(("users", "each"), [(3, 4), (2, 2)])
def test_each_node_holds_what_keras_reports_with_the_point_there(key, users, each):
    batch = draw(users, each, seed=3, spread=0.4)
    told = field(CATALOGUE[key], {}, *batch, 1, (-2.0, 3.0), 5)
    for row, column in ((0, 0), (3, 1), (4, 2)):
        points = batch.points.copy()
        points[1] = told.x[column], told.y[row]
        assert told.value[row, column] == pytest.approx(reported(key, batch.ids, points), rel=1e-9)
    assert (told.x[0], told.x[-1]) == (-2.0, 3.0)


@pytest.mark.parametrize("key", FORMS)
def test_a_force_is_the_negative_slope_of_the_mean_over_the_rows(key):
    ids, points = draw(3, 4, seed=5, spread=0.4)
    told, step = push(CATALOGUE[key], {}, ids, points), 1e-6
    assert told.loss == pytest.approx(reported(key, ids, points), rel=1e-9)
    for place, axis in ((0, 0), (7, 1)):
        ends = []
        for sign in (1, -1):
            moved_points = points.copy()
            moved_points[place, axis] += sign * step
            ends.append(reported(key, ids, moved_points))
        assert told.force[place, axis] == pytest.approx(-(ends[0] - ends[1]) / (2 * step), abs=1e-7)
    np.testing.assert_allclose(told.force.sum(axis=0), 0.0, atol=1e-12)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize(("users", "each", "spread"), [(1, 1, 0.4), (1, 5, 0.4), (6, 1, 0.0), (3, 4, 0.0)])
def test_the_least_batches_are_finite(key, users, each, spread):
    told = field(CATALOGUE[key], {}, *draw(users, each, seed=0, spread=spread), 0, nodes=7)
    for part in (told.value, told.slope_x, told.slope_y, told.push.force, told.push.loss):
        assert np.isfinite(part).all()
    if users * each == 1:
        np.testing.assert_allclose(told.push.force, 0.0, atol=1e-12)


def test_what_a_batch_cannot_show_is_said():
    assert remark(3, 4) == ""
    assert "no strangers" in remark(1, 5)
    assert "no friends" in remark(4, 1)
    assert "no pair" in remark(1, 1)


@pytest.mark.parametrize(
    ("ids", "points", "moving", "sentence"),
    [
        ([0, 1], [[0, 0]], 0, "belong"),
        ([0, 1], [[0, 0], [0, np.nan]], 0, "finite"),
        ([0] * 73, np.zeros((73, 2)), 0, "1 to 72 points, but there are 73"),
        ([0, 1], np.zeros((2, 2)), 2, "one of the 2 points, but is 2"),
    ],
)
def test_what_is_no_board_is_refused(ids, points, moving, sentence):
    with pytest.raises(ValueError, match=sentence if sentence != "belong" else "must have the shape"):
        field(CATALOGUE["contrastive"], {}, ids, points, moving)
