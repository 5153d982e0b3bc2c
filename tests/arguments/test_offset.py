"""The offset experiment: curves apart by the offsets, weights equal bit for bit."""

import time

import numpy as np
import pytest

from explorer.arguments.offset import Sheet, Standing, compared, offsets, within
from explorer.losses import CATALOGUE
from explorer.parameters import ParameterError
from explorer.tasks.digits import digits
from explorer.training import run


@pytest.fixture(scope="module")
def told():
    return [item for item in offsets([10.0, 5.0], "Digits", epochs=4, batch_size=32, seed=3) if item]


def test_first_the_images_then_every_epoch(told):
    sheet, *standings = told
    assert isinstance(sheet, Sheet)
    assert sheet.offsets == (0.0, 5.0, 10.0)
    assert (sheet.trained, sheet.held_out, sheet.images.shape) == (1438, 359, (24, 8, 8))
    assert [standing.epoch for standing in standings] == [1, 2, 3, 4]


def test_curves_are_apart_by_the_offsets(told):
    for standing in told[1:]:
        for curve in (standing.loss, standing.val_loss):
            np.testing.assert_allclose(curve - curve[0], [0, 5, 10], atol=1e-5)


def test_weights_are_equal_bit_for_bit_and_so_is_all_that_is_read(told):
    for standing in told[1:]:
        assert standing.same.all()
        assert (standing.apart == 0).all()
        assert standing.weights == 64 * 64 + 64 + 64 * 10 + 10
        assert len(set(standing.accuracy)) == 1
        assert (standing.prediction == standing.prediction[0]).all()
    assert told[-1].accuracy[0] > told[1].accuracy[0] > 0.5


def test_a_run_gets_what_it_gets_alone(told):
    alone = run(CATALOGUE["offset-crossentropy"], {"offset": 10.0}, digits(), epochs=4, batch_size=32, seed=3)
    assert [snapshot.val_loss for snapshot in alone] == [standing.val_loss[2] for standing in told[1:]]


def test_every_offset_is_compared_once_and_with_none():
    assert compared([10.0, 10.0]) == (0.0, 10.0)
    assert compared([0.0, -3.0]) == (-3.0, 0.0)
    standings = [item for item in offsets([-3.0], "Digits", epochs=1) if isinstance(item, Standing)]
    np.testing.assert_allclose(standings[0].loss[0] + 3, standings[0].loss[1], atol=1e-5)


def test_bad_values_are_refused():
    with pytest.raises(ParameterError, match="between"):
        next(offsets([1e9], "Digits", epochs=1))
    with pytest.raises(ParameterError, match="Images"):
        next(offsets([1.0], "letters", epochs=1))


def drained(steps):
    while True:
        try:
            assert next(steps) is None
        except StopIteration as end:
            return end.value


def test_work_that_waits_is_done_beside_all_else():
    began = time.monotonic()
    assert drained(within(5.0, lambda: time.sleep(0.2) or "here")) == "here"
    assert time.monotonic() - began >= 0.2


def test_work_that_takes_too_long_is_given_up():
    with pytest.raises(TimeoutError):
        drained(within(0.1, lambda: time.sleep(2)))


def test_work_that_fails_fails_here():
    with pytest.raises(ValueError, match="no network"):
        drained(within(5.0, lambda: (_ for _ in ()).throw(ValueError("no network"))))
