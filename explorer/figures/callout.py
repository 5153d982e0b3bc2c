"""Names beside their marks: as near as there is room, on a thin line where they had to move away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import Draft, escaped, plain

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]

LETTER = 6.3
LINE = 14
MARK = 7
NEAR = 26
DISTANCES = (12, 17, NEAR, 38, 52, 68, 86, 106)
WAYS = ((1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1), (1, 0), (-1, 0))
HARD, FAR = 1000, 0.06
HALO = f"0 0 3px {theme.PAGE}, 0 0 2px {theme.PAGE}, 0 0 1px {theme.PAGE}"


class Callout(NamedTuple):
    """A name, its colour, and the mark it belongs to, in the units of the axes."""

    text: str
    colour: str
    x: float
    y: float


class Room(NamedTuple):
    """The ranges of both axes, and how many pixels they are drawn on."""

    across: tuple[float, float]
    upward: tuple[float, float]
    width: float
    height: float

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return how far to the right of and below the upper left corner a point lies."""
        (left, right), (low, high) = self.across, self.upward
        return (x - left) / (right - left) * self.width, (high - y) / (high - low) * self.height


def room(draft: Draft, across: tuple[float, float], upward: tuple[float, float], width: int) -> Room:
    """Return the room inside the margins of a draft that will be drawn ``width`` pixels wide."""
    margin = draft.layout["margin"]
    height = draft.layout["height"] - margin["t"] - margin["b"]
    return Room(across, upward, width - margin["l"] - margin["r"], height)


def add_callouts(
    draft: Draft, names: Sequence[Callout], inside: Room, taken: Sequence[Box] = (), points: Array | None = None
) -> None:
    """Write names beside their marks so that none lies on a mark, on another name or on what is taken.

    Parameters
    ----------
    draft : Draft
        Where they are written.
    names : sequence of Callout
        The first ones choose first.
    inside : Room
        Where they may be.
    taken : sequence of Box
        Left, top, right and bottom of what must stay free, in pixels from the upper left corner.
    points : ndarray of shape (point, 2), optional
        What is better not written on, in the units of the axes.
    """
    soft = [inside.pixel(x, y) for x, y in ([] if points is None else points)]
    spots = [inside.pixel(name.x, name.y) for name in names]
    full = [*taken, *((x - MARK, y - MARK, x + MARK, y + MARK) for x, y in spots)]
    for name, spot in zip(names, spots, strict=True):
        places = list(_places(spot, LETTER * len(plain(name.text))))
        free = [place for place in places if _within(place[1], inside)] or places
        (dx, dy), box = min(free, key=lambda place: _cost(place, full, soft))
        full.append(box)
        moved = max(abs(dx), abs(dy)) > NEAR
        draft.note(
            text=escaped(name.text),
            x=name.x,
            y=name.y,
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=theme.veil(name.colour, 0.6) if moved else theme.CLEAR,
            ax=dx,
            ay=dy,
            xanchor="left" if dx > 0 else "right" if dx < 0 else "center",
            standoff=6,
            borderpad=0,
            font={"color": name.colour, "size": 12, "weight": 600, "shadow": HALO},
        )


def _places(spot: tuple[float, float], length: float) -> Iterator[tuple[tuple[float, float], Box]]:
    """Yield where a name may be, nearest first: how far from its mark, and its box."""
    x, y = spot
    for distance in DISTANCES:
        for right, down in WAYS:
            dx, dy = right * distance * (0.6 if down else 1), down * distance
            left = x + dx - length * (1 - right) / 2
            yield (dx, dy), (left, y + dy - LINE / 2, left + length, y + dy + LINE / 2)


def _cost(place: tuple[tuple[float, float], Box], full: Sequence[Box], soft: Sequence[tuple[float, float]]) -> float:
    """Return what a place costs: much to lie on a name or a mark, little on a point, next to nothing to be far away."""
    (dx, dy), box = place
    hidden = sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in soft)
    return HARD * sum(_overlap(box, other) for other in full) + hidden + FAR * max(abs(dx), abs(dy))


def _within(box: Box, inside: Room) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= inside.width and box[3] <= inside.height


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
