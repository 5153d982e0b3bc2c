"""Rows of several users, and a small network that embeds them: rows of one user should come to lie together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.embedding import neighbour_accuracy
from explorer.lazy import LazyModule
from explorer.parameters import Number, clean
from explorer.tasks.identity import UsersError, checked
from explorer.tasks.scale import scale
from explorer.tasks.task import Batch, Scores, Task

keras: Any = LazyModule("keras")

Rows: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]

USERS = Number(
    name="users",
    label="Users",
    default=6,
    low=2,
    high=20,
    slider=(2, 12),
    step=1,
    whole=True,
    help="How many users there are.",
)
EACH = Number(
    name="each",
    label="Rows each",
    default=60,
    low=10,
    high=500,
    slider=(10, 200),
    step=10,
    whole=True,
    help="How many rows each user has.",
)
FEATURES = Number(
    name="features",
    label="Features",
    default=8,
    low=3,
    high=64,
    slider=(3, 24),
    step=1,
    whole=True,
    help="How many numbers a row has; each is a mixture of what tells the users apart and of what does not.",
)
NOISE = Number(
    name="noise",
    label="σ · noise",
    default=1.5,
    low=0.0,
    high=10.0,
    slider=(0.0, 4.0),
    step=0.1,
    help="How much of a row has nothing to do with its user; users themselves are 1 apart.",
    symbol=r"\sigma",
)
HIDDEN = Number(
    name="hidden",
    label="Hidden units",
    default=32,
    low=1,
    high=512,
    slider=(4, 64),
    step=4,
    whole=True,
    help="Width of the hidden layer of the embedding net.",
)
DIM = Number(name="dim", label="Dimensions", default=2, low=1, high=64, whole=True, help="Of the embedding.")
PARAMETERS = (USERS, EACH, FEATURES, NOISE)
OWN = 0.16  # how far rows of one user lie apart in what tells the users apart, neighbouring users being 1 apart
MOST, MOST_TEST, MOST_USERS = 20_000, 800, 200
VALIDATION, TEST = 0.2, 0.3
FEWEST_OF_USER = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Users(Task):
    """Rows of users in three parts, and a net that embeds them; the test part is what is drawn.

    Attributes
    ----------
    rows : tuple of ndarray of int
        Rows of the given data in the training, validation and test part.
    given : int
        How many rows there were.
    mean, std : ndarray of float64, shape (feature,)
        Of the training part: what standardisation subtracts and divides by; ``std`` is 1 where a feature is constant.
    names : tuple of str
        The id of each user, in the order of their numbers.
    truth : ndarray of int, shape (test,)
        Number of the user of each test row.
    notes : tuple of str
        What was left out, one sentence each.
    """

    rows: Rows
    given: int
    mean: NDArray[np.float64]
    std: NDArray[np.float64]
    names: tuple[str, ...]
    truth: NDArray[np.intp]
    notes: tuple[str, ...]


def users(x: ArrayLike, ids: ArrayLike, *, hidden: int = 32, dim: int = 2, seed: int = 0) -> Users:
    """Return the task to embed rows such that those of one user lie together.

    Each user's rows are split by chance: half train, 20 % validation, 30 % test; a user of few rows trains first. Rows
    without an id or with a feature that is no finite number are left out. Of more than 20,000 rows, of more than 800
    test rows and of more than 200 users a part is taken, with the same share of each user; `Users.notes` says so.

    Parameters
    ----------
    x : array_like of shape (n, feature)
        The features, any units.
    ids : array_like of shape (n,)
        To whom each row belongs: whole numbers of any size, or text. They are numbered 0, 1, 2, … before they become
        float32, which could not tell 9007199254740993 from 9007199254740992.
    hidden : int
        Width of the hidden layer, 1 to 512.
    dim : int
        Dimensions of the embedding, 1 to 64.
    seed : int
        Of the split; the model's seed is the run's.

    Returns
    -------
    Users
        ``x`` (row, feature), standardised, ``y_true`` (row,) the user's number; the model says the embedding (row,
        dim).

    Raises
    ------
    UsersError
        If shapes do not fit, ids are missing or no whole numbers, or fewer than two users have 5 rows. One plain
        sentence.
    ParameterError
        If ``hidden`` or ``dim`` is out of its limits.
    """
    hidden, dim = int(HIDDEN.clean(hidden)), int(DIM.clean(dim))
    known = checked(x, ids)
    random = np.random.default_rng(seed)
    chosen, note = _chosen_users(known.user, random)
    parts = _split(known.user, chosen, random)
    point, number = known.point, np.searchsorted(chosen, known.user)
    mean, std = scale(point[parts[0]])
    train, validation, test = (
        Batch(_standardised(point[rows], mean, std), number[rows].astype(np.float32)) for rows in parts
    )
    taken, there = sum(map(len, parts)), int(np.isin(known.user, chosen).sum())
    thinned = f"{there:,} rows are more than are needed: {taken:,} of them were drawn, the same share of each user."
    return Users(
        key="users",
        architecture=f"users-{len(mean)}-{hidden}-{dim}",
        train=train,
        validation=validation,
        test=test,
        build=partial(_build, len(mean), hidden, dim),
        scores=_scores,
        rows=tuple(known.rows[rows] for rows in parts),  # type: ignore[arg-type]
        given=known.given,
        mean=mean,
        std=std,
        names=tuple(known.names[i] for i in chosen.tolist()),
        truth=number[parts[2]].astype(np.intp),
        notes=(*known.notes, *note, *([thinned] if taken < there else [])),
    )


def draw_users(
    users: int = 6, each: int = 60, features: int = 8, noise: float = 1.5, seed: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return rows of generated users whose behaviour overlaps, and the id of each row's user.

    Two numbers of a row tell its user, who has a place on a circle; all others are chance, and a rotation mixes them
    into every feature. Distances of raw rows are therefore mostly chance, while a net can learn to look past it.

    Parameters
    ----------
    users, each, features, noise
        As `PARAMETERS` say.
    seed : int
        Of all that is drawn.

    Returns
    -------
    tuple of ndarray
        Rows (users · each, features), and ids (users · each,), numbers of sixteen digits that float32 cannot hold.

    Raises
    ------
    ParameterError
        If a value is out of its limits.
    """
    given = {"users": users, "each": each, "features": features, "noise": noise}
    values = {name: float(value) for name, value in clean(PARAMETERS, given).items()}  # type: ignore[arg-type]
    many, width = int(values["users"]), int(values["features"])
    random = np.random.default_rng(seed)
    user = random.permutation(np.repeat(np.arange(many), int(values["each"])))
    angle = 2 * np.pi * user / many
    centre = np.column_stack([np.cos(angle), np.sin(angle)]) / (2 * np.sin(np.pi / many))
    telling = centre + OWN * random.normal(size=(len(user), 2))
    chance = values["noise"] * random.normal(size=(len(user), width - 2))
    rotation, _ = np.linalg.qr(random.normal(size=(width, width)))
    return np.column_stack([telling, chance]) @ rotation, FIRST_ID + user


FIRST_ID = 2**53


def _chosen_users(user: NDArray[np.intp], random: np.random.Generator) -> tuple[NDArray[np.intp], Sequence[str]]:
    """Return the users that are taken, in order, and a sentence where these are not all; refuse users of few rows."""
    sizes = np.bincount(user)
    able = np.flatnonzero(sizes >= FEWEST_OF_USER)
    if len(able) < 2:
        raise UsersError(_too_few(sizes))
    if len(sizes) <= MOST_USERS:
        return np.arange(len(sizes)), ()
    chosen = np.sort(random.permutation(able)[:MOST_USERS])
    return chosen, (
        f"{len(sizes):,} users are more than {MOST_USERS}: {len(chosen)} of those with {FEWEST_OF_USER} rows or more "
        "were drawn by chance.",
    )


def _too_few(sizes: NDArray[np.intp]) -> str:
    """Say why users of these numbers of rows cannot be embedded."""
    if len(sizes) == 1:
        return f"All {sizes[0]:,} rows are of one user: pairs need at least two users, choose another id column."
    if sizes.max() == 1:
        return (
            "Each row has an id of its own, so there is no pair of one user: choose a column whose ids come back, such "
            "as a user or customer."
        )
    return (
        f"At least two users need {FEWEST_OF_USER} rows or more, to have a pair in the training and in the test part, "
        f"but the largest two of {len(sizes):,} users have {' and '.join(map(str, sorted(sizes)[:-3:-1]))}."
    )


def _split(user: NDArray[np.intp], chosen: NDArray[np.intp], random: np.random.Generator) -> Rows:
    """Return the rows of each part, in the order of the data; each user that has enough rows is in each part."""
    order = random.permutation(len(user))
    order = order[np.argsort(user[order], kind="stable")]
    ends = np.searchsorted(user[order], [chosen, chosen + 1])
    count = int((ends[1] - ends[0]).sum())
    kept = 1.0 if count <= MOST else (MOST - FEWEST_OF_USER * len(chosen)) / count
    tests = TEST * kept * count
    tested = 1.0 if tests <= MOST_TEST else (MOST_TEST - 2 * len(chosen)) / tests
    parts: tuple[list[NDArray[np.intp]], ...] = ([], [], [])
    for start, stop in ends.T.tolist():
        size = max(min(stop - start, FEWEST_OF_USER), int(kept * (stop - start)))
        test, validation = round(TEST * size) if size > 2 else 0, max(int(VALIDATION * size), int(size > 3))
        train = size - test - validation
        shown = min(test, max(2, int(tested * test)))
        cuts = np.cumsum([train, validation, shown])
        for part, rows in zip(parts, np.split(order[start : start + cuts[-1]], cuts[:-1]), strict=True):
            part.append(rows)
    train_rows, validation_rows, test_rows = (np.sort(np.concatenate(part)) for part in parts)
    return train_rows, validation_rows, test_rows


def _standardised(point: NDArray[np.float64], mean: NDArray[np.float64], std: NDArray[np.float64]) -> Any:
    with np.errstate(all="ignore"):
        normal = ((point - mean) / std).astype(np.float32)
    bad = ~np.isfinite(normal).all(axis=0) | ~np.isfinite(std)
    if bad.any():
        raise UsersError(f"Feature {bad.argmax() + 1} has values too wide apart to be standardised: rescale it.")
    return normal


def _build(features: int, hidden: int, dim: int, seed: int) -> Any:
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((features,), name="features"),
            keras.layers.Dense(hidden, "relu", kernel_initializer=glorot(seed), name="hidden"),
            # A shift of all points changes no distance: the slope of a bias is rounding, which Adam would follow.
            keras.layers.Dense(dim, use_bias=False, kernel_initializer=glorot(seed + 1), name="embedding"),
        ],
        name="users",
    )


def _scores(part: Batch, prediction: NDArray[Any]) -> Scores:
    """Return how often the nearest other row of the part is of the same user."""
    return {"neighbour_accuracy": neighbour_accuracy(prediction, part.y_true)}
