"""Rows of users, checked before a task is made of them: ids numbered, rows that cannot be used left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

LARGEST_FLOAT = 2**53
FEWEST = 10
MISSING = frozenset({"", "nan", "none", "<na>", "nat"})


class UsersError(ValueError):
    """Rows that no embedding can be trained on; the message is one plain sentence."""


@dataclass(frozen=True, eq=False)
class Known:
    """Rows that can be used.

    Attributes
    ----------
    point : ndarray of float64, shape (row, feature)
        Their features, all finite.
    user : ndarray of int, shape (row,)
        Number of the user of each, from 0.
    names : tuple of str
        The id of each user.
    rows : ndarray of int, shape (row,)
        Which of the given rows they are.
    given : int
        How many were given.
    notes : tuple of str
        What was left out, one sentence each.
    """

    point: NDArray[np.float64]
    user: NDArray[np.intp]
    names: tuple[str, ...]
    rows: NDArray[np.intp]
    given: int
    notes: tuple[str, ...]


def checked(x: ArrayLike, ids: ArrayLike) -> Known:
    """Return the rows that have an id and finite features.

    Raises
    ------
    UsersError
        If shapes do not fit, ids are neither text nor whole numbers, or too few rows are left.
    """
    try:
        point = np.array(x, np.float64)
    except (TypeError, ValueError) as error:
        raise UsersError("Features must be numbers, but hold something else.") from error
    identity, missing = _ids(ids)
    if point.ndim != 2 or point.shape[1] < 1 or identity.shape != point.shape[:1]:
        raise UsersError(
            f"Features must be a table and ids one for each of its rows, but have shapes {point.shape} and "
            f"{identity.shape}."
        )
    finite = np.isfinite(point).all(axis=1)
    kept = np.flatnonzero(finite & ~missing)
    if len(kept) < FEWEST:
        raise UsersError(
            f"Only {len(kept)} of {len(point):,} rows have an id and finite features: at least {FEWEST} are needed."
        )
    names, user = np.unique(identity[kept], return_inverse=True)
    notes = _left_out(int(missing.sum()), "no id") + _left_out(int((~finite & ~missing).sum()), "no finite features")
    return Known(point[kept], user.astype(np.intp), tuple(map(str, names.tolist())), kept, len(point), tuple(notes))


def _ids(ids: ArrayLike) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return ids that tell all users apart, and where one is missing."""
    try:
        given = np.asarray(ids)
    except ValueError as error:
        raise UsersError("Ids must be one row of text or whole numbers, but their rows differ in length.") from error
    if given.dtype.kind in "iub":
        return given, np.zeros(given.shape, bool)
    if given.dtype.kind == "f":
        return given, _checked_floats(given)
    text = np.array([str(one).strip() for one in given.ravel()], dtype=str).reshape(given.shape)
    return text, np.isin(np.char.lower(text), list(MISSING)) if text.size else np.zeros(text.shape, bool)


def _checked_floats(ids: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where a float is no id; refuse floats that may have merged users or are no whole numbers."""
    missing: NDArray[np.bool_] = np.isnan(ids)
    most = min(LARGEST_FLOAT, 2 ** (np.finfo(ids.dtype).nmant + 1))
    wrong = ~missing & ~((ids == np.round(ids)) & (np.abs(ids) < most))
    if wrong.any():
        raise UsersError(
            f"Ids as {ids.dtype} must be whole numbers below {most}, where floats still tell neighbours apart, but one "
            f"is {ids[wrong].flat[0]:.17g}: give them as whole numbers or text."
        )
    return missing


def _left_out(rows: int, why: str) -> list[str]:
    return [f"{rows:,} row{'' if rows == 1 else 's'} left out: {why}."] if rows else []
