"""Two losses over one plane, one minus the other."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from explorer import theme
from explorer.figures.frame import blank, light, plain, span, span_in_words
from explorer.figures.mark import ring
from explorer.figures.plane import LABELS, bands, framed, hover
from explorer.surface import Surface


def difference(
    first: Surface, second: Surface, *, title: str = "A − B", subtitle: str, axes: tuple[str, str] = LABELS
) -> go.Figure:
    """Return the difference of two losses over one plane: blue where the first costs more, orange the second.

    Raises
    ------
    ValueError
        If the two do not share their nodes.
    """
    if not (np.array_equal(first.x, second.x) and np.array_equal(first.y, second.y)):
        raise ValueError("The difference of two losses needs both over the same nodes of one plane.")
    gap = first.value - second.value
    reach = max(map(abs, span(gap)))
    said = f"{subtitle} · {span_in_words(gap)} · dashed: no difference"
    alt = f"Difference of two losses, {plain(title, 80)}: {span_in_words(gap)}."
    draft = blank(title, said, kind="field", margin=theme.MARGIN["plane"], alt=alt)
    draft.add(
        type="contour",
        x=light(first.x),
        y=light(first.y),
        z=light(gap),
        colorscale=theme.DIFFERENCE_SCALE,
        hovertemplate=hover(axes).replace("loss", "A − B"),
        **bands(-reach, reach, 14),
    )
    zero = {"contours": {"type": "constraint", "operation": "=", "value": 0.0}, "hoverinfo": "skip"}
    line = {"color": theme.INK, "width": 1.5, "dash": "dash"}
    draft.add(type="contour", x=light(first.x), y=light(first.y), z=light(gap), line=line, showscale=False, **zero)
    if first.target:
        draft.add(**ring(*first.target, "target"))
    return framed(draft, first, axes)
