"""Choosing a loss, its form, its plane and its presets, and reading its formula and its code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.parameters import Choice, Number, Table, Value
from explorer.spec import LossSpec, Plane, Preset
from explorer.ui import code, controls
from explorer.ui.record import record


def prefix(spec: LossSpec) -> str:
    """Return the name of the family in links: all forms of a family share their controls."""
    return re.sub(r"[^a-z0-9]+", "-", spec.family.lower()).strip("-")


def choose_family(catalogue: Mapping[str, LossSpec]) -> dict[str, LossSpec]:
    """Ask for a family and return its losses by form."""
    families: dict[str, dict[str, LossSpec]] = {}
    for spec in catalogue.values():
        families.setdefault(spec.family, {})[spec.form] = spec
    return families[one_of("Loss", list(families), "loss")]


def choose_form(forms: Mapping[str, LossSpec], label: str = "Form") -> LossSpec:
    """Ask for one of these forms and return the loss."""
    return forms[one_of(label, list(forms), f"{prefix(next(iter(forms.values())))}.form", "form")]


def table_of(spec: LossSpec) -> Table | None:
    """Return the table that a loss takes, None if it takes none."""
    return next((parameter for parameter in spec.parameters if isinstance(parameter, Table)), None)


def choose_plane(spec: LossSpec) -> Plane:
    """Ask for one of the planes of a loss if there are several."""
    if len(spec.planes) == 1:
        return spec.planes[0]
    by_title = {plane.title: plane for plane in spec.planes}
    return by_title[one_of("Plane", list(by_title), f"{prefix(spec)}.plane")]


def one_of(label: str, options: list[str], key: str, what: str = "") -> str:
    """Ask for one of several words; one in the link that is not among them is named and left out."""
    raw = st.query_params.get(key)
    if raw is not None and raw not in options:
        controls.note(f"The link was followed, but for one value: there is no {what or label.lower()} {raw[:40]!r}.")
    choice = st.selectbox(label, options, key=key, bind="query-params", filter_mode=None)
    held = choice if choice in options else options[0]
    record().settings[key] = label, held
    return held


def cross_hair(plane: Plane) -> tuple[Number, Number]:
    """Return the two numbers that say where the slices are cut, unless a person moves them.

    Through the target; through the middle where there is none, or where the target is a corner of what is drawn.
    """
    middle = ((plane.x.low + plane.x.high) / 2, plane.y.low + (plane.y.high - plane.y.low) / (3 if plane.inside else 2))
    scene = {p.name: p.options.index(p.default) if isinstance(p, Choice) else p.default for p in plane.scene}
    through = middle if plane.inside else plane.target(**scene) or middle
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


def presets(spec: LossSpec, values: Mapping[str, Value]) -> None:
    """Show the presets of a loss as buttons; the one that holds now is marked."""
    if spec.presets:
        holding = next((preset for preset in spec.presets if _holds(preset, spec, values)), None)
        controls.presets(spec.presets, holding, f"{prefix(spec)}.presets", lambda preset: _apply(spec, preset))


def _apply(spec: LossSpec, preset: Preset) -> None:
    controls.set_values(prefix(spec), {**preset.values, **preset.scene})


def _holds(preset: Preset, spec: LossSpec, values: Mapping[str, Value]) -> bool:
    scene = {name: st.session_state.get(f"{prefix(spec)}.{name}") for name in preset.scene}
    return {**preset.values, **preset.scene} == {**{name: values[name] for name in preset.values}, **scene}


def formula(losses: Sequence[tuple[str, LossSpec, Mapping[str, Value]]]) -> None:
    """Show the formulas of some losses with the current numbers in them, each after its name."""
    st.caption("Formula with the numbers above")
    written = [(name, spec.formula_with(values)) for name, spec, values in losses]
    record().formulas = [(name.rstrip(":"), formula) for name, formula in written]
    for name, formula in written:
        lead = rf"\scriptsize\text{{{name}}}\enspace" if name else ""
        st.latex(rf"\small {lead} {formula}")


def actions(spec: LossSpec, plane: Plane | None = None) -> None:
    """Show the buttons for code and reset."""
    defaults = {part.name: part.default for part in spec.parameters if not isinstance(part, Table)}
    if plane:
        defaults |= {part.name: part.default for part in plane.scene}
        defaults |= {f"{plane.key}.{part.name}": part.default for part in cross_hair(plane)}
    code.actions([spec], controls.set_values, prefix(spec), defaults)
