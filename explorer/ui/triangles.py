"""The probability triangles of a loss, one for each true class, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from explorer import theme
from explorer.figures import triangle
from explorer.figures.frame import colour_strip, span, span_of_most
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.surface import Surface
from explorer.ui import cached, frame, plot
from explorer.ui.words import short

PLANE = "triangle"
POINTS = 121


def choose(names: Sequence[str], *, one: bool) -> list[int]:
    """Return the true classes whose triangles are drawn: all of them, or one that is asked for."""
    if not one:
        return list(range(len(names)))
    chosen = st.segmented_control("True class", names, default=names[0], required=True, key="triangle.one")
    return [names.index(chosen) if chosen in names else 0]


def draw(spec: LossSpec, values: Mapping[str, Value], names: Sequence[str], shown: Sequence[int]) -> None:
    """Draw the triangles of these true classes beside each other."""
    results = frame.attempt(lambda: [_surface(spec, values, i) for i in range(len(names))], theme.HEIGHT["triangle"])
    if results is None:
        return
    values_of = [result.value for result in results]
    limits = span_of_most(*values_of) or span(*values_of)
    for column, i in zip(st.columns(len(shown), gap="small"), shown, strict=True):
        row = values["weights"][i]
        subtitle = f"{spec.form} · W[{i}] = ({', '.join(short(entry) for entry in row)})"
        with column:
            figure = triangle.triangle(
                results[i],
                names=names,
                true_class=i,
                title=f"true {names[i]}",
                subtitle=subtitle,
                limits=limits,
                jumps=None if spec.smooth else triangle.borders(values["weights"], i),
            )
            plot.draw(figure, f"triangle-{i}", keep=spec.family)
    words = "→ −gradient, log length" + ("" if spec.smooth else " · ━ the loss jumps · ┄ no jump")
    st.html(f"<small>{colour_strip(*limits, log=True, clipped=True)} · {words}</small>")


def _surface(spec: LossSpec, values: Mapping[str, Value], true_class: int) -> Surface:
    return cached.surface(spec.key, values, {"true_class": str(true_class)}, PLANE, POINTS)
