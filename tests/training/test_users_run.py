"""The losses that compare the points of a batch: trained as Keras trains them, ids kept apart."""

import keras
import numpy as np
import pytest

from explorer.embedding import flight, neighbour_accuracy, spread
from explorer.losses import CATALOGUE
from explorer.tasks import blobs
from explorer.tasks.users import draw_users, users
from explorer.training import TrainingError, run
from explorer.training.adapter import CatalogueLoss
from explorer.training.plan import plan
from explorer.training.step import step, tensors

FORMS = ("pairwise-numpy", "pairwise-published", "pairwise-mean", "contrastive")


@pytest.fixture(scope="module")
def task():
    return users(*draw_users(each=30), hidden=8)


def fitted(task, key, values, batch_size, ids):
    """Return weights, training losses and embeddings of plain compile and fit in the same order of rows."""
    model, random, told = task.build(5), np.random.default_rng(5), []
    optimizer = keras.optimizers.Adam(0.01, name="adam")
    model.compile(optimizer=optimizer, loss=CatalogueLoss(key, values))
    for _ in range(3):
        order = random.permutation(len(task.train))
        log = model.fit(task.train.x[order], ids[order], batch_size=batch_size, shuffle=False, verbose=0)
        told.append(log.history["loss"][0])
    return model.get_weights(), told, model.predict(task.test.x, verbose=0)


@pytest.mark.parametrize(
    ("key", "values"),
    [("pairwise-published", {"epsilon": 1e-4}), ("pairwise-mean", {}), ("contrastive", {"margin": 2})],
)
def test_a_run_gives_what_fit_gives(task, key, values):
    batch_size = 16
    assert len(task.train) % batch_size
    weights, losses, embedding = fitted(task, key, values, batch_size, task.train.y_true)
    ours = run(CATALOGUE[key], values, task, epochs=3, batch_size=batch_size, seed=5)
    snapshots = list(ours)
    for expected, weight in zip(weights, ours.weights, strict=True):
        np.testing.assert_allclose(weight, expected, atol=2e-5)
    np.testing.assert_allclose([s.loss for s in snapshots], losses, rtol=1e-4)
    np.testing.assert_allclose(snapshots[-1].prediction, embedding, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("key", ["pairwise-numpy", "contrastive"])
def test_the_losses_are_those_of_the_reference(task, key):
    spec = CATALOGUE[key]
    values = {parameter.name: parameter.default for parameter in spec.parameters}
    snapshot = next(run(spec, values, task, batch_size=len(task.train), learning_rate=1e-8))
    network = task.build(0)
    for part, loss in ((task.train, snapshot.loss), (task.validation, snapshot.val_loss)):
        rows = spec.reference(part.y_true, network(part.x).numpy(), **values)
        assert loss == pytest.approx(rows.mean(), rel=1e-4)


@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_fit_keeps_whole_ids_apart(task, shape):
    _, ids = draw_users(each=30)
    assert len(np.unique(ids.astype(np.float32))) == 1 < len(np.unique(ids)) == 6
    expected = fitted(task, "contrastive", {}, 16, task.train.y_true)
    got = fitted(task, "contrastive", {}, 16, ids[task.rows[0]].reshape(shape))
    np.testing.assert_allclose(got[1], expected[1], rtol=1e-5)
    np.testing.assert_allclose(got[2], expected[2], rtol=1e-4, atol=1e-5)


def test_contrastive_learns_and_stays_while_published_flies_apart(task):
    told = {key: [s.prediction for s in run(CATALOGUE[key], task=task, epochs=40)] for key in FORMS[1:]}
    spreads = {key: [spread(point) for point in points] for key, points in told.items()}
    raw = neighbour_accuracy(task.test.x, task.truth)
    assert neighbour_accuracy(told["contrastive"][-1], task.truth) > raw + 0.3
    assert flight(spreads["contrastive"]) is None
    for key in FORMS[1:3]:
        assert flight(spreads[key]).times > 20
        assert neighbour_accuracy(told[key][-1], task.truth) < raw + 0.1


def test_a_run_that_flies_to_infinity_keeps_its_epochs_and_names_the_one():
    far = users(*draw_users(users=12))
    told = []
    losses = (s.loss for s in run(CATALOGUE["pairwise-published"], task=far, epochs=60, optimizer="sgd"))
    with pytest.raises(TrainingError, match="The loss became infinite in epoch") as caught:
        told.extend(losses)
    assert len(told) >= 5
    assert np.isfinite(told).all()
    assert f" in epoch {len(told) + 1}:" in str(caught.value)


def test_rows_of_one_user_only_in_a_batch_of_one_do_no_harm(task):
    snapshots = list(run(CATALOGUE["contrastive"], task=task, epochs=1, batch_size=1))
    assert snapshots[0].loss == 0.0
    assert np.isfinite(snapshots[0].prediction).all()


@pytest.mark.parametrize("key", FORMS)
def test_tasks_without_ids_are_refused(key):
    with pytest.raises(TrainingError, match="cannot be trained on the task 'blobs', which has no ids of users"):
        run(CATALOGUE[key], task=blobs())


def test_losses_that_compare_no_points_are_refused(task):
    with pytest.raises(TrainingError, match="cannot be trained on the task 'users', which has ids of users only"):
        run(CATALOGUE["mse"], task=task)


def test_fifty_runs_go_through_python_once(task):
    spec = CATALOGUE["contrastive"]
    for seed in range(50):
        list(run(spec, {"margin": 0.1 * seed}, task, epochs=1, seed=seed))
    theta = tensors(spec.parameters, {"margin": 1.0})
    assert step(plan(task, spec, theta, "adam", 32)).traces == 1
