"""Losses of masks along one thing that changes: how far the predicted disc lies off, or how large it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.masks.disc import OFFSET, RADIUS, TRUE_RADIUS, Pair, disc
from explorer.masks.gradient import Losses
from explorer.parameters import Value
from explorer.surface import value_and_slope

Array = NDArray[np.float64]

STEP = 0.125
NUDGE = 1e-3
WAYS = {"offset": OFFSET, "radius": RADIUS, "false alarm": RADIUS}


@dataclass(frozen=True, eq=False)
class MaskSweep:
    """Losses along one axis.

    Attributes
    ----------
    x : ndarray of shape (point,)
        Offset or radius, in pixels.
    value : ndarray of shape (loss, point)
        The losses.
    slope : ndarray of shape (loss, point)
        How much a loss grows with ``x`` by its own gradient: what training would follow; NaN where it has none.
    """

    x: Array
    value: Array
    slope: Array


def along(losses: Losses, scene: Mapping[str, Value], way: str) -> MaskSweep:
    """Return losses of discs along one of three ways.

    Parameters
    ----------
    losses : sequence of (LossSpec, mapping)
        What is compared, with parameter values.
    scene : mapping
        Values of `explorer.masks.disc.PARAMETERS`; that which changes is not read.
    way : str
        ``offset`` or ``radius`` of the predicted disc, or ``false alarm``: its radius where the mask is empty.

    Raises
    ------
    ValueError
        If there is no such way, or a value is refused.
    """
    if way not in WAYS:
        raise ValueError(f"There is no way {way[:40]!r}; there are {', '.join(WAYS)}.")
    low, high = WAYS[way].range
    x = np.linspace(low, high, round((high - low) / STEP) + 1)
    held = {**scene, TRUE_RADIUS.name: 0.0} if way == "false alarm" else dict(scene)
    name = WAYS[way].name
    ahead, here, behind = (
        [disc({**held, name: float(np.clip(at + move, WAYS[way].low, WAYS[way].high))}) for at in x]
        for move in (NUDGE, 0.0, -NUDGE)
    )
    change = (_scores(ahead) - _scores(behind)) / _width(x, WAYS[way].low, WAYS[way].high)
    return _swept(losses, x, here, change)


def shifted(losses: Losses, pair: Pair) -> MaskSweep:
    """Return losses of any scores that are moved across the mask by whole pixels; what comes in is 0."""
    width = pair.score.shape[1]
    x = np.arange(-width // 2, width // 2 + 1)
    wide = np.pad(pair.score, ((0, 0), (width, width)))
    moved = [Pair(pair.true, wide[:, width - at : 2 * width - at]) for at in x]
    scores = _scores(moved)
    return _swept(losses, x.astype(np.float64), moved, np.gradient(scores, axis=0))


def _swept(losses: Losses, x: Array, pairs: Sequence[Pair], change: Array) -> MaskSweep:
    """Return the losses at each pair; ``change`` (point, row, column) is how the scores grow with ``x``."""
    true, score = np.stack([pair.true for pair in pairs]), _scores(pairs)
    value, slope = [], []
    for spec, values in losses:
        told, pull = value_and_slope(spec, true, score, **values)
        value.append(told)
        slope.append(np.full(len(x), np.nan) if pull is None else np.sum(pull * change, axis=(1, 2)))
    return MaskSweep(x, np.stack(value), np.stack(slope))


def _scores(pairs: Sequence[Pair]) -> Array:
    return np.stack([pair.score for pair in pairs])


def _width(x: Array, low: float, high: float) -> Array:
    """Return how far the two neighbours of each point lie apart, which stay within the limits."""
    width: Array = np.minimum(x + NUDGE, high) - np.maximum(x - NUDGE, low)
    return width[:, None, None]
