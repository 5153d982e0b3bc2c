"""Training curves that grow into their room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.frame import Draft, Word, axis, blank, escaped, light, plain, shown, span

Array = NDArray[Any]

MOST_END_NAMES = 3
NAME_STEP = 14
LETTER = 6.0
NARROWEST = 210
NEAR_ZERO = 0.45
SMALL = {"size": theme.SMALL_SIZE, "color": theme.SOFT}


class Curve(NamedTuple):
    """One run's number after each epoch."""

    name: str
    colour: str
    epoch: Array
    value: Array
    dash: str = "solid"


def curves(
    histories: Sequence[Curve | tuple[Any, ...]],
    *,
    planned_epochs: int,
    baseline: tuple[float, str] | None = None,
    title: str,
    subtitle: str,
    terms: Sequence[Curve | tuple[Any, ...]] = (),
    named: bool = True,
) -> go.Figure:
    """Return a number after each epoch for several runs; the room is there before the curves are.

    Parameters
    ----------
    histories : sequence of Curve
        The runs, or tuples with a curve's fields; up to three are named at their end, more under the title.
    planned_epochs : int
        Where the axis ends from the start.
    baseline : tuple of float and str, optional
        A value to beat, and its name.
    title, subtitle : str
        Plain text: what is measured, and on which part.
    terms : sequence of Curve
        Terms of one run's loss, stacked from zero as fills, lowest first.
    named : bool
        Whether the runs are named; where pictures beside it name them by their colours, they need not be.
    """
    runs, parts = [Curve(*run) for run in histories], [Curve(*part) for part in terms]
    crowded = len(runs) > MOST_END_NAMES
    legend = [Word("■", part.colour, part.name) for part in parts]
    legend += [Word("━", run.colour, run.name) for run in runs if crowded and named]
    margin = theme.MARGIN["plane"] | {"t": 52}
    alt = _curves_in_words(title, runs)
    draft = blank(title, subtitle, kind="curves", margin=margin, alt=alt, legend=legend)
    if crowded:
        draft.layout["height"] += draft.layout["margin"]["t"] - margin["t"]
    floor = np.zeros(0)
    for place, part in enumerate(parts):
        floor = np.asarray(part.value) + (floor if place else 0.0)
        shade = {"fill": "tonexty" if place else "tozeroy", "fillcolor": theme.veil(part.colour), "line": {"width": 0}}
        draft.add(type="scatter", x=light(part.epoch), y=light(floor), mode="lines", hoverinfo="skip", **shade)
    heights = _heights([run.value for run in runs], floor, baseline)
    draft.layout |= {
        "xaxis": axis(
            range=(0, planned_epochs), nticks=5, showgrid=False, title={"text": "epoch", "standoff": 4, "font": SMALL}
        ),
        "yaxis": axis(range=heights, nticks=5),
    }
    if baseline:
        _add_baseline(draft, *baseline)
    for run in runs:
        _add_run(draft, run)
    if named and not crowded:
        _add_end_names(draft, runs, planned_epochs, heights)
    return draft.figure()


def _curves_in_words(title: str, runs: Sequence[Curve]) -> str:
    """Return the last value of each run, in words."""
    told = [
        f"{plain(run.name)} {shown(float(run.value[-1]))} after epoch {int(run.epoch[-1])}"
        for run in runs
        if np.size(run.value)
    ]
    return f"{plain(title, 80)} by epoch: {', '.join(told) or 'nothing yet'}."


def _heights(values: Sequence[Array], floor: Array, baseline: tuple[float, str] | None) -> tuple[float, float]:
    """Return the range of the vertical axis, from zero where the curves come near to it."""
    known: list[ArrayLike] = [*values, floor, [baseline[0]] if baseline else []]
    low, high = span(*known)
    if floor.size or 0 <= low < NEAR_ZERO * high:
        low = min(low, 0.0)
    room = 0.1 * (high - low)
    return (low - room * (low != 0), high + room)


def _add_baseline(draft: Draft, value: float, name: str) -> None:
    """Add a dashed line across the picture, with its name on it."""
    line = {"color": theme.BASELINE, "width": 1.4, "dash": "6px,5px"}
    draft.shape(type="line", x0=0, x1=1, xref="x domain", y0=value, y1=value, line=line)
    draft.note(
        text=escaped(name),
        x=1,
        xref="x domain",
        xanchor="right",
        y=value,
        yanchor="bottom",
        font={"color": theme.BASELINE, "size": theme.SMALL_SIZE},
    )


def _add_run(draft: Draft, run: Curve) -> None:
    """Add one run's line, with a dot at its live end."""
    if not np.size(run.value):
        return
    x, y = light(run.epoch), light(run.value)
    said = f"epoch %{{x}}: %{{y:.4g}}<extra>{escaped(run.name)}</extra>"
    line = {"color": run.colour, "width": 2, "dash": run.dash}
    dot = {"size": 8, "color": run.colour, "line": {"color": theme.PAGE, "width": 1.5}}
    draft.add(type="scatter", x=x, y=y, mode="lines", line=line, hovertemplate=said)
    draft.add(type="scatter", x=x[-1:], y=y[-1:], mode="markers", marker=dot, cliponaxis=False, hoverinfo="skip")


def _add_end_names(draft: Draft, runs: Sequence[Curve], planned_epochs: int, heights: tuple[float, float]) -> None:
    """Add each run's name at its end, moved apart where two would lie on one another."""
    ended = sorted(
        (run for run in runs if np.size(run.value) and np.isfinite(run.value[-1])), key=lambda run: -run.value[-1]
    )
    margin = draft.layout["margin"]
    pixels = (draft.layout["height"] - margin["t"] - margin["b"]) / (heights[1] - heights[0])
    taken = -np.inf
    for place, run in enumerate(ended):
        down = (heights[1] - float(run.value[-1])) * pixels
        free = (1 - float(run.epoch[-1]) / planned_epochs) * (NARROWEST - 40)
        beside = free > LETTER * len(plain(run.name)) + 10
        wish = down if beside else down + (-11 if place == 0 else 11)
        taken = max(wish, taken + NAME_STEP)
        draft.note(
            text=escaped(run.name),
            x=float(run.epoch[-1]),
            y=float(run.value[-1]),
            xanchor="left" if beside else "right",
            xshift=7 if beside else 3,
            yshift=down - taken,
            font={"color": run.colour, "size": theme.SMALL_SIZE, "weight": 600},
        )
