"""Choosing a loss, its form, its plane and its presets, and reading its formula and its code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

import streamlit as st

from explorer.parameters import Choice, Number, Table, Value
from explorer.spec import LossSpec, Plane, Preset
from explorer.ui import controls
from explorer.ui.link_button import link_button


def prefix(spec: LossSpec) -> str:
    """Return the name of the family in links: all forms of a family share their controls."""
    return re.sub(r"[^a-z0-9]+", "-", spec.family.lower()).strip("-")


def choose(catalogue: Mapping[str, LossSpec]) -> LossSpec:
    """Ask for a family and one of its forms, and return the loss."""
    families: dict[str, dict[str, LossSpec]] = {}
    for spec in catalogue.values():
        families.setdefault(spec.family, {})[spec.form] = spec
    family = _one_of("Loss", list(families), "loss")
    return choose_form(families[family])


def choose_form(forms: Mapping[str, LossSpec]) -> LossSpec:
    """Ask for one of these forms and return the loss."""
    return forms[_one_of("Form", list(forms), f"{prefix(next(iter(forms.values())))}.form")]


def table_of(spec: LossSpec) -> Table | None:
    """Return the table that a loss takes, None if it takes none."""
    return next((parameter for parameter in spec.parameters if isinstance(parameter, Table)), None)


def choose_plane(spec: LossSpec) -> Plane:
    """Ask for one of the planes of a loss if there are several."""
    if len(spec.planes) == 1:
        return spec.planes[0]
    by_title = {plane.title: plane for plane in spec.planes}
    return by_title[_one_of("Plane", list(by_title), f"{prefix(spec)}.plane")]


def _one_of(label: str, options: list[str], key: str) -> str:
    raw = st.query_params.get(key)
    if raw is not None and raw not in options:
        controls.note(f"The link was followed, but for one value: there is no {label.lower()} {raw[:40]!r}.")
    choice = st.selectbox(label, options, key=key, bind="query-params", filter_mode=None)
    return choice if choice in options else options[0]


def cross_hair(plane: Plane) -> tuple[Number, Number]:
    """Return the two numbers that say where the slices are cut: through the target, unless a person moves them."""
    middle = tuple(round((axis.low + axis.high) / 2, 2) for axis in (plane.x, plane.y))
    scene = {p.name: p.options.index(p.default) if isinstance(p, Choice) else p.default for p in plane.scene}
    through = plane.target(**scene) or middle
    return tuple(  # type: ignore[return-value]
        Number(
            name=name,
            label=f"{axis.label} · slice",
            default=min(max(round(start, 2), axis.low), axis.high),
            low=axis.low,
            high=axis.high,
            step=round((axis.high - axis.low) / 26, 3),
        )
        for name, axis, start in zip(("cut_x", "cut_y"), (plane.x, plane.y), through, strict=True)
    )


def presets(spec: LossSpec, values: Mapping[str, Value], scene: Mapping[str, Value]) -> None:
    """Show the presets of a loss as buttons; the one that holds now is marked."""
    if not spec.presets:
        return
    with st.container(horizontal=True, gap="small"):
        for preset in spec.presets:
            holds = _holds(preset, values, scene)
            st.button(
                preset.title,
                key=f"{prefix(spec)}.preset.{preset.title}",
                help=preset.story,
                type="primary" if holds else "secondary",
                on_click=controls.set_values,
                args=(prefix(spec), {**preset.values, **preset.scene}),
            )


def _holds(preset: Preset, values: Mapping[str, Value], scene: Mapping[str, Value]) -> bool:
    now = {**values, **scene}
    return all(now.get(name) == value for name, value in {**preset.values, **preset.scene}.items())


def formula(spec: LossSpec, values: Mapping[str, Value]) -> None:
    """Show the formula with the current numbers in it."""
    st.caption("Formula with the numbers above")
    st.latex(rf"\small {spec.formula_with(values)}")


def actions(spec: LossSpec, plane: Plane | None = None) -> None:
    """Show the buttons for link, code and reset."""
    defaults = {part.name: part.default for part in spec.parameters if not isinstance(part, Table)}
    if plane:
        defaults |= {part.name: part.default for part in plane.scene}
        defaults |= {f"{plane.key}.{part.name}": part.default for part in cross_hair(plane)}
    with st.container(horizontal=True, gap="small"):
        link_button("link")
        if st.button("Code", icon=":material/code:", key="code"):
            _show_code(spec)
        st.button("Reset", type="tertiary", key="reset", on_click=controls.set_values, args=(prefix(spec), defaults))


@st.dialog("The code that ran", width="large")
def _show_code(spec: LossSpec) -> None:
    st.code("from keras import ops\n\n\n" + inspect.getsource(spec.function), language="python")
    source = spec.source
    st.caption(f"{source.author}, {source.year}: {source.title}")
