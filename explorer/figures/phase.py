"""What was done between the epochs of a picture, as upright lines with their names."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from explorer import theme
from explorer.figures.frame import escaped


def marked(figure: go.Figure, phases: Sequence[tuple[float, str]]) -> go.Figure:
    """Return a picture over epochs with a line where each phase begins, and its name beside the line.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        As `explorer.figures.curve.curves` makes it.
    phases : sequence of tuple
        Epoch at which it begins, and what was done there.
    """
    line = {"color": theme.FAINT, "width": 1, "dash": "3px,3px"}
    upright = {"type": "line", "yref": "y domain", "y0": 0, "y1": 1, "line": line}
    word = {"yref": "y domain", "y": 1, "yanchor": "bottom", "xanchor": "left", "showarrow": False}
    font = {"size": theme.SMALL_SIZE, "color": theme.SOFT}
    shapes = [*figure.layout.shapes, *(upright | {"x0": epoch, "x1": epoch} for epoch, _ in phases)]
    notes = [
        *figure.layout.annotations,
        *(word | {"x": epoch, "text": escaped(name), "font": font} for epoch, name in phases),
    ]
    return figure.update_layout(shapes=shapes, annotations=notes)
