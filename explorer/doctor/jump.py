"""Whether the loss jumps.

Between two nodes of a line a loss rises by the mean of its slopes there, as far as it is smooth. Where it rises by
something else, the cell is looked at ever closer: a kink or a steep flank fades away, a jump keeps its height.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Finding, spot, written
from explorer.doctor.subject import Nodes, Subject

Array = NDArray[np.float64]

NAME = "jump"
LINE_POINTS = 401
HIGH = 0.02  # share of the loss's range from which a jump is a failing
SEEN = 1e-4  # share of the loss's range below which a jump is not looked for
ROUNDING = 1e-6
MOST_COUNTED, MOST_DRAWN = 240, 960
CLOSER = 16
ROUNDS = 7  # from 1/400 of a line to 1e-11 of it
# Start and end of each line in shares of the axes: rows, columns and slanting lines that lie on no likely border.
LINES = np.array(
    [[0, s, 1, s] for s in (0.236, 0.618, 0.854)]
    + [[s, 0, s, 1] for s in (0.236, 0.618, 0.854)]
    + [[0, 0.09, 1, 0.88], [0.07, 1, 0.91, 0]]
)


def check(subject: Subject) -> Finding:
    """Say whether the loss jumps; the number counts the jumps on eight lines across the plane."""
    low, high = (
        np.array([getattr(axis, end) for axis in (subject.plane.x, subject.plane.y)]) for end in ("low", "high")
    )
    ends = np.tile(low, 2) + LINES * np.tile(high - low, 2)
    found = _jumps(subject, *_between(ends, LINE_POINTS), MOST_COUNTED)
    if not len(found):
        return Finding(NAME, "ok", f"No jump on {len(LINES)} lines across the plane.", None, 0.0)
    x, y, height = (float(part) for part in found[np.argmax(found[:, 2])])
    least = "at least " if len(found) == MOST_COUNTED else ""
    times = "once" if len(found) == 1 else f"{least}{len(found)} times"
    sentence = (
        f"The loss jumps {times} on {len(LINES)} lines across the plane, by up to {written(height)} at {spot((x, y))}."
    )
    return Finding(NAME, "fail" if height > HIGH * subject.span else "warn", sentence, (x, y), float(len(found)))


def crossings(subject: Subject) -> Array:
    """Return where the rows and columns of the surface's grid cross a jump, ``(jump, 2)``."""
    grid_x, grid_y = np.meshgrid(subject.surface.x, subject.surface.y)
    return _jumps(subject, np.vstack([grid_x, grid_x.T]), np.vstack([grid_y, grid_y.T]), MOST_DRAWN)[:, :2]


def _jumps(subject: Subject, x: Array, y: Array, most: int) -> Array:
    """Return place and height of the highest jumps on some lines, ``(jump, 3)``; ``x`` and ``y`` are (line, node)."""
    levels = subject.surface.value[np.isfinite(subject.surface.value)]
    threshold = max(SEEN * subject.span, ROUNDING * float(np.abs(levels).max(initial=0.0)))
    surprise = _surprise(x, y, subject.at(x, y))
    line, node = np.nonzero(surprise > threshold)
    highest = np.argsort(-surprise[line, node], kind="stable")[:most]
    line, node = line[highest], node[highest]
    cells = np.stack([x[line, node], y[line, node], x[line, node + 1], y[line, node + 1]], axis=1)
    height = surprise[line, node]
    for _ in range(ROUNDS):
        if not len(cells):
            break
        cells, height = _closer(subject, cells)
        cells, height = cells[height > threshold], height[height > threshold]
    return np.column_stack([(cells[:, :2] + cells[:, 2:]) / 2, height])


def _closer(subject: Subject, cells: Array) -> tuple[Array, Array]:
    """Return of each cell the piece with the largest surprise, and that surprise."""
    x, y = _between(cells, CLOSER + 1)
    surprise = _surprise(x, y, subject.at(x, y))
    cell, piece = np.arange(len(cells)), surprise.argmax(axis=1)
    ends = (x[cell, piece], y[cell, piece], x[cell, piece + 1], y[cell, piece + 1])
    return np.stack(ends, axis=1), surprise[cell, piece]


def _between(ends: Array, points: int) -> tuple[Array, Array]:
    """Return evenly spaced points from start to end of each line, ``(line, point)``."""
    x, y = np.linspace(ends[:, :2], ends[:, 2:], points, axis=-1).swapaxes(0, 1)
    return x, y


def _surprise(x: Array, y: Array, nodes: Nodes) -> Array:
    """Return by how much the rise between neighbours is not what their slopes foretell; 0 where it is not finite."""
    slope_x, slope_y = (np.nan_to_num(part, nan=0.0, posinf=0.0, neginf=0.0) for part in nodes[1:])
    told = (slope_x[:, 1:] + slope_x[:, :-1]) * np.diff(x) / 2 + (slope_y[:, 1:] + slope_y[:, :-1]) * np.diff(y) / 2
    with np.errstate(invalid="ignore"):
        surprise = np.abs(np.diff(nodes.value) - told)
    return np.where(np.isfinite(surprise), surprise, 0.0)
