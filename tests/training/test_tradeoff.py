"""What a penalty buys: one executable for all weights and seeds, and a sentence that tells skill from luck."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.series.sample import sample
from explorer.tasks import forecast
from explorer.training import TrainingError
from explorer.training.outcome import Outcome, collapse, outcome
from explorer.training.plan import plan
from explorer.training.replica import replicas
from explorer.training.run import run
from explorer.training.stacked_step import stacked_step
from explorer.training.step import tensors
from explorer.training.tradeoff import tradeoff, weights
from explorer.training.verdict import Middle, middle, verdict

SMOOTH, PUBLISHED = CATALOGUE["trend-smooth"], CATALOGUE["trend-published"]
SETTING = {"epochs": 60, "learning_rate": 3e-3}
SEEDS = (0, 1, 2, 3, 4)
SUNSPOTS = sample("sunspots").value


@pytest.fixture(scope="module")
def task():
    return forecast(SUNSPOTS)


@pytest.fixture(scope="module")
def landings(task):
    """Return what was told of the published form at three weights."""
    return [told for told in tradeoff(PUBLISHED, (3.0, 1.0), task, SEEDS, **SETTING) if told]


@pytest.fixture(scope="module")
def ends(landings):
    return {told.weight: told.outcome for told in landings}


def same(value):
    return Outcome(*(np.full(5, float(value)) for _ in range(3)), np.full(5, False))


def spread(rmse, direction, collapsed=False):
    """Return an outcome whose seeds spread by 1 in error and by 0.01 in direction."""
    way = np.array([-1, -1, 0, 1, 1])
    return Outcome(rmse + way, same(1).mase, direction + 0.01 * way, np.full(5, collapsed))


def test_all_weights_and_seeds_go_through_one_executable(task, landings):
    theta = tensors(PUBLISHED.parameters, {"lambda_trend": 1.0})
    compiled = stacked_step(plan(task, PUBLISHED, theta, "adam", 32), len(SEEDS))
    assert compiled.traces == 1
    assert {told.weight for told in landings} == {0.0, 1.0, 3.0}
    assert [told.weight for told in landings if told.epoch == SETTING["epochs"]] == [0.0, 1.0, 3.0]
    assert [told.which for told in landings if told.epoch == SETTING["epochs"]] == [0, 1, 2]
    *_, _ = tradeoff(PUBLISHED, (0.5, 2.0), task, SEEDS, epochs=2)
    assert compiled.traces == 1


def test_weight_zero_is_the_mean_squared_error(task, ends):
    *_, told = replicas(CATALOGUE["mse"], {}, task, seeds=SEEDS, **SETTING)
    anchor = outcome(task, told.prediction)
    np.testing.assert_allclose(ends[0.0].rmse, anchor.rmse, rtol=1e-4)
    np.testing.assert_allclose(ends[0.0].direction, anchor.direction)


def test_a_landing_is_what_runs_reach(task, ends):
    for place in (0, 4):
        *_, last = run(PUBLISHED, {"lambda_trend": 1.0}, task, seed=SEEDS[place], **SETTING)
        scores = task.scores(task.test, last.prediction)
        assert ends[1.0].rmse[place] == pytest.approx(scores["rmse"], rel=1e-4)
        assert ends[1.0].mase[place] == pytest.approx(scores["mase"], rel=1e-4)
        assert ends[1.0].direction[place] == pytest.approx(scores["direction_accuracy"])


def test_the_published_mask_collapses_to_repeat_last(task, ends):
    assert not ends[0.0].collapsed.any()
    assert ends[1.0].collapsed.all()
    assert ends[3.0].collapsed.all()
    baseline = task.scores(task.test, task.repeat_last(task.test))["rmse"]
    assert middle(ends[0.0].rmse).mean < middle(ends[1.0].rmse).mean < middle(ends[3.0].rmse).mean
    assert middle(ends[3.0].rmse).mean == pytest.approx(baseline, rel=0.1)
    said = verdict(task, ends[1.0], ends[0.0], name="The published form")
    assert said.startswith("The published form has collapsed to “repeat last”, over 5 seeds: RMSE 2")


def test_mended_forms_do_not_collapse(task):
    for key in ("trend-mismatch", "trend-smooth"):
        *_, told = (landing for landing in tradeoff(CATALOGUE[key], (1.0,), task, SEEDS, **SETTING) if landing)
        assert not told.outcome.collapsed.any(), key


def test_a_caller_may_do_something_else_in_between(task):
    assert None in list(tradeoff(SMOOTH, (1.0,), task, (0, 1), epochs=1))


def test_other_parameters_reach_the_loss(task):
    def last(**values):
        *_, told = tradeoff(SMOOTH, (5.0,), task, (0,), values=values, epochs=3)
        return told.outcome.rmse[0]

    assert last() != last(temperature=5.0)


def test_copies_that_cannot_be_vectorised_take_turns():
    task = forecast(SUNSPOTS[:90], 8, hidden=4, network="gru")
    told = [landing for landing in tradeoff(SMOOTH, (1.0,), task, (2, 0), epochs=3) if landing]
    assert [(one.weight, one.epoch) for one in told] == [(w, epoch) for epoch in (1, 2, 3) for w in (0.0, 1.0)]
    *_, last = run(SMOOTH, {"lambda_trend": 1.0}, task, epochs=3, seed=0)
    assert told[-1].outcome.rmse[1] == task.scores(task.test, last.prediction)["rmse"]


def test_weights_are_compared_once_and_in_order():
    assert weights((1, 0.1, 1.0, 0.0)) == (0.0, 0.1, 1.0)


@pytest.mark.parametrize(
    ("spec", "lambdas", "setting", "sentence"),
    [
        (CATALOGUE["mse"], (1,), {}, "Mean squared error has no penalty"),
        (PUBLISHED, range(1, 40), {}, "At most 32 weights can be compared, but there are 40"),
        (PUBLISHED, (-1,), {}, "λ · penalty must lie between"),
        (PUBLISHED, (float("nan"),), {}, "λ · penalty must be a finite number"),
        (PUBLISHED, (1,), {"seeds": ()}, "1 to 64 seeds"),
        (PUBLISHED, (1,), {"epochs": 0}, "Epochs must lie between"),
    ],
)
@pytest.mark.parametrize("network", ["dense", "gru"])
def test_what_cannot_be_compared_is_refused_at_once(spec, lambdas, setting, sentence, network):
    with pytest.raises(ValueError, match=sentence):
        tradeoff(spec, lambdas, forecast(SUNSPOTS, network=network), **setting)


def test_a_copy_that_broke_down_is_left_out(task):
    truth = task.restore(task.test.y_true)
    told = outcome(task, np.stack([truth + 3, np.full_like(truth, np.nan), truth - 3]))
    assert told.sound.tolist() == [True, False, True]
    assert told.rmse[[0, 2]] == pytest.approx(3)
    assert middle(told.rmse).mean == pytest.approx(3)
    assert verdict(task, told, told).startswith("With 2 seeds nobody can tell the trend loss from luck")
    lost = replace(told, rmse=np.full(3, np.nan))
    assert verdict(task, lost, told).startswith("The trend loss broke down with every seed")
    assert verdict(task, told, lost).startswith("MSE broke down with every seed")


def test_collapse_needs_short_steps_that_follow_the_last_value():
    random = np.random.default_rng(0)
    last = random.normal(size=(200, 1))
    true = last + random.normal(size=(200, 3))
    assert collapse(np.repeat(last, 3, axis=1), last, true)
    assert collapse(last + 0.4 * (true - last), last, true)
    assert not collapse(last + 0.6 * (true - last), last, true)
    assert not collapse(true, last, true)
    assert not collapse(np.zeros((200, 3)), last, true)
    assert not collapse(0.01 * true, 0.01 * last, 0.01 * true), "the unit plays no part"
    near, wide = 0.1 * last, 10 * true
    assert not collapse(0.1 * random.normal(size=(200, 3)), near, wide), "short steps that do not follow"
    flat = np.zeros((5, 1))
    assert collapse(np.zeros((5, 1)), flat, np.ones((5, 1)))
    assert not collapse(np.zeros((5, 1)), flat, flat), "where nothing moves there is nothing to collapse from"


@pytest.mark.parametrize(
    ("trend", "head"),
    [
        (spread(10, 0.8), "does better than MSE in error and direction"),
        (spread(10, 0.7), "makes a smaller error than MSE"),
        (spread(15, 0.8), "gets more directions right than MSE"),
        (spread(14.1, 0.705), "makes no difference to MSE that is larger than the spread over seeds"),
        (spread(20, 0.7), "only makes a larger error than MSE"),
        (spread(15, 0.6), "only gets fewer directions right than MSE"),
        (spread(20, 0.6), "does worse than MSE in error and direction"),
        (spread(10, 0.6), "buys a smaller error than MSE with fewer right directions"),
        (spread(20, 0.8), "buys more right directions than MSE with a larger error"),
        (spread(10, 0.8, collapsed=True), "has collapsed to “repeat last”"),
    ],
)
def test_the_verdict_is_one_true_sentence(task, trend, head):
    said = verdict(task, trend, spread(15, 0.7))
    error, right = trend.rmse.mean(), 100 * trend.direction.mean()
    numbers = f"RMSE {error:.3g} ± 1 against 15 ± 1, directions right {right:.3g} ± 1 % against 70 ± 1 %"
    assert said.startswith(f"The trend loss {head}, over 5 seeds: {numbers}; ")
    assert said.endswith("; it beats repeat last (30.2) and seasonal naive (36).")


@pytest.mark.parametrize(
    ("rmse", "end"),
    [
        (29.5, "it beats seasonal naive (36) but does not clearly beat repeat last (30.2)."),
        (40, "it does not clearly beat repeat last (30.2) or seasonal naive (36)."),
    ],
)
def test_the_verdict_names_the_baselines(task, rmse, end):
    assert verdict(task, spread(rmse, 0.7), spread(15, 0.7)).endswith(end)


def test_numbers_have_no_exponent():
    assert Middle(12_990.3, 254.0).text() == "13000 ± 250"
    assert Middle(0.000123456, 2e-6).text() == "0.000123 ± 0.000002"
    assert Middle(20.0, float("nan")).text() == "20"
    assert Middle(79.6, 4.04).text(".0f") == "80 ± 4"


def test_one_seed_proves_nothing(task):
    one = outcome(task, task.repeat_last(task.test)[None])
    said = verdict(task, one, one, name="λ = 1")
    assert said.startswith("With one seed nobody can tell λ = 1 from luck, train 5 or more: RMSE 30.2 against 30.2,")
    with pytest.raises(TrainingError):
        tradeoff(PUBLISHED, (1,), task, range(65))
