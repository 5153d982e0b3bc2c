"""See a loss over what the model controls: its surface, its gradient field and two slices."""

import streamlit as st

from explorer.figures import slice as cuts
from explorer.figures import surface as pictures
from explorer.losses import CATALOGUE
from explorer.ui import cached, catalogue, controls, frame, grid, plot
from explorer.ui.words import setting

POINTS = 61

place = frame.workspace()
with place.card:
    spec = catalogue.choose(CATALOGUE)
    prefix = catalogue.prefix(spec)
    presets = st.container()
    table = catalogue.table_of(spec)
    tables = {table.name: grid.ask(table, grid.numbers(table))} if table else {}
    values = {**controls.ask(spec.parameters, prefix), **tables}
    plane = catalogue.choose_plane(spec)
    scene = controls.ask(plane.scene, prefix)
    cut = controls.ask(catalogue.cross_hair(plane), f"{prefix}.{plane.key}")
    with presets:
        grid.presets(spec.presets) if table else catalogue.presets(spec, values, scene)
    catalogue.formula(spec, values)
    catalogue.actions(spec, plane)

with place.head:
    frame.title(spec.title, spec.story)
with place.first:
    result = frame.attempt(lambda: cached.surface(spec.key, values, scene, plane.key, POINTS), 420)
if result:
    shared = {
        "subtitle": setting((*spec.parameters, *plane.scene), {**values, **scene}),
        "axes": (plane.x.label, plane.y.label),
    }
    keep = f"{prefix}-{plane.key}"
    terms = (spec.split.rest, spec.split.term) if spec.split else cuts.TERMS
    at = (float(cut["cut_x"]), float(cut["cut_y"]))
    left, right = (place.first, place.rest) if place.phone else place.first.columns(2, gap="small")
    height = None if place.phone else 420
    with left:
        plot.draw(pictures.surface(result, title=spec.form, **shared), "surface", keep=keep, height=height)
    with right:
        plot.draw(pictures.field(result, title="−gradient", **shared), "field", keep=keep, height=height)
    with place.rest:
        figure = cuts.slices(result, title="Slices", at=at, terms=terms, beside=not place.phone, **shared)
        plot.draw(figure, "slices", keep=keep)
with place.notes:
    controls.show_notes()
