"""What a network must beat, and how good a forecast is."""

import numpy as np
import pytest

from explorer.tasks import forecast
from explorer.tasks.baseline import found_season
from explorer.tasks.score import Directions, direction_interval

RANDOM = np.random.default_rng(1)
SEASONAL = np.tile([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], 20) + 0.05 * np.arange(240)


@pytest.mark.parametrize("horizon", [1, 5, 30])
def test_seasonal_naive_says_the_last_known_season_again(horizon):
    task = forecast(SEASONAL, 24, horizon, season=12)
    told = task.seasonal_naive(task.test)
    assert told.shape == task.test.y_true.shape
    for sample, row in enumerate(task.test_index):
        for step, index in enumerate(row):
            origin = row[0]
            while index >= origin:
                index -= 12
            assert told[sample, step] == pytest.approx(SEASONAL[index], rel=1e-5)


def test_a_season_that_has_not_passed_foretells_nothing():
    reached = forecast(SEASONAL, 24, season=24)
    assert reached.seasonal_naive(reached.train) is not None
    task = forecast(SEASONAL, 24, season=25)
    assert task.seasonal_naive(task.train) is None
    assert task.seasonal_naive(task.test) is not None
    far = forecast(SEASONAL, 24, season=1000)
    assert far.seasonal_naive(far.test) is None


@pytest.mark.parametrize("season", [0, 1])
def test_a_person_may_say_that_there_is_no_season(season):
    task = forecast(SEASONAL, season=season)
    assert task.season is None
    assert task.seasonal_naive(task.test) is None


def test_a_season_is_found_in_the_training_part_only():
    assert forecast(SEASONAL).season == 12
    border = forecast(SEASONAL).borders[0]
    later = SEASONAL.copy()
    later[border:] = RANDOM.normal(size=len(later) - border)
    assert forecast(later).season == 12
    early = SEASONAL.copy()
    early[:border] = RANDOM.normal(size=border)
    assert forecast(early).season is None


@pytest.mark.parametrize("length", [40, 300, 5000])
def test_noise_and_random_walks_have_no_season(length):
    for seed in range(40):
        noise = np.random.default_rng(seed).normal(size=length)
        assert found_season(np.cumsum(noise)) is None, seed
    assert found_season(np.zeros(length)) is None
    assert found_season(np.arange(float(length))) is None


@pytest.mark.parametrize("length", [0, 1, 2, 5, 9])
def test_a_short_series_has_no_season(length):
    assert found_season(np.arange(float(length)) ** 2) is None


def test_mase_is_one_for_repeat_last_over_the_training_part():
    task = forecast(RANDOM.normal(size=200), window=2)
    told = task.scores(task.train, task.repeat_last(task.train))["mase"]
    change = np.abs(np.diff(task.value[: task.borders[0]]))
    assert told == pytest.approx(change[1:].mean() / change.mean(), rel=1e-5)


def test_mase_does_not_change_with_the_unit():
    one, other = (forecast(factor * SEASONAL) for factor in (1, 1000))
    scores = [task.scores(task.test, task.repeat_last(task.test))["mase"] for task in (one, other)]
    assert scores[0] == pytest.approx(scores[1], rel=1e-5)


@pytest.mark.parametrize(
    ("hits", "n", "expected"),
    [
        (0, 10, (0.0, 0.2775)),
        (10, 10, (0.7225, 1.0)),
        (5, 10, (0.2366, 0.7634)),
        (81, 263, (0.2553, 0.3662)),
        (1, 1, (0.2065, 1.0)),
        (0, 0, (0.0, 1.0)),
    ],
)
def test_the_interval_of_a_share(hits, n, expected):
    # 81 of 263 is the example of Newcombe, 1998, Statistics in Medicine 17, 857-872, table I.
    assert direction_interval(hits, n) == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize(("hits", "n"), [(2, 1), (-1, 5)])
def test_no_more_hits_than_cases(hits, n):
    with pytest.raises(ValueError, match=f"0 to {n} hits"):
        direction_interval(hits, n)


def test_directions_count_what_the_share_counts():
    task = forecast(SEASONAL, horizon=3)
    prediction = task.restore(task.test.y_true) + RANDOM.normal(size=task.test.y_true.shape)
    told = task.directions(task.test, prediction)
    assert told.share == task.scores(task.test, prediction)["direction_accuracy"]
    assert told.interval[0] < told.share < told.interval[1]
    still = forecast(np.full(60, 3.0))
    assert still.directions(still.test, still.repeat_last(still.test)) == Directions(0, 0)


def test_residuals_are_what_is_missing():
    task = forecast(SEASONAL, horizon=2)
    prediction = task.repeat_last(task.test)
    np.testing.assert_allclose(prediction + task.residual(task.test, prediction), SEASONAL[task.test_index], rtol=1e-6)
    assert task.residual(task.test, np.stack([prediction] * 3)).shape == (3, *prediction.shape)
