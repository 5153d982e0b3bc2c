"""The closed, tiled form of the pairwise loss beside the published broadcast and the NumPy double loop.

Run with ``python -m benchmarks pairwise``. Value and slope of one batch in float32 with 32 numbers a point, compiled
before the clock starts. Each form has a process of its own for each size, since a process never gives back its peak of
memory: what is counted is the peak of the first call and all after it, less the peak of a batch of a few points. That
batch has a quarter of the points for the tiled form, so that XLA's compiler is not counted as memory of the loss.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.result import Row

SIZES = (32, 512, 4096)
MOST_LOOPED = 512
DIM = 32
USERS = 10
EPSILON = 1e-7
ROUNDS = {"tiled": 25, "broadcast": 5, "loop": 1}
FORMS = ("tiled", "broadcast", "loop")


def measure() -> dict[str, Any]:
    """Return rows of times and, as facts, peaks of memory in MB and the largest difference of values and slopes."""
    rows, facts = [], {}
    for points in SIZES:
        tiled, *others = (_alone(form, points) for form in FORMS if form != "loop" or points <= MOST_LOOPED)
        for other in others:
            aim = "≥ 50 ×" if (points, other["form"]) == (4096, "broadcast") else ""
            rows.append(Row(f"pairwise, {points} points", tiled["ms"], other["form"], other["ms"], aim))
            facts[f"total of {points} points, {other['form']} less tiled, relative"] = abs(
                other["total"] - tiled["total"]
            ) / abs(tiled["total"])
        broadcast = others[0]
        facts[f"largest difference of slopes, {points} points"] = float(
            np.abs(np.subtract(broadcast["slope"], tiled["slope"])).max()
        )
        facts[f"peak of memory in MB, {points} points"] = {part["form"]: part["mb"] for part in (tiled, broadcast)}
    facts["memory of the broadcast by that of the tiled form, 4096 points (aim ≥ 300)"] = broadcast["mb"] / tiled["mb"]
    return {"rows": rows, **facts}


def _alone(form: str, points: int) -> dict[str, Any]:
    """Return what one form takes for one size, measured in a process of its own."""
    settings = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, "-m", "benchmarks.pairwise", form, str(points)]
    folder = Path(__file__).parents[1]
    run = subprocess.run(command, env=settings, cwd=folder, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def _measure_one(form: str, points: int) -> dict[str, Any]:
    """Return form, median time in ms, extra memory in MB, total and the first slopes."""
    random = np.random.default_rng(0)
    ids, encodings = random.integers(USERS, size=points, dtype="int32"), random.random((points, DIM)).astype(np.float32)
    warm = points // 4 if form == "tiled" else 4
    call = {"tiled": _tiled, "broadcast": _broadcast, "loop": _loop}[form](ids[:warm], encodings[:warm])
    before = _peak()
    total, slope = call(ids, encodings)
    times = []
    for _ in range(ROUNDS[form]):
        began = perf_counter()
        total, slope = call(ids, encodings)
        times.append(1000 * (perf_counter() - began))
    megabytes = _peak() - before
    return {"form": form, "ms": median(times), "mb": megabytes, "total": float(total), "slope": slope[:64].tolist()}


def _peak() -> float:
    """Return the largest memory of this process so far in MB.

    Linux hands the figure of `getrusage` down from the process that started this one, so it is not asked there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _tiled(*warm: Any) -> Callable[..., Any]:
    from explorer.losses import CATALOGUE

    function = CATALOGUE["pairwise-published"].function
    return _compiled(lambda ids, encodings: function(ids, encodings, epsilon=EPSILON), True, *warm)


def _broadcast(*warm: Any) -> Callable[..., Any]:
    import tensorflow as tf

    def published(ids: Any, encodings: Any) -> Any:
        differences = encodings[None, :, :] - encodings[:, None, :]
        distances = tf.sqrt(tf.reduce_sum(tf.square(differences), axis=-1) + EPSILON)
        signs = tf.cast(ids[None, :] == ids[:, None], encodings.dtype) * 2 - 1
        return tf.reduce_sum(distances * signs, axis=-1) / 2

    return _compiled(published, False, *warm)


def _compiled(loss: Callable[[Any, Any], Any], xla: bool, *warm: Any) -> Callable[..., Any]:
    """Return the function of a batch to its total and slope; a smaller batch has gone through it."""
    import tensorflow as tf

    @tf.function(jit_compile=xla, autograph=False)
    def total_and_slope(ids: Any, encodings: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(encodings)
            total = tf.reduce_sum(loss(ids, encodings))
        return total, tape.gradient(total, encodings)

    def call(ids: Any, encodings: Any) -> tuple[Any, Any]:
        total, slope = total_and_slope(tf.constant(ids), tf.constant(encodings))
        return total.numpy(), slope.numpy()

    call(*warm)
    return call


def _loop(*_: Any) -> Callable[..., Any]:
    def call(ids: Any, encodings: Any) -> tuple[float, Any]:
        """Return the question's double loop, with the root rounded as in the answer, and no slope."""
        total = len(ids) * EPSILON**0.5 / 2
        for i in range(len(ids)):
            for j in range(i + 1, len(ids)):
                distance = np.sqrt(np.sum(np.square(encodings[i] - encodings[j], dtype=np.float64)) + EPSILON)
                total += distance if ids[i] == ids[j] else -distance
        return total, np.zeros((0, DIM))

    return call


if __name__ == "__main__":
    print(json.dumps(_measure_one(sys.argv[1], int(sys.argv[2]))))
