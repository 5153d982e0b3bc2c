import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.parameters import ParameterError
from explorer.tasks import TASKS, blobs, classification
from explorer.tasks.blobs import draw


def test_the_default_has_three_equal_classes_in_each_part():
    task = blobs()
    assert task.key == "blobs"
    assert task.train.y_true.sum(axis=0).tolist() == [150, 150, 150]
    assert task.validation.y_true.sum(axis=0).tolist() == [60, 60, 60]
    assert np.bincount(task.truth).tolist() == [90, 90, 90]


def test_the_seed_decides_the_points():
    np.testing.assert_array_equal(blobs(1).train.x, blobs(1).train.x)
    assert not np.array_equal(blobs(1).train.x, blobs(2).train.x)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 10), st.floats(0, 0.99), st.floats(0, 0.4), st.integers(120, 3000), st.integers(0, 2**32))
def test_whatever_is_drawn_can_be_split(classes, imbalance, noise, samples, seed):
    point, label = draw(classes, 0.35, imbalance, noise, samples, seed)
    _, clean_label = draw(classes, 0.35, imbalance, 0.0, samples, seed)
    count = np.bincount(clean_label, minlength=classes)
    assert point.shape == (samples, 2)
    assert len(label) == count.sum() == samples
    assert count.min() >= 12
    assert (np.diff(count) <= 1).all()
    assert len(classification(point, label, classes, seed=seed).truth) >= classes


def test_neighbouring_centres_are_two_apart_and_the_spread_is_relative_to_that():
    for classes in (2, 3, 7):
        point, label = draw(classes, overlap=0.1, samples=3000)
        mean = np.array([point[label == c].mean(axis=0) for c in range(classes)])
        np.testing.assert_allclose(np.linalg.norm(mean - np.roll(mean, 1, axis=0), axis=1), 2, atol=0.05)
        assert np.abs((point - mean[label]).std() - 0.2) < 0.01
        assert mean[0, 1] == pytest.approx(mean[:, 1].max(), abs=0.05)


def test_imbalance_is_the_share_that_the_last_class_lacks_of_the_first():
    assert np.bincount(draw(4, imbalance=0)[1]).tolist() == [225] * 4
    count = np.bincount(draw(3, imbalance=0.75, samples=3000)[1])
    assert count[2] / count[0] == pytest.approx(0.25, abs=0.01)
    assert count[1] / count[0] == pytest.approx(0.5, abs=0.01)


def test_noise_replaces_that_share_of_labels_and_no_point():
    point, label = draw(5, samples=1000, imbalance=0.5)
    same, noisy = draw(5, samples=1000, imbalance=0.5, noise=0.3)
    np.testing.assert_array_equal(point, same)
    assert (label != noisy).mean() == pytest.approx(0.3, abs=0.005)
    assert set(zip(label.tolist(), noisy.tolist(), strict=True)) == {(i, j) for i in range(5) for j in range(5)}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"classes": 1}, "classes must lie between 2 and 10, but is 1"),
        ({"classes": 2.5}, "must be a whole number"),
        ({"overlap": 0}, "overlap must lie between"),
        ({"imbalance": 1}, "Imbalance must lie between"),
        ({"noise": 0.5}, "Label noise must lie between"),
        ({"samples": 119}, "samples must lie between 120 and 3000"),
    ],
)
def test_settings_out_of_their_limits_are_refused(given, sentence):
    with pytest.raises(ParameterError, match=sentence):
        draw(**given)


def test_predictions_are_probabilities():
    prediction = blobs().restore(np.float32([[0, 0, 0], [1000, 0, 0], [0, np.log(3), -np.inf]]))
    assert prediction.dtype == np.float32
    np.testing.assert_allclose(prediction, [[1 / 3, 1 / 3, 1 / 3], [1, 0, 0], [0.25, 0.75, 0]], rtol=1e-6)


def test_accuracy_is_the_share_of_right_classes():
    task = blobs()
    prediction = task.validation.y_true.copy()
    prediction[:36] = np.roll(prediction[:36], 1, axis=1)
    assert task.scores(task.validation, prediction)["accuracy"] == pytest.approx(0.8)


def test_the_model_says_three_logits():
    task = blobs()
    y_pred = task.build(0)(task.train.x).numpy()
    assert y_pred.shape == (450, 3)
    assert y_pred.min() < 0


def test_making_a_task_or_reading_a_snapshot_needs_no_keras():
    code = (
        "import sys; from explorer.tasks import TASKS; from explorer.training import Snapshot, Setting, run;"
        "[make() for make in TASKS.values()]; sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert set(TASKS) == {"blobs", "forecast"}
