"""Fifty kills of the compute process at moments that chance picks: who is told what, and how soon it answers again.

A kill meets an idle process, one that answers a question, one that trains while another run waits in the queue, or one
that is only just starting. Whoever waited must be told one clear sentence; a question asked at once afterwards must be
answered right, and the run in the queue must go on. Then tabs of the real server are closed in the midst of their run.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from statistics import median
from typing import Any

import numpy as np

from benchmarks.browser import Server
from benchmarks.result import Row
from benchmarks.tab import Tab
from explorer.engine.client import LOST, Engine, EngineError
from explorer.engine.run import Run

KILLS = 50
TABS = 5
SERIES = np.sin(np.arange(3000) / 5.0) + np.random.default_rng(0).normal(0, 0.1, 3000)
QUESTION = {"loss": "trend-published", "values": {"lambda_trend": 1.0}, "scene": {}, "plane": "steps", "points": 61}
MOST_POINTS = 401
LONGEST = 10_000  # epochs that nobody waits for
PATIENCE = 60.0
LONG_RUN = "sample=made by chance&run.epochs=200&run.batch_size=1&generated.swing.n=2000"


@dataclass
class Told:
    """What became of the kills.

    Attributes
    ----------
    waited : int
        How many questions and runs the kills cut off.
    sentences : Counter
        What those who waited were told.
    answered : int
        Questions that were answered just before the kill.
    right : int
        How often the first question after a kill was answered, to the last bit as before.
    went_on : int
        Runs that stood in the queue and came to their end afterwards.
    again : dict of str to list of float
        Seconds from the kill to that answer, by the moment of the kill.
    """

    waited: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    right: int = 0
    went_on: int = 0
    again: dict[str, list[float]] = field(default_factory=dict)


def measure(kills: int = KILLS, tabs: int = TABS) -> dict[str, Any]:
    """Return who was told what, and the seconds until a question was answered again."""
    told = Told()
    engine = Engine(at_once=1)
    try:
        began = time.perf_counter()
        want = engine.ask("surface", **QUESTION)
        start = time.perf_counter() - began
        chance = Random(0)
        for moment, meet in islice(cycle(MOMENTS.items()), kills):
            waiting = meet(engine, chance, told)
            killed = time.perf_counter()
            found = _again(engine, told)
            told.again.setdefault(moment, []).append(time.perf_counter() - killed)
            told.right += all(np.array_equal(getattr(want, n), getattr(found, n)) for n in ("value", "slope_x"))
            told.went_on += sum(_over(run) == "finished" for run in waiting)
    finally:
        engine.close()
    rows = [
        Row(f"answered again, killed {moment}", 1000 * median(times), "first start", 1000 * start, longer=True)
        for moment, times in told.again.items()
    ]
    return {"rows": rows, **_facts(told, kills), **_closed_tabs(tabs)}


def _facts(told: Told, kills: int) -> dict[str, Any]:
    """Return the counts under the names that they are printed with."""
    return {
        "kills": kills,
        "waited when it was killed": told.waited,
        "were told that it starts again": told.sentences[LOST],
        "were told something else": {text: count for text, count in told.sentences.items() if text != LOST},
        "were answered just before": told.answered,
        "next question answered right": told.right,
        "queued runs that came to their end": told.went_on,
        "slowest recovery, s": round(max(max(times) for times in told.again.values()), 2),
    }


def _idle(engine: Engine, chance: Random, _told: Told) -> list[Run]:
    """Kill it while nothing is asked."""
    time.sleep(chance.uniform(0, 0.3))
    _kill(engine)
    return []


def _asked(engine: Engine, chance: Random, told: Told) -> list[Run]:
    """Kill it while it computes a surface that it has to compile first."""
    points = chance.randrange(101, MOST_POINTS, 2)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(engine.ask, "surface", **{**QUESTION, "points": points})
        time.sleep(chance.uniform(0, 0.3))
        _kill(engine)
        try:
            answer.result(PATIENCE)
            told.answered += 1
        except EngineError as error:
            told.waited += 1
            told.sentences[str(error)] += 1
    return []


def _trained(engine: Engine, chance: Random, told: Told) -> list[Run]:
    """Kill it while it trains, with another run in the queue."""
    going, queued = _train(engine, "going", LONGEST), _train(engine, "queued", 3)
    _until(lambda: bool(going.items))
    time.sleep(chance.uniform(0, 0.3))
    _kill(engine)
    _over(going)
    told.waited += 1
    told.sentences[going.sentence] += 1
    return [queued]


def _starting(engine: Engine, chance: Random, _told: Told) -> list[Run]:
    """Kill it, and the next one before it is ready."""
    first = _kill(engine)
    _until(lambda: engine.pid != first)
    time.sleep(chance.uniform(0, 1.0))
    _kill(engine)
    return []


MOMENTS = {"idle": _idle, "at a question": _asked, "in a run": _trained, "while starting": _starting}


def _again(engine: Engine, told: Told) -> Any:
    """Ask until there is an answer, as a person does; who asks before the end is noticed is told of it, too."""
    while True:
        try:
            return engine.ask("surface", **QUESTION)
        except EngineError as error:
            told.waited += 1
            told.sentences[str(error)] += 1


def _kill(engine: Engine) -> int:
    """End the compute process as the operating system does when memory runs out; return which it was."""
    pid = engine.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def _train(engine: Engine, session: str, epochs: int) -> Run:
    losses = [("mse", {}), ("mae", {})]
    return engine.submit(session, "forecast", losses=losses, data={"value": SERIES, "window": 12}, epochs=epochs)


def _over(run: Run) -> str:
    """Wait for the end of a run and return how it ended."""
    _until(lambda: not run.live)
    return run.status


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"Something that should happen after a kill did not within {PATIENCE:.0f} seconds.")
        time.sleep(0.005)


def _closed_tabs(count: int) -> dict[str, Any]:
    """Return the seconds from the closing of a tab to the end of its run."""
    with Server() as server:
        seconds = [asyncio.run(_close(server.url)) for _ in range(count)]
    return {"closed tab: seconds to the end of its run, median and longest": (median(seconds), max(seconds))}


async def _close(url: str) -> float:
    """Start a long run in a tab, close it once epochs come, and return how long the run outlives it."""
    async with Tab(url, "time-series", LONG_RUN) as tab:
        await tab.run()
        await tab.run(press="train")
        while not any(text.startswith("Epoch") and not text.startswith("Epoch 0") for _, text in tab.said):
            await tab.rest(0.2)
        assert _runs(url) == 1, "the run was over before its tab could be closed"
        began = time.perf_counter()
    while _runs(url):
        await asyncio.sleep(0.01)
    return round(time.perf_counter() - began, 2)


def _runs(url: str) -> int:
    """Return how many runs go on or wait."""
    with urllib.request.urlopen(f"{url}/explorer/health") as answer:
        return int(json.load(answer)["runs"])
