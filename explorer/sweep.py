"""A loss over its plane for every position of one slider: what the browser needs to follow a finger by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Number, Value, clean
from explorer.spec import LossSpec, Plane
from explorer.surface import Surface, evaluate

MOST_POSITIONS = 121


@dataclass(frozen=True, eq=False)
class Sweep:
    """Surfaces of one loss, one for each position of a slider.

    Attributes
    ----------
    position : ndarray of shape (position,)
        Value of the varied parameter.
    x, y : ndarray of shape (nx,) and (ny,)
        The nodes.
    value, slope_x, slope_y : ndarray of float32, shape (position, ny, nx)
        As in `explorer.surface.Surface`.
    target : tuple of (tuple of float or None)
        Where the prediction is right, for each position.
    """

    position: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    value: NDArray[np.float32]
    slope_x: NDArray[np.float32]
    slope_y: NDArray[np.float32]
    target: tuple[tuple[float, float] | None, ...]


def positions(parameter: Number) -> tuple[float, ...]:
    """Return where the slider of a parameter can stand, lowest first.

    Raises
    ------
    ValueError
        If it can stand in too many places to be followed.
    """
    if parameter.log:
        return parameter.stops
    low, high = parameter.range
    step = max(parameter.step, 1.0) if parameter.whole else parameter.step
    count = int((high - low) / step + 1e-9) + 1
    if count > MOST_POSITIONS:
        raise ValueError(
            f"{parameter.label} has {count} positions, more than the {MOST_POSITIONS} that can be followed."
        )
    return tuple(round(low + step * i, 10) for i in range(count))


def sweep(
    spec: LossSpec, values: Mapping[str, Any], scene: Mapping[str, Any], plane: str | None, vary: str, points: int = 61
) -> Sweep:
    """Return the surfaces of a loss while one number of it, or of its scene, takes every position of its slider.

    A loss that is linear in the number is computed at two of them; each other surface lies on the line between.

    Parameters
    ----------
    spec, values, scene, plane, points
        As for `explorer.surface.evaluate`.
    vary : str
        Name of the number.

    Raises
    ------
    ValueError
        If there is no such number, or a value is refused.
    """
    over = spec.plane(plane)
    parameter = _number(spec, over, vary)
    own, held = clean(spec.parameters, values), clean(over.scene, scene)

    def at(position: float) -> Surface:
        moved = {vary: position}
        in_scene = any(part.name == vary for part in over.scene)
        return evaluate(spec, own if in_scene else own | moved, held | moved if in_scene else held, over.key, points)

    stops = np.array(positions(parameter))
    if spec.split and spec.split.parameter == vary:
        return _between(at(stops[0]), at(stops[-1]), stops)
    return _stacked([at(float(stop)) for stop in stops], stops)


def _number(spec: LossSpec, plane: Plane, name: str) -> Number:
    for part in (*spec.parameters, *plane.scene):
        if part.name == name and isinstance(part, Number):
            return part
    raise ValueError(f"{spec.key} has no number {name[:40]!r} over the plane {plane.key!r}.")


def _stacked(surfaces: list[Surface], stops: NDArray[np.float64]) -> Sweep:
    rows = [np.stack([getattr(s, name) for s in surfaces]) for name in ("value", "slope_x", "slope_y")]
    value, slope_x, slope_y = (row.astype(np.float32) for row in rows)
    targets = tuple(surface.target for surface in surfaces)
    return Sweep(stops, surfaces[0].x, surfaces[0].y, value, slope_x, slope_y, targets)


def _between(first: Surface, last: Surface, stops: NDArray[np.float64]) -> Sweep:
    share = ((stops - stops[0]) / (stops[-1] - stops[0]))[:, None, None]
    rows = [(1 - share) * getattr(first, n) + share * getattr(last, n) for n in ("value", "slope_x", "slope_y")]
    value, slope_x, slope_y = (row.astype(np.float32) for row in rows)
    return Sweep(stops, first.x, first.y, value, slope_x, slope_y, (first.target,) * stops.size)


def plain_values(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return values that came as text (JSON's lists are tables) as a loss takes them."""
    return {str(name): _table(value) for name, value in values.items()}


def _table(value: Any) -> Any:
    return tuple(tuple(row) for row in value) if isinstance(value, list) else value
