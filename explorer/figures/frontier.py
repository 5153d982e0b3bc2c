"""Cost against accuracy: what each form of a loss reaches over many seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.callout import Box, Callout, Room, add_callouts, room
from explorer.figures.frame import Draft, axis, blank, escaped, light, plain, shown, upright

Array = NDArray[np.float64]

FADED = 0.4


class Cloud(NamedTuple):
    """What one form reached with each seed; NaN where a run broke down.

    Attributes
    ----------
    name, colour, symbol : str
        How it is drawn; ``symbol`` is one of Plotly's, such as "circle" or "diamond".
    accuracy : ndarray of shape (seed,)
        Between 0 and 1.
    cost : ndarray of shape (seed,)
        Mean cost of an answer.
    """

    name: str
    colour: str
    symbol: str
    accuracy: Array
    cost: Array


class Centre(NamedTuple):
    """Mean and standard deviation of a cloud, accuracy first, and how many of its runs they rest on."""

    mean: Array
    deviation: Array
    runs: int


def frontier(
    clouds: Sequence[Cloud], *, title: str, subtitle: str, cost_name: str = "mean cost", width: int = 460
) -> go.Figure:
    """Return clouds of seeds over accuracy and cost, their means with one standard deviation, and the front.

    Parameters
    ----------
    clouds : sequence of Cloud
        The forms.
    title, subtitle : str
        Plain text: what was trained, how often, on what.
    cost_name : str
        Name of the vertical axis.
    width : int
        About how wide it will be drawn, in pixels: names move apart where they would meet.

    Notes
    -----
    A dashed line joins the means that no other mean beats in both.
    """
    drawn = [(cloud, middle) for cloud in clouds if (middle := centre(cloud)).runs]
    margin = theme.MARGIN["plane"] | {"t": 68, "l": 40, "r": 14}
    draft = blank(title, subtitle, kind="frontier", margin=margin, alt=_sentence(title, clouds, drawn))
    across, upward = _reach([100 * cloud.accuracy for cloud in clouds]), _reach([cloud.cost for cloud in clouds])
    best = front([middle.mean for _, middle in drawn])
    if len(best) > 1:
        ends = np.stack([drawn[place][1].mean for place in best])
        line = {"color": theme.SOFT, "width": 1.2, "dash": "4px,4px"}
        draft.add(
            type="scatter", x=light(100 * ends[:, 0]), y=light(ends[:, 1]), mode="lines", line=line, hoverinfo="skip"
        )
    for cloud, _ in drawn:
        _add_cloud(draft, cloud)
    for cloud, middle in drawn:
        _add_mean(draft, cloud, middle)
    inside = room(draft, across, upward, width)
    names = [Callout(c.name, c.colour, float(100 * m.mean[0]), float(m.mean[1])) for c, m in drawn]
    add_callouts(draft, names, inside, _whiskers(drawn, inside))
    draft.note(**upright(cost_name))
    draft.note(text="better ↘", x=1, y=0, xref="paper", yref="paper", xanchor="right", yanchor="bottom")
    name = {"text": "accuracy", "standoff": 4, "font": {"size": 12, "color": theme.SOFT}}
    return draft.figure(xaxis=axis(range=across, title=name, ticksuffix=" %"), yaxis=axis(range=upward, nticks=5))


def centre(cloud: Cloud) -> Centre:
    """Return mean and standard deviation over the runs that did not break down."""
    pairs = np.stack([cloud.accuracy, cloud.cost]).astype(np.float64)
    known = pairs[:, np.isfinite(pairs).all(axis=0)]
    runs = known.shape[1]
    if not runs:
        return Centre(np.full(2, np.nan), np.full(2, np.nan), 0)
    return Centre(known.mean(axis=1), known.std(axis=1, ddof=1) if runs > 1 else np.zeros(2), runs)


def front(means: Sequence[ArrayLike]) -> list[int]:
    """Return which of several (accuracy, cost) no other one beats: as good in both and better in one; by accuracy."""
    pairs = [(float(a), float(c)) for a, c in (np.asarray(mean) for mean in means)]
    kept = [
        place
        for place, (a, c) in enumerate(pairs)
        if not any(oa >= a and oc <= c and (oa, oc) != (a, c) for oa, oc in pairs)
    ]
    return sorted(kept, key=lambda place: pairs[place])


def _reach(values: Sequence[Array]) -> tuple[float, float]:
    """Return the range of an axis around all finite values, with room for marks."""
    known = np.concatenate([np.zeros(0), *(np.ravel(part)[np.isfinite(np.ravel(part))] for part in values)])
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    room = 0.08 * (high - low) or max(abs(high), 1.0) * 0.05
    return low - room, high + room


def _add_cloud(draft: Draft, cloud: Cloud) -> None:
    """Add a small faded mark for each run."""
    draft.add(
        type="scatter",
        x=light(100 * cloud.accuracy),
        y=light(cloud.cost),
        mode="markers",
        marker={"symbol": cloud.symbol, "size": 6, "color": cloud.colour, "opacity": FADED, "line": {"width": 0}},
        hovertemplate=f"%{{x:.1f}} %, cost %{{y:.4g}}<extra>{escaped(cloud.name)}</extra>",
    )


def _add_mean(draft: Draft, cloud: Cloud, middle: Centre) -> None:
    """Add a larger mark with whiskers of one standard deviation."""
    (accuracy, cost), (wide, tall) = middle.mean, middle.deviation
    said = (
        f"mean of {middle.runs}: {100 * accuracy:.1f} ± {100 * wide:.1f} %, cost {shown(cost)} ± {shown(tall)}"
        f"<extra>{escaped(cloud.name)}</extra>"
    )
    whisker = {"color": cloud.colour, "thickness": 1.4, "width": 3, "visible": middle.runs > 1}
    draft.add(
        type="scatter",
        x=light([100 * accuracy]),
        y=light([cost]),
        mode="markers",
        marker={
            "symbol": cloud.symbol, "size": 12, "color": cloud.colour, "line": {"color": theme.PAGE, "width": 1.5}
        },
        error_x=whisker | {"array": light([100 * wide])},
        error_y=whisker | {"array": light([tall])},
        hovertemplate=said,
    )  # fmt: skip


def _whiskers(drawn: Sequence[tuple[Cloud, Centre]], inside: Room) -> list[Box]:
    """Return where the deviations are drawn: names keep off them."""
    taken: list[Box] = []
    for _, middle in drawn:
        (accuracy, cost), (wide, tall) = middle.mean, middle.deviation
        left, top = inside.pixel(100 * (accuracy - wide), cost + tall)
        right, bottom = inside.pixel(100 * (accuracy + wide), cost - tall)
        x, y = inside.pixel(100 * accuracy, cost)
        taken += [(left, y - 1, right, y + 1), (x - 1, top, x + 1, bottom)]
    return taken


def _sentence(title: str, clouds: Sequence[Cloud], drawn: Sequence[tuple[Cloud, Centre]]) -> str:
    """Return where the means lie, in words, and how many runs are left out."""
    told = [f"{plain(c.name)} {100 * m.mean[0]:.1f} % at cost {shown(float(m.mean[1]))}" for c, m in drawn]
    lost = sum(np.size(cloud.cost) for cloud in clouds) - sum(middle.runs for _, middle in drawn)
    left_out = f"; {lost} {'run' if lost == 1 else 'runs'} without a finite result left out" if lost else ""
    return f"{plain(title, 80)}, mean accuracy and cost: {', '.join(told) or 'nothing yet'}{left_out}."
