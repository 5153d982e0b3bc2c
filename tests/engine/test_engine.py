"""The compute process: answers, turns, cancelling, limits, and coming back after its end."""

import os
import signal
import time

import numpy as np
import pytest

from explorer.engine.client import LOST, Engine, EngineError
from explorer.losses import CATALOGUE
from explorer.surface import evaluate

SERIES = np.sin(np.arange(3000) / 5.0) + np.random.default_rng(0).normal(0, 0.1, 3000)
LONG = {"epochs": 10_000}


@pytest.fixture(scope="module")
def engine():
    engine = Engine()
    engine.start()
    yield engine
    engine.close()


def surface(engine, **values):
    return engine.ask("surface", loss="trend-published", values=values, scene={}, plane="steps", points=21)


def train(engine, session, epochs=5, **settings):
    losses = [("mse", {}), ("mae", {})]
    return engine.submit(
        session, "forecast", losses=losses, data={"value": SERIES, "window": 12}, epochs=epochs, **settings
    )


def wait(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.01)


def test_an_answer_equals_the_direct_call(engine):
    far, near = (
        surface(engine, lambda_trend=1.0),
        evaluate(CATALOGUE["trend-published"], {"lambda_trend": 1.0}, points=21),
    )
    np.testing.assert_array_equal(far.value, near.value)
    np.testing.assert_array_equal(far.slope_x, near.slope_x)


def test_a_refusal_is_the_sentence_of_the_direct_call(engine):
    with pytest.raises(ValueError, match="must lie between 0 and 1000, but is -1"):
        surface(engine, lambda_trend=-1.0)


def test_a_run_yields_each_epoch_of_each_loss_and_ends(engine):
    run = train(engine, "one")
    wait(lambda: not run.live)
    assert (run.status, run.sentence) == ("finished", "")
    assert [(step.which, step.snapshot.epoch) for step in run.items] == [(w, e) for e in range(1, 6) for w in (0, 1)]


def test_the_same_run_yields_the_same_numbers_alone_and_beside_others(engine):
    alone = train(engine, "alone", epochs=40)
    wait(lambda: not alone.live)
    beside = [train(engine, f"beside {i}", epochs=40) for i in range(3)]
    wait(lambda: not any(run.live for run in beside))
    for run in beside:
        assert [step.snapshot.loss for step in run.items] == [step.snapshot.loss for step in alone.items]


def test_a_question_is_answered_while_runs_go_on(engine):
    runs = [train(engine, f"long {i}", **LONG) for i in range(2)]
    wait(lambda: all(run.items for run in runs))
    surface(engine, lambda_trend=1.5)
    begun = time.monotonic()
    for step in range(10):
        surface(engine, lambda_trend=2.0 + step)
    took = time.monotonic() - begun
    assert all(run.live for run in runs)
    for run in runs:
        engine.cancel(run)
    assert took < 5.0


def test_runs_of_several_sessions_take_turns(engine):
    runs = [train(engine, f"turn {i}", **LONG) for i in range(3)]
    wait(lambda: all(run.items for run in runs))
    before = [len(run.items) for run in runs]
    wait(lambda: all(len(run.items) > had for run, had in zip(runs, before, strict=True)))
    for run in runs:
        engine.cancel(run)


def test_a_cancelled_run_keeps_its_items_and_gets_no_more(engine):
    run = train(engine, "cancelled", **LONG)
    wait(lambda: run.items)
    engine.cancel(run)
    kept = len(run.items)
    surface(engine, lambda_trend=0.7)
    assert (run.status, len(run.items)) == ("stopped", kept)


def test_a_session_has_one_run_at_a_time(engine):
    run = train(engine, "greedy", **LONG)
    with pytest.raises(EngineError, match="A run is going on already"):
        train(engine, "greedy")
    engine.cancel(run)
    wait(lambda: not train(engine, "greedy").live or True)


def test_more_runs_than_places_wait_in_order_and_then_run():
    engine = Engine(at_once=1, queue_limit=2)
    try:
        first = train(engine, "a", **LONG)
        second, third = train(engine, "b"), train(engine, "c")
        assert [engine.position(run) for run in (first, second, third)] == [0, 1, 2]
        with pytest.raises(EngineError, match="2 runs are waiting already"):
            train(engine, "d")
        engine.cancel(first)
        assert engine.position(third) == 1
        wait(lambda: second.status == third.status == "finished", 60)
    finally:
        engine.close()


def test_a_run_ends_when_its_tab_is_gone(engine):
    gone = set()
    engine.present = lambda session: session not in gone
    run = train(engine, "tab", **LONG)
    wait(lambda: run.items)
    gone.add("tab")
    wait(lambda: not run.live, 5)
    assert run.status == "stopped"


def test_a_killed_process_tells_who_waited_and_comes_back(engine):
    run = train(engine, "unlucky", **LONG)
    wait(lambda: run.items)
    kept, dead = len(run.items), engine.pid
    os.kill(dead, signal.SIGKILL)
    wait(lambda: not run.live, 10)
    assert (run.status, run.sentence) == ("failed", LOST)
    assert len(run.items) >= kept
    assert surface(engine, lambda_trend=1.0).value.shape == (21, 21)
    assert engine.pid != dead


def test_a_step_past_its_limit_ends_the_process_with_a_sentence():
    engine = Engine(step_limit=5.0)
    try:
        surface(engine)
        os.kill(engine.pid, signal.SIGSTOP)
        with pytest.raises(EngineError):
            surface(engine, lambda_trend=1.0)
    finally:
        engine.close()


def test_nothing_is_left_running_after_close():
    engine = Engine()
    engine.start()
    pid = engine.pid
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
