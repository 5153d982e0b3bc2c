import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from explorer.training import misaligned
from explorer.training.misaligned import PUBLISHED_WAY, RIGHT_WAY, published_way


@pytest.fixture(scope="module")
def attempts():
    return published_way()


def test_the_published_way_stops_or_is_wrong(attempts):
    bound = {attempt.batch_size: attempt for attempt in attempts if attempt.way == PUBLISHED_WAY}
    assert list(bound) == [32, 100, 1]
    assert bound[32].value is None
    assert "tables of shape (100, 3, 3), the batch has shape (32, 3)" in bound[32].sentence
    for size in (100, 1):
        assert abs(bound[size].value - bound[size].true_value) > 0.1
    assert "shuffling moves the samples and not the tables" in bound[100].sentence
    assert "all 100 tables" in bound[1].sentence


def test_the_right_way_is_true_at_every_batch_size(attempts):
    own = [attempt for attempt in attempts if attempt.way == RIGHT_WAY]
    assert [attempt.batch_size for attempt in own] == [32, 100, 1]
    for attempt in own:
        assert attempt.value == pytest.approx(attempt.true_value, rel=1e-6)


def test_the_seed_decides_all(attempts):
    assert published_way(batches=(100,)) == attempts[2:4]
    other = published_way(seed=1, batches=(100,))
    assert abs(other[0].value - other[0].true_value) > 0.1
    assert other[0].true_value != attempts[0].true_value


def test_the_numbers_have_the_reasons_that_the_sentences_name(attempts):
    data, network = misaligned._data(100, 3, 0), misaligned._network(3, 0)
    model, (x, y_true, weights) = misaligned._bound(network, data.weights), data
    y_pred = network(x).numpy()
    unshuffled = model.fit([x, weights], y_true, batch_size=100, shuffle=False, verbose=0).history["loss"][0]
    assert unshuffled == pytest.approx(attempts[2].true_value, rel=1e-6)
    shuffled = model.fit([x, weights], y_true, batch_size=100, epochs=3, shuffle=True, verbose=0).history["loss"]
    assert np.abs(np.array(shuffled) - attempts[2].true_value).max() > 0.01
    with pytest.raises(tf.errors.InvalidArgumentError, match="Incompatible shapes"):
        model.fit([x, weights], y_true, batch_size=32, verbose=0)
    all_pairs = [
        misaligned.PUBLISHED.reference(y_true, y_pred, weights=np.tile(table, (100, 1, 1)), from_logits=True).mean()
        for table in weights
    ]
    assert attempts[4].value == pytest.approx(np.mean(all_pairs), rel=1e-5)


def test_other_numbers_of_samples_and_classes():
    stopped, *_, broadcast, right = published_way(samples=9, classes=2, batches=(4, 1))
    assert "tables of shape (9, 2, 2), the batch has shape (4, 2)" in stopped.sentence
    assert "all 9 tables" in broadcast.sentence
    assert right.value == pytest.approx(right.true_value, rel=1e-6)
    with pytest.raises(ValueError, match=r"at least 2 samples and 2 classes, but there are 1 and 3\.$"):
        published_way(samples=1)


def test_reading_an_attempt_needs_no_keras():
    code = "import sys, explorer.training.misaligned, explorer.training.per_sample; print('keras' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
