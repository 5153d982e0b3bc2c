"""Series made by chance, of a kind that a person chooses: one knows what there is to learn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Choice, Number, clean
from explorer.series.reader import read
from explorer.series.series import Series

LENGTH = Number(
    name="n",
    label="n · values",
    default=600,
    low=30,
    high=20_000,
    slider=(100, 2000),
    step=50,
    whole=True,
    help="How many values are made.",
    symbol="n",
)
SEED = Number(
    name="seed",
    label="Chance",
    default=0,
    low=0,
    high=2**31 - 2,
    slider=(0, 99),
    step=1,
    whole=True,
    help="Another number gives another series of the same kind.",
)
PERIOD = Number(
    name="period",
    label="p · period",
    default=12,
    low=2.5,
    high=1000,
    slider=(3, 60),
    step=0.5,
    unit="values",
    help="After how many values it swings back.",
    symbol="p",
)
MEMORY = Number(
    name="memory",
    label="r · memory",
    default=0.9,
    low=0.0,
    high=0.999,
    slider=(0.0, 0.99),
    step=0.01,
    help="How much of a swing is left after one value: near 1 it goes on for long, at 0 there is noise only.",
    symbol="r",
)
AMPLITUDE = Number(
    name="amplitude",
    label="a · season",
    default=3.0,
    low=0.0,
    high=100.0,
    slider=(0.0, 10.0),
    help="Height of the season over its mean.",
    symbol="a",
)
SLOPE = Number(
    name="slope",
    label="b · trend",
    default=1.0,
    low=-100.0,
    high=100.0,
    slider=(-5.0, 5.0),
    help="How much the level rises within one period.",
    symbol="b",
)
NOISE = Number(
    name="noise",
    label="σ · noise",
    default=1.0,
    low=0.0,
    high=100.0,
    slider=(0.0, 5.0),
    help="Standard deviation of what no network can foretell.",
    symbol=r"\sigma",
)
JUMPS = Number(
    name="jumps",
    label="q · jumps",
    default=0.05,
    low=0.0,
    high=1.0,
    slider=(0.01, 1.0),
    step=0.01,
    help="How often the level jumps: at 1 it jumps at every value, which is a random walk.",
    symbol="q",
)
SIZE = Number(
    name="size",
    label="s · jump size",
    default=3.0,
    low=0.0,
    high=100.0,
    slider=(0.0, 10.0),
    help="Standard deviation of a jump.",
    symbol="s",
)
RUN_IN = 500


def swing(n: int, random: np.random.Generator, *, period: float, memory: float, noise: float) -> NDArray[np.float64]:
    """Return a damped swing that chance keeps alive: autoregressive, of order 2 (Yule, 1927)."""
    near, far = 2 * memory * np.cos(2 * np.pi / period), memory**2
    push = random.normal(scale=noise, size=n + RUN_IN).tolist()
    value = push[:2]
    for t in range(2, len(push)):
        value.append(near * value[-1] - far * value[-2] + push[t])
    return np.array(value[RUN_IN:])


def season(
    n: int, random: np.random.Generator, *, period: float, amplitude: float, slope: float, noise: float
) -> NDArray[np.float64]:
    """Return a season on a straight trend, and noise."""
    turn = np.arange(n) / period
    return amplitude * np.sin(2 * np.pi * turn) + slope * turn + random.normal(scale=noise, size=n)


def steps(n: int, random: np.random.Generator, *, jumps: float, size: float, noise: float) -> NDArray[np.float64]:
    """Return a level that jumps now and then, and noise; a random walk where it jumps at every value."""
    jump = random.normal(scale=size, size=n) * (random.random(n) < jumps)
    return np.cumsum(jump) + random.normal(scale=noise, size=n)


@dataclass(frozen=True)
class Kind:
    """A kind of series: its title, what a person may set, and the function that makes it."""

    title: str
    parameters: tuple[Number, ...]
    make: Callable[..., NDArray[np.float64]]


KINDS = {
    "swing": Kind("Damped swing", (PERIOD, MEMORY, NOISE), swing),
    "season": Kind("Season and trend", (PERIOD, AMPLITUDE, SLOPE, NOISE), season),
    "steps": Kind("Steps", (JUMPS, SIZE, NOISE), steps),
}
KIND = Choice(
    name="kind",
    label="Kind",
    options=tuple(KINDS),
    default="swing",
    help="A swing remembers its past, a season repeats it, steps have nothing to foretell but the last value.",
)


def generate(kind: str, n: float = 600, seed: float = 0, **parameters: float) -> Series:
    """Return a series made by chance, read as if a person had uploaded it; it has no times.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    n, seed : int
        How many values, and of which chance; the same numbers give the same series.
    **parameters
        Those of the kind; the defaults where they are not given.

    Raises
    ------
    ParameterError
        If the kind or a parameter is unknown, or a value is out of its limits.
    """
    made = KINDS[KIND.clean(kind)]
    length, random = int(LENGTH.clean(n)), np.random.default_rng(int(SEED.clean(seed)))
    value = made.make(length, random, **clean(made.parameters, parameters))
    text = "\n".join(["value", *map(repr, value.tolist())])
    return read(text.encode(), f"{kind}.csv")
