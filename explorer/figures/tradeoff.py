"""Error against right directions: what the weight of a penalty buys, over many seeds."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.callout import LETTER, Box, Callout, Room, add_callouts, room
from explorer.figures.frame import Draft, axis, blank, escaped, light, plain, shown, span, upright
from explorer.figures.frontier import Centre, Cloud, centre

Array = NDArray[np.float64]

FADED = 0.4
RAMP = (theme.A, theme.PENALTY, theme.B)
ANCHOR = "MSE, λ = 0"
COIN = 50
STEP = 16
DASH = "6px,5px"


class Point(NamedTuple):
    """What one weight of the penalty reached with each seed; NaN where a run broke down.

    Attributes
    ----------
    lambda_ : float
        The weight, 0 or more; at 0 the loss is the mean squared error.
    rmse : ndarray of shape (seed,)
        In the units of the data.
    direction : ndarray of shape (seed,)
        Share of right directions, 0 to 1.
    """

    lambda_: float
    rmse: Array
    direction: Array


class Level(NamedTuple):
    """The error of a forecast that needs no training, and its name."""

    name: str
    rmse: float


def tradeoff(
    points: Sequence[Point],
    *,
    baselines: Sequence[Level] = (),
    title: str,
    subtitle: str,
    unit: str = "",
    width: int = 620,
) -> go.Figure:
    """Return clouds of seeds over direction and error, one a weight, with their means joined in the order of weights.

    Parameters
    ----------
    points : sequence of Point
        One a weight, in any order.
    baselines : sequence of Level
        Errors to beat: dashed lines; at the edge, with an arrow, where they would press everything else together.
    title, subtitle : str
        Plain text: which form was trained, how often, on what.
    unit : str
        What the error is measured in.
    width : int
        About how wide it will be drawn, in pixels: names move apart where they would meet.
    """
    clouds = _clouds(points)
    drawn = [(cloud, middle) for cloud in clouds if (middle := centre(cloud)).runs]
    margin = theme.MARGIN["plane"] | {"t": 68, "l": 40, "r": 14}
    draft = blank(title, subtitle, kind="frontier", margin=margin, alt=_sentence(title, clouds, drawn, baselines))
    inside = room(draft, *_ranges([cloud for cloud, _ in drawn], [level.rmse for level in baselines]), width)
    if inside.across[0] < COIN < inside.across[1]:
        _add_coin(draft)
    taken = _add_baselines(draft, baselines, inside)
    names = [Callout(c.name, c.colour, float(100 * m.mean[0]), float(m.mean[1])) for c, m in drawn]
    path = {"x": light([name.x for name in names]), "y": light([name.y for name in names])}
    draft.add(type="scatter", mode="lines", line={"color": theme.FAINT, "width": 1.2}, hoverinfo="skip", **path)
    for cloud, _ in drawn:
        _add_cloud(draft, cloud)
    for cloud, middle in reversed(drawn):
        _add_mean(draft, cloud, middle)
    seeds = np.concatenate([np.zeros((0, 2)), *(np.stack([100 * c.accuracy, c.cost], axis=1) for c, _ in drawn)])
    add_callouts(draft, names, inside, taken, seeds[np.isfinite(seeds).all(axis=1)])
    draft.note(**upright(f"RMSE, {plain(unit, 20)}" if unit else "RMSE"))
    draft.note(text="better ↘", x=1, y=0, xref="paper", yref="paper", xanchor="right", yanchor="bottom")
    name = {"text": "directions right", "standoff": 4, "font": {"size": 12, "color": theme.SOFT}}
    across = axis(range=inside.across, title=name, ticksuffix=" %")
    return draft.figure(xaxis=across, yaxis=axis(range=inside.upward, nticks=5))


def ramp(place: float) -> str:
    """Return the colour at a place from 0 to 1 of an order that is not a loss: weights, sizes."""
    at = min(max(place, 0.0), 1.0) * (len(RAMP) - 1)
    below = min(int(at), len(RAMP) - 2)
    ends = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in RAMP[below : below + 2]])
    mixed = ends[0] + (at - below) * (ends[1] - ends[0])
    return "#" + "".join(f"{round(part):02X}" for part in mixed)


def _clouds(points: Sequence[Point]) -> list[Cloud]:
    """Return one cloud a weight, from small to large, coloured by the logarithm of the weight."""
    ordered = sorted(points, key=lambda point: point.lambda_)
    logs = [log(point.lambda_) for point in ordered if point.lambda_ > 0]
    low, high = (logs[0], logs[-1]) if logs else (0.0, 0.0)
    return [
        Cloud(
            f"λ = {shown(point.lambda_)}" if point.lambda_ > 0 else ANCHOR,
            ramp((log(point.lambda_) - low) / (high - low) * 0.8 + 0.2 if high > low else 1) if point.lambda_ > 0
            else theme.A,
            "circle" if point.lambda_ > 0 else "square",
            np.asarray(point.direction, dtype=np.float64),
            np.asarray(point.rmse, dtype=np.float64),
        )
        for point in ordered
    ]  # fmt: skip


def _ranges(clouds: Sequence[Cloud], levels: Sequence[float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of both axes: all seeds, and the baselines that lie at most as far away as the seeds reach."""
    known = [np.isfinite(cloud.accuracy) & np.isfinite(cloud.cost) for cloud in clouds]
    left, right = span(*(100 * cloud.accuracy[kept] for cloud, kept in zip(clouds, known, strict=True)), [])
    costs = [cloud.cost[kept] for cloud, kept in zip(clouds, known, strict=True)] or [np.array(levels)]
    low, high = span(*costs)
    near = [level for level in levels if 2 * low - high <= level <= 2 * high - low]
    low, high = span([low, high], near)
    return _roomy(left, right), _roomy(low, high)


def _roomy(low: float, high: float) -> tuple[float, float]:
    room = 0.1 * (high - low)
    return low - room, high + room


def _add_coin(draft: Draft) -> None:
    """Add where half of the directions are right."""
    line = {"color": theme.BASELINE, "width": 1.2, "dash": DASH}
    draft.shape(type="line", x0=COIN, x1=COIN, y0=0, y1=1, yref="paper", line=line, layer="below")
    font = {"color": theme.BASELINE, "size": theme.SMALL_SIZE}
    draft.note(text="coin", x=COIN, y=0, yref="paper", xanchor="left", yanchor="bottom", xshift=2, font=font)


def _add_baselines(draft: Draft, baselines: Sequence[Level], inside: Room) -> list[Box]:
    """Add a dashed line with its name for each baseline in sight, an arrow for the others; return where names are."""
    low, high = inside.upward
    taken: list[Box] = []
    for level in sorted((level for level in baselines if np.isfinite(level.rmse)), key=lambda level: -level.rmse):
        seen = low <= level.rmse <= high
        text = f"{plain(level.name)} {shown(level.rmse)}{'' if seen else ' ↑' if level.rmse > high else ' ↓'}"
        line_at = inside.pixel(0, min(max(level.rmse, low), high))[1]
        above = min(max(line_at - STEP, 0.0), inside.height - STEP)
        top = above if all(box[3] <= above for box in taken) else max(line_at + 1, taken[-1][3])
        if seen:
            line = {"color": theme.BASELINE, "width": 1.4, "dash": DASH}
            draft.shape(type="line", x0=0, x1=1, xref="paper", y0=level.rmse, y1=level.rmse, line=line, layer="below")
        taken.append((inside.width - LETTER * len(text), top, inside.width, top + STEP))
        draft.note(
            text=escaped(text, 60),
            x=1,
            xref="paper",
            xanchor="right",
            y=1,
            yref="paper",
            yanchor="top",
            yshift=-top,
            font={"color": theme.BASELINE, "size": theme.SMALL_SIZE},
        )
    return taken


def _add_cloud(draft: Draft, cloud: Cloud) -> None:
    """Add a small faded mark for each seed."""
    draft.add(
        type="scatter",
        x=light(100 * cloud.accuracy),
        y=light(cloud.cost),
        mode="markers",
        marker={"symbol": cloud.symbol, "size": 6, "color": cloud.colour, "opacity": FADED, "line": {"width": 0}},
        hovertemplate=f"%{{x:.1f}} %, RMSE %{{y:.4g}}<extra>{escaped(cloud.name)}</extra>",
    )


def _add_mean(draft: Draft, cloud: Cloud, middle: Centre) -> None:
    """Add a larger mark; hovering over it tells the spread."""
    (direction, rmse), (wide, tall) = middle.mean, middle.deviation
    spread = (f" ± {100 * wide:.1f}", f" ± {shown(tall)}") if middle.runs > 1 else ("", "")
    said = f"mean of {middle.runs}: {100 * direction:.1f}{spread[0]} %, RMSE {shown(rmse)}{spread[1]}"
    edge = {"color": theme.PAGE, "width": 1.5}
    draft.add(
        type="scatter",
        x=light([100 * direction]),
        y=light([rmse]),
        mode="markers",
        marker={"symbol": cloud.symbol, "size": 11, "color": cloud.colour, "line": edge},
        hovertemplate=f"{said}<extra>{escaped(cloud.name)}</extra>",
    )


def _sentence(
    title: str, clouds: Sequence[Cloud], drawn: Sequence[tuple[Cloud, Centre]], baselines: Sequence[Level]
) -> str:
    """Return where the means lie, in words, and how many runs are left out."""
    told = [f"{c.name}: {shown(float(m.mean[1]))} at {100 * m.mean[0]:.1f} %" for c, m in drawn]
    told += [f"{plain(level.name)}: {shown(level.rmse)}" for level in baselines if np.isfinite(level.rmse)]
    lost = sum(np.size(cloud.cost) for cloud in clouds) - sum(middle.runs for _, middle in drawn)
    left_out = f"; {lost} {'run' if lost == 1 else 'runs'} without a finite result left out" if lost else ""
    return f"{plain(title, 80)}, mean RMSE at directions right: {', '.join(told) or 'nothing yet'}{left_out}."
