"""Cost against accuracy: what each form of a loss reaches over many seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.frame import Draft, axis, blank, escaped, light, plain, shown, upright

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]

FADED = 0.4
LETTER = 6.6
LINE = 15
AWAY = ((6, -14), (6, 14), (-6, -14), (-6, 14))
HALO = f"0 0 3px {theme.PAGE}, 0 0 2px {theme.PAGE}, 0 0 1px {theme.PAGE}"
FARTHER = 17
ROUNDS = 6


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
    _add_names(draft, drawn, across, upward, width)
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


def _add_names(
    draft: Draft,
    drawn: Sequence[tuple[Cloud, Centre]],
    across: tuple[float, float],
    upward: tuple[float, float],
    width: int,
) -> None:
    """Add each form's name beside its mean; farther away, on a thin line, where something is in the way."""
    margin = draft.layout["margin"]
    scale = (width - margin["l"] - margin["r"]) / (across[1] - across[0])
    step = (draft.layout["height"] - margin["t"] - margin["b"]) / (upward[1] - upward[0])
    room = ((across[1] - across[0]) * scale, (upward[1] - upward[0]) * step)
    taken: list[Box] = []
    spots = []
    for _, middle in drawn:
        x, y = (100 * middle.mean[0] - across[0]) * scale, (upward[1] - middle.mean[1]) * step
        wide, tall = 100 * middle.deviation[0] * scale, middle.deviation[1] * step
        spots.append((x, y))
        taken += [(x - 8, y - 8, x + 8, y + 8), (x - wide, y - 1, x + wide, y + 1), (x - 1, y - tall, x + 1, y + tall)]
    for (cloud, middle), (x, y) in zip(drawn, spots, strict=True):
        length = len(plain(cloud.name)) * LETTER
        dx, dy = _free(x, y, length, taken, room)
        taken.append(_box(x, y, length, dx, dy))
        draft.note(
            text=escaped(cloud.name),
            x=float(100 * middle.mean[0]),
            y=float(middle.mean[1]),
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=theme.veil(cloud.colour, 0.6) if abs(dy) > LINE else theme.CLEAR,
            ax=dx,
            ay=dy,
            xanchor="left" if dx > 0 else "right",
            standoff=6,
            borderpad=0,
            font={"color": cloud.colour, "size": 12, "weight": 600, "shadow": HALO},
        )


def _free(x: float, y: float, width: float, taken: Sequence[Box], room: tuple[float, float]) -> tuple[float, float]:
    """Return how far from its mean, in pixels, a name has room of its own."""
    for farther in range(ROUNDS):
        for dx, dy in AWAY:
            moved = dy + np.sign(dy) * FARTHER * farther
            box = _box(x, y, width, dx, moved)
            inside = box[0] >= 0 and box[2] <= room[0] and box[1] >= -LINE and box[3] <= room[1]
            if inside and not any(_overlap(box, other) for other in taken):
                return dx, float(moved)
    return AWAY[0]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(x: float, y: float, width: float, dx: float, dy: float) -> Box:
    """Return left, top, right and bottom of a name in pixels."""
    left = x + dx if dx > 0 else x + dx - width
    return left, y + dy - LINE / 2, left + width, y + dy + LINE / 2


def _sentence(title: str, clouds: Sequence[Cloud], drawn: Sequence[tuple[Cloud, Centre]]) -> str:
    """Return where the means lie, in words, and how many runs are left out."""
    told = [f"{plain(c.name)} {100 * m.mean[0]:.1f} % at cost {shown(float(m.mean[1]))}" for c, m in drawn]
    lost = sum(np.size(cloud.cost) for cloud in clouds) - sum(middle.runs for _, middle in drawn)
    left_out = f"; {lost} {'run' if lost == 1 else 'runs'} without a finite result left out" if lost else ""
    return f"{plain(title, 80)}, mean accuracy and cost: {', '.join(told) or 'nothing yet'}{left_out}."
