"""Small networks that foretell a series: each sees a window of past values and says the next ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from explorer.lazy import LazyModule
from explorer.parameters import Choice, Number

keras: Any = LazyModule("keras")

NETWORK = Choice(
    name="network",
    label="Network",
    options=("linear", "dense", "conv", "gru"),
    default="dense",
    help="Linear weighs the past values; dense has one hidden layer; conv looks for short patterns anywhere in the "
    "window; gru reads the window value by value and remembers.",
)
HIDDEN = Number(
    name="hidden",
    label="Hidden units",
    default=32,
    low=1,
    high=512,
    slider=(4, 128),
    step=4,
    whole=True,
    help="Width of the hidden layer: units, patterns or memory; the linear network has none.",
)


def linear(window: int, horizon: int, seed: int) -> Any:
    """Return a network without a hidden layer: each forecast is a weighted sum of the window."""
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((window,), name="window"),
            keras.layers.Dense(horizon, kernel_initializer=glorot(seed), name="forecast"),
        ],
        name="forecast",
    )


def dense(window: int, horizon: int, hidden: int, seed: int) -> Any:
    """Return a network with one hidden layer."""
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((window,), name="window"),
            keras.layers.Dense(hidden, "relu", kernel_initializer=glorot(seed), name="hidden"),
            keras.layers.Dense(horizon, kernel_initializer=glorot(seed + 1), name="forecast"),
        ],
        name="forecast",
    )


def conv(window: int, horizon: int, hidden: int, seed: int) -> Any:
    """Return a network that slides patterns of up to five values over the window."""
    glorot, length = keras.initializers.GlorotUniform, min(5, window)
    return keras.Sequential(
        [
            keras.Input((window,), name="window"),
            keras.layers.Reshape((window, 1), name="steps"),
            keras.layers.Conv1D(hidden, length, activation="relu", kernel_initializer=glorot(seed), name="hidden"),
            keras.layers.Flatten(name="flat"),
            keras.layers.Dense(horizon, kernel_initializer=glorot(seed + 1), name="forecast"),
        ],
        name="forecast",
    )


def gru(window: int, horizon: int, hidden: int, seed: int) -> Any:
    """Return a network that reads the window value by value and keeps a memory."""
    glorot, orthogonal = keras.initializers.GlorotUniform, keras.initializers.Orthogonal
    return keras.Sequential(
        [
            keras.Input((window,), name="window"),
            keras.layers.Reshape((window, 1), name="steps"),
            keras.layers.GRU(
                hidden,
                kernel_initializer=glorot(seed),
                recurrent_initializer=orthogonal(seed=seed + 2),
                seed=seed,
                use_cudnn=False,
                name="hidden",
            ),
            keras.layers.Dense(horizon, kernel_initializer=glorot(seed + 1), name="forecast"),
        ],
        name="forecast",
    )


HIDDEN_LAYERED: dict[str, Callable[[int, int, int, int], Any]] = {"dense": dense, "conv": conv, "gru": gru}


def builder(network: str, window: int, horizon: int, hidden: int) -> partial[Any]:
    """Return ``build(seed) -> keras.Model`` of a network, a `partial` of the function that is named like it.

    Parameters
    ----------
    network : str
        One of the options of `NETWORK`.
    window, horizon, hidden : int
        Values seen, values foretold, width of the hidden layer.
    """
    if network == "linear":
        return partial(linear, window, horizon)
    return partial(HIDDEN_LAYERED[network], window, horizon, hidden)
