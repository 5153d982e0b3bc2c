import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import embedding
from explorer.embedding import distances, flight, neighbour_accuracy, spread


def some(points=40, users=5, dim=2, seed=0):
    random = np.random.default_rng(seed)
    return random.normal(size=(points, dim)), random.integers(users, size=points)


def slow_accuracy(point, user):
    """Return the share of right neighbours, one point and one pair at a time."""
    shares = []
    for i in range(len(point)):
        others = [j for j in range(len(point)) if j != i]
        if not any(user[j] == user[i] for j in others):
            continue
        lengths = [float(np.sum((point[i] - point[j]) ** 2)) for j in others]
        nearest = [j for j, length in zip(others, lengths, strict=True) if length == min(lengths)]
        shares.append(sum(user[j] == user[i] for j in nearest) / len(nearest))
    return sum(shares) / len(shares)


@pytest.mark.parametrize("dim", [1, 2, 7])
@pytest.mark.parametrize("seed", range(3))
def test_the_accuracy_is_that_of_the_slow_way(dim, seed):
    point, user = some(dim=dim, seed=seed)
    assert neighbour_accuracy(point, user) == pytest.approx(slow_accuracy(point, user))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), min_size=4, max_size=30))
def test_equally_near_points_each_count_for_their_part(rows):
    table = np.array(rows)
    point, user = table[:, :2], table[:, 2]
    if np.unique(user, return_counts=True)[1].max() < 2:
        return
    assert neighbour_accuracy(point, user) == pytest.approx(slow_accuracy(point, user))


def test_one_heap_is_worth_what_chance_is():
    user = np.repeat([0, 1], 50)
    assert neighbour_accuracy(np.zeros((100, 2)), user) == pytest.approx(49 / 99)


def test_blocks_change_nothing(monkeypatch):
    point, user = some(200)
    whole = neighbour_accuracy(point, user)
    monkeypatch.setattr(embedding, "BLOCK", 2_800)
    assert neighbour_accuracy(point, user) == whole


def test_where_nothing_can_be_right_there_is_no_accuracy():
    assert np.isnan(neighbour_accuracy([[0.0], [1.0]], [0, 1]))
    assert np.isnan(neighbour_accuracy([[0.0], [np.nan], [1.0]], [0, 0, 0]))
    assert neighbour_accuracy([[0.0], [1.0], [5.0]], ["a", "a", "alone"]) == 1.0


def test_ids_of_sixteen_digits_stay_apart():
    point = [[0.0], [0.1], [1.0], [1.1]]
    assert neighbour_accuracy(point, [2**53, 2**53, 2**53 + 1, 2**53 + 1]) == 1.0
    assert neighbour_accuracy(point, [2**53, 2**53 + 1, 2**53, 2**53 + 1]) == 0.0


def test_all_distances_are_those_of_the_slow_way():
    point, user = some()
    pairs = [(i, j) for i in range(40) for j in range(i + 1, 40)]
    for same, got in zip((True, False), (distances(point, user).same, distances(point, user).different), strict=True):
        expected = [np.linalg.norm(point[i] - point[j]) for i, j in pairs if (user[i] == user[j]) == same]
        np.testing.assert_allclose(got, expected)


def test_of_many_pairs_the_same_ones_are_told_again():
    point, user = some(120)
    whole, part, again = (distances(point, user, most=most) for most in (10**6, 300, 300))
    moved = distances(3 * point, user, most=300)
    for kind in ("same", "different"):
        told = getattr(part, kind)
        assert len(told) == 300 < len(getattr(whole, kind))
        assert set(told) <= set(getattr(whole, kind))
        np.testing.assert_array_equal(told, getattr(again, kind))
        np.testing.assert_allclose(getattr(moved, kind), 3 * told)


def test_the_spread_is_that_of_the_slow_way():
    point, _ = some(dim=3)
    middle = sum(point) / len(point)
    expected = np.sqrt(sum(np.linalg.norm(one - middle) ** 2 for one in point) / len(point))
    assert spread(point) == pytest.approx(expected)
    assert spread(point + 100) == pytest.approx(expected)


def test_what_grows_for_ever_flies_apart():
    found = flight(np.arange(1, 31))
    assert (found.place, found.times) == (9, 30.0)
    assert flight(np.arange(1, 10)) is None
    assert flight([1, 4, np.inf]).times == np.inf


def test_what_comes_to_rest_does_not_however_wide():
    assert flight([1, 30, 60, 80, 85, 86, 86, 86, 86]) is None
    assert flight([1.0, 2, 2, 2]) is None
    assert flight([0.0, 0, 0]) is None
    assert flight([1.0]) is None


@pytest.mark.parametrize(("point", "user"), [([0.0, 1.0], [0, 1]), ([[0.0], [1.0]], [0]), ([[0.0]], [[0]])])
def test_shapes_that_do_not_fit_are_refused(point, user):
    with pytest.raises(ValueError, match="Points must have the shape"):
        neighbour_accuracy(point, user)
