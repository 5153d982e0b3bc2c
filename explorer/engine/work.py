"""What the compute process can be asked for, by name: each a plain function called with plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from explorer import surface
from explorer.losses import CATALOGUE
from explorer.parameters import Value
from explorer.surface import Surface


def evaluate_surface(
    loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, points: int
) -> Surface:
    """Return the surface of the loss with this key."""
    return surface.evaluate(CATALOGUE[loss], values, scene, plane, points)


QUESTIONS: dict[str, Callable[..., Any]] = {"surface": evaluate_surface}
RUNS: dict[str, Callable[..., Iterator[Any]]] = {}


def warm_up() -> Iterator[None]:
    """Compile what the first pages need, one piece a step."""
    for key in ("trend-published", "trend-mismatch"):
        evaluate_surface(key, {}, {}, "steps", 61)
        yield
    for choice in ("weighted-ce-published", "weighted-ce-soft"):
        evaluate_surface(choice, {}, {}, "triangle", 121)
        yield
