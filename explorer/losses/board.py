"""The board: one point of several users moves over a plane, the others stay."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import ops
from explorer.parameters import Number
from explorer.spec import Axis, Placed, Plane

FEWEST_USERS, MOST_USERS, MOST_EACH, SEEDS = 2, 4, 8, 10
SLOTS = MOST_USERS * MOST_EACH
SPREAD = 0.45


def _layouts() -> NDArray[np.float64]:
    """Return where all points lie, ``(users, seed, slot, axis)``: users in turn, each round a centre of its own."""
    random = np.random.default_rng(0)
    users = np.arange(FEWEST_USERS, MOST_USERS + 1)
    angle = 2 * np.pi * np.arange(SLOTS)[None, :] / users[:, None] + np.pi / 2
    centre = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return centre[:, None] + SPREAD * random.normal(size=(1, SEEDS, SLOTS, 2))


LAYOUTS = _layouts()


def one_moves(x: Any, y: Any, *, users: Any, each: Any, moving: Any, seed: Any) -> Placed:
    """Move one point to ``(x, y)``; ids (node, slot) and encodings (node, slot, 2), an unused slot has no id (NaN)."""
    slot = ops.cast(ops.arange(SLOTS), x.dtype)
    flat = ops.convert_to_tensor(LAYOUTS.reshape(-1, SLOTS, 2), dtype=x.dtype)
    layout = ops.take(flat, ops.cast((users - FEWEST_USERS) * SEEDS + seed, "int32"), axis=0)
    moves = ops.equal(slot, ops.mod(moving - 1, users * each))
    y_pred = ops.where(moves[None, :, None], ops.stack([x, y], axis=-1)[:, None, :], layout[None])
    ids = ops.where(slot < users * each, ops.mod(slot, users), np.nan)
    return Placed(ops.broadcast_to(ids, ops.shape(y_pred)[:2]), y_pred)


def own_centre(*, users: float, each: float, moving: float, seed: float) -> tuple[float, float]:
    """Return the middle of the other points of the user whose point moves."""
    moved = int(moving - 1) % int(users * each)
    own = [slot for slot in range(int(users * each)) if slot % users == moved % users and slot != moved]
    x, y = LAYOUTS[int(users) - FEWEST_USERS, int(seed), own].mean(axis=0)
    return float(x), float(y)


BOARD = Plane(
    key="board",
    title="One point among the others",
    x=Axis(label="E₁", low=-2.5, high=2.5),
    y=Axis(label="E₂", low=-2.5, high=2.5),
    place=one_moves,
    target=own_centre,
    scene=(
        Number(name="users", label="users", default=3, low=FEWEST_USERS, high=MOST_USERS, whole=True),
        Number(name="each", label="points each", default=4, low=2, high=MOST_EACH, whole=True),
        Number(
            name="moving",
            label="point that moves",
            default=1,
            low=1,
            high=SLOTS,
            whole=True,
            help="Counted from 1; the users take turns, and after the last point comes the first again.",
        ),
        Number(
            name="seed",
            label="seed of the layout",
            default=0,
            low=0,
            high=SEEDS - 1,
            whole=True,
            help="Where the other points lie.",
        ),
    ),
)
