"""A thousand short runs through one engine: what stays in the memory of either process, and whether runs slow down.

Private bytes are read from Linux, of the process that asks (the server's side) and of the compute process. Runs of
several kinds take turns, four sessions at a time, each with a seed and a learning rate of its own. Then come runs whose
shape no run had before, so that each of them is compiled: more of them than the compute process keeps.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.result import Row
from explorer.engine.client import Engine
from explorer.engine.run import Run

RUNS = 1000
EARLY = 100  # runs after which everything has been compiled and every store is as full as it gets
SHAPES = 40
KEPT_SHAPES = 20  # more than the compute process keeps
AT_ONCE = 4
MOST_EPOCHS = 3
PATIENCE = 300.0
MEGABYTE = 2**20

RANDOM = np.random.default_rng(0)
SERIES = np.sin(np.arange(300) / 5.0) + RANDOM.normal(0, 0.1, 300)
LABEL = np.arange(300) % 3
POINTS = RANDOM.normal(size=(300, 2)) + LABEL[:, None]
Setting = dict[str, Any]


def forecast(setting: Setting) -> Setting:
    """Return what foretells a series with two losses, and judges the one with a penalty over five seeds."""
    losses = [("mse", {}), ("trend-published", {"lambda_trend": 1.0})]
    return {"losses": losses, "data": {"value": SERIES, "window": 12}, **setting}


def classes(setting: Setting) -> Setting:
    """Return what tells three classes apart with two losses."""
    losses = [("weighted-ce-soft", {}), ("expected-cost", {})]
    return {"losses": losses, "data": {"x": POINTS, "label": LABEL, "classes": 3}, **setting}


def users(setting: Setting) -> Setting:
    """Return what embeds the rows of three users with two losses."""
    losses = [("pairwise-published", {}), ("contrastive", {})]
    return {"losses": losses, "data": {"x": POINTS, "ids": LABEL}, **setting}


def shapes(setting: Setting) -> Setting:
    """Return what finds shapes in images with one loss, in one epoch: the dearest of them."""
    return {"losses": [("dice-soft", {})], **setting, "epochs": 1}


def drift(setting: Setting) -> Setting:
    """Return what lets the points of a batch go."""
    points = POINTS[:12] + setting["seed"] / 1000
    return {"losses": [("pairwise-published", {})], "ids": LABEL[:12], "points": points, "steps": 20}


KINDS: Mapping[str, Callable[[Setting], Setting]] = {
    "forecast": forecast,
    "classes": classes,
    "users": users,
    "shapes": shapes,
    "drift": drift,
}


def measure(runs: int = RUNS, shapes_tried: int = SHAPES) -> dict[str, Any]:
    """Return private megabytes of both processes along the runs, and how long runs take early and late."""
    engine = Engine(at_once=AT_ONCE)
    try:
        engine.ask("surface", loss="mse", values={}, scene={}, plane="steps", points=61)
        memory = {0: _memory(engine)}
        seconds = _many(engine, runs, memory)
        fresh = _new_shapes(engine, shapes_tried)
    finally:
        engine.close()
    early = min(EARLY, runs // 2)
    rows = [
        Row(
            f"four runs at once, the last {early} of {runs}",
            1000 * median(seconds[-early // AT_ONCE :]),
            f"runs {early} to {2 * early}",
            1000 * median(seconds[early // AT_ONCE : 2 * early // AT_ONCE]),
            longer=True,
        )
    ]
    growth = {name: _per_run(memory, name, early) for name in memory[0]}
    return {
        "rows": rows,
        "private MB after so many runs": {
            count: {n: round(v, 1) for n, v in now.items()} for count, now in memory.items()
        },
        f"MB a run, from run {early} on": {name: round(slope, 4) for name, slope in growth.items()},
        **fresh,
    }


def _many(engine: Engine, runs: int, memory: dict[int, dict[str, float]]) -> list[float]:
    """Make many runs, four at a time; note the memory now and then, and return how long each four took."""
    kinds, seconds, done = cycle(KINDS.items()), [], 0
    every = max(AT_ONCE, min(EARLY, runs // 2))
    while done < runs:
        began = time.perf_counter()
        going = [_start(engine, *kind, done + place) for place, kind in enumerate(islice(kinds, AT_ONCE))]
        _wait(going)
        seconds.append(time.perf_counter() - began)
        done += len(going)
        if done % every < AT_ONCE:
            memory[done] = _memory(engine)
    return seconds


def _start(engine: Engine, kind: str, arguments: Callable[[Setting], Setting], number: int) -> Run:
    """Start a run whose seed, learning rate and length no other one has."""
    setting = {"epochs": 1 + number % MOST_EPOCHS, "seed": number, "learning_rate": 1e-3 * (1 + number / RUNS)}
    return engine.submit(f"session {number}", kind, **arguments(setting))


def _new_shapes(engine: Engine, count: int) -> dict[str, Any]:
    """Return what a run costs and leaves behind that has to be compiled first."""
    seconds, memory = [], []
    for window in range(13, 13 + count):
        began = time.perf_counter()
        data = {"value": SERIES, "window": window}
        _wait([engine.submit("shape", "forecast", losses=[("mse", {})], data=data, epochs=1)])
        seconds.append(time.perf_counter() - began)
        memory.append(_memory(engine)["compute process"])
    kept = min(KEPT_SHAPES, count // 2)
    return {
        "runs of a new shape": count,
        "seconds for one of them, median": round(median(seconds), 3),
        f"MB for one of them, from number {kept} on": round((memory[-1] - memory[kept - 1]) / (count - kept), 2),
    }


def _wait(runs: list[Run]) -> None:
    """Wait until all runs are over, and well."""
    end = time.monotonic() + PATIENCE
    while any(run.live for run in runs):
        if time.monotonic() > end:
            raise TimeoutError(f"A short run was not over within {PATIENCE:.0f} seconds.")
        time.sleep(0.002)
    for run in runs:
        if run.status != "finished":
            raise RuntimeError(f"A run of {run.task} has {run.status}: {run.sentence}")


def _memory(engine: Engine) -> dict[str, float]:
    """Return the private megabytes of both processes."""
    assert engine.pid is not None
    return {"server's side": private(os.getpid()), "compute process": private(engine.pid)}


def private(pid: int) -> float:
    """Return the megabytes that a process shares with nobody, as Linux tells them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(float(line.split()[1]) * 1024 for line in lines if line.startswith("Private")) / MEGABYTE


def _per_run(memory: Mapping[int, Mapping[str, float]], name: str, early: int) -> float:
    """Return the megabytes that each run has added since the early ones."""
    counts = [count for count in memory if count >= early]
    first, last = counts[0], counts[-1]
    return (memory[last][name] - memory[first][name]) / max(1, last - first)
