"""Three clouds of points on a plane, and a small classifier that tells them apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.tasks.task import Batch, Scores, Task

keras: Any = LazyModule("keras")

CENTRES = np.array([[0.0, 1.2], [-1.0, -0.6], [1.0, -0.6]])
SPREAD = 0.7
HIDDEN = 16
SIZES = {"train": 300, "validation": 150, "test": 150}


def blobs(seed: int = 0) -> Task:
    """Return three Gaussian blobs that overlap a little, and a classifier of them.

    Parameters
    ----------
    seed : int
        Of the points; the model's seed is the run's.

    Returns
    -------
    Task
        ``x`` (sample, 2), ``y_true`` one-hot (sample, 3); the model says logits, predictions are probabilities.
    """
    random = np.random.default_rng(seed)
    parts = {name: _draw(random, size) for name, size in SIZES.items()}
    return Task(
        key="blobs",
        architecture=f"blobs-{HIDDEN}",
        build=_build,
        scores=_scores,
        restore=_probabilities,
        from_logits=True,
        **parts,
    )


def _draw(random: np.random.Generator, size: int) -> Batch:
    label = random.permutation(np.arange(size) % len(CENTRES))
    point = CENTRES[label] + random.normal(scale=SPREAD, size=(size, 2))
    return Batch(point.astype(np.float32), np.eye(len(CENTRES), dtype="float32")[label])


def _build(seed: int) -> Any:
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((2,), name="point"),
            keras.layers.Dense(HIDDEN, "relu", kernel_initializer=glorot(seed), name="hidden"),
            keras.layers.Dense(len(CENTRES), kernel_initializer=glorot(seed + 1), name="logits"),
        ],
        name="blobs",
    )


def _probabilities(y_pred: NDArray[Any]) -> NDArray[np.float64]:
    logits = np.float64(y_pred)
    scores = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = scores / scores.sum(axis=-1, keepdims=True)
    return result


def _scores(part: Batch, prediction: NDArray[Any]) -> Scores:
    right = prediction.argmax(axis=-1) == part.y_true.argmax(axis=-1)
    return {"accuracy": float(right.mean())}
