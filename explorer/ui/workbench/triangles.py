"""The probability triangles of a loss, one for each true class, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from explorer import theme
from explorer.figures import triangle
from explorer.figures.frame import colour_strip, span, span_of_most
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.surface import Surface
from explorer.ui import cached, frame, plot
from explorer.ui.words import plain, setting, short
from explorer.ui.workbench import probe
from explorer.ui.workbench.corner import Corners

POINTS = 121


def choose(corners: Corners, *, one: bool) -> list[int]:
    """Return the true classes whose triangles are drawn: those at the corners, or one that is asked for."""
    if not one:
        return list(corners.shown)
    chosen = st.segmented_control(
        "True class",
        corners.shown,
        default=corners.shown[0],
        format_func=lambda c: plain(corners.names[c]),
        required=True,
        key=f"triangle.one.{len(corners.names)}",
    )
    return [chosen if chosen in corners.shown else corners.shown[0]]


def draw(
    spec: LossSpec, values: Mapping[str, Value], corners: Corners, true_classes: Sequence[int], shares: Sequence[float]
) -> None:
    """Draw the triangles of these true classes beside each other, with the probe in each."""
    results = frame.attempt(
        lambda: [_surface(spec, values, corners, i) for i in corners.shown], theme.HEIGHT["triangle"]
    )
    if results is None:
        return
    limits = shared_limits(results)
    surfaces = dict(zip(corners.shown, results, strict=True))
    for place, (column, i) in enumerate(zip(st.columns(len(true_classes), gap="small"), true_classes, strict=True)):
        with column:
            figure = _figure(spec, values, corners, i, surfaces[i], limits, shares)
            key = f"triangle-{place}"
            plot.draw(figure, key, keep=spec.family, on_click=partial(probe.follow_click, key))
    legend(limits, jumps=not spec.smooth)


def legend(limits: tuple[float, float], *, jumps: bool) -> None:
    """Show what colours, arrows and lines of a row of triangles mean."""
    words = "→ −gradient, log length" + (" · ━ the loss jumps · ┄ no jump" if jumps else "") + " · ◎ probe"
    st.html(f"<small>{colour_strip(*limits, log=True, clipped=True)} · {words}</small>")


def shared_limits(results: Sequence[Surface]) -> tuple[float, float]:
    """Return the range that triangles beside each other share."""
    values = [result.value for result in results]
    return span_of_most(*values) or span(*values)


def _figure(
    spec: LossSpec,
    values: Mapping[str, Value],
    corners: Corners,
    true_class: int,
    result: Surface,
    limits: tuple[float, float],
    shares: Sequence[float],
) -> go.Figure:
    row = values["weights"][true_class]
    numbers = [f"W[{true_class}] = ({', '.join(short(entry) for entry in row)})", setting(spec.parameters, values)]
    return triangle.triangle(
        result,
        names=[corners.names[c] for c in corners.shown],
        true_class=corners.shown.index(true_class),
        title=f"true {corners.names[true_class]}",
        subtitle=" · ".join(filter(None, (spec.form, *numbers, corners.said))),
        limits=limits,
        jumps=None if spec.smooth else triangle.borders(values["weights"], true_class, corners.shown),
        probe=shares,
        centre=centre(spec, values, corners, true_class),
    )


def centre(spec: LossSpec, values: Mapping[str, Value], corners: Corners, true_class: int) -> str | None:
    """Return what the published form does where three classes tie."""
    if spec.key != "weighted-ce-published":
        return None
    weights = values["weights"][true_class]
    return f"3 winners: ×{short(sum(weights[c] for c in corners.shown))}"


def _surface(spec: LossSpec, values: Mapping[str, Value], corners: Corners, true_class: int) -> Surface:
    return cached.triangle(spec.key, values, len(corners.names), corners.scene(true_class), POINTS)
