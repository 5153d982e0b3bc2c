"""One sample alone and among others: the numbers of the lens against gradients taken one sample at a time."""

from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from explorer.losses import CATALOGUE
from explorer.tasks import Batch, forecast
from explorer.training import TrainingError, run
from explorer.training.lens import DRAWS, lens, steps
from explorer.training.plan import plan
from explorer.training.slope import slope
from explorer.training.step import tensors

MISMATCH = CATALOGUE["trend-mismatch"]
VALUES = {"lambda_trend": 2.0}
SWING = 5 * np.sin(np.arange(90) / 3) + np.random.default_rng(0).normal(size=90) + 20
SIZES = (1, 4, 16)


@pytest.fixture(scope="module")
def task():
    return forecast(SWING, 8, 2, 4)


def shortened(task, count):
    """Return the task with the last samples of its training part only."""
    part = task.train
    return replace(
        task, train=Batch(part.x[-count:], part.y_true[-count:], {"y_last": part.context["y_last"][-count:]})
    )


@pytest.fixture(scope="module")
def told(task):
    return lens(MISMATCH, VALUES, task, SIZES, seed=3, updates=64)


@pytest.fixture(scope="module")
def gradients(task, told):
    """Return, for each draw and each of its samples, the gradient of its own loss: all of it, and without penalty."""
    few = 32
    random = np.random.default_rng(3)
    model = task.build(3)

    def one(place, weight):
        part = task.train
        x, y_true, y_last = (a[-few:][place][None] for a in (part.x, part.y_true, part.context["y_last"]))
        with tf.GradientTape() as tape:
            y_pred = model(x)
            loss = MISMATCH.function(y_true, y_pred, y_last=y_last, lambda_trend=weight)
        return np.concatenate([g.numpy().ravel() for g in tape.gradient(loss, model.trainable_variables)])

    draws = [random.permutation(few)[:16] for _ in range(DRAWS)]
    return np.array([[[one(place, weight) for weight in (2.0, 0.0)] for place in draw] for draw in draws[:2]])


def test_the_lens_looks_at_what_the_seed_draws(told):
    assert told.size.tolist() == list(SIZES)
    assert told.sample.shape == (DRAWS,)
    assert len(set(told.sample.tolist())) > 3
    assert told.length.shape == told.own.shape == told.penalty_after.shape == (3, DRAWS)


def test_gradients_of_batches_are_means_of_those_of_their_samples(told, gradients):
    for draw, samples in enumerate(gradients):
        for i, size in enumerate(SIZES):
            whole, rest = samples[:size].mean(axis=0)
            alone = samples[0, 0]
            parts = np.linalg.norm(whole - rest), np.linalg.norm(rest)
            assert told.length[i, draw] == pytest.approx(np.linalg.norm(whole), rel=1e-4)
            cosine = whole @ alone / np.linalg.norm(whole) / np.linalg.norm(alone)
            assert told.cosine[i, draw] == pytest.approx(cosine, abs=1e-4)
            assert told.own[i, draw] == pytest.approx(np.linalg.norm(alone) / size / np.linalg.norm(whole), rel=1e-4)
            assert told.penalty_before[i, draw] == pytest.approx(parts[0] / sum(parts), abs=1e-4)


def test_a_sample_alone_agrees_with_itself(told):
    np.testing.assert_allclose(told.cosine[0], 1, atol=1e-6)
    np.testing.assert_allclose(told.own[0], 1, atol=1e-6)


def test_a_sample_pulls_less_the_larger_its_batch(task, told):
    np.testing.assert_allclose(told.pull * np.array(SIZES)[:, None], np.tile(told.alone, (3, 1)), rtol=1e-5)
    at = len(task.train) - 32 + told.sample[0]
    y_pred = tf.Variable(task.build(3)(task.train.x[at][None]))
    with tf.GradientTape() as tape:
        y_last = task.train.context["y_last"][at][None]
        loss = MISMATCH.function(task.train.y_true[at][None], y_pred, y_last=y_last, lambda_trend=2.0)
    np.testing.assert_allclose(told.alone, tape.gradient(loss, y_pred)[0], rtol=1e-4)


def test_every_size_takes_as_many_updates(told):
    assert [course.size for course in told.courses] == list(SIZES)
    assert [course.update[-1] for course in told.courses] == [64, 64, 64]
    assert [len(course.update) for course in told.courses] == [2, 8, 32]
    for course in told.courses:
        assert len(course.rest) == len(course.penalty) == len(course.rmse) == len(course.direction)
        assert (course.penalty >= 0).all()
        assert course.penalty.any()


def test_a_course_is_a_run(task, told):
    *_, last = run(MISMATCH, VALUES, shortened(task, 32), epochs=8, batch_size=4, seed=3)
    np.testing.assert_array_equal(told.courses[1].prediction, last.prediction)
    assert told.courses[1].rest[-1] + told.courses[1].penalty[-1] == pytest.approx(last.val_loss)
    assert told.courses[1].outcome.rmse[0] == task.scores(task.test, last.prediction)["rmse"]


def test_a_loss_without_a_penalty_has_no_share_of_it(task):
    told = lens(CATALOGUE["mse"], {}, task, (1, 8), updates=16)
    assert not told.penalty_before.any()
    assert not told.penalty_after.any()
    assert not told.courses[0].penalty.any()
    assert told.courses[0].rest.all()


def test_the_lens_gives_way_and_tells_as_much_as_it_knows(task):
    told = list(steps(MISMATCH, VALUES, task, (1, 4), updates=16))
    known = [len(one.courses) for one in told if one is not None]
    assert known == [0, 1, 2]
    assert told.count(None) > DRAWS
    first = next(one for one in told if one is not None)
    assert np.isnan(first.penalty_after).all()
    assert np.isfinite(told[-1].penalty_after).all()


def test_values_go_through_one_executable(task):
    for weight in (0.1, 3.0):
        lens(MISMATCH, {"lambda_trend": weight}, task, (1, 4), updates=4)
    theta = tensors(MISMATCH.parameters, VALUES)
    assert slope(plan(shortened(task, 4), MISMATCH, theta, "sgd", 4)).traces == 1


def test_sizes_that_the_series_has_not_are_left_out(task):
    told = lens(MISMATCH, VALUES, task, (7, 1000), updates=9)
    assert told.size.tolist() == [7]
    assert [course.update[-1] for course in told.courses] == [len(task.train) // 7 + 1]


@pytest.mark.parametrize("network", ["conv", "gru"])
def test_other_networks(network):
    told = lens(MISMATCH, VALUES, forecast(SWING, 8, 2, 4, network=network), (1, 8), updates=8)
    np.testing.assert_allclose(told.cosine[0], 1, atol=1e-5)
    assert np.isfinite(told.penalty_after).all()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"sizes": ()}, "whole numbers from 1 to 4,096"),
        ({"sizes": (0, 4)}, "whole numbers from 1 to 4,096"),
        ({"sizes": (1.5,)}, "whole numbers"),
        ({"sizes": (5000,)}, "whole numbers from 1 to 4,096"),
        ({"updates": 0}, "1 to 65,536 updates can be made, but not 0"),
        ({"learning_rate": 0}, "Learning rate must lie between"),
        ({"values": {"heat": 1}}, "no parameter 'heat'"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_at_once(task, given, sentence):
    with pytest.raises(ValueError, match=sentence):
        steps(MISMATCH, **{"values": VALUES, "task": task, **given})


def test_a_training_that_breaks_down_says_so(task):
    with pytest.raises(TrainingError, match="epoch"):
        lens(CATALOGUE["mse"], {}, task, (4,), updates=64, learning_rate=1e6, optimizer="sgd")
