import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.embedding import neighbour_accuracy
from explorer.parameters import ParameterError
from explorer.tasks.identity import UsersError
from explorer.tasks.users import FEWEST_OF_USER, PARAMETERS, draw_users, users

X, IDS = draw_users()


def parts(task):
    return task.train, task.validation, task.test


def rows_of(sizes, seed=0):
    ids = np.repeat(np.arange(len(sizes)), sizes)
    return np.random.default_rng(seed).normal(size=(len(ids), 3)), ids


def test_each_user_is_split_half_a_fifth_and_the_rest():
    task = users(X, IDS)
    assert [np.bincount(part.y_true.astype(int)).tolist() for part in parts(task)] == [[30] * 6, [12] * 6, [18] * 6]
    np.testing.assert_array_equal(np.sort(np.concatenate(task.rows)), np.arange(360))
    assert task.notes == ()


def test_rows_say_where_each_sample_comes_from():
    task = users(X, IDS, seed=3)
    for part, rows in zip(parts(task), task.rows, strict=True):
        np.testing.assert_allclose(part.x * task.std + task.mean, X[rows], rtol=1e-5, atol=1e-5)
        assert [int(task.names[int(number)]) for number in part.y_true] == IDS[rows].tolist()
        assert part.x.dtype == part.y_true.dtype == np.float32
    np.testing.assert_array_equal(task.truth, task.test.y_true)


def test_the_seed_decides_the_split():
    one, same, other = (users(X, IDS, seed=seed).rows for seed in (1, 1, 2))
    for a, b, c in zip(one, same, other, strict=True):
        np.testing.assert_array_equal(a, b)
        assert not np.array_equal(a, c)


def test_standardisation_knows_the_training_part_only():
    task = users(X, IDS)
    np.testing.assert_allclose(task.mean, X[task.rows[0]].mean(axis=0))
    np.testing.assert_allclose(task.std, X[task.rows[0]].std(axis=0))
    later = X.copy()
    later[np.concatenate(task.rows[1:])] *= 3
    np.testing.assert_array_equal(users(later, IDS).train.x, task.train.x)


def test_a_constant_feature_is_zero():
    task = users(np.column_stack([X, np.full(len(X), 0.1)]), IDS)
    assert (task.train.x[:, -1] == 0).all()
    assert task.std[-1] == 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=12), st.integers(0, 2**32))
def test_who_has_enough_rows_is_in_every_part(sizes, seed):
    if sum(size >= FEWEST_OF_USER for size in sizes) < 2:
        return
    task = users(*rows_of(sizes), seed=seed)
    assert sorted(np.concatenate(task.rows).tolist()) == list(range(sum(sizes)))
    counts = [np.bincount(part.y_true.astype(int), minlength=len(sizes)) for part in parts(task)]
    for number, size in enumerate(sizes):
        train, validation, test = (int(count[number]) for count in counts)
        assert train >= min(size, 2)
        assert (validation >= 1 and test >= 2) or size < FEWEST_OF_USER


@pytest.mark.parametrize("kind", [np.int64, str, object, list])
def test_ids_of_sixteen_digits_stay_apart(kind):
    given = IDS.tolist() if kind is list else IDS.astype(kind)
    task = users(X, given)
    assert len(task.names) == 6
    assert {"9007199254740992", "9007199254740993"} <= set(task.names)
    assert set(task.train.y_true.tolist()) == {0.0, 1.0, 2.0, 3.0, 4.0, 5.0}


def test_floats_that_may_have_merged_users_are_refused():
    with pytest.raises(UsersError, match=r"Ids as float64 must be whole numbers below 9007199254740992"):
        users(X, IDS.astype(float))
    with pytest.raises(UsersError, match=r"Ids as float32 must be whole numbers below 16777216"):
        users(X, (IDS - IDS.min() + 2**24).astype(np.float32))
    with pytest.raises(UsersError, match=r"but one is 0\.5"):
        users(X, np.arange(360) % 3 + 0.5)
    assert users(X, (IDS - IDS.min()).astype(float)).names == ("0.0", "1.0", "2.0", "3.0", "4.0", "5.0")


def test_rows_without_id_or_features_are_left_out_and_said():
    x, ids = X.copy(), IDS.astype(object)
    x[[4, 9], 1] = np.nan, np.inf
    ids[[0, 9, 20]] = None, "", float("nan")
    task = users(x, ids)
    assert task.notes == ("3 rows left out: no id.", "1 row left out: no finite features.")
    assert not {0, 4, 9, 20} & set(np.concatenate(task.rows).tolist())
    assert np.isfinite(task.train.x).all()
    assert len(task.names) == 6


@pytest.mark.parametrize(
    ("x", "ids", "sentence"),
    [
        (X, np.full(360, 7), "All 360 rows are of one user"),
        (X, np.arange(360), "Each row has an id of its own"),
        (X, np.arange(360) // 4, "largest two of 90 users have 4 and 4"),
        (X, np.where(np.arange(360) < 300, 0, np.arange(360)), "largest two of 61 users have 300 and 1"),
        (X, [""] * 360, "Only 0 of 360 rows have an id and finite features"),
        (np.full_like(X, np.nan), IDS, "Only 0 of 360 rows"),
        (X[:8], IDS[:8], "Only 8 of 8 rows"),
        (X[:, 0], IDS, r"have shapes \(360,\) and \(360,\)"),
        (X, IDS[:-1], r"have shapes \(360, 8\) and \(359,\)"),
        ([["a"]] * 360, IDS, "Features must be numbers"),
        (X * [1e300, 1, 1, 1, 1, 1, 1, 1] * 1e5, IDS, "Feature 1 has values too wide apart"),
    ],
)
def test_what_cannot_be_embedded_is_said_in_one_sentence(x, ids, sentence):
    with pytest.raises(UsersError, match=sentence) as caught:
        users(x, ids)
    assert str(caught.value).endswith(".")


def test_too_many_rows_are_thinned_user_by_user():
    ids = np.repeat([0, 1, 2], [70_000, 29_995, 5])
    task = users(np.random.default_rng(0).normal(size=(100_000, 2)), ids)
    train, validation, test = task.rows
    taken = len(train) + len(validation) + len(test)
    assert 13_000 < taken <= 20_000
    assert len(test) <= 800
    for rows in task.rows:
        assert (ids[rows] == 0).mean() == pytest.approx(0.7, abs=0.01)
        assert (ids[rows] == 2).any()
    assert task.notes == (
        f"100,000 rows are more than are needed: {taken:,} of them were drawn, the same share of each user.",
    )


def test_thousands_of_users_become_two_hundred():
    ids = np.concatenate([np.repeat(np.arange(3_000), 10), np.arange(5_000, 6_000)])
    task = users(np.random.default_rng(0).normal(size=(len(ids), 4)), ids)
    assert len(task.names) == 200
    assert max(map(int, task.names)) < 3_000
    assert task.notes == ("4,000 users are more than 200: 200 of those with 5 rows or more were drawn by chance.",)
    assert len(np.unique(task.truth)) == 200
    assert np.bincount(task.truth).min() >= 2


@pytest.mark.parametrize("given", [{}, {"users": 12}, {"noise": 3.0}, {"features": 20}])
def test_raw_neighbours_of_generated_users_are_mostly_strangers(given):
    x, ids = draw_users(**given)
    raw = neighbour_accuracy((x - x.mean(axis=0)) / x.std(axis=0), ids)
    assert raw < 0.7
    assert np.unique(ids, return_counts=True)[1].tolist() == [60] * given.get("users", 6)


def test_without_noise_raw_neighbours_are_friends():
    x, ids = draw_users(noise=0)
    assert neighbour_accuracy(x, ids) > 0.95


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_generated_users_at_both_ends_of_each_slider(parameter):
    for end in parameter.range:
        x, ids = draw_users(**{parameter.name: end})
        assert np.isfinite(x).all()
        assert len(users(x, ids).test) > 0
    with pytest.raises(ParameterError):
        draw_users(**{parameter.name: parameter.high + 1})


def test_sizes_of_the_net_out_of_their_limits_are_refused():
    with pytest.raises(ParameterError):
        users(X, IDS, hidden=0)
    with pytest.raises(ParameterError):
        users(X, IDS, dim=0)
