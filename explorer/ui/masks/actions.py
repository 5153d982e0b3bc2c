"""Presets of the page, its formulas, and its buttons for code and reset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle

import streamlit as st

from explorer.masks.disc import PARAMETERS
from explorer.masks.preset import PRESETS
from explorer.parameters import Value
from explorer.spec import LossSpec, Preset
from explorer.ui import catalogue, code, controls
from explorer.ui.masks import forms, source
from explorer.ui.record import record

FORMULAS = 2
DICE = catalogue.prefix(forms.SPECS[0])


def presets() -> None:
    """Show the named scenes; the one that holds now is marked."""
    holding = next((preset for preset in PRESETS if _holds(preset)), None)
    controls.presets(PRESETS, holding, "masks.presets", _apply)


def _apply(preset: Preset) -> None:
    controls.set_values(DICE, preset.values)
    controls.set_values(source.PREFIX, {"image": source.DISC, **preset.scene})


def _holds(preset: Preset) -> bool:
    wanted = {f"{DICE}.{name}": value for name, value in preset.values.items()}
    wanted |= {f"{source.PREFIX}.{name}": value for name, value in {"image": source.DISC, **preset.scene}.items()}
    return all(st.session_state.get(key) == value for key, value in wanted.items())


def formulas(specs: Sequence[LossSpec], values: Mapping[str, Value], *, phone: bool) -> None:
    """Show the formula of each chosen form with the current numbers in it."""
    st.caption("Formulas with the numbers of the card; g is the mask, p the scores, the bar a mean over pixels")
    written = [(forms.NAMES[spec.key], spec.formula_with(forms.of(spec, values))) for spec in specs]
    record().formulas = written
    for place, (name, formula) in zip(cycle(st.columns(1 if phone else FORMULAS, gap="small")), written, strict=False):
        with place:
            st.latex(rf"\footnotesize \text{{{name}:}}\enspace {formula}")


def buttons(specs: Sequence[LossSpec]) -> None:
    """Show the buttons for code and reset."""
    code.actions(specs, _reset)


def _reset() -> None:
    controls.set_values(DICE, {part.name: part.default for part in forms.PARAMETERS})
    controls.set_values(source.PREFIX, {part.name: part.default for part in PARAMETERS} | {"image": source.DISC})
    controls.set_value(forms.KEY, [forms.NAMES[key] for key in forms.FIRST])
