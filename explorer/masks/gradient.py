"""What a loss says of one image, and in which direction it pulls each pixel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.masks.disc import Pair
from explorer.spec import LossSpec
from explorer.surface import value_and_slope

Losses = Sequence[tuple[LossSpec, Mapping[str, Any]]]


@dataclass(frozen=True, eq=False)
class Pull:
    """One loss at one image.

    Attributes
    ----------
    value : float
        The loss.
    slope : ndarray of shape (row, column) or None
        How much the loss grows with the score of each pixel; None where there is no gradient.
    """

    value: float
    slope: NDArray[np.float64] | None

    @property
    def size(self) -> float:
        """Length of the whole gradient, 0 where there is none."""
        return 0.0 if self.slope is None else float(np.linalg.norm(self.slope))


def pulls(losses: Losses, pair: Pair) -> list[Pull]:
    """Return value and gradient of each loss at one image.

    Raises
    ------
    ValueError
        If mask and scores do not fit each other, or a parameter is refused.
    """
    found = []
    for spec, values in losses:
        value, slope = value_and_slope(spec, pair.true[None], pair.score[None], **values)
        found.append(Pull(float(value[0]), None if slope is None else slope[0]))
    return found


def reach(found: Sequence[Pull]) -> float:
    """Return where the scale ends that the maps of all losses share.

    It is the steepest slope of the loss that has the least, so that a loss with a few huge slopes does not blank out
    the others; never less than the slope of a cross entropy at a score of one half, so that a dead one looks dead.
    """
    slopes = [pull.slope for pull in found if pull.slope is not None]
    if not slopes:
        return 1.0
    return max(2 / slopes[0].size, min(float(np.abs(slope).max()) for slope in slopes))
