"""Double loop, broadcast and tiled Gram form of one sum: the same number to how many digits, time and memory.

Each form runs in a process of its own, since a process never gives back its peak of memory.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.losses.pairwise import EPSILON
from explorer.pairs.implementation import BROADCAST, LOOP, TILED, draw
from explorer.parameters import Choice, Number

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
MOST_LOOPED = 1024
MOST_BROADCAST = 2.5e9  # bytes
COPIES = 3.0  # arrays (point, point, dim) of float32 that value and slope of the broadcast hold at once, and some room
PATIENCE = 60.0  # seconds
LOOK = 0.02  # seconds between two looks at a process
BLOCK = 2**18  # pairs times numbers that are compared at once

POINTS = Choice(
    name="points",
    label="Points",
    options=("2", "4", "8", "16", "32", "64", "128", "256", "512", "1024", "2048", "4096"),
    default="512",
    help="The size of the batch.",
)
DIM = Number(
    name="dim",
    label="Numbers a point",
    default=10,
    low=1,
    high=64,
    slider=(2, 32),
    step=2,
    whole=True,
    help="Length of an encoding; the broadcast holds that many numbers for each pair.",
)
OWNERS = Number(name="owners", label="Users", default=10, low=1, high=4096, slider=(1, 50), step=1, whole=True)
PARAMETERS = (POINTS, DIM, OWNERS)


@dataclass(frozen=True, eq=False)
class Measured:
    """What one form made of the batch.

    Attributes
    ----------
    form : str
        One of `explorer.pairs.implementation.FORMS`.
    total : float
        The sum over all pairs; NaN where it was not run.
    digits : float
        To how many digits that is the sum of signed distances, in float64; infinite where nothing differs.
    own_digits : float
        The same against the form's own formula: with ε under the roots where it has one.
    share : float
        How far the form's own formula is above the sum of signed distances, in float64.
    ms : float
        Median time of a call in ms: value and slope, of the loop the value alone.
    mb : float
        Extra memory at its peak, in MB.
    rounds : int
        How many calls the time is the median of.
    slope : ndarray of shape (point, dim)
        Slopes of the first points; none for the loop.
    sentence : str
        Why it was not run, empty otherwise.
    """

    form: str
    total: float = math.nan
    digits: float = math.nan
    own_digits: float = math.nan
    share: float = math.nan
    ms: float = math.nan
    mb: float = math.nan
    rounds: int = 0
    slope: NDArray[np.float64] | None = None
    sentence: str = ""


def threefold(
    points: int | str,
    *,
    dim: float = DIM.default,
    owners: float = OWNERS.default,
    epsilon: float = EPSILON.default,
    memory: float | None = None,
) -> Iterator[Measured | None]:
    """Yield what each form makes of one batch of random encodings, slowest last; None while it is waited for.

    Parameters
    ----------
    points : int or str
        Size of the batch, one of the options of `POINTS`.
    dim, owners : float
        Numbers a point, and users.
    epsilon : float
        Under the roots of the two Keras forms.
    memory : float, optional
        Bytes that are free; asked of the machine where it is not given.

    Raises
    ------
    ParameterError
        If a value is refused, before anything is measured.
    """
    size, width, many = int(POINTS.clean(str(points))), int(DIM.clean(dim)), int(OWNERS.clean(owners))
    asked = {"points": size, "dim": width, "users": many, "epsilon": EPSILON.clean(epsilon)}
    return _measured(asked, free_memory() if memory is None else memory)


def digits(one: float, other: float) -> float:
    """Return to how many digits two numbers agree; infinite where they are equal, NaN where one is not finite."""
    if not (math.isfinite(one) and math.isfinite(other)):
        return math.nan
    if one == other:
        return math.inf
    return max(0.0, -math.log10(abs(one - other) / max(abs(one), abs(other))))


def free_memory() -> float:
    """Return how many bytes this machine has to give; infinite where it does not say."""
    status = Path("/proc/meminfo")
    found = re.search(r"MemAvailable:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return 1024.0 * int(found[1]) if found else math.inf


def sums(ids: NDArray[Any], encodings: NDArray[Any], epsilon: float) -> Generator[None, None, tuple[float, float]]:
    """Return the sum over all pairs in float64, of distances and of the rounded ones; None while adding up."""
    places, plain, rounded = encodings.astype(np.float64), 0.0, 0.0
    rows = max(1, BLOCK // places.size)
    for start in range(0, len(ids), rows):
        squared = np.square(places[start : start + rows, None] - places[None]).sum(axis=-1)
        sign = np.where(ids[start : start + rows, None] == ids[None], 0.5, -0.5)
        plain += float((sign * np.sqrt(squared)).sum())
        rounded += float((sign * np.sqrt(squared + epsilon)).sum())
        yield None
    return plain, rounded


def refusal(form: str, points: int, dim: int, memory: float) -> str:
    """Return why a form is not run, empty where it is."""
    if form == LOOP and points > MOST_LOOPED:
        pairs = points * (points - 1) // 2
        return f"{pairs:,} pairs, one at a time, take too long: the loop is run up to {MOST_LOOPED:,} points."
    need = COPIES * 4 * points**2 * dim
    most = min(MOST_BROADCAST, memory / 2)
    if form == BROADCAST and need > most:
        return f"It would need some {need / 1e9:.1f} GB, and at most {most / 1e9:.1f} GB are given to it here."
    return ""


def _measured(asked: dict[str, Any], memory: float) -> Iterator[Measured | None]:
    exact = yield from sums(*draw(asked["points"], asked["dim"], asked["users"]), asked["epsilon"])
    for form in (TILED, BROADCAST, LOOP):
        reason = refusal(form, asked["points"], asked["dim"], memory)
        if reason:
            yield Measured(form, sentence=reason)
            continue
        told = yield from _alone(form, asked)
        yield told if isinstance(told, Measured) else _compared(told, exact)


def _compared(told: dict[str, Any], exact: tuple[float, float]) -> Measured:
    own = exact[0 if told["form"] == LOOP else 1]
    return Measured(
        told["form"],
        told["total"],
        digits(told["total"], exact[0]),
        digits(told["total"], own),
        own - exact[0],
        told["ms"],
        told["mb"],
        told["rounds"],
        np.array(told["slope"]),
    )


def _alone(form: str, asked: dict[str, Any]) -> Generator[None, None, Measured | dict[str, Any]]:
    """Yield None while a form runs in a process of its own; return what it tells, or what became of it."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "explorer.pairs.implementation", json.dumps({"form": form, **asked})]
    process = subprocess.Popen(
        command, env={**os.environ, **QUIET, "PYTHONPATH": paths}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    began = monotonic()
    try:
        while process.poll() is None and monotonic() - began < PATIENCE:
            try:
                process.wait(LOOK)
            except subprocess.TimeoutExpired:
                yield None
        late = process.poll() is None
    finally:
        process.kill()
        said, _ = process.communicate()
    if late:
        return Measured(form, sentence=f"It was ended after {PATIENCE:.0f} seconds; choose fewer points.")
    if process.returncode:
        return Measured(form, sentence="Its process broke down, most likely for want of memory; choose fewer points.")
    answer: dict[str, Any] = json.loads(said)
    return answer
