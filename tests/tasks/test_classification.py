import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.confusion import accuracy, counts
from explorer.losses import CATALOGUE
from explorer.parameters import ParameterError
from explorer.tasks import ClassificationError, classification
from explorer.training import run

RANDOM = np.random.default_rng(5)
LABEL = np.repeat([0, 1, 2], [100, 60, 20])
X = RANDOM.normal(size=(180, 4)) * [1, 10, 0.01, 1] + LABEL[:, None] * [1, 0, 0, 4] + [0, 1e6, -3, 0]


def test_each_class_is_split_half_a_fifth_and_the_rest():
    task = classification(X, LABEL, 3)
    assert [np.bincount(LABEL[rows]).tolist() for rows in task.rows] == [[50, 30, 10], [20, 12, 4], [30, 18, 6]]
    np.testing.assert_array_equal(np.sort(np.concatenate(task.rows)), np.arange(180))
    assert task.left_out == 0


def test_rows_say_where_each_sample_comes_from():
    task = classification(X, LABEL, 3, seed=3)
    for part, rows in zip((task.train, task.validation, task.test), task.rows, strict=True):
        np.testing.assert_allclose(part.x[: len(rows)] * task.std + task.mean, X[rows], rtol=1e-5, atol=1e-5)
        np.testing.assert_array_equal(part.y_true[: len(rows)], np.eye(3)[LABEL[rows]])
        assert part.x.dtype == part.y_true.dtype == np.float32
    np.testing.assert_array_equal(task.truth, LABEL[task.rows[2]])


def test_the_seed_decides_the_split():
    one, same, other = (classification(X, LABEL, 3, seed=seed).rows for seed in (1, 1, 2))
    for a, b, c in zip(one, same, other, strict=True):
        np.testing.assert_array_equal(a, b)
        assert not np.array_equal(a, c)


def test_normalisation_knows_the_training_part_only():
    task = classification(X, LABEL, 3)
    known = X[task.rows[0]]
    np.testing.assert_allclose(task.mean, known.mean(axis=0))
    np.testing.assert_allclose(task.std, known.std(axis=0))
    later = X.copy()
    later[np.concatenate(task.rows[1:])] *= 3
    other = classification(later, LABEL, 3)
    np.testing.assert_array_equal(other.train.x, task.train.x)
    assert not np.array_equal(other.validation.x, task.validation.x)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(3, 60), min_size=2, max_size=10), st.integers(0, 2**32))
def test_every_class_is_in_every_part_and_no_sample_in_two(sizes, seed):
    label = np.repeat(np.arange(len(sizes)), sizes)
    if len(label) < 10:
        return
    rows = classification(np.arange(len(label))[:, None], label, len(sizes), seed=seed).rows
    assert len(set(np.concatenate(rows).tolist())) == len(label)
    for part in rows:
        assert set(label[part].tolist()) == set(range(len(sizes)))


def test_too_many_rows_are_thinned_class_by_class():
    label = np.repeat([0, 1, 2], [50_000, 9_995, 5])
    task = classification(np.arange(60_000.0)[:, None], label, 3)
    train, validation, test = task.rows
    assert len(train) + len(validation) <= 18_000
    assert 1_980 <= len(test) <= 2_000
    assert task.left_out == 60_000 - len(train) - len(validation) - len(test)
    for rows in task.rows:
        assert (label[rows] == 0).mean() == pytest.approx(5 / 6, abs=0.01)
        assert (label[rows] == 2).any()
    whole = classification(np.arange(20_000.0)[:, None], np.arange(20_000) % 2, 2)
    assert (len(whole.rows[0]), len(whole.rows[1])) == (10_000, 4_000)


def test_the_lattice_covers_the_data_in_their_units():
    task = classification(X, LABEL, 3, axes=(1, 3))
    for nodes, axis in zip(task.nodes, (1, 3), strict=True):
        span = np.ptp(X[:, axis])
        assert nodes[[0, -1]] == pytest.approx([X[:, axis].min() - 0.05 * span, X[:, axis].max() + 0.05 * span])
    lattice = task.test.x[len(task.truth) :].reshape(41, 41, 4) * task.std + task.mean
    np.testing.assert_allclose(lattice[..., 1], np.tile(task.nodes[0], (41, 1)), rtol=1e-6)
    np.testing.assert_allclose(lattice[..., 3], np.tile(task.nodes[1][:, None], 41), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(lattice[..., [0, 2]], np.tile(task.mean[[0, 2]], (41, 41, 1)))


def test_one_prediction_holds_samples_and_regions():
    task = classification(X, LABEL, 3, axes=(0, 3))
    point = task.test.x * task.std + task.mean
    prediction = np.float32(np.column_stack([point[:, 0] < 0, point[:, 0] >= 0, point[:, 3] > 4])) * [1, 1, 2]
    winner = task.regions(prediction)
    for i, j in ((0, 0), (0, 40), (40, 0), (17, 30)):
        x, y = task.nodes[0][j], task.nodes[1][i]
        assert winner[i, j] == (2 if y > 4 else int(x >= 0))
    own = X[task.rows[2]]
    np.testing.assert_array_equal(
        task.held_out(prediction).argmax(axis=-1), np.where(own[:, 3] > 4, 2, (own[:, 0] >= 0).astype(int))
    )
    several = np.stack([prediction, prediction[:, ::-1]])
    assert task.held_out(several).shape == (2, 54, 3)
    np.testing.assert_array_equal(task.regions(several)[1], 2 - winner)


def test_nodes_count_in_no_score():
    task = classification(X, LABEL, 3)
    prediction = np.eye(3)[np.concatenate([task.truth, np.zeros(41 * 41, int)])]
    prediction[:27] = np.roll(prediction[:27], 1, axis=1)
    assert task.scores(task.test, prediction)["accuracy"] == 0.5
    assert accuracy(counts(task.truth, task.held_out(prediction).argmax(axis=-1), 3)) == 0.5


def test_one_feature_has_no_lattice():
    task = classification(X[:, :1], LABEL, 3, axes=(0, 1))
    assert len(task.test) == len(task.truth) == 54
    assert [len(nodes) for nodes in task.nodes] == [0, 0]
    prediction = task.test.y_true
    assert task.held_out(prediction).shape == (54, 3)
    assert task.regions(prediction).shape == (0, 0)


def test_a_constant_feature_keeps_its_value_and_has_a_lattice():
    constant = np.column_stack([np.full(180, 0.1), X[:, 1]])
    task = classification(constant, LABEL, 3)
    assert (task.mean[0], task.std[0]) == (0.1, 1.0)
    assert not task.train.x[:, 0].any()
    assert (np.diff(task.nodes[0]) > 0).all()


def test_a_table_stays_with_its_sample():
    weights = np.arange(180 * 9).reshape(180, 3, 3) % 999 - 500.0
    task = classification(X, LABEL, 3, weights=weights)
    for part, rows in zip((task.train, task.validation, task.test), task.rows, strict=True):
        assert len(part.context["weights"]) == len(part)
        assert part.context["weights"].dtype == np.float32
        np.testing.assert_array_equal(part.context["weights"][: len(rows)], weights[rows])
    np.testing.assert_array_equal(task.test.context["weights"][54:], 1)
    assert not classification(X, LABEL, 3).train.context


def test_it_trains_and_the_seed_decides_the_weights():
    task = classification(X, LABEL, 3, hidden=8)
    one, same, other = (task.build(seed).get_weights() for seed in (3, 3, 4))
    assert [weight.shape for weight in one] == [(4, 8), (8,), (8, 3), (3,)]
    for a, b in zip(one, same, strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(one[0], other[0])
    *_, last = run(CATALOGUE["cce"], task=task, epochs=30)
    prediction = task.held_out(last.prediction)
    np.testing.assert_allclose(prediction.sum(axis=1), 1, rtol=1e-5)
    assert accuracy(counts(task.truth, prediction.argmax(axis=1), 3)) > 0.8
    assert len(np.unique(task.regions(last.prediction))) >= 2


ONES = np.ones((180, 3, 3))
HOLE = np.where(np.arange(720).reshape(180, 4) == 9, np.nan, X)
DEAR = np.where(np.arange(1620).reshape(180, 3, 3) == 14, 1e12, ONES)


@pytest.mark.parametrize(
    ("args", "more", "sentence"),
    [
        ((X, LABEL, 1), {}, "must be 2 to 10 classes, but there are 1."),
        ((X, LABEL, 1000), {}, "must be 2 to 10 classes, but there are 1,000."),
        ((X, LABEL * 0, 3), {"names": ["a", "b", "c"]}, "All samples are of class 'a'"),
        ((X, LABEL * 0 + 1, 2), {}, "All samples are of class 1"),
        ((X, np.r_[LABEL[:-1], 3], 4), {}, "Class 3 has 1 sample, but needs 3"),
        ((X, np.r_[LABEL[:-2], 3, 3], 4), {"names": [*"abc", "rare"]}, "Class 'rare' has 2 samples, but"),
        ((X, LABEL, 4), {}, "Class 3 has no samples"),
        ((X[::20], LABEL[::20], 3), {}, "There are 9 samples, but at least 10"),
        ((X[:0], LABEL[:0], 3), {}, "There are 0 samples"),
        ((HOLE, LABEL, 3), {}, "feature 2 of sample 3 is nan"),
        ((X, LABEL - 1, 3), {}, "from 0 to 2, but sample 1 has -1"),
        ((X, LABEL + 0.5, 3), {}, "from 0 to 2, but sample 1 has 0.5"),
        ((X[:, 0], LABEL, 3), {}, r"have shapes \(180,\) and \(180,\)"),
        ((X[1:], LABEL, 3), {}, r"have shapes \(179, 4\) and \(180,\)"),
        ((X[:, :0], LABEL, 3), {}, r"have shapes \(180, 0\)"),
        (([["a"]] * 20, LABEL[:20], 3), {}, "must be numbers"),
        ((X, LABEL, 3), {"weights": ONES[:2]}, r"must have shape \(180, 3, 3\), one table for each sample, but have"),
        ((X, LABEL, 3), {"weights": ONES[0]}, r"but have \(3, 3\)"),
        ((X, LABEL, 3), {"weights": DEAR}, r"between -1000 and 1000, but W\[1, 2\] of sample 2 is 1e\+12"),
        ((X, LABEL, 3), {"weights": ONES * np.nan}, "of sample 1 is nan"),
        ((X, LABEL, 3), {"weights": "ones"}, "must hold numbers"),
        ((X, LABEL, 3), {"axes": (1, 1)}, "two different features from 0 to 3, but got 1 and 1"),
        ((X, LABEL, 3), {"axes": (0, 4)}, "but got 0 and 4"),
        ((X * [1, 1e302, 1, 1], LABEL, 3), {}, "Feature 2 has values too wide"),
    ],
)
def test_what_no_classifier_can_learn_is_refused_in_one_sentence(args, more, sentence):
    with pytest.raises(ClassificationError, match=sentence) as caught:
        classification(*args, **more)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_width_out_of_its_limits_is_refused():
    with pytest.raises(ParameterError, match="Hidden units must lie between"):
        classification(X, LABEL, 3, hidden=0)
