"""A data set with the small model that fits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Scores: TypeAlias = dict[str, float]


@dataclass(frozen=True, eq=False)
class Batch:
    """Samples of one part of a data set, as the model and the loss take them.

    Attributes
    ----------
    x : ndarray of float32, shape (sample, …)
        What the model sees.
    y_true : ndarray of float32, shape (sample, …)
        What it should say.
    context : dict of str to ndarray of float32, shape (sample, …)
        Further tensors that belong to the samples; only the loss sees them.
    """

    x: NDArray[np.float32]
    y_true: NDArray[np.float32]
    context: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.x)


def unchanged(y_pred: NDArray[Any]) -> NDArray[Any]:
    """Return a prediction as it is: the model already speaks in the units of the data."""
    return y_pred


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """A data set in three parts, and the small model that is trained on the first.

    Parameters
    ----------
    key : str
        Its name in links and scripts.
    architecture : str
        Says how the model is built apart from its seed: two tasks with the same text share a compiled model.
    train, validation, test : Batch
        The parts: trained on, scored after every epoch, and kept for the picture.
    build : callable
        ``build(seed) -> keras.Model``: a new model with initial weights of its own, the same ones for the same seed.
    scores : callable
        ``scores(part, prediction) -> dict``: what people compare, in the units of the data; ``prediction`` as
        ``restore`` gives it.
    restore : callable
        ``restore(y_pred) -> ndarray``: what the model says, in the units of the data.
    from_logits : bool
        Whether the model says logits; only read by losses that take ``from_logits``.
    """

    key: str
    architecture: str
    train: Batch
    validation: Batch
    test: Batch
    build: Callable[[int], Any]
    scores: Callable[[Batch, NDArray[Any]], Scores]
    restore: Callable[[NDArray[Any]], NDArray[Any]] = unchanged
    from_logits: bool = False
