import numpy as np
import pytest

from explorer.confusion import accuracy, counts, mean_cost, mean_own_cost, recall

TRUTH, SAID = [0, 0, 0, 1, 1, 2], [0, 2, 2, 1, 0, 2]
W = [[5.0, 1.0, 8.0], [1.5, 5.0, 1.0], [1.0, 1.0, 5.0]]


def test_rows_are_the_truth_and_columns_the_prediction():
    assert counts(TRUTH, SAID, 3).tolist() == [[1, 0, 2], [1, 1, 0], [0, 0, 1]]


def test_scores_by_hand():
    matrix = counts(TRUTH, SAID, 3)
    assert accuracy(matrix) == pytest.approx(0.5)
    np.testing.assert_allclose(recall(matrix), [1 / 3, 1 / 2, 1])
    assert mean_cost(matrix, W) == pytest.approx((2 * 8 + 1.5) / 6)


def test_own_tables_count_each_for_its_sample():
    tables = np.array(W) * np.arange(1, 7)[:, None, None]
    assert mean_own_cost(TRUTH, SAID, tables) == pytest.approx((2 * 8 + 3 * 8 + 5 * 1.5) / 6)
    assert mean_own_cost(TRUTH, SAID, np.array([W] * 6)) == pytest.approx(mean_cost(counts(TRUTH, SAID, 3), W))


def test_a_class_without_samples_has_no_recall_and_nothing_has_no_scores():
    matrix = counts([0, 0], [0, 1], 3)
    assert np.isnan(recall(matrix)[1:]).all()
    scores = (accuracy(counts([], [], 3)), mean_cost(np.zeros((3, 3)), W), mean_own_cost([], [], np.zeros((0, 3, 3))))
    assert np.isnan(scores).all()


@pytest.mark.parametrize(("truth", "said"), [([0, 1], [0]), ([0, 3], [0, 1]), ([0, -1], [0, 1])])
def test_what_does_not_fit_is_refused(truth, said):
    with pytest.raises(ValueError, match=r"(must be rows of one length|Classes must lie between 0 and 2|shape)"):
        counts(truth, said, 3)
