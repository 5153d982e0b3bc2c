"""What a run tells after each epoch, and why it may end early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray


class TrainingError(ValueError):
    """A run that cannot start or go on; the message is one plain sentence."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run at the end of an epoch.

    Attributes
    ----------
    epoch : int
        Number of the epoch, from 1.
    loss : float
        Mean loss of the epoch's samples, each at the weights that its batch met.
    val_loss : float
        Mean loss of the validation part at the end of the epoch.
    metrics : dict of str to float
        Scores of the validation part, in the units of the data.
    prediction : ndarray of shape (sample, …)
        What the model says of the test part, in the units of the data.
    terms : dict of str to float
        The two terms of ``val_loss`` by name, for a loss that has a split; else empty.
    """

    epoch: int
    loss: float
    val_loss: float
    metrics: Mapping[str, float]
    prediction: NDArray[Any]
    terms: Mapping[str, float] = field(default_factory=dict)
