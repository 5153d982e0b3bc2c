"""How much faster a surface is than one eager tape, and than a setting that is a Python number.

Each loss is drawn over each of its planes at 201 × 201 nodes: its value and both slopes. One of its settings moves on
at each step, as a slider does. The three ways take turns in one process for the first steps; only the surface
goes on, compiled before the clock starts. It also computes the part of the loss that a split parameter does not scale,
which the other two do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.result import Row
from explorer.losses import CATALOGUE
from explorer.parameters import Choice, Number, Parameter, Table
from explorer.samples import as_array
from explorer.spec import LossSpec, Plane
from explorer.surface import evaluate, traces

POINTS = 201
MOVES = 20
EAGER = 6
RETRACED = 3

Setting = dict[str, Any]
Way = Callable[[Setting, Setting], Any]


def measure() -> dict[str, Any]:
    """Return a row for each loss, plane and slower way, and how often a moving slider made TensorFlow trace."""
    rows: list[Row] = []
    most = 0
    for spec in CATALOGUE.values():
        for plane in spec.planes:
            what = f"{spec.key}, {plane.key}"
            this, eager, number = compare(spec, plane)
            rows.append(Row(what, this, "eager tape", eager, "0.8–5 ms"))
            rows.append(Row(what, this, "Python number", number, "159 × a step"))
            most = max(most, traces(spec, plane.key))
    return {
        "rows": rows,
        "median of the ratios, eager tape": median(row.ratio for row in rows[::2]),
        "median of the ratios, Python number": median(row.ratio for row in rows[1::2]),
        f"traces while a slider moves over {MOVES} values, the most of any plane (aim: 1)": most,
    }


def compare(spec: LossSpec, plane: Plane) -> tuple[float, float, float]:
    """Return the median times in ms of the surface, of the eager tape and of a setting that is a Python number."""
    eager, retraced = other_ways(spec, plane)
    ways = (lambda values, scene: evaluate(spec, values, scene, plane.key, POINTS), eager, retraced)
    moves = [settings(spec, plane, step) for step in range(MOVES + 1)]
    times = [
        [timed(lambda way=way, move=move: way(*move)) for way in ways[: 1 + (step < EAGER) + (step < RETRACED)]]
        for step, move in enumerate(moves)
    ]
    # The first step compiles the surface; the third way compiles at each step.
    this, tape = median(step[0] for step in times[1:]), median(step[1] for step in times[1:EAGER])
    return this, tape, median(step[2] for step in times[:RETRACED])


def settings(spec: LossSpec, plane: Plane, step: int) -> tuple[Setting, Setting]:
    """Return values and scene with one of them moved, one that goes smoothly if there is one."""
    values = {part.name: part.default for part in spec.parameters}
    scene = {part.name: part.default for part in plane.scene}
    moved = min((*spec.parameters, *plane.scene), key=in_jumps)
    (values if moved.name in values else scene)[moved.name] = moved_by(moved, step)
    return values, scene


def in_jumps(parameter: Parameter) -> bool:
    """Return whether a parameter has but a few values."""
    return isinstance(parameter, Choice) or (isinstance(parameter, Number) and parameter.whole)


def moved_by(parameter: Parameter, step: int) -> Any:
    """Return a value of the parameter that no other of the first steps has."""
    if isinstance(parameter, Choice):
        return parameter.options[step % len(parameter.options)]
    if isinstance(parameter, Table):
        first, *rest = parameter.default
        return ((first[0] + 0.1 * step, *first[1:]), *rest)
    low, high = parameter.range
    return low + step % (high - low + 1) if parameter.whole else low + (high - low) * (step + 1) / (MOVES + 3)


def other_ways(spec: LossSpec, plane: Plane) -> tuple[Way, Way]:
    """Return the two slower ways: eager with tensors, and compiled anew for each Python number."""
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")  # it warns of the retracing that is measured here
    x, y = (np.linspace(axis.low, axis.high, POINTS) for axis in (plane.x, plane.y))
    nodes = tuple(tf.constant(part.ravel()) for part in np.meshgrid(x, y))
    static = {"from_logits": plane.from_logits} if spec.takes_logits else {}

    def sloped(values: Setting, scene: Setting) -> list[Any]:
        values, scene = tensors(values), tensors(scene)
        with tf.GradientTape() as tape:
            tape.watch(nodes)
            placed = plane.place(*nodes, **scene)
            value = spec.function(placed.y_true, placed.y_pred, **placed.context, **values, **static)
        return [value, *tape.gradient(value, nodes, unconnected_gradients="zero")]

    traced = tf.function(sloped, jit_compile=True, autograph=False)

    def read_by(function: Callable[..., list[Any]]) -> Way:
        def way(values: Setting, scene: Setting) -> list[Any]:
            plain = (numbers(spec.parameters, values), numbers(plane.scene, scene))
            return [part.numpy() for part in function(*plain)]

        return way

    return read_by(sloped), read_by(traced)


def numbers(parameters: Iterable[Parameter], values: Setting) -> Setting:
    """Return values as Python numbers, and a table as lists of them."""
    return {part.name: as_array(part, values[part.name], np.float64).tolist() for part in parameters}


def tensors(plain: Setting) -> Setting:
    """Return Python numbers as tensors, the positions of choices as integers."""
    import tensorflow as tf

    return {name: tf.constant(v, tf.int32 if isinstance(v, int) else tf.float64) for name, v in plain.items()}


def timed(call: Callable[[], Any]) -> float:
    """Return how long a call takes, in ms."""
    began = perf_counter()
    call()
    return 1000 * (perf_counter() - began)
