"""A colour bar centred under a square picture, however wide its column is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer import theme

BAR_ROOM = 28
LENGTH, THICKNESS = 120, 6


def bar(values: Sequence[float], words: Sequence[str]) -> dict[str, Any]:
    """Return the colour bar of a heat map or contour trace, with words under some values.

    Parameters
    ----------
    values : sequence of float
        Where a word stands, in the units of the trace.
    words : sequence of str
        As they are drawn: what a person typed must have been escaped.
    """
    return {
        "orientation": "h",
        "x": 0.5,
        "xanchor": "center",
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "xpad": 0,
        "ypad": 7,
        "lenmode": "pixels",
        "len": LENGTH,
        "thickness": THICKNESS,
        "outlinewidth": 0,
        "ticks": "",
        "tickmode": "array",
        "tickvals": list(values),
        "ticktext": list(words),
        "tickfont": {"size": theme.SMALL_SIZE, "color": theme.SOFT},
    }
