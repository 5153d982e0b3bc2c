"""Losses along the line between two corners of the probabilities, with the jump where the winner changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.spec import LossSpec
from explorer.surface import value_and_slope

MOST_POINTS = 2000
BORDER = 0.5
BESIDE = 1e-9


@dataclass(frozen=True, eq=False)
class Line:
    """Some losses along one line.

    Attributes
    ----------
    t : ndarray of shape (point,)
        Probability of the class at the far end; no point lies on the border at 0.5.
    value : ndarray of shape (loss, point)
        The losses.
    below, above, tie : ndarray of shape (loss,)
        The losses just before the border, just behind it, and on it, where the two classes tie.
    """

    t: NDArray[np.float64]
    value: NDArray[np.float64]
    below: NDArray[np.float64]
    above: NDArray[np.float64]
    tie: NDArray[np.float64]


def along(
    losses: Sequence[tuple[LossSpec, Mapping[str, Any]]],
    classes: int,
    ends: tuple[int, int],
    true_class: int,
    points: int = 200,
) -> Line:
    """Return losses while the probability goes from one class to another, all others at 0.

    Parameters
    ----------
    losses : sequence of (LossSpec, mapping)
        Losses of class probabilities, with parameter values.
    classes : int
        How many classes there are.
    ends : tuple of int
        The class that is sure at the beginning, and the one at the end.
    true_class : int
        The class that is right.
    points : int
        How many points, an even number.

    Raises
    ------
    ValueError
        If the two ends are one, a class or a value is refused, or the number of points is odd or out of range.
    """
    first, last = ends
    if first == last or not all(0 <= c < classes for c in (first, last, true_class)):
        raise ValueError(
            f"A line needs two different ends and a true class from 0 to {classes - 1}, "
            f"but goes from {first} to {last} with {true_class}."
        )
    if points % 2 or not 2 <= points <= MOST_POINTS:
        raise ValueError(f"points must be an even number from 2 to {MOST_POINTS}, but is {points}.")
    t = np.concatenate([np.linspace(0, 1, points), BORDER + np.array([-BESIDE, BESIDE, 0.0])])
    y_pred = np.zeros((len(t), classes))
    y_pred[:, first], y_pred[:, last] = 1 - t, t
    y_true = np.tile(np.eye(classes)[true_class], (len(t), 1))
    value = np.stack([value_and_slope(spec, y_true, y_pred, **values)[0] for spec, values in losses])
    return Line(t[:points], value[:, :points], *value[:, points:].T)
