from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import ops

from explorer.losses import CATALOGUE
from explorer.spec import Axis, LossSpec, Placed, Plane, Source
from explorer.tasks import Batch, Task, blobs, forecast
from explorer.training import TrainingError, run, steps
from explorer.training.adapter import CatalogueLoss, ContextModel
from explorer.training.plan import plan
from explorer.training.step import step, tensors

SWING = np.sin(np.arange(130) / 3) + np.sin(np.arange(130) / 7)
TREND = CATALOGUE["trend-mismatch"]
MSE = CATALOGUE["mse"]


@pytest.fixture(scope="module")
def swing():
    task = forecast(SWING, window=6, hidden=8, season=0)
    assert len(task.train) % 16
    return task


def step_of(task, spec, batch_size=32):
    theta = tensors(spec.parameters, {p.name: p.default for p in spec.parameters})
    return step(plan(task, spec, theta, "adam", batch_size))


def loss_of(key, function):
    return LossSpec(
        key=key,
        family="Test",
        form="plain",
        title="The loss",
        story="A loss.",
        formula="e",
        function=function,
        reference=lambda y_true, y_pred: (y_true - y_pred)[:, 0],
        planes=(Plane(key="p", title="P", x=AXIS, y=AXIS, place=lambda x, y: Placed(x, y)),),
        smooth=True,
        source=Source(author="Test", year=2000, title="Test"),
        task="forecast",
    )


AXIS = Axis(label="a", low=0, high=1)


def fitted(task, spec, values, optimizer, epochs, batch_size, seed):
    """Return weights and history of plain compile and fit in the same order of samples."""
    model = ContextModel(task.build(seed))
    model.compile(optimizer=optimizer, loss=CatalogueLoss(spec.key, values, from_logits=task.from_logits))
    random, history = np.random.default_rng(seed), []
    held_out = ({"x": task.validation.x, **task.validation.context}, task.validation.y_true)
    for _ in range(epochs):
        order = random.permutation(len(task.train))
        x = {"x": task.train.x[order], **{name: value[order] for name, value in task.train.context.items()}}
        log = model.fit(
            x, task.train.y_true[order], batch_size=batch_size, validation_data=held_out, shuffle=False, verbose=0
        )
        history.append((log.history["loss"][0], log.history["val_loss"][0]))
    return model.get_weights(), history, model.network.predict(task.test.x, verbose=0)


@pytest.mark.parametrize(
    ("key", "values", "optimizer", "batch_size"),
    [
        ("trend-mismatch", {"lambda_trend": 0.7}, "adam", 16),
        ("weighted-ce-soft", {"weights": ((1, 2, 8), (1, 1, 1), (3, 1, 1))}, "momentum", 64),
    ],
)
def test_a_run_gives_what_fit_gives(swing, key, values, optimizer, batch_size):
    spec = CATALOGUE[key]
    task = swing if spec.task == "forecast" else blobs()
    made = {
        "adam": keras.optimizers.Adam(0.01, name="adam"),
        "momentum": keras.optimizers.SGD(0.01, momentum=0.9, name="sgd"),
    }[optimizer]
    weights, history, y_pred = fitted(task, spec, values, made, epochs=4, batch_size=batch_size, seed=5)
    ours = run(spec, values, task, epochs=4, batch_size=batch_size, seed=5, optimizer=optimizer)
    snapshots = list(ours)
    for expected, weight in zip(weights, ours.weights, strict=True):
        np.testing.assert_allclose(weight, expected, atol=1e-5)
    np.testing.assert_allclose([(s.loss, s.val_loss) for s in snapshots], history, rtol=1e-4)
    np.testing.assert_allclose(snapshots[-1].prediction, task.restore(y_pred), atol=1e-4)
    assert [s.epoch for s in snapshots] == [1, 2, 3, 4]


@pytest.mark.parametrize("key", ["mae", "trend-smooth", "weighted-ce-argmax"])
def test_a_loss_of_each_family_trains_on_its_own_task(key):
    snapshots = list(run(CATALOGUE[key], epochs=8))
    assert snapshots[-1].loss < 0.9 * snapshots[0].loss
    assert snapshots[-1].metrics.keys() & {"mae", "accuracy"}


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop"])
def test_other_optimizers_train(swing, optimizer):
    snapshots = list(run(MSE, task=swing, epochs=6, optimizer=optimizer))
    assert snapshots[-1].val_loss < snapshots[0].val_loss


def test_the_seed_decides_all(swing):
    one, same, other = (list(run(TREND, task=swing, epochs=3, seed=seed)) for seed in (1, 1, 2))
    assert [s.loss for s in one] == [s.loss for s in same]
    np.testing.assert_array_equal(one[-1].prediction, same[-1].prediction)
    assert one[-1].loss != other[-1].loss


def test_two_losses_start_alike_and_see_the_same_batches(swing):
    plain = run(MSE, task=swing, epochs=3)
    free = run(TREND, {"lambda_trend": 0}, swing, epochs=3)
    for a, b in zip(plain.weights, free.weights, strict=True):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_allclose([s.loss for s in plain], [s.loss for s in free], rtol=1e-5)


def test_the_order_of_samples_is_drawn_only_when_asked(swing):
    shuffled, straight = (list(run(MSE, task=swing, epochs=2, shuffle=shuffle)) for shuffle in (True, False))
    assert shuffled[-1].loss != straight[-1].loss


def test_runs_that_take_turns_equal_runs_alone(swing):
    settings = [({"lambda_trend": 0.1}, {"seed": 0}), ({"lambda_trend": 5.0}, {"seed": 3, "learning_rate": 0.1})]
    alone = [run(TREND, values, swing, epochs=5, **setting) for values, setting in settings]
    expected = [list(one) for one in alone]
    together = [run(TREND, values, swing, epochs=5, **setting) for values, setting in settings]
    told = list(zip(*together, strict=True))
    for which in (0, 1):
        for snapshot, reference in zip([pair[which] for pair in told], expected[which], strict=True):
            assert (snapshot.loss, snapshot.val_loss) == (reference.loss, reference.val_loss)
            np.testing.assert_array_equal(snapshot.prediction, reference.prediction)
        for weight, reference in zip(together[which].weights, alone[which].weights, strict=True):
            np.testing.assert_array_equal(weight, reference)
    assert told[-1][0].loss != told[-1][1].loss


def test_the_weights_are_those_of_the_last_snapshot(swing):
    long, short = (run(TREND, task=swing, epochs=epochs) for epochs in (20, 3))
    for a, b in zip(long.weights, swing.build(0).get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    told = [next(long) for _ in range(3)]
    assert [snapshot.loss for snapshot in told] == [snapshot.loss for snapshot in short]
    for a, b in zip(long.weights, short.weights, strict=True):
        np.testing.assert_array_equal(a, b)
    model = swing.build(0)
    model.set_weights(long.weights)
    np.testing.assert_allclose(swing.restore(model(swing.test.x).numpy()), told[-1].prediction, rtol=1e-4, atol=1e-5)
    assert [snapshot.epoch for snapshot in long] == list(range(4, 21))


def test_fifty_runs_go_through_python_once(swing):
    for i in range(50):
        list(run(TREND, {"lambda_trend": 0.1 * i}, swing, epochs=1, seed=i, learning_rate=0.001 * (i + 1)))
    assert step_of(swing, TREND).traces == 1
    made = step.cache_info().misses
    list(run(TREND, {"lambda_trend": 9}, forecast(SWING[::-1], window=6, hidden=8), epochs=1))
    assert step.cache_info().misses == made


def test_another_loss_of_the_same_key_has_a_step_of_its_own(swing):
    twice = replace(MSE, function=lambda y_true, y_pred: 2 * ops.mean(ops.square(y_true - y_pred), axis=-1))
    once, double = (next(run(spec, task=swing)) for spec in (MSE, twice))
    assert double.loss > 1.5 * once.loss


@pytest.mark.parametrize("batch_size", [1, 85, 1000])
def test_any_batch_size_sees_each_sample_once_an_epoch(swing, batch_size):
    assert len(swing.train) == 86
    snapshot = next(run(MSE, task=swing, batch_size=batch_size, learning_rate=1e-8, optimizer="sgd"))
    y_pred = swing.build(0)(swing.train.x).numpy()
    assert snapshot.loss == pytest.approx(np.square(y_pred - swing.train.y_true).mean(), rel=1e-4)


def test_a_long_epoch_gives_way_and_ends_the_same():
    task = forecast(np.random.default_rng(0).normal(size=12_000), window=4, hidden=4)
    compiled = step_of(task, MSE, batch_size=1)
    compiled.pace = 4096
    first = list(steps(MSE, task=task, epochs=2, batch_size=1))
    assert first.count(None) >= 3
    compiled.pace = 100_000
    whole = list(steps(MSE, task=task, epochs=2, batch_size=1))
    assert whole.count(None) == 1
    assert whole[2].loss == pytest.approx(whole[1].loss, rel=0.2)
    for chunked, reference in zip([s for s in first if s], whole[1:], strict=True):
        assert chunked.loss == reference.loss
        np.testing.assert_array_equal(chunked.prediction, reference.prediction)


def test_the_terms_add_up(swing):
    for snapshot in run(TREND, {"lambda_trend": 2}, swing, epochs=3):
        rest, term = snapshot.terms["squared error"], snapshot.terms["trend penalty"]
        assert rest + term == pytest.approx(snapshot.val_loss)
        assert rest == pytest.approx((snapshot.metrics["rmse"] / swing.std) ** 2, rel=1e-4)
        assert term > 0
    assert next(run(MSE, task=swing)).terms == {}


def test_a_run_that_diverges_keeps_its_epochs_and_names_the_one():
    told = []
    losses = (snapshot.loss for snapshot in run(MSE, optimizer="sgd", learning_rate=0.4, batch_size=1000))
    with pytest.raises(TrainingError, match="smaller learning rate") as caught:
        told.extend(losses)
    assert len(told) >= 2
    assert np.isfinite(told).all()
    assert f" in epoch {len(told) + 1}:" in str(caught.value)


def test_weights_that_break_under_a_finite_loss_are_told():
    zeros = Batch(np.zeros((4, 2), "float32"), np.zeros((4, 1), "float32"))

    def build(seed):
        return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="only")], name="flat")

    task = Task(key="flat", architecture="flat", train=zeros, validation=zeros, test=zeros, build=build, scores=dict)
    root = loss_of("root", lambda y_true, y_pred: ops.sqrt(ops.sum(ops.square(y_true - y_pred), axis=-1)))
    with pytest.raises(TrainingError, match="weights became NaN or infinite in epoch 1 while the loss still read 0"):
        list(run(root, task=task, epochs=2))


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda y_true, y_pred: ops.mean(ops.round(y_true - y_pred), axis=-1), "The loss has no gradient at all"),
        (lambda y_true, y_pred: ops.square(y_true - y_pred), "must give one number a sample"),
    ],
)
def test_a_loss_that_cannot_train_is_refused(swing, function, sentence):
    with pytest.raises(TrainingError, match=sentence):
        next(run(loss_of("useless", function), task=swing))


@pytest.mark.parametrize(
    ("key", "values", "make", "sentence"),
    [
        ("trend-smooth", {}, blobs, "needs y_last for each sample, which the task 'blobs' has not"),
        ("cce", {}, lambda: forecast(SWING), "compares classes, but the task 'forecast' has no classes"),
        ("weighted-ce-soft", {"weights": ((1, 1), (1, 1))}, blobs, "is for 2 classes, but the task 'blobs' has 3"),
        ("mse", {"temperature": 1}, blobs, "There is no parameter 'temperature'"),
        ("trend-smooth", {"temperature": "hot"}, lambda: forecast(SWING), "must be a finite number, but got 'hot'"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_once(key, values, make, sentence):
    with pytest.raises(ValueError, match=sentence):
        run(CATALOGUE[key], values, make())


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"epochs": 0}, "Epochs must lie between"),
        ({"epochs": 2.5}, "Epochs must be a whole number"),
        ({"batch_size": 0}, "Batch size must lie between"),
        ({"learning_rate": 0}, "Learning rate must lie between"),
        ({"learning_rate": float("nan")}, "Learning rate must be a finite number"),
        ({"seed": -1}, "Seed must lie between"),
        ({"optimizer": "magic"}, "Optimizer must be one of"),
    ],
)
def test_settings_out_of_their_limits_are_refused_at_once(swing, setting, sentence):
    with pytest.raises(ValueError, match=sentence):
        run(MSE, task=swing, **setting)


def test_a_loss_without_data_of_its_own_says_so():
    with pytest.raises(TrainingError, match="has no data set of its own"):
        run(replace(MSE, task="nowhere"))
