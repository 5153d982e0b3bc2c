"""Whether all is finite: at the target, where points meet, at the corners, and everywhere on the grid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Finding, Where, spot
from explorer.doctor.subject import Nodes, Subject

Array = NDArray[np.float64]

NAME = "nan"


def check(subject: Subject) -> Finding:
    """Say where the loss or its slope is not finite; the number counts such points."""
    names, x, y, nodes = _looked_at(subject)
    held = subject.plane.holds(x, y)
    # A slope that is missing along a whole axis is no slope, not a wrong one.
    slopes = [part for part in nodes[1:] if np.isfinite(part).any()]
    for what, parts in (("loss", [nodes.value]), ("slope", slopes)):
        wrong = held & ~np.isfinite([nodes.value, *parts]).all(axis=0)
        if wrong.any():
            first = int(np.argmax(wrong))
            where = float(x[first]), float(y[first])
            return Finding(NAME, "fail", _sentence(what, names[first], where), where, float(wrong.sum()))
    there = ", the target included" if subject.surface.target else ""
    return Finding(NAME, "ok", f"The loss is finite wherever it was looked at{there}.", None, 0.0)


def _sentence(what: str, name: str, where: Where) -> str:
    result = "and one such sample makes every weight NaN" if what == "slope" else "and training cannot go on from there"
    return f"The {what} is not finite {name}{spot(where)}, {result}."


def _looked_at(subject: Subject) -> tuple[list[str], Array, Array, Nodes]:
    """Return points with their names and the loss there: where losses tend to break, then all nodes of the grid."""
    surface = subject.surface
    points = list(_suspects(subject))
    x, y = np.array([where for _, where in points]).T
    grid = zip(subject.at(x, y), (surface.value, surface.slope_x, surface.slope_y), strict=True)
    grid_x, grid_y = np.meshgrid(surface.x, surface.y)
    nodes = Nodes(*(np.concatenate([near, all_over.ravel()]) for near, all_over in grid))
    names = [name for name, _ in points] + ["at "] * grid_x.size
    return names, np.concatenate([x, grid_x.ravel()]), np.concatenate([y, grid_y.ravel()]), nodes


def _suspects(subject: Subject) -> Iterator[tuple[str, Where]]:
    """Yield points where losses tend to break, each with its name."""
    x, y = subject.surface.x, subject.surface.y
    if subject.surface.target:
        right_x, right_y = subject.surface.target
        yield "at the target ", (right_x, right_y)
        yield from (("where one of two is right, ", (right_x, part)) for part in y[[0, -1]])
        yield from (("where one of two is right, ", (part, right_y)) for part in x[[0, -1]])
    yield from (("where two points meet, ", where) for where in _meetings(subject))
    yield from (("at the corner ", (across, upward)) for across in x[[0, -1]] for upward in y[[0, -1]])


def _meetings(subject: Subject) -> list[Where]:
    """Return where a point that moves over the plane meets one that stays."""
    y_pred = subject.batch.y_pred
    if y_pred.ndim != 3 or y_pred.shape[-1] != 2:
        return []
    still = (y_pred == y_pred[:1]).all(axis=(0, 2))
    return [(float(x), float(y)) for x, y in y_pred[0, still]]
