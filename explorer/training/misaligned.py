"""What becomes of tables per sample that are bound into the loss: the published way, really run, beside the right one.

The published way gives the loss all tables at once, and hands them to the model as a second input besides, which never
reaches the loss. So batches and shuffling move the samples, but not the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.losses.weighted_crossentropy import PUBLISHED

adapter: Any = LazyModule("explorer.training.adapter")
keras: Any = LazyModule("keras")
tf: Any = LazyModule("tensorflow")

FEATURES = 5
PUBLISHED_WAY, RIGHT_WAY = "bound into the loss", "travels with its sample"


@dataclass(frozen=True)
class Attempt:
    """One epoch of `keras.Model.fit` with a table for each sample, at learning rate 0.

    Attributes
    ----------
    batch_size : int
        Samples of a batch.
    way : str
        How the tables reach the loss: "bound into the loss" as published, or "travels with its sample".
    value : float or None
        The loss that Keras reports; None where it stopped with an error.
    sentence : str
        What happened, in plain words.
    true_value : float
        Mean of the losses of all samples, each with its own table, computed one by one in NumPy.
    """

    batch_size: int
    way: str
    value: float | None
    sentence: str
    true_value: float


class _Data(NamedTuple):
    x: NDArray[np.float32]
    y_true: NDArray[np.float32]
    weights: NDArray[np.float32]


def published_way(
    samples: int = 100, classes: int = 3, seed: int = 0, batches: Sequence[int] = (32, 100, 1)
) -> list[Attempt]:
    """Train with tables per sample as published and as is right, and tell what Keras reports.

    The same seed gives the same numbers. At learning rate 0 nothing moves, so each epoch should report the mean loss
    of all samples, whatever the batches and their order.

    Parameters
    ----------
    samples, classes : int
        How many there are: random points of 5 features, random labels. What a mistake costs grows with the first
        feature of its sample.
    seed : int
        Of the data, the network and the order of the samples.
    batches : sequence of int
        The batch sizes to try.

    Returns
    -------
    list of Attempt
        For each batch size the published way, then the right one.

    Raises
    ------
    ValueError
        If there are fewer than 2 samples or classes.
    """
    if samples < 2 or classes < 2:
        raise ValueError(f"There must be at least 2 samples and 2 classes, but there are {samples} and {classes}.")
    data = _data(samples, classes, seed)
    network = _network(classes, seed)
    y_pred = network(data.x).numpy()
    true = float(PUBLISHED.reference(data.y_true, y_pred, weights=data.weights, from_logits=True).mean())
    bound, own = _bound(network, data.weights), _own(network)
    result = []
    for size in batches:
        value = _reported(bound, lambda x, weights: [x, weights], data, size, seed)
        result.append(Attempt(size, PUBLISHED_WAY, value, _told(data, size, value), true))
        value = _reported(own, lambda x, weights: {"x": x, "weights": weights}, data, size, seed)
        result.append(Attempt(size, RIGHT_WAY, value, "Each sample meets its own table, in any order.", true))
    return result


def _data(samples: int, classes: int, seed: int) -> _Data:
    random = np.random.default_rng(seed)
    x = random.normal(size=(samples, FEATURES)).astype("float32")
    y_true = np.eye(classes, dtype="float32")[random.integers(classes, size=samples)]
    mistake = 1 - np.eye(classes, dtype="float32")
    return _Data(x, y_true, 1 + np.exp(x[:, :1, None]) * mistake)


def _network(classes: int, seed: int) -> Any:
    start = keras.initializers.GlorotUniform(seed)
    layers = [keras.Input((FEATURES,), name="x"), keras.layers.Dense(classes, kernel_initializer=start, name="logits")]
    return keras.Sequential(layers, name="network")


def _bound(network: Any, weights: NDArray[np.float32]) -> Any:
    """Return a model as published: all tables stand in the loss, and a second input leads nowhere."""
    x, unused = keras.Input((FEATURES,), name="x"), keras.Input(weights.shape[1:], name="weights")
    model = keras.Model([x, unused], network(x), name="bound")
    loss = partial(PUBLISHED.function, weights=weights, from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.0, name="sgd"), loss=loss)
    return model


def _own(network: Any) -> Any:
    """Return a model whose `compute_loss` hands each sample's table to the loss."""
    model = adapter.ContextModel(network, name="own")
    loss = adapter.CatalogueLoss(PUBLISHED.key, from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.0, name="sgd"), loss=loss)
    return model


def _reported(model: Any, inputs: Callable[..., Any], data: _Data, size: int, seed: int) -> float | None:
    """Return the loss that Keras reports for a shuffled epoch, None where the shapes do not fit."""
    # The order is drawn here and not by fit, whose own shuffling knows no seed but that of the whole process.
    order = np.random.default_rng(seed).permutation(len(data.x))
    x, y_true, weights = (part[order] for part in data)
    try:
        return float(model.fit(inputs(x, weights), y_true, size, shuffle=False, verbose=0).history["loss"][0])
    except tf.errors.InvalidArgumentError:
        return None


def _told(data: _Data, size: int, value: float | None) -> str:
    """Return what happened to tables that are bound into the loss."""
    tables = data.weights.shape
    if value is None:
        batch = (min(size, len(data.x)), *data.y_true.shape[1:])
        return f"Keras stops with an error: the loss holds tables of shape {tables}, the batch has shape {batch}."
    if size == 1:
        return f"It runs, but each sample is weighed with all {tables[0]} tables, not with its own."
    return "It runs, but shuffling moves the samples and not the tables, so samples meet the tables of others."
