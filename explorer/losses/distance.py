"""Sums over all pairs of points, in closed form and by blocks: never a (point, point, dim) array.

The squared distance of two points is ``|a|² + |b|² - 2 a·b``, so a block of pairs is one product of matrices. Its
slope is written down as well, since a gradient through the blocks would have to keep them all.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, TypeAlias

from explorer.lazy import ops

Pair: TypeAlias = Callable[[Any, Any], tuple[Any, Any]]

MOST_PAIRS = 2**19
ROUNDINGS = 4.0


def root(squared: Any) -> tuple[Any, Any]:
    """Return the square root and its derivative; at 0, where there is none, the derivative is taken as 0."""
    positive = ops.greater(squared, 0)
    length = ops.sqrt(ops.where(positive, squared, 1))
    return ops.where(positive, length, 0), ops.where(positive, 0.5 / length, 0)


def sum_over_points(pair: Pair, ids: Any, encodings: Any, *, itself: bool = False) -> Any:
    """Return for each point the sum of a function of its pairs with the other points.

    Parameters
    ----------
    pair : callable
        ``pair(sign, squared) -> (value, slope)``: of a block of pairs the value and its derivative by the squared
        distance. ``sign`` is 1 for the same id and -1 for different ones; where it is 0, both have to be 0.
    ids : tensor of shape (…, point)
        To whom each point belongs; NaN where there is no point.
    encodings : tensor of shape (…, point, dim)
        Where each point lies.
    itself : bool
        Whether the pair of a point with itself counts too.

    Returns
    -------
    tensor of shape (…, point)
    """
    shape = ops.shape(encodings)
    points = ops.reshape(encodings, (-1, *shape[-2:]))
    sums = _sums(pair, ops.reshape(ids, (-1, shape[-2])), _block(encodings.shape), itself)(points)
    return ops.reshape(sums, shape[:-1])


def others(ids: Any, dtype: Any) -> Any:
    """Return how many other points there are for each point, at least 1, ``(…, 1)``; without an id it is no point."""
    known = ops.cast(ops.equal(ids, ids), dtype)
    return ops.maximum(ops.sum(known, axis=-1, keepdims=True) - 1, 1)


def _block(shape: Any) -> int | None:
    """Return how many rows of points a block has, None for all in one, also where the size of a batch is open."""
    if None in shape:
        return None
    most = MOST_PAIRS // prod(shape[:-1])
    return max(most, 1) if most < shape[-2] else None


def _sums(pair: Pair, ids: Any, block: int | None, itself: bool) -> Callable[[Any], Any]:
    """Return the function of points (batch, point, dim) to sums (batch, point), with its slope written down."""

    def sums(points: Any) -> tuple[Any, Callable[[Any], Any]]:
        # Far from 0 the squares would drown the distances; moving all points moves no distance.
        centred = points - ops.mean(points, axis=1, keepdims=True)
        squares = ops.sum(ops.square(centred), axis=-1, keepdims=True)
        # A product with a column of ones adds up a row several times as fast as a sum does; where the column is 0 there
        # is no point.
        there = ops.cast(ops.equal(ids, ids), points.dtype)[:, :, None]
        counted = centred * there

        def rows(start: Any) -> Any:
            value, _ = pair(*_pairs(ids, centred, squares, start, block, itself))
            return value @ there * _rows(there, start, block)

        def slope(upstream: Any) -> Any:
            # A pair is felt by both of its ends, in its own row and in the row of the other.
            def pulls(start: Any) -> Any:
                sign, squared = _pairs(ids, centred, squares, start, block, itself)
                # Equal points pull nowhere; a steep pull on them would only drown the others in its rounding.
                steepness = ops.where(ops.equal(squared, 0), 0, pair(sign, squared)[1])
                mine, theirs = _rows(upstream[:, :, None], start, block), upstream[:, None, :]
                pull = 2 * steepness * (mine + theirs)
                away = pull @ there * _rows(centred, start, block) - pull @ counted
                return away * _rows(there, start, block)

            return _by_blocks(pulls, points, block)

        return _by_blocks(rows, points[:, :, :1], block)[:, :, 0], slope

    return ops.custom_gradient(sums)  # type: ignore[no-any-return]


def _pairs(ids: Any, points: Any, squares: Any, start: Any, block: int | None, itself: bool) -> tuple[Any, Any]:
    """Return sign and squared distance of all pairs of the rows from ``start`` on with all points."""
    here, mine, theirs = _rows(points, start, block), _rows(ids[:, :, None], start, block), ids[:, None, :]
    both = _rows(squares, start, block) + ops.transpose(squares, (0, 2, 1))
    squared = both - 2 * here @ ops.transpose(points, (0, 2, 1))
    row = start + ops.arange(ops.shape(here)[1])
    own = ops.equal(row[:, None], ops.arange(ops.shape(points)[1])[None, :])
    # What is left of equal points is rounding: it would be taken for a distance, and a root of it for a large one.
    nothing = ops.logical_or(own, squared <= ROUNDINGS * _rounding(points) * both)
    sign = ops.cast(ops.where(ops.equal(mine, theirs), 1.0, -1.0), points.dtype)
    return sign if itself else ops.where(own, 0, sign), ops.where(nothing, 0, squared)


def _rounding(points: Any) -> float:
    """Return the distance of 1 to the next larger number."""
    return 2.0**-52 if "float64" in str(points.dtype) else 2.0**-23


def _rows(array: Any, start: Any, block: int | None) -> Any:
    """Return the rows of a block, all where there are no blocks."""
    if block is None:
        return array
    return ops.slice(array, (0, start, 0), (array.shape[0], block, array.shape[2]))


def _by_blocks(rows: Callable[[Any], Any], like: Any, block: int | None) -> Any:
    """Return the rows of all blocks, shaped as ``like``; the last block reaches back into the one before it."""
    if block is None:
        return rows(0)
    count = like.shape[1]

    def step(i: Any, filled: Any) -> Any:
        start = ops.minimum(i * block, count - block)
        return ops.slice_update(filled, (0, start, 0), rows(start))

    return ops.fori_loop(0, -(-count // block), step, ops.zeros_like(like))
