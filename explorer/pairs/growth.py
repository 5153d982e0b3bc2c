"""What the size of a batch makes of a loss: what Keras reports, and how hard each point is pulled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.pairs.batch import SEED, SPREAD, USERS
from explorer.spec import LossSpec
from explorer.surface import value_and_slope

Array = NDArray[np.float64]

SIZES = (2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
MOST_DRAWS, DRAWN_PAIRS = 32, 2**18  # so many batches of a size, as long as they have no more pairs than this
FITTED_FROM = 32  # points: how a number grows is told from the larger batches


@dataclass(frozen=True, eq=False)
class Growth:
    """One loss over the size of the batch, each number the mean of several batches drawn alike.

    Attributes
    ----------
    size : ndarray of int, shape (size,)
        Points of a batch.
    loss : ndarray of shape (size,)
        What Keras reports: the mean over the rows.
    force : ndarray of shape (size,)
        Mean length of the force on a point.
    together : ndarray of shape (size,)
        Sum of the lengths of all forces: what weights that all points share can feel.
    """

    size: NDArray[np.int64]
    loss: Array
    force: Array
    together: Array


def growth(
    losses: Sequence[tuple[LossSpec, Mapping[str, Any]]],
    *,
    users: float = USERS.default,
    seed: float = SEED.default,
    spread: float = SPREAD.default,
    sizes: Sequence[int] = SIZES,
) -> list[Growth]:
    """Return each loss over the size of the batch; the same users whatever the size.

    Parameters
    ----------
    losses : sequence of (LossSpec, mapping)
        Pairwise losses with their parameters.
    users, seed, spread
        As for `explorer.pairs.batch.draw`.
    sizes : sequence of int
        Points of a batch.

    Raises
    ------
    ValueError
        If a value is refused.
    """
    drawn = [batches(size, users=users, seed=seed, spread=spread) for size in sizes]
    return [_over_sizes(spec, values, drawn) for spec, values in losses]


def _over_sizes(spec: LossSpec, values: Mapping[str, Any], drawn: Sequence[tuple[NDArray[Any], Array]]) -> Growth:
    told = []
    for ids, points in drawn:
        rows, slope = value_and_slope(spec, ids, points, **values)
        force = np.linalg.norm(np.zeros(points.shape) if slope is None else slope, axis=-1) / ids.shape[1]
        told.append((rows.mean(), force.mean(), force.sum(axis=1).mean()))
    loss, force, together = np.array(told).T
    return Growth(np.array([ids.shape[1] for ids, _ in drawn]), loss, force, together)


def batches(size: int, *, users: float, seed: float, spread: float) -> tuple[NDArray[np.int64], Array]:
    """Return several batches of one size, ids ``(batch, size)`` and points ``(batch, size, 2)``; users take turns."""
    many, random = int(USERS.clean(users)), np.random.default_rng(int(SEED.clean(seed)))
    draws = max(1, min(MOST_DRAWS, DRAWN_PAIRS // size**2))
    ids = np.arange(size) % many
    angle = 2 * np.pi * ids / many + np.pi / 2
    centre = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    points = centre + SPREAD.clean(spread) * random.normal(size=(draws, size, 2))
    return np.tile(ids, (draws, 1)), points


def exponent(size: Array, value: Array) -> float:
    """Return the power of the batch size that a number grows with, from the larger batches; NaN where it is 0."""
    large = (np.asarray(size) >= FITTED_FROM) & (np.asarray(value) != 0) & np.isfinite(value)
    if large.sum() < 2:
        return float("nan")
    return float(np.polyfit(np.log(np.asarray(size)[large]), np.log(np.abs(np.asarray(value)[large])), 1)[0])
