from dataclasses import replace
from itertools import zip_longest

import keras
import numpy as np
import pytest
from keras import ops

from explorer.losses import CATALOGUE
from explorer.tasks import Batch, Task, blobs
from explorer.training import TrainingError, run
from explorer.training.plan import plan
from explorer.training.replica import replicas, steps
from explorer.training.stacked_step import stacked_step
from explorer.training.step import tensors

SEEDS = (4, 0, 11)
TABLE = ((1, 2, 8), (1, 1, 1), (3, 1, 1))
SOFT = CATALOGUE["weighted-ce-soft"]
PER_SAMPLE = replace(SOFT, key="soft-per-sample", parameters=(), context=("weights",), presets=(), formula="e")


@pytest.fixture(scope="module")
def clouds():
    task = blobs()
    assert len(task.train) % 32
    return task


def with_tables(task, shift=0):
    """Return the task with a table for each sample; shifted ones belong to other samples."""
    random = np.random.default_rng(3)

    def part(batch):
        tables = random.uniform(0.2, 6.0, (len(batch), 3, 3)).astype("float32")
        return Batch(batch.x, batch.y_true, {"weights": np.roll(tables, shift, axis=0)})

    return replace(task, train=part(task.train), validation=part(task.validation), test=part(task.test))


def no_scores(part, prediction):
    return {}


def flat(build, features=2, samples=70):
    """Return a small regression whose model is made by the test."""
    random = np.random.default_rng(1)

    def part(size):
        x = random.normal(size=(size, features)).astype("float32")
        return Batch(x, (x[:, :1] * x[:, 1:2] + 1).astype("float32"))

    parts = {"train": part(samples), "validation": part(9), "test": part(8)}
    return Task(key="flat", architecture=build.__name__, build=build, scores=no_scores, **parts)


def alone(spec, values, task, seed, **setting):
    return list(run(spec, values, task, seed=seed, **setting))


def check_same(spec, values, task, seeds=SEEDS, **setting):
    """Check that each copy is at every told epoch where a run of its seed is."""
    told = list(replicas(spec, values, task, seeds=seeds, **setting))
    for place, seed in enumerate(seeds):
        snapshots = alone(spec, values, task, seed, **setting)
        for one in told:
            snapshot = snapshots[one.epoch - 1]
            assert one.loss[place] == pytest.approx(snapshot.loss, rel=1e-4)
            np.testing.assert_allclose(one.prediction[place], snapshot.prediction, atol=1e-4)
    assert told[-1].epoch == setting["epochs"]
    assert told[-1].loss.shape == (len(seeds),)
    assert len(set(told[-1].loss)) == len(set(seeds))
    return told


@pytest.mark.parametrize(
    "key", ["weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost", "cce"]
)
def test_a_copy_is_a_run_of_its_seed(clouds, key):
    spec = CATALOGUE[key]
    values = {"weights": TABLE} if spec.parameters else {}
    check_same(spec, values, clouds, epochs=6)


def test_a_table_travels_with_its_sample(clouds):
    task, shifted = with_tables(clouds), with_tables(clouds, shift=1)
    told = check_same(PER_SAMPLE, {}, task, epochs=4)
    *_, other = replicas(PER_SAMPLE, {}, shifted, seeds=SEEDS, epochs=4)
    assert np.abs(other.loss - told[-1].loss).min() > 1e-3


@pytest.mark.parametrize(("optimizer", "batch_size"), [("momentum", 1), ("rmsprop", 1000)])
def test_any_optimizer_and_batch_size(clouds, optimizer, batch_size):
    check_same(SOFT, {"weights": TABLE}, clouds, epochs=3, batch_size=batch_size, optimizer=optimizer)


def test_a_model_with_penalties_and_a_memory_of_its_own():
    def penalised(seed):
        glorot = keras.initializers.GlorotUniform
        return keras.Sequential(
            [
                keras.Input((2,)),
                keras.layers.Dense(4, "tanh", kernel_initializer=glorot(seed), kernel_regularizer="l2", name="hidden"),
                keras.layers.BatchNormalization(name="norm"),
                keras.layers.Dense(1, kernel_initializer=glorot(seed + 1), name="out"),
            ],
            name="penalised",
        )

    check_same(CATALOGUE["mse"], {}, flat(penalised), epochs=5)


def test_what_is_told_ends_with_the_last_epoch(clouds):
    told = check_same(SOFT, {}, clouds, epochs=150, seeds=(2, 2**31 - 2, 3), learning_rate=1e-3)
    epochs = [one.epoch for one in told]
    assert epochs == sorted(set(epochs))
    assert len(epochs) < 100
    assert told[-1].prediction.shape == (3, len(clouds.test), 3)


def test_values_rates_and_seeds_go_through_one_executable(clouds):
    theta = tensors(SOFT.parameters, {"weights": TABLE})
    compiled = stacked_step(plan(clouds, SOFT, theta, "adam", 32), len(SEEDS))
    told = []
    for i in range(6):
        table = tuple(tuple(1.0 + i * (r != c) for c in range(3)) for r in range(3))
        seeds = [seed + i for seed in SEEDS]
        *_, last = replicas(SOFT, {"weights": table}, clouds, seeds=seeds, epochs=2, learning_rate=1e-3 * (i + 1))
        told.append(tuple(last.loss))
    assert compiled.traces == 1
    assert stacked_step(plan(clouds, SOFT, theta, "adam", 32), len(SEEDS)) is compiled
    assert len(set(told)) == 6


def in_pieces(task, spec, values, batch_size, count, pace):
    """Return a step that nobody has used, made to do less than an epoch a call."""
    compiled = stacked_step(plan(task, spec, tensors(spec.parameters, values), "adam", batch_size), count)
    assert compiled.traces == 0
    compiled.block, compiled.pace = 1, pace
    return compiled


def test_copies_that_take_turns_equal_copies_alone(clouds):
    setting = {"epochs": 3, "batch_size": 16}
    copies = [({"weights": TABLE}, {"seeds": SEEDS}), ({}, {"seeds": (1, 2, 3), "learning_rate": 0.1})]
    in_pieces(clouds, SOFT, {"weights": TABLE}, 16, len(SEEDS), pace=1)
    going = [steps(SOFT, values, clouds, **setting, **own) for values, own in copies]
    turns = list(zip_longest(*going))
    assert len(turns) > 3
    last = [[told for told in own if told][-1] for own in zip(*turns, strict=True)]
    apart = [list(replicas(SOFT, values, clouds, **setting, **own))[-1] for values, own in copies]
    for one, reference in zip(last, apart, strict=True):
        np.testing.assert_allclose(one.loss, reference.loss, rtol=1e-5)
        np.testing.assert_allclose(one.prediction, reference.prediction, atol=1e-5)


def test_a_long_epoch_gives_way_and_ends_the_same(clouds):
    cce = CATALOGUE["cce"]
    compiled = in_pieces(clouds, cce, {}, 8, 2, pace=5)
    chunked = list(steps(cce, {}, clouds, seeds=(0, 1), epochs=2, batch_size=8))
    assert chunked.count(None) >= 4
    compiled.pace = 100_000
    whole = list(steps(cce, {}, clouds, seeds=(0, 1), epochs=2, batch_size=8))
    assert whole.count(None) == 1
    np.testing.assert_allclose(chunked[-1].loss, whole[-1].loss, rtol=1e-6)
    np.testing.assert_allclose(chunked[-1].prediction, whole[-1].prediction, atol=1e-6)
    for place, seed in enumerate((0, 1)):
        assert chunked[-1].loss[place] == pytest.approx(
            alone(cce, {}, clouds, seed, epochs=2, batch_size=8)[-1].loss, rel=1e-4
        )


def test_a_copy_that_breaks_leaves_the_others_alone():
    def explosive(seed):
        start = keras.initializers.Constant(1e30 if seed == 13 else 0.1 * seed)
        return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer=start)], name="explosive")

    task, mse = flat(explosive), CATALOGUE["mse"]
    *_, told = replicas(mse, {}, task, seeds=(1, 13, 2), epochs=3)
    *_, sound = replicas(mse, {}, task, seeds=(1, 5, 2), epochs=3)
    assert np.isnan(told.loss).tolist() == [False, True, False]
    assert np.isnan(told.prediction[1]).all()
    np.testing.assert_array_equal(told.loss[[0, 2]], sound.loss[[0, 2]])
    np.testing.assert_array_equal(told.prediction[[0, 2]], sound.prediction[[0, 2]])


def test_a_finite_loss_hides_no_prediction_that_is_not():
    def steep(seed):
        start = keras.initializers.Constant(float(seed))
        return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer=start)], name="steep")

    task = flat(steep)
    far = replace(task, test=Batch(task.test.x * np.float32([[1e36]] + [[1]] * 7), task.test.y_true))
    *_, told = replicas(CATALOGUE["mse"], {}, far, seeds=(1, 10_000), epochs=1, learning_rate=1e-6)
    assert np.isnan(told.loss).tolist() == [False, True]
    assert np.isfinite(told.prediction[0]).all()
    assert np.isnan(told.prediction[1]).all()


@pytest.mark.parametrize(
    ("key", "values", "setting", "sentence"),
    [
        ("cce", {}, {"seeds": ()}, "1 to 64 seeds can be .* but there are 0"),
        ("cce", {}, {"seeds": range(65)}, "but there are 65"),
        ("cce", {}, {"seeds": (0, -1)}, "Seed must lie between"),
        ("cce", {}, {"seeds": (0, 1.5)}, "Seed must be a whole number"),
        ("cce", {}, {"seeds": (0,), "epochs": 0}, "Epochs must lie between"),
        ("cce", {}, {"seeds": (0,), "batch_size": "many"}, "Batch size must be a finite number"),
        ("cce", {}, {"seeds": (0,), "learning_rate": 0}, "Learning rate must lie between"),
        ("cce", {}, {"seeds": (0,), "optimizer": "magic"}, "Optimizer must be one of"),
        ("cce", {"heat": 1}, {"seeds": (0,)}, "There is no parameter 'heat'"),
        ("weighted-ce-soft", {"weights": ((1, 1), (1, 1))}, {"seeds": (0,)}, "is for 2 classes, but the task"),
        ("trend-smooth", {}, {"seeds": (0,)}, "needs y_last for each sample"),
    ],
)
def test_what_does_not_fit_is_refused_at_once(clouds, key, values, setting, sentence):
    with pytest.raises(ValueError, match=sentence):
        replicas(CATALOGUE[key], values, clouds, **setting)


def dead(y_true, y_pred, from_logits):
    return ops.mean(y_true + ops.round(y_pred), axis=-1)


def by_class(y_true, y_pred, from_logits):
    return ops.square(y_true - y_pred)


@pytest.mark.parametrize(
    ("function", "sentence"), [(dead, "has no gradient at all"), (by_class, "must give one number a sample")]
)
def test_a_loss_that_cannot_train_is_refused(clouds, function, sentence):
    with pytest.raises(TrainingError, match=f"^Categorical cross entropy {sentence}"):
        next(replicas(replace(CATALOGUE["cce"], function=function), {}, clouds, seeds=(0, 1)))
