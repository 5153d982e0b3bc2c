"""The points of a batch: users round a circle, each with a cloud of points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.parameters import Number, ParameterError

Array = NDArray[np.float64]
Ids = NDArray[np.int64]

USERS = Number(
    name="users",
    label="Users",
    default=3,
    low=1,
    high=6,
    whole=True,
    help="They sit round a circle of radius 1; their points take turns.",
)
EACH = Number(
    name="each",
    label="Points each",
    default=4,
    low=1,
    high=12,
    whole=True,
    help="Users times points each is the size of the batch.",
)
SPREAD = Number(
    name="spread",
    label="σ · spread",
    default=0.45,
    low=0.0,
    high=2.0,
    slider=(0.0, 1.5),
    step=0.05,
    help="How far the points of a user lie from its place on the circle; at 0 they are equal.",
)
SEED = Number(name="seed", label="Seed", default=0, low=0, high=2**31 - 1, slider=(0, 99), whole=True)
MOVING = Number(
    name="moving",
    label="Point that moves",
    default=1,
    low=1,
    high=USERS.high * EACH.high,
    whole=True,
    help="Counted from 1; the users take turns, and after the last point comes the first again.",
)
RIGHT = Number(
    name="right",
    label="→ · moved by",
    default=0.0,
    low=-10.0,
    high=10.0,
    slider=(-4.0, 4.0),
    step=0.05,
    help="How far the point is pulled to the right before anything else happens; or click into a board.",
)
UP = Number(
    name="up",
    label="↑ · moved by",
    default=0.0,
    low=-10.0,
    high=10.0,
    slider=(-4.0, 4.0),
    step=0.05,
    help="How far the point is pulled up before anything else happens; or click into a board.",
)
PARAMETERS = (USERS, EACH, SPREAD, SEED, MOVING, RIGHT, UP)
MOST_POINTS = int(USERS.high * EACH.high)
SLOTS = (8, 16, 32, MOST_POINTS)


class Batch(NamedTuple):
    """Points of several users.

    Attributes
    ----------
    ids : ndarray of int64, shape (n,)
        To whom each point belongs, from 0.
    points : ndarray of float64, shape (n, 2)
        Where it lies.
    """

    ids: Ids
    points: Array


def draw(users: float, each: float, *, seed: float, spread: float) -> Batch:
    """Return the points of a batch; users take turns, and more points leave those that there are where they are.

    Parameters
    ----------
    users, each : float
        How many users, and how many points each of them has.
    seed : float
        Of the clouds.
    spread : float
        Standard deviation of a user's points along each axis.

    Raises
    ------
    ParameterError
        If a value is refused.
    """
    many, clouds = int(USERS.clean(users)), np.random.default_rng(int(SEED.clean(seed)))
    ids = np.arange(many * int(EACH.clean(each))) % many
    angle = 2 * np.pi * ids / many + np.pi / 2
    centre = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return Batch(ids, centre + SPREAD.clean(spread) * clouds.normal(size=centre.shape))


def moved(batch: Batch, moving: float, right: float, up: float) -> tuple[Batch, int]:
    """Return the batch with one point pulled away, and the place of that point, from 0."""
    place = int(MOVING.clean(moving) - 1) % len(batch.ids)
    points = batch.points.copy()
    points[place] += RIGHT.clean(right), UP.clean(up)
    return Batch(batch.ids, points), place


def checked(ids: ArrayLike, points: ArrayLike) -> Batch:
    """Return ids from 0 and finite points on a plane that belong together.

    Raises
    ------
    ParameterError
        If they do not.
    """
    users, places = np.asarray(ids), np.asarray(points, np.float64)
    if users.ndim != 1 or places.shape != (len(users), 2):
        raise ParameterError(f"ids must have the shape (n,) and points (n, 2), but have {users.shape}, {places.shape}.")
    if not 1 <= len(users) <= MOST_POINTS:
        raise ParameterError(f"A board has 1 to {MOST_POINTS} points, but there are {len(users)}.")
    if not np.isfinite(places).all():
        raise ParameterError("Points must be finite, but one of them is not.")
    return Batch(np.unique(users, return_inverse=True)[1].astype(np.int64), places)


def slotted(batch: Batch) -> tuple[Array, Array]:
    """Return ids and points with room up to one of a few sizes, so that few programs are compiled.

    An empty slot has no id (NaN), which is how the pairwise losses know that there is no point.
    """
    count = len(batch.ids)
    slots = next(size for size in SLOTS if size >= count)
    ids, points = np.full(slots, np.nan), np.zeros((slots, 2))
    ids[:count], points[:count] = batch
    return ids, points


def remark(users: float, each: float) -> str:
    """Return in one sentence what a batch of this make-up cannot show; empty where it lacks nothing."""
    if users * each == 1:
        return "One point has no other to be compared with: there is no pair, so there is no force."
    if users == 1:
        return "With one user there are no strangers: nothing pushes, and every form pulls all points into one."
    if each == 1:
        return "With one point each there are no friends: nothing pulls, and every form only pushes points apart."
    return ""
