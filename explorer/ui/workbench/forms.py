"""All forms of weighting beside plain cross entropy: small triangles on one scale, and slices between two corners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer import theme
from explorer.figures import line as pictures
from explorer.figures import triangle
from explorer.line import Line
from explorer.losses import CATALOGUE
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui import cached, catalogue, frame, plot
from explorer.ui.words import plain, setting, short
from explorer.ui.workbench import triangles
from explorer.ui.workbench.corner import CORNERS, Corners

PLAIN = CATALOGUE["cce"]
FORMS = (PLAIN, *(spec for spec in CATALOGUE.values() if catalogue.table_of(spec)))
NAMES = {spec.key: "plain CE" if spec is PLAIN else spec.form for spec in FORMS}
STYLES = {
    "cce": (theme.BASELINE, "solid"),
    "weighted-ce-published": (theme.A, "solid"),
    "weighted-ce-argmax": (theme.FOURTH, "4px,3px"),
    "weighted-ce-soft": (theme.B, "solid"),
    "expected-cost": (theme.THIRD, "solid"),
}
POINTS = 61


def of(spec: LossSpec, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return those values that a form takes."""
    return {parameter.name: values[parameter.name] for parameter in spec.parameters}


def draw(values: Mapping[str, Value], corners: Corners, shares: Sequence[float], *, phone: bool) -> None:
    """Draw every form for one true class."""
    names = corners.names
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        true_class = _one_class("true", corners, 0, "forms.true")
        first = _one_class("line from", corners, 0, "forms.from")
        last = _one_class("to", corners, len(corners.shown) - 1, "forms.to")
    if len(names) >= CORNERS:
        _triangles(values, corners, true_class, shares, phone=phone)
    if first == last:
        st.info("A line needs two different ends; choose another class for one of them.")
        return
    asked = [(spec.key, of(spec, values)) for spec in FORMS]
    result = frame.attempt(lambda: cached.line(asked, len(names), (first, last), true_class), theme.HEIGHT["line"])
    if result is not None:
        _line(result, values, names, (first, last), true_class)


def _one_class(label: str, corners: Corners, default: int, key: str) -> int:
    """Ask for one of the classes at the corners, with the label beside it."""
    st.markdown(label, width="content")
    chosen = st.segmented_control(
        label,
        corners.shown,
        default=corners.shown[default],
        format_func=lambda c: plain(corners.names[c]),
        required=True,
        key=f"{key}.{len(corners.names)}",
        label_visibility="collapsed",
        width="content",
    )
    return chosen if chosen in corners.shown else corners.shown[default]


def _triangles(
    values: Mapping[str, Value], corners: Corners, true_class: int, shares: Sequence[float], *, phone: bool
) -> None:
    """Draw a small triangle for each form, all on one scale."""
    scene, count = corners.scene(true_class), len(corners.names)

    def compute() -> list[Any]:
        return [cached.triangle(spec.key, of(spec, values), count, scene, POINTS) for spec in FORMS]

    results = frame.attempt(compute, theme.HEIGHT["small triangle"])
    if results is None:
        return
    limits = triangles.shared_limits(results)
    columns = (
        [place for _ in range(0, len(FORMS), 2) for place in st.columns(2, wrap=False)]
        if phone
        else st.columns(len(FORMS))
    )
    for spec, result, column in zip(FORMS, results, columns, strict=False):
        jumps = None if spec.smooth else triangle.borders(values["weights"], true_class, corners.shown)
        figure = triangle.triangle(
            result,
            names=[corners.names[c] for c in corners.shown],
            true_class=corners.shown.index(true_class),
            title=NAMES[spec.key],
            subtitle=setting(spec.parameters, values) or f"true {corners.names[true_class]}",
            limits=limits,
            jumps=jumps,
            probe=shares,
            centre=triangles.centre(spec, values, corners, true_class),
            small=True,
        )
        with column:
            plot.draw(figure, f"form-{spec.key}")
    triangles.legend(limits, jumps=True)


def _line(
    result: Line, values: Mapping[str, Value], names: Sequence[str], ends: tuple[int, int], true_class: int
) -> None:
    """Draw all forms between two corners; a form that jumps at the border is broken there."""
    curves = []
    for place, spec in enumerate(FORMS):
        colour, dash = STYLES[spec.key]
        below, above, tie = (float(part[place]) for part in (result.below, result.above, result.tie))
        jumps = not spec.smooth and not (abs(above - below) < 1e-6 * abs(tie) and abs(tie - below) < 1e-6 * abs(tie))
        jump_at, on_it = (((0.5, below, above),), (0.5, tie)) if jumps else ((), None)
        curves.append(pictures.LineCurve(NAMES[spec.key], colour, dash, result.value[place], jump_at, on_it))
    row = ", ".join(short(entry) for entry in values["weights"][true_class])
    beta = f" · β = {short(values['beta'])}" if "beta" in values else ""
    figure = pictures.line(
        result.t,
        curves,
        ends=(names[ends[0]], names[ends[1]]),
        title=f"true {names[true_class]}, from {names[ends[0]]} to {names[ends[1]]}",
        subtitle=f"W[{true_class}] = ({row}){beta} · ● on the border itself",
    )
    plot.draw(figure, "line")
