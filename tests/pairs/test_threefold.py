"""Three ways to write one sum: the same number, told to how many digits, and what each takes."""

import json
import math
import signal
import subprocess
import sys

import numpy as np
import pytest

from explorer.pairs import threefold as room
from explorer.pairs.implementation import BROADCAST, LOOP, TILED, broadcast, double_loop, draw
from explorer.pairs.threefold import MOST_LOOPED, digits, refusal, sums, threefold


def added(ids, encodings, epsilon):
    adding = sums(ids, encodings, epsilon)
    while True:
        try:
            next(adding)
        except StopIteration as end:
            return end.value


def test_the_yardstick_is_the_double_loop():
    ids, encodings = draw(70, 6, 5)
    plain, rounded = added(ids, encodings, 1e-7)
    assert plain == pytest.approx(double_loop(ids, encodings.astype(float)), rel=1e-13)
    assert rounded - plain == pytest.approx(70 * math.sqrt(1e-7) / 2, rel=0.02)


def test_the_broadcast_is_the_published_loss():
    import tensorflow as tf

    from explorer.losses import CATALOGUE

    ids, encodings = draw(20, 3, 4)
    rows = broadcast(tf.constant(ids), tf.constant(encodings), 1e-3).numpy()
    expected = CATALOGUE["pairwise-published"].reference(ids, encodings, epsilon=1e-3)
    np.testing.assert_allclose(rows, expected, rtol=1e-5)


def test_digits_are_counted():
    assert digits(1.0, 1.0) == math.inf
    assert digits(1000.0, 1001.0) == pytest.approx(3.0, abs=0.01)
    assert digits(-1.0, 1.0) == 0.0
    assert math.isnan(digits(math.nan, 1.0))


def test_what_is_not_run_says_why():
    assert refusal(LOOP, MOST_LOOPED, 10, 1e12) == ""
    assert refusal(LOOP, 4096, 10, 1e12).startswith("8,386,560 pairs, one at a time, take too long")
    assert refusal(BROADCAST, 4096, 10, 1e12) == ""
    assert refusal(BROADCAST, 4096, 10, 1e9) == "It would need some 2.0 GB, and at most 0.5 GB are given to it here."
    assert "at most 2.5 GB" in refusal(BROADCAST, 4096, 64, 1e12)
    assert refusal(TILED, 4096, 64, 0.0) == ""


def test_all_three_are_the_same_number_each_in_a_process_of_its_own():
    found = {one.form: one for one in threefold(64, dim=5, epsilon=1e-4) if one}
    assert list(found) == [TILED, BROADCAST, LOOP]
    assert found[LOOP].digits > 12
    plain, rounded = added(*draw(64, 5, 10), 1e-4)
    for form in (TILED, BROADCAST):
        assert found[form].own_digits > 5.5
        assert found[form].digits < found[form].own_digits
        assert found[form].share == pytest.approx(rounded - plain)
        assert found[form].total - found[LOOP].total == pytest.approx(rounded - plain, abs=1e-3)
        assert found[form].ms > 0
    np.testing.assert_allclose(found[TILED].slope, found[BROADCAST].slope, atol=1e-4)


def test_memory_of_the_broadcast_is_seen():
    asked = json.dumps({"form": BROADCAST, "points": 512, "dim": 32, "users": 10, "epsilon": 1e-7})
    # A process that has already been larger does not grow: the measurement needs one of its own.
    command = [sys.executable, "-m", "explorer.pairs.implementation", asked]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(said.stdout.splitlines()[-1])
    assert told["mb"] > 512 * 512 * 32 * 4 / 2**20


def test_a_run_that_is_dropped_ends_its_process(monkeypatch):
    started = []
    real = room.subprocess.Popen
    monkeypatch.setattr(room.subprocess, "Popen", lambda *a, **k: started.append(real(*a, **k)) or started[-1])
    run = threefold(8)
    while not started:
        next(run)
    assert started[0].poll() is None
    run.close()
    assert started[0].returncode == -signal.SIGKILL


def test_a_bad_size_is_refused_at_once():
    with pytest.raises(ValueError, match="Points must be one of 2, 4"):
        threefold(100_000)
