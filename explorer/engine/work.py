"""What the compute process can be asked for, by name: each a plain function called with plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from explorer import descent, doctor, surface
from explorer.arguments.loop import loop
from explorer.arguments.offset import offsets
from explorer.arguments.run import frozen, ways
from explorer.descent import Path
from explorer.doctor import Layers, Report
from explorer.line import Line, along
from explorer.losses import CATALOGUE
from explorer.losses.triple import triangle_among
from explorer.masks.look import look
from explorer.pairs.drift import Drift, drift
from explorer.pairs.field import Field, field
from explorer.pairs.growth import Growth, growth
from explorer.pairs.threefold import threefold
from explorer.pairs.trap import traps
from explorer.parameters import Value
from explorer.series.sample import sample
from explorer.spec import LossSpec
from explorer.surface import Surface
from explorer.sweep import Sweep, sweep
from explorer.tasks.classification import classification
from explorer.tasks.forecast import WINDOW, forecast
from explorer.tasks.shapes import shapes
from explorer.tasks.users import users
from explorer.training.cloud import Cloud, clouds
from explorer.training.judgement import Judgement, judge
from explorer.training.lens import Lens
from explorer.training.lens import steps as lens_steps
from explorer.training.misaligned import published_way
from explorer.training.per_sample import per_sample
from explorer.training.together import Step, together
from explorer.training.tradeoff import Landing, tradeoff


def evaluate_surface(
    loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, points: int
) -> Surface:
    """Return the surface of the loss with this key."""
    return surface.evaluate(CATALOGUE[loss], values, scene, plane, points)


def evaluate_triangle(
    loss: str, values: Mapping[str, Value], classes: int, scene: Mapping[str, Value], points: int
) -> Surface:
    """Return the loss with this key over the triangle of three of several classes."""
    return surface.evaluate(CATALOGUE[loss], values, scene, triangle_among(classes), points)


def draw_line(
    losses: Sequence[tuple[str, Mapping[str, Value]]], classes: int, ends: tuple[int, int], true_class: int
) -> Line:
    """Return the losses with these keys along the line between two corners."""
    return along([(CATALOGUE[key], values) for key, values in losses], classes, ends, true_class)


def train_forecasts(
    losses: Sequence[tuple[str, Mapping[str, Value]]], data: Mapping[str, Any], **setting: Any
) -> Iterator[Step | Judgement | None]:
    """Yield the steps of several losses, given by key and values, that learn to foretell one series; then a verdict.

    ``data`` are the arguments of `explorer.tasks.forecast`.
    """
    specs, task = [(CATALOGUE[key], values) for key, values in losses], forecast(**data)
    yield from together(specs, task, **setting)
    yield from judge(specs, task, **setting)


def train_tradeoff(
    loss: str, values: Mapping[str, Value], lambdas: Sequence[float], data: Mapping[str, Any], **setting: Any
) -> Iterator[Landing | None]:
    """Yield where the loss with this key lands with several weights of its penalty and several seeds."""
    return tradeoff(CATALOGUE[loss], lambdas, forecast(**data), values=values, **setting)


def look_through_lens(
    loss: str, values: Mapping[str, Value], data: Mapping[str, Any], **setting: Any
) -> Iterator[Lens | None]:
    """Yield what batches of several sizes make of one sample and of the penalty of the loss with this key."""
    return lens_steps(CATALOGUE[loss], values, forecast(**data), **setting)


def train_classes(
    losses: Sequence[tuple[str, Mapping[str, Value]]], data: Mapping[str, Any], **setting: Any
) -> Iterator[Step | None]:
    """Yield the steps of several losses, given by key and values, that learn to tell classes apart.

    ``data`` are the arguments of `explorer.tasks.classification`; where it holds a table for each sample, the losses
    that take a table take those.
    """
    task = classification(**data)
    return together(_of_samples(losses, data), task, **setting)


def train_clouds(
    losses: Sequence[tuple[str, Mapping[str, Value]]], data: Mapping[str, Any], weights: NDArray[Any], **setting: Any
) -> Iterator[Cloud | None]:
    """Yield where several losses land with many seeds; ``weights`` say what a mistake on the test part costs."""
    return clouds(_of_samples(losses, data), classification(**data), weights, **setting)


def _of_samples(
    losses: Sequence[tuple[str, Mapping[str, Value]]], data: Mapping[str, Any]
) -> list[tuple[LossSpec, Mapping[str, Value]]]:
    """Return the losses, with tables that travel with their samples where there are such tables."""
    specs = [(CATALOGUE[key], values) for key, values in losses]
    if data.get("weights") is None:
        return specs
    return [
        (per_sample(spec), {n: v for n, v in values.items() if n != "weights"})
        if "weights" in values
        else (spec, values)
        for spec, values in specs
    ]


def examine_plane(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str) -> Report:
    """Return what the doctor finds about the loss with this key over one plane."""
    return doctor.examine_plane(CATALOGUE[loss], values, scene, plane)


def lay_over(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, points: int) -> Layers:
    """Return what can be laid over the picture of the loss with this key."""
    return doctor.layers(CATALOGUE[loss], values, scene, plane, points)


def descend(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, **how: Any) -> Path:
    """Return an optimizer's way down the loss with this key."""
    return descent.descend(CATALOGUE[loss], values, scene, plane, **how)


def sweep_slider(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, vary: str) -> Sweep:
    """Return the surfaces for every position of one slider of the loss with this key."""
    if loss not in CATALOGUE:
        raise ValueError(f"There is no loss {loss[:40]!r}.")
    return sweep(CATALOGUE[loss], values, scene, plane, vary)


def look_at_masks(view: str, losses: Sequence[tuple[str, Mapping[str, Value]]], **asked: Any) -> Any:
    """Return what one view of masks shows of the losses with these keys, as `explorer.masks.look.look` says."""
    return look(view, [(CATALOGUE[key], values) for key, values in losses], **asked)


def train_segmenters(losses: Sequence[tuple[str, Mapping[str, Value]]], **setting: Any) -> Iterator[Step | None]:
    """Yield the steps of several losses, given by key and values, that learn to find generated shapes."""
    return together([(CATALOGUE[key], values) for key, values in losses], shapes(), **setting)


def train_users(
    losses: Sequence[tuple[str, Mapping[str, Value]]], data: Mapping[str, Any], **setting: Any
) -> Iterator[Step | None]:
    """Yield the steps of several losses, given by key and values, that learn to embed the rows of users.

    ``data`` are the arguments of `explorer.tasks.users.users`.
    """
    return together([(CATALOGUE[key], values) for key, values in losses], users(**data), **setting)


def draw_board(loss: str, values: Mapping[str, Value], **batch: Any) -> Field:
    """Return the loss with this key over where one point lies, and the forces on all of them."""
    return field(CATALOGUE[loss], values, **batch)


def grow_batch(losses: Sequence[tuple[str, Mapping[str, Value]]], **batch: Any) -> list[Growth]:
    """Return what batches of several sizes make of the losses with these keys."""
    return growth([(CATALOGUE[key], values) for key, values in losses], **batch)


def let_points_go(losses: Sequence[tuple[str, Mapping[str, Value]]], **how: Any) -> Iterator[Drift | None]:
    """Yield where the points of one batch go with several losses, given by key and values."""
    return drift([(CATALOGUE[key], values) for key, values in losses], **how)


QUESTIONS: dict[str, Callable[..., Any]] = {
    "surface": evaluate_surface,
    "triangle": evaluate_triangle,
    "line": draw_line,
    "facts": examine_plane,
    "layers": lay_over,
    "descent": descend,
    "sweep": sweep_slider,
    "published way": published_way,
    "board": draw_board,
    "growth": grow_batch,
    "masks": look_at_masks,
    "loop": loop,
}
RUNS: dict[str, Callable[..., Iterator[Any]]] = {
    "forecast": train_forecasts,
    "tradeoff": train_tradeoff,
    "lens": look_through_lens,
    "classes": train_classes,
    "clouds": train_clouds,
    "drift": let_points_go,
    "threefold": threefold,
    "pair traps": traps,
    "users": train_users,
    "shapes": train_segmenters,
    "ways": ways,
    "frozen": frozen,
    "offsets": offsets,
}


def warm_up() -> Iterator[None]:
    """Compile what the first pages need, one piece a step."""
    for key, plane, points in (
        ("trend-published", "steps", 61),
        ("trend-mismatch", "steps", 61),
        ("weighted-ce-published", "triangle", 121),
        ("weighted-ce-soft", "triangle", 121),
    ):
        evaluate_surface(key, {}, {}, plane, points)
        yield
    losses: list[tuple[str, dict[str, Value]]] = [("mse", {}), ("trend-published", {})]
    task = forecast(sample("sunspots").value, int(WINDOW.default))
    for _ in together([(CATALOGUE[key], values) for key, values in losses], task, epochs=1):
        yield
