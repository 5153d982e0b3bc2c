"""Several losses in step, and the histories that curves are drawn from."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.tasks import forecast
from explorer.training import run
from explorer.training.history import MOST_POINTS, histories
from explorer.training.together import together

TASK = forecast(np.sin(np.arange(200) / 3) + np.random.default_rng(1).normal(0, 0.1, 200), window=8)
BOTH = [(CATALOGUE["mse"], {}), (CATALOGUE["trend-published"], {"lambda_trend": 1.0})]


def told(losses=BOTH, **setting):
    return [step for step in together(losses, TASK, **setting) if step is not None]


def test_losses_take_turns_epoch_by_epoch():
    assert [(s.which, s.snapshot.epoch) for s in told(epochs=3)] == [(0, 1), (1, 1), (0, 2), (1, 2), (0, 3), (1, 3)]


def test_each_loss_gets_what_it_gets_alone():
    steps = told(epochs=4, seed=3)
    for which, (spec, values) in enumerate(BOTH):
        alone = [snapshot.val_loss for snapshot in run(spec, values, TASK, epochs=4, seed=3)]
        assert [s.snapshot.val_loss for s in steps if s.which == which] == alone


def test_a_loss_that_diverges_ends_with_its_epoch_named_and_the_other_goes_on():
    losses = [(CATALOGUE["mse"], {}), (CATALOGUE["mae"], {})]
    steps = told(losses, epochs=30, learning_rate=1.0, optimizer="sgd", batch_size=8)
    squared, absolute = histories(steps, 2)
    assert "epoch" in squared.sentence
    assert "became" in squared.sentence
    assert absolute.sentence == ""
    assert absolute.epoch[-1] == 30


def test_a_history_holds_every_epoch_of_its_own_run():
    first, second = histories(told(epochs=5), 2)
    np.testing.assert_array_equal(first.epoch, np.arange(1, 6))
    assert first.last.epoch == 5
    assert set(second.terms) == {"squared error", "trend penalty"}
    np.testing.assert_allclose(sum(second.terms.values()), second.val_loss, rtol=1e-5)
    assert set(first.metrics) == {"mae", "rmse", "mase", "direction_accuracy"}


def test_a_long_history_is_thinned_with_both_ends_kept():
    steps = told(losses=BOTH[:1], epochs=MOST_POINTS + 100)
    (history,) = histories(steps, 1)
    assert history.epoch.size == MOST_POINTS
    assert (history.epoch[0], history.epoch[-1]) == (1, MOST_POINTS + 100)


def test_nothing_told_is_an_empty_history():
    (history,) = histories([], 1)
    assert history.epoch.size == 0
    assert history.last is None


def test_a_refused_value_is_refused_at_once():
    with pytest.raises(ValueError, match="between 0 and 1000"):
        next(together([(CATALOGUE["trend-published"], {"lambda_trend": -1.0})], TASK))
