"""See a loss over what the model controls: surface, gradient field, slices; alone or beside another."""

import streamlit as st

from explorer.figures.layer import NAMES as LAYERS
from explorer.losses import CATALOGUE
from explorer.ui import ball, catalogue, controls, facts, frame, scenery, sides

place = frame.workspace()
with place.card:
    shown = sides.ask(CATALOGUE)
    spec = shown[0].spec
    prefix = catalogue.prefix(spec)
    plane = catalogue.choose_plane(spec)
    scene = controls.ask(plane.scene, prefix)
    cut = controls.ask(catalogue.cross_hair(plane), f"{prefix}.{plane.key}")
    chosen = st.pills("Layers", LAYERS, selection_mode="multi", key="layers", bind="query-params")
    how = ball.ask(plane, f"{prefix}.{plane.key}")
    catalogue.formula([(f"{side.letter}:" if shown[1:] else "", side.spec, side.values) for side in shown])
    catalogue.actions(spec, plane)

with place.head:
    frame.title(spec.title, spec.story)
view = scenery.View(plane, scene, (float(cut["cut_x"]), float(cut["cut_y"])), chosen, how)
if scenery.draw(place, shown, view):
    with place.rest:
        facts.draw(shown, view)
with place.notes:
    controls.show_notes()
