"""Two losses compared by number: a slice of each, one above the other, and the loss along each optimiser's way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from explorer import theme
from explorer.descent import Path
from explorer.figures.curve import Curve, curves
from explorer.figures.frame import Word, blank, escaped, plain, shown, span
from explorer.figures.plane import LABELS
from explorer.figures.slice import STACKED, TERMS, add_slice, set_axes
from explorer.surface import Surface


def versus(
    results: Sequence[tuple[str, str, Surface]],
    *,
    at: float,
    subtitle: str,
    axes: tuple[str, str] = LABELS,
    terms: tuple[str, str] = TERMS,
) -> go.Figure:
    """Return the slices of two losses along the first axis, one above the other on one scale.

    Parameters
    ----------
    results : sequence of (str, str, Surface)
        Name, colour and surface of the two, over the same nodes.
    at : float
        Where the second axis is cut.
    subtitle, axes, terms
        As for `explorer.figures.slice.slices`.
    """
    row = int(np.abs(results[0][2].y - at).argmin())
    low, high = span(*(result.value[row] for _, _, result in results), [0.0])
    legend = [Word("┊", theme.SOFT, "target"), Word("◆", theme.MINIMUM, "lowest")]
    if any(result.rest is not None for _, _, result in results):
        legend = [Word("■", theme.REST, terms[0]), Word("■", theme.PENALTY, terms[1]), *legend]
    title = f"Slice at {plain(axes[1])} = {shown(round(float(results[0][2].y[row]), 2))}"
    alt = f"{title}: {plain(results[0][0])} above {plain(results[1][0])}, along {plain(axes[0])}."
    margin = theme.MARGIN["plane"]
    draft = blank(title, subtitle, kind="field", margin=margin, alt=alt, legend=legend, lines=2)
    room = 0.08 * (high - low)
    for panel, (name, colour, result) in enumerate(results):
        suffix = "2" * panel
        rest = None if result.rest is None else result.rest[row]
        add_slice(draft, panel, result.x, result.value[row], rest, colour)
        set_axes(draft, panel, STACKED[panel], result.x, (low - room * (low < 0), high + room))
        head = {"text": escaped(name), "font": {"color": colour, "weight": 600}, "xref": "paper", "yref": "paper"}
        draft.note(**head, x=0.5, xanchor="center", y=STACKED[panel][1][1], yanchor="bottom")
        if result.target:
            ends = {"x0": result.target[0], "x1": result.target[0], "y0": 0, "y1": 1}
            dashed = {"color": theme.INK, "width": 1.2, "dash": "4px,3px"}
            draft.shape(type="line", xref=f"x{suffix}", yref=f"y{suffix} domain", line=dashed, **ends)
    return draft.figure()


def descents(paths: Sequence[tuple[str, str, Path]], *, steps: int, subtitle: str) -> go.Figure:
    """Return the loss after each step of each way.

    Parameters
    ----------
    paths : sequence of (str, str, Path)
        Name, colour and way.
    steps : int
        How many steps were asked for.
    subtitle : str
        Plain text: the optimizer and its settings.
    """
    runs = [Curve(name, colour, np.arange(path.loss.size), path.loss) for name, colour, path in paths]
    figure = curves(runs, planned_epochs=steps, title="Loss over steps", subtitle=subtitle)
    return figure.update_layout(height=theme.HEIGHT["field"], xaxis_title_text="step")
