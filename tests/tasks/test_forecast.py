import numpy as np
import pytest

from explorer.tasks import TASKS, forecast

SWING = np.sin(np.arange(200) / 3) * 5 + 20


def ramp_with_three_test_targets():
    value = np.arange(22.0)
    value[19:] = 18, 25, 20
    return forecast(value, window=2)


def test_windows_hold_the_values_before_their_targets():
    task = forecast(SWING, window=5, horizon=2)
    normal = (SWING - task.mean) / task.std
    for part, start in ((task.train, 5), (task.validation, task.borders[0]), (task.test, task.borders[1])):
        for i in (0, len(part) - 1):
            np.testing.assert_allclose(part.x[i], normal[start + i - 5 : start + i], rtol=1e-5, atol=1e-6)
            np.testing.assert_allclose(part.y_true[i], normal[start + i : start + i + 2], rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(part.context["y_last"], part.x[:, -1:])
        assert part.x.dtype == part.y_true.dtype == part.context["y_last"].dtype == np.float32


@pytest.mark.parametrize("horizon", [1, 4])
def test_parts_share_no_target(horizon):
    task = forecast(SWING, window=10, horizon=horizon)
    first, second = task.borders
    assert len(task.train) == first - 10 - horizon + 1
    assert len(task.validation) == second - first - horizon + 1
    assert len(task.test) == len(SWING) - second - horizon + 1
    assert task.test_index[0, 0] == second
    assert task.test_index[-1, -1] == len(SWING) - 1


def test_split_is_70_15_15():
    task = forecast(SWING, window=10)
    assert (len(task.train), len(task.validation), len(task.test)) == (134, 28, 28)


def test_training_knows_nothing_of_what_comes_later():
    task = forecast(SWING)
    later = SWING.copy()
    later[task.borders[0] :] += 100 * np.arange(len(SWING) - task.borders[0])
    other = forecast(later)
    assert (other.mean, other.std) == (task.mean, task.std)
    np.testing.assert_array_equal(other.train.x, task.train.x)
    np.testing.assert_array_equal(other.train.y_true, task.train.y_true)
    assert not np.array_equal(other.validation.y_true, task.validation.y_true)


def test_validation_knows_nothing_of_the_test_part():
    task = forecast(SWING, horizon=3)
    later = SWING.copy()
    later[task.borders[1] :] = 0
    other = forecast(later, horizon=3)
    np.testing.assert_array_equal(other.validation.x, task.validation.x)
    np.testing.assert_array_equal(other.validation.y_true, task.validation.y_true)


def test_normalisation_is_that_of_the_training_part():
    task = forecast(SWING)
    known = SWING[: task.borders[0]]
    assert task.mean == pytest.approx(known.mean())
    assert task.std == pytest.approx(known.std())
    np.testing.assert_allclose(task.restore(task.test.y_true), SWING[task.test_index], rtol=1e-6)


def test_repeat_last_is_scored_as_by_hand():
    task = ramp_with_three_test_targets()
    baseline = task.repeat_last(task.test)
    np.testing.assert_allclose(baseline, [[18], [18], [25]], rtol=1e-6)
    scores = task.scores(task.test, baseline)
    assert scores["mae"] == pytest.approx((0 + 7 + 5) / 3)
    assert scores["rmse"] == pytest.approx(np.sqrt((0 + 49 + 25) / 3))
    assert scores["direction_accuracy"] == 0
    assert scores["mase"] == pytest.approx((0 + 7 + 5) / 3 / 1), "the training part climbs by 1"


def test_direction_counts_true_moves_only():
    task = ramp_with_three_test_targets()
    scores = task.scores(task.test, np.array([[20.0], [19.0], [30.0]]))
    assert scores["mae"] == pytest.approx((2 + 6 + 10) / 3)
    assert scores["direction_accuracy"] == 0.5


def test_a_constant_series_stays_finite_and_has_no_direction():
    task = forecast(np.full(60, 0.1))
    assert (task.mean, task.std) == (0.1, 1.0)
    assert not task.train.x.any()
    assert set(task.scores(task.test, task.repeat_last(task.test))) == {"mae", "rmse"}


def test_repeat_last_spans_the_horizon():
    task = forecast(SWING, horizon=3)
    baseline = task.repeat_last(task.test)
    assert baseline.shape == task.test.y_true.shape
    np.testing.assert_allclose(baseline[0], SWING[task.borders[1] - 1], rtol=1e-6)


def test_the_shortest_series_has_one_sample_a_part():
    task = forecast(np.arange(24 + 3 * 2), horizon=2)
    assert (len(task.train), len(task.validation), len(task.test)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("value", "settings", "sentence"),
    [
        (np.arange(29), {"horizon": 2}, "need at least 30 values, but the series has 29"),
        ([], {}, "need at least 27 values, but the series has 0"),
        ([1, 2, np.nan, *range(40)], {}, "value number 3 is nan"),
        ([1, np.inf, *range(40)], {}, "value number 2 is inf"),
        (SWING, {"window": 1}, "Window must lie between 2 and 365, but is 1"),
        (SWING, {"window": 366}, "Window must lie between 2 and 365, but is 366"),
        (SWING, {"window": 2.5}, "Window must be a whole number"),
        (SWING, {"horizon": 0}, "Horizon must lie between"),
        (SWING, {"hidden": 0}, "Hidden units must lie between"),
        (SWING.reshape(2, 100), {}, r"has shape \(2, 100\)"),
        (["a"] * 60, {}, "must be a row of numbers"),
        ([*range(50), 1e300], {}, "too wide to be normalised"),
        ([1e300, -1e300] * 30, {}, "too wide to be normalised"),
        (np.zeros(200_000), {"window": 365}, "need too much memory: take at most"),
        (SWING, {"network": "transformer"}, "Network must be one of linear, dense, conv, gru"),
        (SWING, {"season": -1}, "Season must lie between"),
        (SWING, {"season": float("nan")}, "Season must be a finite number"),
    ],
)
def test_what_cannot_be_foretold_is_refused_in_one_sentence(value, settings, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        forecast(value, **settings)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_the_same_seed_gives_the_same_weights():
    task = forecast(SWING, hidden=8, horizon=2)
    one, same, other = (task.build(seed).get_weights() for seed in (3, 3, 4))
    for a, b in zip(one, same, strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(one[0], other[0])
    assert task.build(0).output_shape == (None, 2)


def test_the_default_is_the_same_every_time():
    np.testing.assert_array_equal(TASKS["forecast"]().value, TASKS["forecast"]().value)
