"""What is examined: a loss with its values over one plane, and all that several checks look at, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, wraps
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Where
from explorer.lazy import ops
from explorer.parameters import Value, clean
from explorer.spec import LossSpec, Placed, Plane
from explorer.surface import Surface, arrays_of, evaluate, traced_over

Array = NDArray[np.float64]

# Every look at the plane is padded to a multiple of this, so that one executable serves them all.
NODES = 1024
POINTS = 61
MOST_KEPT = 64
ZOOM_POINTS, ZOOM_ROUNDS = 31, 4
BATCH = 8


class Nodes(NamedTuple):
    """A loss at chosen points of a plane: arrays of the shape of the points, NaN outside the plane."""

    value: Array
    slope_x: Array
    slope_y: Array


class Spot(NamedTuple):
    """A point of the plane and the loss there."""

    where: Where
    value: float


@dataclass(frozen=True, eq=False)
class Subject:
    """A loss over one plane; what is costly is computed when it is first asked for.

    Attributes
    ----------
    spec : LossSpec
        The loss.
    values, scene : mapping
        Clean parameters of the loss and of the plane.
    plane : Plane
        What it is examined over.
    points : int
        Nodes along each axis of `surface`.
    """

    spec: LossSpec
    values: Mapping[str, Value]
    scene: Mapping[str, Value]
    plane: Plane
    points: int = POINTS

    @cached_property
    def surface(self) -> Surface:
        """The loss at the nodes of a grid."""
        return evaluate(self._single, self.values, self.scene, self.plane.key, self.points)

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Which nodes of `surface` belong to the plane."""
        return self.plane.holds(*np.meshgrid(self.surface.x, self.surface.y))

    @cached_property
    def has_gradient(self) -> bool:
        """Whether a slope comes back anywhere on the plane."""
        return bool(np.isfinite(self.surface.slope_x).any() or np.isfinite(self.surface.slope_y).any())

    @cached_property
    def span(self) -> float:
        """Highest less lowest finite loss on the plane; 0 where nothing is finite."""
        finite = self.surface.value[np.isfinite(self.surface.value)]
        return float(np.ptp(finite)) if finite.size else 0.0

    @cached_property
    def lowest(self) -> Spot | None:
        """The minimum on the plane, the target if nothing is lower; None where nothing is finite."""
        surface = self.surface
        best = self.right if self.right and np.isfinite(self.right.value) else None
        best = self._lower(best, *np.meshgrid(surface.x, surface.y), surface.value)
        reach = np.array([surface.x[1] - surface.x[0], surface.y[1] - surface.y[0]])
        # An odd number of nodes has the middle among them, so that one coordinate can improve alone.
        across, upward = np.meshgrid(*[np.linspace(-1.0, 1.0, ZOOM_POINTS)] * 2)
        for _ in range(ZOOM_ROUNDS if best else 0):
            x, y = best.where if best else (0.0, 0.0)
            near_x = np.clip(x + reach[0] * across, surface.x[0], surface.x[-1])
            near_y = np.clip(y + reach[1] * upward, surface.y[0], surface.y[-1])
            best = self._lower(best, near_x, near_y, self.at(near_x, near_y).value)
            reach *= across[0, 1] - across[0, 0]
        return best

    @cached_property
    def right(self) -> Spot | None:
        """The target, None where the plane has none."""
        where = self.surface.target
        return Spot(where, float(self.at(*np.array(where)[:, None]).value[0])) if where else None

    @cached_property
    def batch(self) -> Placed:
        """A few samples from all over the plane, as NumPy arrays."""
        # Multiples of two irrational numbers spread evenly and meet no kink or border but by accident.
        steps = np.outer(np.arange(1, 40 * BATCH), [0.7548776662466927, 0.5698402909980532]) % 1
        x = self.plane.x.low + steps[:, 0] * (self.plane.x.high - self.plane.x.low)
        y = self.plane.y.low + steps[:, 1] * (self.plane.y.high - self.plane.y.low)
        inner = self.plane.holds(x, y)
        return self.placed(x[inner][:BATCH], y[inner][:BATCH])

    def at(self, x: Array, y: Array, *, beyond: bool = False) -> Nodes:
        """Return the loss at any points, NaN at those that the plane does not hold.

        Parameters
        ----------
        x, y : ndarray
            Coordinates, of one shape.
        beyond : bool
            Whether points outside the plane count as well.
        """
        count = x.size
        padding = (0, -count % NODES)
        chunks = [np.pad(part.ravel(), padding, mode="edge").reshape(-1, NODES) for part in (x, y)]
        values, scene = arrays_of(self.spec.parameters, self.values), arrays_of(self.plane.scene, self.scene)
        traced = traced_over(self._single, self.plane)
        told = [traced(*chunk, values, scene)[:3] for chunk in zip(*chunks, strict=True)]
        parts = [np.concatenate([part.numpy() for part in row])[:count] for row in zip(*told, strict=True)]
        held = np.ones(x.shape, bool) if beyond else self.plane.holds(x, y)
        return Nodes(*(np.where(held, part.reshape(x.shape), np.nan) for part in parts))

    def placed(self, x: Array, y: Array) -> Placed:
        """Return the samples that the plane puts on some points, as NumPy arrays; both have shape ``(node,)``."""
        scene = {name: ops.convert_to_tensor(part) for name, part in arrays_of(self.plane.scene, self.scene).items()}
        y_true, y_pred, context = self.plane.place(ops.convert_to_tensor(x), ops.convert_to_tensor(y), **scene)
        context = {name: ops.convert_to_numpy(part) for name, part in context.items()}
        y_true, y_pred = ops.convert_to_numpy(y_true), ops.convert_to_numpy(y_pred)
        # A place for a point that is not there has no id.
        there = ~np.isnan(y_true).any(axis=0) if self.spec.shapes == "points" else slice(None)
        return Placed(y_true[:, there], y_pred[:, there], context)

    def loss(self, samples: Placed) -> Array:
        """Return what the function of the loss makes of some samples, in the shape that it gives."""
        keywords = {**samples.context, **arrays_of(self.spec.parameters, self.values)}
        tensors = {name: ops.convert_to_tensor(part) for name, part in keywords.items()}
        static = {"from_logits": self.plane.from_logits} if self.spec.takes_logits else {}
        y_true, y_pred = (ops.convert_to_tensor(part) for part in samples[:2])
        result: Array = ops.convert_to_numpy(self.spec.function(y_true, y_pred, **tensors, **static))
        return result

    @cached_property
    def _single(self) -> LossSpec:
        """The loss with each node as a batch of its own, wherever nodes would see each other."""
        y_true, y_pred, context = self.batch
        first = Placed(y_true[:1], y_pred[:1], {name: part[:1] for name, part in context.items()})
        whole, alone = self.loss(self.batch), self.loss(first)
        apart = whole.ndim and whole.shape[0] == BATCH and np.allclose(whole[:1], alone, 1e-9, 1e-12, equal_nan=True)
        return self.spec if apart else _one_by_one(self.spec)

    def _lower(self, best: Spot | None, x: Array, y: Array, value: Array) -> Spot | None:
        """Return the lowest of some points, unless what was best so far is as low."""
        value = np.where(np.isfinite(value), value, np.inf)
        place = np.unravel_index(np.argmin(value), value.shape)
        rounding = 1e-12 * max(self.span, abs(best.value)) if best else 0.0
        if not np.isfinite(value[place]) or (best and value[place] >= best.value - rounding):
            return best
        return Spot((float(x[place]), float(y[place])), float(value[place]))


def subject(
    spec: LossSpec, values: Mapping[str, Any], scene: Mapping[str, Any], plane: str | None, points: int = POINTS
) -> Subject:
    """Return what is to be examined, all values clean.

    Raises
    ------
    ValueError
        If the plane is unknown or a value is refused (`ParameterError`).
    """
    over = spec.plane(plane)
    return Subject(spec, clean(spec.parameters, values), clean(over.scene, scene), over, points)


@lru_cache(maxsize=MOST_KEPT)
def _one_by_one(spec: LossSpec) -> LossSpec:
    """Return the loss that sees one sample at a time, for drawing what would otherwise mix its nodes."""

    @wraps(spec.function)
    def function(y_true: Any, y_pred: Any, **keywords: Any) -> Any:
        context = {name: keywords.pop(name) for name in spec.context}

        def one(sample: Any) -> Any:
            true, pred, own = sample
            own = {name: part[None] for name, part in own.items()}
            return ops.mean(spec.function(true[None], pred[None], **own, **keywords))

        return ops.vectorized_map(one, (y_true, y_pred, context))

    return replace(spec, function=function)
