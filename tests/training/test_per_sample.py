from dataclasses import replace
from functools import cache

import keras
import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.parameters import Table
from explorer.tasks import Batch, Task, blobs
from explorer.training import TrainingError, run
from explorer.training.adapter import CatalogueLoss, ContextModel
from explorer.training.per_sample import per_sample

WITH_TABLE = [spec for spec in CATALOGUE.values() if any(isinstance(p, Table) for p in spec.parameters)]
KEYS = [spec.key for spec in WITH_TABLE]
SOFT = CATALOGUE["weighted-ce-soft"]


def part(random, size, classes):
    label = random.integers(classes, size=size)
    x = (random.normal(size=(size, 2)) + label[:, None]).astype("float32")
    weights = random.uniform(0, 9, size=(size, classes, classes)).astype("float32")
    return Batch(x, np.eye(classes, dtype="float32")[label], {"weights": weights})


@cache
def dear(classes=4):
    """Return a task of 100 training samples, each with a random table of its own."""
    random = np.random.default_rng(3)
    glorot = keras.initializers.GlorotUniform

    def build(seed):
        hidden = keras.layers.Dense(5, "relu", kernel_initializer=glorot(seed), name="hidden")
        logits = keras.layers.Dense(classes, kernel_initializer=glorot(seed + 1), name="logits")
        return keras.Sequential([keras.Input((2,)), hidden, logits], name="dear")

    parts = {name: part(random, size, classes) for name, size in {"train": 100, "validation": 30, "test": 20}.items()}
    return Task(
        key="dear", architecture=f"dear-{classes}", build=build, scores=lambda *_: {}, from_logits=True, **parts
    )


def by_hand(spec, batch, y_pred, weights=None, **values):
    weights = batch.context["weights"] if weights is None else weights
    return spec.reference(batch.y_true, y_pred, weights=weights, from_logits=True, **values).mean()


def compiled(task, key, optimizer, seed=0):
    model = ContextModel(task.build(seed))
    model.compile(optimizer=optimizer, loss=CatalogueLoss(key, from_logits=True), metrics=["accuracy"])
    return model


@pytest.mark.parametrize("spec", WITH_TABLE, ids=KEYS)
def test_the_table_becomes_context(spec):
    own = per_sample(spec)
    assert own is per_sample(spec)
    assert own.key == f"{spec.key}-per-sample"
    assert own.context == ("weights",)
    assert {p.name for p in own.parameters} == {p.name for p in spec.parameters} - {"weights"}
    assert own.function is spec.function
    assert "W^{(s)}_{" in own.formula_with({"beta": 2.0})
    assert "<weights>" not in own.formula


@pytest.mark.parametrize("key", ["cce", "mse", "focal"])
def test_a_loss_without_a_table_is_refused(key):
    with pytest.raises(ValueError, match=r"has no table of weights that could belong to each sample\.$"):
        per_sample(CATALOGUE[key])


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("batch_size", [1, 7, 32, 100])
def test_fit_reports_the_losses_computed_by_hand(batch_size, shuffle):
    task = dear()
    assert [len(task.train) % size for size in (7, 32)] == [2, 4]
    model = compiled(task, SOFT.key, keras.optimizers.SGD(0.0, name="sgd"))
    x, y_true = {"x": task.train.x, **task.train.context}, task.train.y_true
    log = model.fit(x, y_true, batch_size=batch_size, shuffle=shuffle, verbose=0).history
    y_pred = task.build(0)(task.train.x).numpy()
    assert log["loss"][0] == pytest.approx(by_hand(SOFT, task.train, y_pred), rel=1e-6)
    assert log["accuracy"][0] == pytest.approx((y_pred.argmax(1) == y_true.argmax(1)).mean())


@pytest.mark.parametrize(
    ("key", "batch_size"), [*((SOFT.key, size) for size in (1, 7, 32, 100)), *((key, 7) for key in KEYS[:2] + KEYS[3:])]
)
def test_a_run_reports_the_losses_computed_by_hand(key, batch_size):
    task, spec = dear(), CATALOGUE[key]
    still = {"learning_rate": 1e-8, "optimizer": "sgd", "batch_size": batch_size, "epochs": 2}
    values = {"beta": 1.5} if key == "expected-cost" else {}
    for shuffle in (True, False):
        first, second = run(per_sample(spec), values, task, shuffle=shuffle, **still)
        for whole, told in ((task.train, first.loss), (task.validation, first.val_loss), (task.train, second.loss)):
            expected = by_hand(spec, whole, task.build(0)(whole.x).numpy(), **values)
            assert told == pytest.approx(expected, rel=1e-5)


def test_a_table_that_is_not_of_its_sample_is_caught():
    task = dear()
    rolled = {"weights": np.roll(task.train.context["weights"], 1, axis=0)}
    y_pred = task.build(0)(task.train.x).numpy()
    right = by_hand(SOFT, task.train, y_pred)
    wrong = by_hand(SOFT, task.train, y_pred, rolled["weights"])
    assert abs(wrong - right) > 0.01 * right
    model = compiled(task, SOFT.key, keras.optimizers.SGD(0.0, name="sgd"))
    log = model.fit({"x": task.train.x, **rolled}, task.train.y_true, verbose=0).history
    assert log["loss"][0] == pytest.approx(wrong, rel=1e-6)
    moved = replace(task, train=replace(task.train, context=rolled))
    told = next(run(per_sample(SOFT), None, moved, learning_rate=1e-8, optimizer="sgd")).loss
    assert told == pytest.approx(wrong, rel=1e-5)


@pytest.mark.parametrize("spec", WITH_TABLE, ids=KEYS)
def test_both_ways_train_the_same_weights(spec):
    task = dear()
    model = compiled(task, spec.key, keras.optimizers.Adam(0.01, name="adam"), seed=2)
    held_out = ({"x": task.validation.x, **task.validation.context}, task.validation.y_true)
    log = model.fit(
        {"x": task.train.x, **task.train.context}, task.train.y_true, batch_size=7, epochs=3, shuffle=False,
        validation_data=held_out, verbose=0,
    ).history  # fmt: skip
    ours = run(per_sample(spec), None, task, batch_size=7, epochs=3, shuffle=False, seed=2)
    told = [(snapshot.loss, snapshot.val_loss) for snapshot in ours]
    np.testing.assert_allclose(told, list(zip(log["loss"], log["val_loss"], strict=True)), rtol=1e-4)
    for weight, expected, initial in zip(ours.weights, model.get_weights(), task.build(2).get_weights(), strict=True):
        np.testing.assert_allclose(weight, expected, atol=1e-5)
        assert np.abs(weight - initial).max() > 0.01


def test_equal_tables_train_as_the_loss_with_that_table():
    task = dear()
    table = np.random.default_rng(0).uniform(1, 8, size=(4, 4)).astype("float32")

    def with_table(batch):
        return replace(batch, context={"weights": np.tile(table, (len(batch), 1, 1))})

    parts = {name: with_table(getattr(task, name)) for name in ("train", "validation", "test")}
    own = list(run(per_sample(SOFT), None, replace(task, **parts), epochs=3))
    shared = list(run(SOFT, {"weights": table}, task, epochs=3))
    np.testing.assert_allclose([s.loss for s in own], [s.loss for s in shared], rtol=1e-4)
    assert own[-1].loss < own[0].loss


def test_tables_that_do_not_belong_to_the_samples_are_refused():
    task, spec = dear(), per_sample(SOFT)
    with pytest.raises(TrainingError, match="needs weights for each sample, which the task 'blobs' has not"):
        run(spec, None, blobs())
    bare = replace(task, test=replace(task.test, context={}))
    with pytest.raises(TrainingError, match="needs weights for each sample, which the task 'dear' has not"):
        run(spec, None, bare)
    few = replace(task, validation=replace(task.validation, context=task.test.context))
    with pytest.raises(TrainingError, match=r"weights must have an entry for each of 30 samples, but has 20\.$"):
        run(spec, None, few)
    small = replace(task, train=replace(task.train, context=dear(3).train.context))
    with pytest.raises(TrainingError, match=r"must have the shape \(4, 4\) for each sample, but has \(3, 3\)\.$"):
        run(spec, None, small)
