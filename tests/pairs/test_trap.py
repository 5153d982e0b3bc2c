"""The traps of the published code really snap on the Keras that is installed, and the mended forms do not."""

import inspect

import numpy as np
import pytest

from explorer.pairs import trap as room
from explorer.pairs.trap import column_of_ids, merged_ids, root_of_nothing, traps


@pytest.fixture(scope="module")
def told():
    return {trap.key: trap for trap in traps() if trap}


def test_all_of_them_hold(told):
    assert [(key, trap.holds) for key, trap in told.items()] == [("root", True), ("ids", True), ("column", True)]


def test_the_reported_loss_is_0_and_every_weight_nan(told):
    assert told["root"].got.startswith("reported loss 0.0, 8 of 8 weights NaN")
    assert told["root"].after.endswith("0 of 8 weights NaN")


def test_two_users_become_one_and_the_loss_is_that_of_one_user(told):
    ids = room.FIRST_ID + np.array([0, 1, 0, 1, 0, 1])
    x = room._points(6)
    assert f"1 user in float32, loss {room._rows(0 * ids, x).mean():.4f}" == told["ids"].got
    assert told["ids"].after == told["ids"].expected


def test_a_column_is_stretched_in_silence(told):
    assert told["column"].got.startswith("an array of shape (6, 6)")
    assert told["column"].got.endswith("no error")


def test_the_code_shown_is_the_code_that_ran(told):
    assert told["root"].wrong == inspect.getsource(room.plain_root).strip()
    assert told["column"].mended == inspect.getsource(room.reshaped).strip()


def test_each_is_run_once():
    for spring in (root_of_nothing, merged_ids, column_of_ids):
        assert spring() is spring()
