"""How a weighted cross entropy comes about at one prediction: which cells, which weight, which product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.losses import weighted_crossentropy as weighted
from explorer.losses.crossentropy import cce_reference
from explorer.spec import LossSpec


@dataclass(frozen=True)
class Part:
    """One cell that counts.

    Attributes
    ----------
    column : int
        The predicted class of the cell.
    share : float
        By what its weight is multiplied.
    weight : float
        The number in the cell.
    """

    column: int
    share: float
    weight: float


@dataclass(frozen=True)
class Arithmetic:
    """The loss of one prediction, step by step.

    Attributes
    ----------
    true_class : int
        The row of the table.
    parts : tuple of Part
        The cells that count; empty for a loss without a table.
    weight : float
        Sum of shares times weights; 1 for a loss without a table.
    entropy : float
        The cross entropy.
    beta : float or None
        None where the loss is ``weight × entropy``; else it is ``entropy + beta × weight``.
    total : float
        The loss.
    """

    true_class: int
    parts: tuple[Part, ...]
    weight: float
    entropy: float
    beta: float | None
    total: float


def arithmetic(spec: LossSpec, values: Mapping[str, Any], p: Sequence[float], true_class: int) -> Arithmetic:
    """Return how a cross entropy, weighted or not, comes about.

    Parameters
    ----------
    spec : LossSpec
        A form of the misclassification-weighted cross entropy, or the plain one.
    values : mapping
        Its parameters.
    p : sequence of float
        Probability of each class.
    true_class : int
        The class that is right.
    """
    shares = np.asarray(p, np.float64) / np.sum(p)
    entropy = float(cce_reference(np.eye(len(shares))[true_class : true_class + 1], shares[None])[0])
    if "weights" not in values:
        return Arithmetic(true_class, (), 1.0, entropy, None, entropy)
    row = np.asarray(values["weights"], np.float64)[true_class]
    parts = tuple(Part(j, share, float(row[j])) for j, share in _counting(spec, shares, true_class))
    weight = sum(part.share * part.weight for part in parts)
    beta = float(values["beta"]) if "beta" in values else None
    total = weight * entropy if beta is None else entropy + beta * weight
    return Arithmetic(true_class, parts, weight, entropy, beta, total)


def _counting(spec: LossSpec, p: NDArray[np.float64], true_class: int) -> list[tuple[int, float]]:
    """Return the columns that count, each with its share."""
    winners = [j for j, share in enumerate(p) if share == p.max()]
    if spec is weighted.PUBLISHED:
        return [(j, 1.0) for j in winners]
    if spec is weighted.ARGMAX:
        return [(winners[0], 1.0)]
    return [(j, float(share)) for j, share in enumerate(p) if j != true_class or spec is weighted.SOFT]
