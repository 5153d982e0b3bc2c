"""Many runs, several sessions, kills and stuck processes: what the benchmarks of load and recovery do at length."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from explorer.engine.client import LOST, SLOW, Engine, EngineError

RANDOM = np.random.default_rng(0)
SERIES = np.sin(np.arange(400) / 5.0) + RANDOM.normal(0, 0.1, 400)
LABEL = np.arange(240) % 3
POINTS = RANDOM.normal(size=(240, 2)) + LABEL[:, None]
LONG = 10_000
RUNS, ROOM = 30, 60.0  # MB that so many runs may leave behind: a leak of 5 MB a run would leave 150
QUESTION = {"loss": "trend-published", "values": {"lambda_trend": 1.0}, "scene": {}, "plane": "steps", "points": 21}


@pytest.fixture(scope="module")
def engine():
    engine = Engine()
    yield engine
    engine.close()


def wait(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.01)


def finished(run):
    wait(lambda: not run.live)
    assert (run.status, run.sentence) == ("finished", "")
    return run


def forecast(engine, session, epochs=2, value=SERIES, **setting):
    losses = [("mse", {}), ("mae", {})]
    return engine.submit(
        session, "forecast", losses=losses, data={"value": value, "window": 12}, epochs=epochs, **setting
    )


def classes(engine, session, epochs=2, beta=1.0, **setting):
    losses = [("expected-cost", {"beta": beta})]
    data = {"x": POINTS, "label": LABEL, "classes": 3}
    return engine.submit(session, "classes", losses=losses, data=data, epochs=epochs, **setting)


def drift(engine, session, step=0.1, seed=0):
    points = POINTS[:9] + seed
    asked = {"ids": LABEL[:9], "points": points, "steps": 20, "learning_rate": step}
    return engine.submit(session, "drift", losses=[("pairwise-published", {})], **asked)


def told(run):
    """Return all numbers that a run has yielded, as bytes."""
    parts = []
    for item in run.items:
        found = item.snapshot if hasattr(item, "snapshot") else item
        parts += [
            np.asarray(getattr(found, name)).tobytes()
            for name in ("prediction", "val_loss", "points", "loss")
            if hasattr(found, name)
        ]
    return parts


SESSIONS = [
    lambda engine, who: forecast(engine, who, 20, seed=1),
    lambda engine, who: forecast(engine, who, 20, seed=2),
    lambda engine, who: forecast(engine, who, 20, value=SERIES[::-1].copy(), seed=1),
    lambda engine, who: classes(engine, who, 20, beta=0.5),
    lambda engine, who: classes(engine, who, 20, beta=2.0),
    lambda engine, who: drift(engine, who, 0.2),
]


def test_six_sessions_at_once_are_told_what_each_is_told_alone(engine):
    alone = [told(finished(start(engine, "alone"))) for start in SESSIONS]
    beside = [start(engine, f"session {place}") for place, start in enumerate(SESSIONS)]
    assert sum(run.status == "queued" for run in beside) == 2
    assert [told(finished(run)) for run in beside] == alone
    assert all(len(parts) > 0 for parts in alone)
    assert len({parts[-1] for parts in alone}) == len(SESSIONS)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells how much memory is private")
def test_thirty_runs_leave_no_memory_behind(engine):
    def private():
        lines = Path(f"/proc/{engine.pid}/smaps_rollup").read_text().splitlines()
        return sum(float(line.split()[1]) for line in lines if line.startswith("Private")) / 1024

    kinds = (forecast, classes, drift)
    for number in range(RUNS + len(kinds)):
        if number == len(kinds):
            before, process = private(), engine.pid
        finished(kinds[number % len(kinds)](engine, "enduring", seed=number))
    assert engine.pid == process
    assert private() - before < ROOM


def test_the_runs_of_closed_tabs_leave_their_places_to_others(engine):
    gone = set()
    engine.present = lambda session: session not in gone
    runs = [forecast(engine, f"tab {place}", LONG) for place in range(5)]
    patient = forecast(engine, "patient")
    wait(lambda: all(run.items for run in runs[:4]))
    assert [engine.position(run) for run in (*runs, patient)] == [0, 0, 0, 0, 1, 2]
    gone.update(run.session for run in runs)
    wait(lambda: not any(run.live for run in runs), 5)
    assert ({run.status for run in runs}, len(runs[4].items)) == ({"stopped"}, 0)
    finished(patient)


def kill(engine):
    os.kill(engine.pid, signal.SIGKILL)


@pytest.mark.parametrize("moment", ["idle", "question", "run"])
def test_a_kill_at_any_moment_is_told_and_survived(engine, moment):
    want = engine.ask("surface", **QUESTION)
    dead = engine.pid
    if moment == "run":
        runs = [forecast(engine, f"unlucky {place}", LONG) for place in range(4)]
        queued = forecast(engine, "patient")
        wait(lambda: all(run.items for run in runs))
        kill(engine)
        wait(lambda: not any(run.live for run in runs))
        assert {(run.status, run.sentence) for run in runs} == {("failed", LOST)}
        finished(queued)
    elif moment == "question":
        os.kill(dead, signal.SIGSTOP)  # so that the kill is sure to come before the answer
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(engine.ask, "surface", **QUESTION)
            wait(lambda: engine._waiting)
            kill(engine)
            with pytest.raises(EngineError) as error:
                answer.result(60)
        assert str(error.value) == LOST
    else:
        kill(engine)
        wait(lambda: engine.pid != dead)
    found = engine.ask("surface", **QUESTION)
    assert engine.pid != dead
    np.testing.assert_array_equal(found.value, want.value)


def test_a_stuck_process_is_ended_even_while_somebody_writes_to_it():
    engine = Engine(step_limit=5.0)
    engine.ask("surface", **QUESTION)
    stuck = engine.pid
    os.kill(stuck, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        much = pool.submit(forecast, engine, "much to say", value=np.tile(SERIES, 500))
        try:
            wait(lambda: engine.pid != stuck)
        finally:
            with suppress(ProcessLookupError):
                os.kill(stuck, signal.SIGKILL)
    run = much.result()
    wait(lambda: not run.live)
    engine.close()
    assert (run.status, run.sentence) == ("failed", SLOW.format(5.0))


def test_a_full_process_is_replaced_and_nobody_notices():
    engine = Engine(full=1)
    try:
        want, first = engine.ask("surface", **QUESTION), engine.pid
        while engine.pid == first:
            np.testing.assert_array_equal(engine.ask("surface", **QUESTION).value, want.value)
        finished(drift(engine, "somebody"))
        np.testing.assert_array_equal(engine.ask("surface", **QUESTION).value, want.value)
        wait(lambda: not Path(f"/proc/{first}").exists() or not Path("/proc").exists(), 5)
    finally:
        engine.close()
