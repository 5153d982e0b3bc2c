import subprocess
import sys

import numpy as np
import pytest

from explorer.tasks import TASKS, blobs


def test_parts_hold_all_classes_and_no_common_point():
    task = blobs()
    points = np.concatenate([part.x for part in (task.train, task.validation, task.test)])
    assert len(np.unique(points, axis=0)) == len(points)
    for part in (task.train, task.validation, task.test):
        assert part.x.dtype == part.y_true.dtype == np.float32
        np.testing.assert_array_equal(part.y_true.sum(axis=1), 1)
        assert (part.y_true.sum(axis=0) == len(part) / 3).all()


def test_the_seed_decides_the_points():
    np.testing.assert_array_equal(blobs(1).train.x, blobs(1).train.x)
    assert not np.array_equal(blobs(1).train.x, blobs(2).train.x)


def test_predictions_are_probabilities():
    prediction = blobs().restore(np.float32([[0, 0, 0], [1000, 0, 0], [0, np.log(3), -np.inf]]))
    np.testing.assert_allclose(prediction, [[1 / 3, 1 / 3, 1 / 3], [1, 0, 0], [0.25, 0.75, 0]], rtol=1e-6)


def test_accuracy_is_the_share_of_right_classes():
    task = blobs()
    prediction = task.validation.y_true.copy()
    prediction[:30] = np.roll(prediction[:30], 1, axis=1)
    assert task.scores(task.validation, prediction)["accuracy"] == pytest.approx(0.8)


def test_the_model_says_three_logits():
    task = blobs()
    y_pred = task.build(0)(task.train.x).numpy()
    assert y_pred.shape == (300, 3)
    assert y_pred.min() < 0


def test_making_a_task_or_reading_a_snapshot_needs_no_keras():
    code = (
        "import sys; from explorer.tasks import TASKS; from explorer.training import Snapshot, Setting, run;"
        "[make() for make in TASKS.values()]; sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert set(TASKS) == {"blobs", "forecast"}
