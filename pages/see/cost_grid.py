"""See what each mistake costs: the table of weights, the loss over all predictions, and what training makes of it."""

from functools import partial

import streamlit as st

from explorer.losses.weighted_crossentropy import BETA, EXPECTED_COST, WEIGHTS, presets
from explorer.ui import catalogue, controls, frame, grid, trial
from explorer.ui.workbench import contest, corner, data, forms, frontier, probe, rivals, sample_tables, take_home
from explorer.ui.workbench import triangles as shapes

PREDICTIONS, FORMS, TRAINING, FRONTIER, SAMPLES = "Predictions", "Forms", "Training", "Frontier", "Per sample"
VIEWS = (PREDICTIONS, FORMS, TRAINING, FRONTIER, SAMPLES)

place = frame.workspace()
with place.card:
    prefix = catalogue.prefix(EXPECTED_COST)
    given = data.ask(prefix)
    left, right = st.columns(2, wrap=False)
    with left:
        spec = catalogue.choose_form({spec.form: spec for spec in forms.FORMS if catalogue.table_of(spec)})
    with right:
        beta = {BETA.name: controls.widget(BETA, f"{prefix}.{BETA.name}")}
    corners = corner.ask(given.names)
    shares = probe.ask([given.names[c] for c in corners.shown])
    below = st.container()

with place.head:
    frame.title("Cost grid", f"What each mistake costs. The form “{spec.form}”: {spec.story}")
    named, table = st.container(horizontal=True, vertical_alignment="center"), st.container()
    view = controls.switch("Show", VIEWS, "view", bind="query-params")
    choices = presets(len(given.names))
    with table:
        about = partial(probe.show, spec, beta, corners, shares) if view == PREDICTIONS else None
        weights = grid.show(WEIGHTS, given.names, choices, about)
    values = {**beta, WEIGHTS.name: weights}

with below:
    rivalry, own = contest.ask(given, values)
    for column, kind, at in zip(st.columns(2, wrap=False), (rivals, frontier), (TRAINING, FRONTIER), strict=True):
        with column:
            kind.button(rivalry, on_click=partial(controls.set_value, "view", at), disabled=trial.live() or not rivalry)
    for kind in (rivals, frontier):
        trial.show_progress(kind.KIND, only_live=True)
    catalogue.formula([("", spec, values)])
    catalogue.actions(spec)
with named:
    grid.presets(choices, quiet=True)
    grid.undo_button()
    take_home.button(rivalry)

with place.first:
    if view == TRAINING:
        rivals.show(phone=place.phone)
    elif view == FRONTIER:
        frontier.show()
    elif view == SAMPLES:
        sample_tables.show(given, own)
    elif view == FORMS or len(given.names) < corner.CORNERS:
        forms.draw(values, corners, shares, phone=place.phone)
    else:
        shown = shapes.choose(corners, one=place.phone)
        shapes.draw(spec, forms.of(spec, values), corners, shown, shares)
with place.notes:
    controls.show_notes()
