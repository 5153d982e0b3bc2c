"""The digits that come with the project, as a task."""

import numpy as np
import pytest

from explorer.parameters import ParameterError
from explorer.tasks.digits import SHOWN, digits, shipped


def test_the_shipped_digits_are_the_published_ones():
    pixels, digit = shipped()
    assert pixels.shape == (1797, 64)
    assert np.bincount(digit).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert digit[:10].tolist() == list(range(10))
    np.testing.assert_array_equal(16 * pixels[0, :16], [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
    assert (pixels.min(), pixels.max()) == (0, 1)


def test_every_image_is_either_trained_on_or_held_out():
    task, (pixels, digit) = digits(), shipped()
    both = np.concatenate([task.train.x, task.validation.x])
    labels = np.concatenate([task.train.y_true, task.validation.y_true]).argmax(axis=1)
    order, want = (np.lexsort(part.T) for part in (both, pixels))
    np.testing.assert_array_equal(both[order], pixels[want])
    assert sorted(labels) == sorted(digit)
    assert len(task.validation) == 359


def test_the_shown_images_are_held_out_and_stand_upright():
    task = digits()
    assert task.images.shape == (SHOWN, 8, 8)
    np.testing.assert_array_equal(task.images.reshape(SHOWN, 64), task.validation.x[:SHOWN])
    np.testing.assert_array_equal(task.truth, task.validation.y_true[:SHOWN].argmax(axis=1))


def test_another_seed_is_another_split():
    assert (digits(seed=1).truth != digits().truth).any()
    np.testing.assert_array_equal(digits(seed=1).truth, digits(seed=1).truth)


def test_accuracy_is_the_share_of_digits_that_are_read_right():
    task = digits()
    logits = 5 * task.test.y_true - 100
    assert task.scores(task.test, task.restore(logits)) == {"accuracy": 1.0}
    logits[:6] = np.roll(logits[:6], 1, axis=1)
    assert task.scores(task.test, task.restore(logits)) == {"accuracy": 0.75}
    np.testing.assert_allclose(task.restore(logits).sum(axis=1), 1, rtol=1e-6)


def test_other_images_are_refused_by_name():
    with pytest.raises(ParameterError, match="Images"):
        digits("letters")
