"""The same sum over pairs, written in three ways, and what one of them takes in a process of its own.

``python -m explorer.pairs.implementation`` reads the arguments of `measure` as JSON and prints what it returns.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule

tf: Any = LazyModule("tensorflow")

LOOP, BROADCAST, TILED = "loop", "broadcast", "tiled"
FORMS = (LOOP, BROADCAST, TILED)
ROUNDS = {LOOP: 3, BROADCAST: 5, TILED: 25}
ENOUGH = 2.0  # seconds: a slow form is not measured more often than fits into this
SLOPES = 64  # points whose slopes are told

Told = Callable[[Any, Any], tuple[Any, Any]]


def double_loop(ids: Any, encodings: Any) -> float:
    """Return the sum over all pairs as the question asks for it, one pair at a time."""
    total = 0.0
    for i in range(len(ids)):
        for j in range(i + 1, len(ids)):
            distance = float(np.linalg.norm(encodings[i] - encodings[j]))
            total += distance if ids[i] == ids[j] else -distance
    return total


def broadcast(ids: Any, encodings: Any, epsilon: float) -> Any:
    """Return half of the signed distances to all points as the answer has it, with an array (point, point, dim)."""
    differences = encodings[None, :, :] - encodings[:, None, :]
    distances = tf.sqrt(tf.reduce_sum(tf.square(differences), axis=-1) + epsilon)
    signs = tf.cast(ids[None, :] == ids[:, None], encodings.dtype) * 2 - 1
    return tf.reduce_sum(distances * signs, axis=-1) / 2


def draw(points: int, dim: int, users: int, seed: int = 0) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return ids ``(point,)`` and encodings ``(point, dim)`` from 0 to 1, as the question draws them."""
    random = np.random.default_rng(seed)
    return random.integers(users, size=points, dtype="int32"), random.random((points, dim)).astype(np.float32)


def measure(form: str, points: int, dim: int, users: int, epsilon: float, seed: int = 0) -> dict[str, Any]:
    """Return the total, the first slopes, the median time in ms and the extra memory in MB of one form.

    Value and slope in float32, compiled before the clock starts; the loop has no slope. Memory is the peak of the
    first call and all after it, less the peak of a batch of a few points. That batch has a quarter of the points for
    the tiled form, so that XLA's compiler is not counted as memory of the loss.
    """
    ids, encodings = draw(points, dim, users, seed)
    warm = max(2, points // 4) if form == TILED else min(4, points)
    call = {LOOP: _looped, BROADCAST: _broadcast, TILED: _tiled}[form](epsilon)
    call(ids[:warm], encodings[:warm])
    before = peak()
    total, slope = call(ids, encodings)
    times: list[float] = []
    while len(times) < ROUNDS[form] and (not times or sum(times) < 1000 * ENOUGH):
        began = perf_counter()
        total, slope = call(ids, encodings)
        times.append(1000 * (perf_counter() - began))
    return {
        "form": form,
        "ms": median(times),
        "mb": peak() - before,
        "total": float(total),
        "slope": slope[:SLOPES].tolist(),
        "rounds": len(times),
    }


def peak() -> float:
    """Return the largest memory of this process so far in MB.

    Linux hands the figure of `getrusage` down from the process that started this one, so it is not asked there.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    if found:
        return int(found[1]) / 2**10
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _looped(_epsilon: float) -> Told:
    """Return the loop; in float64, as NumPy draws its numbers: in float32 the sum itself would be rounded."""
    return lambda ids, encodings: (double_loop(ids, encodings.astype(np.float64)), np.zeros((0, encodings.shape[1])))


def _broadcast(epsilon: float) -> Told:
    return _compiled(lambda ids, encodings: broadcast(ids, encodings, epsilon), xla=False)


def _tiled(epsilon: float) -> Told:
    from explorer.losses import CATALOGUE

    function = CATALOGUE["pairwise-published"].function
    return _compiled(lambda ids, encodings: function(ids, encodings, epsilon=epsilon), xla=True)


def _compiled(loss: Callable[[Any, Any], Any], *, xla: bool) -> Told:
    """Return the function of a batch to its total and slope."""

    def total_and_slope(ids: Any, encodings: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(encodings)
            total = tf.reduce_sum(loss(ids, encodings))
        return total, tape.gradient(total, encodings)

    program = tf.function(total_and_slope, jit_compile=xla, autograph=False)

    def call(ids: Any, encodings: Any) -> tuple[Any, Any]:
        total, slope = program(tf.constant(ids), tf.constant(encodings))
        return total.numpy(), slope.numpy()

    return call


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(**json.loads(sys.argv[1]))))
