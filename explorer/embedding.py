"""What an embedding is worth: whether neighbours are of one user, how far users are apart, and whether it flies apart.

Plain NumPy on points (n, dim) and the user of each (n,), compared as what they came as.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

MOST_PAIRS = 20_000
BLOCK = 2**21  # numbers that a block of differences holds
FAR = 10.0  # times the first spread, from where points count as flown apart
STILL = 1.1  # growth over the last third of the epochs that is no coming to rest


@dataclass(frozen=True, eq=False)
class Distances:
    """How far points are from each other.

    Attributes
    ----------
    same, different : ndarray of float64, shape (pair,)
        Distances of pairs of one user, and of two users; of many pairs a part, drawn by chance.
    """

    same: NDArray[np.float64]
    different: NDArray[np.float64]


@dataclass(frozen=True)
class Flight:
    """How an embedding flies apart.

    Attributes
    ----------
    place : int
        Where among the spreads it was first ten times as wide as at the first.
    times : float
        How many times as wide it is at the last.
    """

    place: int
    times: float


def neighbour_accuracy(point: ArrayLike, user: ArrayLike) -> float:
    """Return how often the nearest other point is of the same user, from 0 to 1.

    Where several points are equally near, each counts for its part, so that an embedding which has collapsed into one
    point is worth what chance is worth. A point whose user has no other point cannot be right and is not counted.

    Parameters
    ----------
    point : array_like of shape (n, dim)
        Where the points lie.
    user : array_like of shape (n,)
        To whom each belongs.

    Returns
    -------
    float
        NaN where no user has two points, or a point is not finite.
    """
    points, number, sizes = _checked(point, user)
    counted = np.flatnonzero(sizes[number] > 1)
    if not counted.size or not np.isfinite(points).all():
        return float("nan")
    right = 0.0
    rows = max(1, BLOCK // points.size)
    for start in range(0, len(counted), rows):
        some = counted[start : start + rows]
        squared = np.square(points[some, None] - points[None]).sum(axis=-1)
        squared[np.arange(len(some)), some] = np.inf
        nearest = squared == squared.min(axis=1, keepdims=True)
        nearest[np.arange(len(some)), some] = False
        hits = (nearest & (number[some, None] == number[None])).sum(axis=1)
        right += float((hits / nearest.sum(axis=1)).sum())
    return right / len(counted)


def distances(point: ArrayLike, user: ArrayLike, *, most: int = MOST_PAIRS, seed: int = 0) -> Distances:
    """Return the distances of pairs of one user and of two users.

    Parameters
    ----------
    point, user
        As for `neighbour_accuracy`.
    most : int
        Of more pairs of a kind, so many are drawn: the same ones whenever users and seed are the same.
    seed : int
        Of the draw.
    """
    points, number, _ = _checked(point, user)
    first, second = _pairs(len(points), number, most, np.random.default_rng(seed))
    with np.errstate(over="ignore", invalid="ignore"):
        distance = np.sqrt(np.square(points[first] - points[second]).sum(axis=-1))
    same = number[first] == number[second]
    return Distances(distance[same], distance[~same])


def spread(point: ArrayLike) -> float:
    """Return the root of the mean squared distance of points (n, dim) to their middle."""
    points = np.asarray(point, np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.square(points - points.mean(axis=0)).sum(axis=-1).mean()))


def flight(spreads: ArrayLike) -> Flight | None:
    """Return how an embedding flies apart; None where it does not, or not yet.

    It does once it is ten times as wide as at first, unless it has come to rest: over the last third of what is known
    it must have grown by a tenth or more. An embedding may have to grow, for a wide margin, and then stays.

    Parameters
    ----------
    spreads : array_like of shape (epoch,)
        As `spread` tells them, from the first epoch on; what is not finite has flown apart.
    """
    known = np.asarray(spreads, np.float64)
    if known.size < 2 or not known[0] > 0:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        times = np.where(np.isfinite(known), known / known[0], np.inf)
    earlier = times[-1 - max(1, len(times) // 3)]
    if times[-1] < FAR or times[-1] < STILL * earlier:
        return None
    return Flight(int((times >= FAR).argmax()), float(times[-1]))


def _checked(point: ArrayLike, user: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[Any]]:
    """Return points, the number of each one's user, and how many points each user has."""
    points, users = np.asarray(point, np.float64), np.asarray(user)
    if points.ndim != 2 or users.shape != points.shape[:1]:
        raise ValueError(
            f"Points must have the shape (n, dim) and users (n,), but have the shapes {points.shape} and {users.shape}."
        )
    _, number, sizes = np.unique(users, return_inverse=True, return_counts=True)
    return points, number.astype(np.intp), sizes


def _pairs(
    count: int, number: NDArray[np.intp], most: int, random: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return both ends of the pairs whose distances are told: at most ``most`` of one user, and of two."""
    first, second = np.triu_indices(count, 1)
    same = number[first] == number[second]
    kept = []
    for kind in (np.flatnonzero(same), np.flatnonzero(~same)):
        kept.append(np.sort(random.choice(kind, most, replace=False)) if len(kind) > most else kind)
    chosen = np.concatenate(kept)
    return first[chosen], second[chosen]
