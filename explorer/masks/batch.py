"""Dice of each image, then the mean, against Dice of a whole batch as if it were one image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.masks.disc import OFFSET, RADIUS, TRUE_RADIUS, Pair, disc
from explorer.masks.gradient import Losses
from explorer.parameters import Value
from explorer.surface import value_and_slope

Array = NDArray[np.float64]

OTHERS = {
    "small": {TRUE_RADIUS.name: 3.0, RADIUS.name: 2.5, OFFSET.name: 2.0},
    "empty": {TRUE_RADIUS.name: 0.0, RADIUS.name: 2.5, OFFSET.name: 2.0},
}


@dataclass(frozen=True, eq=False)
class Reduction:
    """One loss of one batch, taken in both ways.

    Attributes
    ----------
    each : ndarray of shape (image,)
        The loss of each image.
    mean, whole : float
        Its mean over the images, and the loss of the batch as one image.
    slope_mean, slope_whole : ndarray of shape (image, row, column) or None
        Their slopes with the score of each pixel; None where there is no gradient.
    """

    each: Array
    mean: float
    whole: float
    slope_mean: Array | None
    slope_whole: Array | None

    @property
    def shares(self) -> tuple[Array, Array] | None:
        """How much of the gradient, added up without signs, each image gets in each way: (image,) twice."""
        if self.slope_mean is None or self.slope_whole is None:
            return None
        mean, whole = (np.abs(slope).sum(axis=(1, 2)) for slope in (self.slope_mean, self.slope_whole))
        return mean / (mean.sum() or 1.0), whole / (whole.sum() or 1.0)


def batch(pair: Pair, scene: Mapping[str, Value] = {}) -> dict[str, Pair]:
    """Return a small batch by name: the pair, a small object, an empty mask with a false alarm, and a full mask.

    The three others have the size of the pair; ``scene`` says how soft their edges are.
    """
    others = {name: disc({**scene, **own}) for name, own in OTHERS.items()}
    full = disc({**scene, TRUE_RADIUS.name: 0.0, RADIUS.name: 14.0, OFFSET.name: 0.0})
    others["full"] = Pair(np.ones_like(full.true), full.score)
    return {"as set": pair, **{name: _fitted(other, pair) for name, other in others.items()}}


def reductions(losses: Losses, images: Mapping[str, Pair]) -> list[Reduction]:
    """Return each loss of a batch, image by image and over all of its pixels at once.

    Raises
    ------
    ValueError
        If the images do not fit each other, or a parameter is refused.
    """
    true, score = (np.stack([getattr(pair, part) for pair in images.values()]) for part in Pair._fields)
    found = []
    for spec, values in losses:
        each, apart = value_and_slope(spec, true, score, **values)
        (whole,), one = value_and_slope(spec, true[None], score[None], **values)
        found.append(
            Reduction(
                each=each,
                mean=float(each.mean()),
                whole=float(whole),
                slope_mean=None if apart is None else apart / len(each),
                slope_whole=None if one is None else one[0],
            )
        )
    return found


def _fitted(pair: Pair, like: Pair) -> Pair:
    """Return a pair in the size of another, by its nearest pixels."""
    (rows, columns), (height, width) = pair.true.shape, like.true.shape
    across = np.arange(width) * columns // width
    down = np.arange(height) * rows // height
    return Pair(*(part[np.ix_(down, across)] for part in pair))
