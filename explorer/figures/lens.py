"""What averaging over a batch does: to one sample's gradient, to the penalty, and to training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.frame import LINE_STEP, Draft, Word, axis, blank, escaped, light, plain, shown, span
from explorer.figures.tradeoff import ramp
from explorer.training.lens import UPDATES, Course, Lens

Array = NDArray[np.float64]

USUAL = 32
FADED = 0.28
FALL = 0.1  # of the updates: how long a training may fall from above the picture
SMALL = {"size": theme.SMALL_SIZE, "color": theme.SOFT}


class Strand(NamedTuple):
    """One number of each draw by batch size: its name, its colour, and the values (size, draw)."""

    name: str
    colour: str
    value: Array


class Score(NamedTuple):
    """What a training is judged by: its name, what it is multiplied with, and the sign after it."""

    name: str
    factor: float = 1
    suffix: str = ""


SCORES = {
    "rmse": Score("RMSE"),
    "direction": Score("directions right", 100, " %"),
    "rest": Score("loss without its penalty"),
    "penalty": Score("penalty"),
}


def gradients(lens: Lens, *, title: str | None = None, subtitle: str | None = None) -> go.Figure:
    """Return how much one sample decides of the step of a batch, by its size: length and direction.

    Parameters
    ----------
    lens : Lens
        The gradients; the trainings are not needed.
    title, subtitle : str, optional
        Plain text; without them, the question and the answer at the usual batch size.
    """
    length = Strand("its part of the length", theme.A, lens.own)
    cosine = Strand("cosine to the batch", theme.B, lens.cosine)
    at = max(0, int(np.searchsorted(lens.size, USUAL, side="right")) - 1)
    share, angle = _median(lens.own)[at], _median(lens.cosine)[at]
    title = title or f"What one sample’s gradient is worth in a batch of {lens.size[at]}"
    answer = f"{_percent(share)} of the length, cosine {_number(angle)}"
    return _by_size(lens.size, [length, cosine], title, answer if subtitle is None else subtitle)


def penalties(lens: Lens, *, title: str | None = None, subtitle: str | None = None) -> go.Figure:
    """Return the penalty's share of the gradient by batch size, at the initial weights and after training.

    Parameters
    ----------
    lens : Lens
        Sizes whose training is not done have no share after it.
    title, subtitle : str, optional
        Plain text; without them, the question and the answer for the smallest and the largest batch.
    """
    before = Strand("before training", theme.BASELINE, lens.penalty_before)
    after = Strand("after training", theme.PENALTY, lens.penalty_after)
    ends = _median(lens.penalty_before)[[0, -1]]
    answer = f"before: {_percent(ends[0])} in a batch of {lens.size[0]}, {_percent(ends[1])} of {lens.size[-1]}"
    title = title or "How much of the gradient is the penalty’s"
    return _by_size(lens.size, [before, after], title, answer if subtitle is None else subtitle)


def updates(
    courses: Sequence[Course],
    *,
    score: str = "rmse",
    planned: int = UPDATES,
    baseline: tuple[float, str] | None = None,
    title: str | None = None,
    subtitle: str = "validation part, equal numbers of updates",
) -> go.Figure:
    """Return a score of trainings with several batch sizes by the updates that were made.

    Parameters
    ----------
    courses : sequence of Course
        The trainings that are done.
    score : str
        "rmse", "direction", "rest" or "penalty".
    planned : int
        Where the axis ends at least.
    baseline : tuple of float and str, optional
        A value to beat, in the units of the data, and its name.
    title, subtitle : str
        Plain text.

    Notes
    -----
    What lies above the picture in the first tenth of the updates is not shown: trainings begin far off.
    """
    measure = SCORES[score]
    title = title or f"{measure.name[0].upper()}{measure.name[1:]} with each batch size"
    runs = [(course, measure.factor * getattr(course, score)) for course in courses]
    order = sorted({course.size for course in courses})
    colours = [ramp(order.index(course.size) / max(1, len(order) - 1)) for course in courses]
    told = [f"batches of {c.size} {_number(y[-1])} after {c.update[-1]}" for c, y in runs]
    alt = f"{plain(title, 80)}, {measure.name} by update: {', '.join(told) or 'nothing yet'}."
    legend = [Word("━", colour, f"batch {run.size}") for run, colour in zip(courses, colours, strict=True)]
    draft = _blank(title, subtitle, alt, legend)
    end = max([planned, *(int(course.update[-1]) for course in courses)])
    level = [[measure.factor * baseline[0]]] if baseline else []
    low, high = span(*(y[(c.update > FALL * end) | (c.update == c.update[-1])] for c, y in runs), *level, [])
    room = 0.08 * (high - low)
    for (course, y), colour in zip(runs, colours, strict=True):
        _add_course(draft, course, y, colour, measure.suffix)
    if baseline:
        _add_baseline(draft, level[0][0], baseline[1])
    across = axis(range=(0, end), nticks=5, showgrid=False, title=_named("update"))
    return draft.figure(xaxis=across, yaxis=axis(range=(low - room, high + room), nticks=5, ticksuffix=measure.suffix))


def _blank(title: str, subtitle: str, alt: str, legend: Sequence[Word]) -> Draft:
    """Return a draft with room for two lines under its title, so that all of a row are alike."""
    margin = theme.MARGIN["plane"] | {"t": 52 + LINE_STEP}
    return blank(title, subtitle, kind="slices", margin=margin, alt=alt, legend=legend, lines=2)


def _by_size(size: NDArray[np.int64], strands: Sequence[Strand], title: str, subtitle: str) -> go.Figure:
    """Return medians over the draws by batch size, the sizes one step apart, with all draws as faded points."""
    told = [
        f"{strand.name} {', '.join(f'{_number(y)} in {n}' for y, n in zip(_median(strand.value), size, strict=True))}"
        for strand in strands
    ]
    draws = strands[0].value.shape[1]
    alt = f"{plain(title, 80)}, medians of {draws} samples by batch size: {'; '.join(told)}."
    draft = _blank(title, subtitle, alt, [Word("━", strand.colour, strand.name) for strand in strands])
    step = np.arange(size.size)
    for strand in strands:
        _add_draws(draft, step, strand)
    for strand in strands:
        _add_median(draft, step, strand)
    low, high = span(*(strand.value for strand in strands), [0.0])
    room = 0.08 * (high - low)
    names = {"tickvals": step.tolist(), "ticktext": [f"{count:,}" for count in size]}
    across = axis(range=(-0.4, size.size - 0.6), showgrid=False, title=_named("samples in the batch"), **names)
    upward = axis(range=(low - room, high + room), nticks=5, zeroline=True, zerolinecolor=theme.FAINT)
    return draft.figure(xaxis=across, yaxis=upward)


def _add_draws(draft: Draft, step: NDArray[Any], strand: Strand) -> None:
    """Add a faded point for each draw."""
    x = np.broadcast_to(step[:, None], strand.value.shape)
    dots = {"size": 4, "color": strand.colour, "opacity": FADED, "line": {"width": 0}}
    place = {"x": light(x.ravel()), "y": light(strand.value.ravel())}
    draft.add(type="scatter", mode="markers", marker=dots, hoverinfo="skip", **place)


def _add_median(draft: Draft, step: NDArray[Any], strand: Strand) -> None:
    """Add a line through the medians."""
    draft.add(
        type="scatter",
        x=light(step),
        y=light(_median(strand.value)),
        mode="lines+markers",
        line={"color": strand.colour, "width": 2},
        marker={"size": 7, "color": strand.colour, "line": {"color": theme.PAGE, "width": 1.5}},
        hovertemplate=f"median %{{y:.3g}}<extra>{escaped(strand.name)}</extra>",
    )


def _add_course(draft: Draft, course: Course, y: Array, colour: str, suffix: str) -> None:
    """Add a line with a dot at its end."""
    said = f"update %{{x}}: %{{y:.4g}}{suffix}<extra>batches of {course.size}</extra>"
    across, upward = light(course.update), light(y)
    dot = {"size": 8, "color": colour, "line": {"color": theme.PAGE, "width": 1.5}}
    draft.add(
        type="scatter", x=across, y=upward, mode="lines", line={"color": colour, "width": 1.5}, hovertemplate=said
    )
    place = {"x": across[-1:], "y": upward[-1:]}
    draft.add(type="scatter", mode="markers", marker=dot, cliponaxis=False, hoverinfo="skip", **place)


def _add_baseline(draft: Draft, value: float, name: str) -> None:
    """Add a dashed line across the picture, with its name on it."""
    line = {"color": theme.BASELINE, "width": 1.4, "dash": "6px,5px"}
    draft.shape(type="line", x0=0, x1=1, xref="x domain", y0=value, y1=value, line=line)
    font = {"color": theme.BASELINE, "size": theme.SMALL_SIZE}
    place = {"x": 1, "xref": "x domain", "xanchor": "right", "y": value, "yanchor": "bottom"}
    draft.note(text=escaped(name), font=font, **place)


def _median(value: Array) -> Array:
    """Return the median of each size's finite draws, NaN where there are none."""
    return np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan for row in value])


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if np.isfinite(share) else "–"


def _number(value: float) -> str:
    return shown(value) if np.isfinite(value) else "–"


def _named(text: str) -> dict[str, Any]:
    return {"text": text, "standoff": 4, "font": SMALL}
