"""The picture of each card, and the two sentences that are computed with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer import theme
from explorer.gallery.canvas import HEIGHT, WIDTH, Canvas
from explorer.gallery.raster import Box
from explorer.losses import CATALOGUE, crossentropy
from explorer.losses.concern import concerns
from explorer.pairs import batch
from explorer.pairs.field import MOST_NODES, field
from explorer.surface import Surface, evaluate

Array = NDArray[np.float64]
Made = tuple[Canvas, str, str]

FINE = 261  # nodes along an axis of two forecast steps: 0.01 apart
TRIANGLE = 321
ROWS = 8  # of arrows in the triangle
CORNERS = np.array(crossentropy.CORNERS)
SIDE = 200.0  # of the triangle
LINES = Box(14, 14, 292, 162, (0, 1), (0, 1))
LOG_STEEPNESS = 300.0


def trend_match() -> Made:
    """Draw the published trend match, whose minimum is not the target."""
    spec, values = CATALOGUE["trend-published"], {"lambda_trend": 1.0}
    told = evaluate(spec, values, points=FINE)
    canvas, box = Canvas(), _full(told)
    _field(canvas, box, told, _span(told), (11, 7))
    lowest, target = _lowest(told), _target(told)
    for name, at, draw in (("minimum", lowest, canvas.diamond), ("truth", target, canvas.ring)):
        x, y = box.place(at)
        draw((x, y))
        canvas.label(name, (x, y - 12))
    where = f"({lowest[0]:.2f}, {lowest[1]:.2f})"
    truth = f"({target[0]:.2f}, {target[1]:.2f})"
    alt = f"Loss of two forecast steps with λ = 1: lowest at {where}, truth at {truth}."
    apart = np.hypot(*(lowest - target))
    return canvas, alt, f"The published mask punishes being right: the cheapest forecast is {apart:.2f} off the truth."


def cost_grid() -> Made:
    """Draw the triangle of the class whose right answer the published table doubles."""
    spec = CATALOGUE["weighted-ce-published"]
    table = next(one.values["weights"] for one in spec.presets if one.title == "As the published code")
    names = [f"class {place}" for place in range(len(table))]
    odd = next(concern for concern in concerns(table, names) if concern.kind == "diagonal")
    true = int(odd.row or 0)
    told = evaluate(spec, {"weights": table}, {"true_class": str(true)}, "triangle", TRIANGLE)
    canvas = Canvas()
    box = _triangle(canvas, told)
    middle = box.place(CORNERS.mean(axis=0))
    for corner in range(3):
        others = [CORNERS[other] for other in range(3) if other != corner]
        one, two = (table[true][other] for other in range(3) if other != corner)
        if one != two:
            canvas.line(np.stack([middle, box.place(np.mean(others, axis=0))]), theme.LABEL, 4.5)
            canvas.line(np.stack([middle, box.place(np.mean(others, axis=0))]), theme.MARK, 2.4)
        x, y = box.place(0.5 * CORNERS[corner] + 0.5 * CORNERS.mean(axis=0))
        canvas.label(f"×{table[true][corner]:g}", (x, y + 4))
    _corners(canvas, box, names, true)
    alt = f"Loss over the probabilities of three classes, {names[true]} true: it jumps up where the answer gets right."
    return canvas, alt, odd.sentence


def extra_argument() -> Made:
    """Draw the cross entropy with three offsets, from the side."""
    spec, offsets = CATALOGUE["offset-crossentropy"], (10.0, 5.0, 0.0)
    told = [evaluate(spec, {"offset": offset}, points=TRIANGLE) for offset in offsets]
    across = TRIANGLE // 2
    shares = told[0].y / told[0].y[-1]
    shown = shares >= 0.02
    curves = [(shares[shown], one.value[shown, across]) for one in told]
    canvas, colours = Canvas(), (theme.B, theme.A, theme.BASELINE)
    box = _lines(canvas, curves, colours, [f"c = {offset:g}" for offset in offsets])
    canvas.word("probability of the true class →", (WIDTH - 14, HEIGHT - 7), "end", theme.both(theme.SOFT))
    slopes = np.stack([[one.slope_x, one.slope_y] for one in told])
    apart = float(np.nanmax(np.abs(slopes - slopes[0])))
    nodes = int(np.isfinite(told[0].value).sum())
    up = float(np.nanmax(np.abs(told[0].value - told[-1].value - offsets[0])))
    alt = f"Three curves of the same shape, {box.y[1] - box.y[0]:.3g} from lowest to highest, for c = 10, 5 and 0."
    same = "the same at each of" if apart == 0 else f"apart by at most {apart:.1g} at"
    raised = "exactly " if up == 0 else ""
    return canvas, alt, f"A constant lifts the loss by {raised}{offsets[0]:g}; its slopes are {same} {nodes:,} places."


def pairs() -> Made:
    """Draw the published pairwise loss over the place of one point, among the others."""
    spec, moving = CATALOGUE["pairwise-published"], int(batch.MOVING.default) - 1
    there = batch.draw(batch.USERS.default, batch.EACH.default, seed=batch.SEED.default, spread=batch.SPREAD.default)
    found = field(spec, {}, *there, moving, nodes=MOST_NODES)
    friends = (there.ids == there.ids[moving]) & (np.arange(len(there.ids)) != moving)
    x, y = there.points[friends].mean(axis=0)
    told = Surface(found.x, found.y, found.value, found.slope_x, found.slope_y, target=(float(x), float(y)))
    canvas, box = Canvas(), _full(told)
    _field(canvas, box, told, _span(told), (11, 7))
    for place, (user, point) in enumerate(zip(there.ids, there.points, strict=True)):
        if place != moving:
            canvas.dot(box.place(point), theme.RUNS[user])
    home = box.place(_target(told))
    canvas.ring(home)
    canvas.label("home", (home[0], home[1] - 12))
    numbers = f"{_at(told, _target(told)):.2g} among friends, {np.nanmin(told.value):.2g} at the rim".replace("-", "−")
    alt = f"Loss over the place of one of {len(there.ids)} points, arrows away from all others: {numbers}."
    return canvas, alt, f"No floor, far away is always cheaper: {numbers}."


def masks() -> Made:
    """Draw Dice over the place of a disc: with a threshold on the left, soft on the right."""
    specs = [CATALOGUE[key] for key in ("dice-published", "dice-soft")]
    told = [evaluate(spec, plane="disc", points=201) for spec in specs]
    canvas = _halves(told, ("threshold", "soft"), [_span(one) for one in told])
    steep = [float(np.mean(np.hypot(one.slope_x, one.slope_y) > 0)) for one in told]
    alt = "Dice while a disc slides over the true one: steps without an arrow with a threshold, arrows home when soft."
    fact = f"With its threshold Dice has a slope to follow at {steep[0]:.0%} of all places; soft, at {steep[1]:.0%}."
    return canvas, alt, fact


def squared_and_absolute() -> Made:
    """Draw the squared error on the left and the absolute one on the right of the same target."""
    scene = {"y1": 0.5, "y2": 0.5}
    told = [evaluate(CATALOGUE[key], scene=scene, points=FINE) for key in ("mse", "mae")]
    canvas = _halves(told, ("squared", "absolute"), [_span(*told)] * 2)
    misses = [np.array([0.5 + miss, 0.5]) for miss in (0.4, 0.8)]
    growth = [_slope_at(one, misses[1]) / _slope_at(one, misses[0]) for one in told]
    alt = "Round bands of the squared error beside straight ones of the absolute error, lowest at the truth."
    return (
        canvas,
        alt,
        f"A miss twice as large pulls {growth[0]:.3g} × as hard when squared, {growth[1]:.3g} × when absolute.",
    )


def robust() -> Made:
    """Draw the general robust loss for four shapes, along one forecast step."""
    spec, shapes = CATALOGUE["robust"], (2.0, 1.0, 0.0, -10.0)
    told = [evaluate(spec, {"alpha": shape, "c": 0.3}, {"y1": 0.5, "y2": 0.5}, points=FINE) for shape in shapes]
    row = int(np.argmin(np.abs(told[0].y - 0.5)))
    curves = [(one.x - 0.5, one.value[row] - one.value[row].min()) for one in told]
    canvas, names = Canvas(), [f"α = {shape:g}".replace("-", "−") for shape in shapes]
    _lines(canvas, curves, theme.RUNS, names, top=1.9)
    canvas.word("← too low · too high →", (WIDTH / 2 - 20, HEIGHT - 7), "middle", theme.both(theme.SOFT))
    far = np.array([0.5 + 1.2, 0.5])
    pulls = [_slope_at(one, far) for one in (told[0], told[-1])]
    alt = "Loss against the miss for four shapes: a parabola for α = 2, and a hole in a plain for α = −10."
    return canvas, alt, f"A miss of 1.2 pulls with a force of {pulls[0]:.1f} at α = 2 and of {pulls[1]:.2f} at α = −10."


def cross_entropy() -> Made:
    """Draw the cross entropy against smoothed labels, whose minimum lies short of the corner."""
    smoothing = 0.3
    told = evaluate(CATALOGUE["label-smoothing"], {"smoothing": smoothing}, plane="triangle", points=TRIANGLE)
    canvas, lowest = Canvas(), _lowest(told)
    box = _triangle(canvas, told)
    canvas.diamond(box.place(lowest))
    _corners(canvas, box, ["true class", "class 1", "class 2"], 0)
    share = lowest[1] / told.y[-1]
    alt = f"Loss over the probabilities of three classes, labels smoothed by {smoothing:g}: lowest at {share:.2f}."
    return (
        canvas,
        alt,
        f"Smoothed by {smoothing:g} it never wants to be sure: the lowest loss lies at {share:.2f}, not at 1.",
    )


def _full(told: Surface) -> Box:
    ends = ((float(axis[0]), float(axis[-1])) for axis in (told.x, told.y))
    return Box(0, 0, WIDTH, HEIGHT, *ends)


def _steepest(*told: Surface) -> float:
    return max(float(np.max(np.nan_to_num(np.hypot(one.slope_x, one.slope_y)))) for one in told)


def _span(*told: Surface) -> tuple[float, float]:
    return min(float(np.nanmin(one.value)) for one in told), max(float(np.nanmax(one.value)) for one in told)


def _nearest(told: Surface, at: Array) -> tuple[int, int]:
    return int(np.argmin(np.abs(told.y - at[1]))), int(np.argmin(np.abs(told.x - at[0])))


def _at(told: Surface, at: Array) -> float:
    return float(told.value[_nearest(told, at)])


def _slope_at(told: Surface, at: Array) -> float:
    place = _nearest(told, at)
    return float(np.hypot(told.slope_x[place], told.slope_y[place]))


def _lowest(told: Surface) -> Array:
    row, column = np.unravel_index(int(np.nanargmin(told.value)), told.value.shape)
    return np.array([told.x[column], told.y[row]])


def _target(told: Surface) -> Array:
    assert told.target, "the plane of this picture has its target within"
    return np.array(told.target)


def _downhill(told: Surface, points: Array, box: Box, *, log_length: bool = False) -> Array:
    """Return −gradient at points of shape (point, 2), in units of the picture; NaN outside the plane."""
    places = tuple(np.array([_nearest(told, at) for at in points]).T)
    slope = -np.stack([told.slope_x[places], told.slope_y[places]], axis=-1)
    if log_length:
        length = np.hypot(*slope.T)
        share = length / np.nanmax(length)
        slope *= (np.log1p(LOG_STEEPNESS * share) / np.maximum(length, 1e-300))[:, None]
    return slope * box.unit


def _field(canvas: Canvas, box: Box, told: Surface, limits: tuple[float, float], cells: tuple[int, int]) -> None:
    canvas.heat(box, told.value, limits)
    points = box.grid(*cells)
    canvas.arrows(box.place(points), _downhill(told, points, box), 0.92 * WIDTH / cells[0])


def _halves(told: Sequence[Surface], names: Sequence[str], limits: Sequence[tuple[float, float]]) -> Canvas:
    """Draw the left half of one surface and the right half of another, round a target in the middle."""
    canvas, whole, columns = Canvas(), _full(told[0]), told[0].x.size
    middle = columns // 2
    longest = _steepest(*told)
    for side, (one, name) in enumerate(zip(told, names, strict=True)):
        part = slice(0, middle + 1) if side == 0 else slice(middle, columns)
        ends = (float(one.x[part][0]), float(one.x[part][-1]))
        box = Box(side * WIDTH / 2, 0, WIDTH / 2, HEIGHT, ends, whole.y)
        canvas.heat(box, one.value[:, part], limits[side])
        points = box.grid(5, 7)
        canvas.arrows(box.place(points), _downhill(one, points, box), 0.85 * WIDTH / 10 * _steepest(one) / longest)
        canvas.label(name, (10 if side == 0 else WIDTH - 10, HEIGHT - 10), "start" if side == 0 else "end")
    for colour, width in ((theme.LABEL, 4.0), (theme.MARK, 1.6)):
        canvas.line(np.array([[WIDTH / 2, 0.0], [WIDTH / 2, HEIGHT]]), colour, width)
    canvas.ring(whole.place(_target(told[0])))
    return canvas


def _triangle(canvas: Canvas, told: Surface) -> Box:
    """Draw a loss over the probability triangle, with log colour and log arrows, and return its box."""
    height = SIDE * float(told.y[-1])
    box = Box((WIDTH - SIDE) / 2, (HEIGHT - height) / 2 + 2, SIDE, height, (0.0, 1.0), (0.0, float(told.y[-1])))
    x, y = np.moveaxis(box.centres() / (1.0, told.y[-1]), -1, 0)
    value = np.log1p(told.value)
    canvas.heat(box, value, (float(np.nanmin(value)), float(np.nanmax(value))), np.abs(x - 0.5) <= (1 - y) / 2)
    rows = [(0.5 + (i - (ROWS - 1 - j) / 2) / ROWS, (j + 0.4) / ROWS) for j in range(ROWS) for i in range(ROWS - j)]
    points = np.array(rows) * (1.0, told.y[-1])
    canvas.arrows(box.place(points), _downhill(told, points, box, log_length=True), 0.85 * SIDE / ROWS)
    canvas.line(box.place(CORNERS[[0, 1, 2, 0]]), theme.both(theme.FAINT), 1.4)
    return box


def _corners(canvas: Canvas, box: Box, names: Sequence[str], true: int) -> None:
    """Write the names of the corners beside them, that of the true class in bold."""
    sides = (((9, 9), "start"), ((-8, -1), "end"), ((8, -1), "start"))
    for place, (name, (shift, anchor)) in enumerate(zip(names, sides, strict=True)):
        tone = theme.both(theme.INK if place == true else theme.SOFT)
        canvas.word(name, box.place(CORNERS[place]) + shift, anchor, tone, bold=place == true)


def _lines(
    canvas: Canvas,
    curves: Sequence[tuple[Array, Array]],
    colours: Sequence[str],
    names: Sequence[str],
    top: float | None = None,
) -> Box:
    """Draw curves on one scale, each with its name at its right end; what lies above ``top`` is left out."""
    low = min(float(y.min()) for _, y in curves)
    high = top or max(float(y.max()) for _, y in curves)
    ends = (float(curves[0][0][0]), float(curves[0][0][-1]))
    box = Box(LINES.left, LINES.top, LINES.width - 44, LINES.height, ends, (low, high))
    canvas.line(np.array([[14.0, HEIGHT - 22], [WIDTH - 14, HEIGHT - 22]]), theme.both(theme.HAIRLINE), 1)
    for (x, y), colour, name in zip(curves, colours, names, strict=True):
        shown = y <= high
        points = box.place(np.stack([x, y], axis=-1)[shown])[::4]
        canvas.line(points, colour)
        x, y = points[-1]
        cut = not shown[-1]
        canvas.word(name, (x - 7, y + 7) if cut else (x + 6, y + 4), "end" if cut else "start", theme.both(theme.INK))
    return box
