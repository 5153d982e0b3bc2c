"""See what each mistake costs: the table of weights, and the loss over all predictions of three classes."""

import streamlit as st

from explorer.losses import CATALOGUE
from explorer.ui import catalogue, controls, frame, grid, triangles

place = frame.workspace()
with place.card:
    spec = catalogue.choose_form({spec.form: spec for spec in CATALOGUE.values() if catalogue.table_of(spec)})
    prefix, table = catalogue.prefix(spec), catalogue.table_of(spec)
    values = controls.ask(spec.parameters, prefix)
    names = grid.ask_names(table, f"{prefix}.names")
    shown = triangles.choose(names, one=place.phone)
    catalogue.formula([("", spec, values)])
    catalogue.actions(spec)

with place.head:
    frame.title("Cost grid", f"What each mistake costs. The form “{spec.form}”: {spec.story}")
    presets = st.container()
    st.caption("Rows: what is true. Columns: what is predicted. Type into a cell.")
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        weights = grid.ask(table, names)
    with presets:
        grid.presets(spec.presets)
    with right:
        grid.show_concerns(weights, names)
with place.first:
    triangles.draw(spec, {**values, table.name: weights}, names, shown)
with place.notes:
    controls.show_notes()
