"""See a loss over what the model controls: its surface, its gradient field and two slices."""

import streamlit as st

from explorer import figures
from explorer.losses import CATALOGUE
from explorer.ui import cached, catalogue, controls, frame, plot
from explorer.ui.words import setting

POINTS = 61

place = frame.workspace()
with place.card:
    spec = catalogue.choose(CATALOGUE)
    prefix = catalogue.prefix(spec)
    presets = st.container()
    values = controls.ask(spec.parameters, prefix)
    plane = catalogue.choose_plane(spec)
    scene = controls.ask(plane.scene, prefix)
    with presets:
        catalogue.presets(spec, values, scene)
    cut = controls.ask(catalogue.cross_hair(plane), f"{prefix}.{plane.key}")
    catalogue.formula(spec, values)
    catalogue.actions(spec, plane)

with place.head:
    frame.title(spec.title, spec.story)
    controls.show_notes()

result = frame.attempt(place.first, lambda: cached.surface(spec.key, values, scene, plane.key, POINTS))
if result:
    keep, subtitle, axes = f"{spec.family}-{plane.key}", setting(spec, plane, values, scene), (plane.x.label, plane.y.label)
    with place.first:
        ...
