"""See what each mistake costs: the table of weights, the loss over all predictions, and what training makes of it."""

from functools import partial

import streamlit as st

from explorer.losses import CATALOGUE
from explorer.losses.weighted_crossentropy import EXPECTED_COST, WEIGHTS, presets
from explorer.ui import catalogue, controls, frame, grid, trial
from explorer.ui.workbench import (
    contest,
    corner,
    data,
    forms,
    frontier,
    probe,
    rivals,
    sample_tables,
    take_home,
    triangles,
)

PREDICTIONS, FORMS, TRAINING, FRONTIER, SAMPLES = "Predictions", "Forms", "Training", "Frontier", "Per sample"
VIEWS = (PREDICTIONS, FORMS, TRAINING, FRONTIER, SAMPLES)


def show(view: str) -> None:
    """Choose what stands under the grid; for a button's callback."""
    st.session_state["view"] = view


place = frame.workspace()
with place.card:
    prefix = catalogue.prefix(EXPECTED_COST)
    given = data.ask(prefix)
    left, right = st.columns(2, wrap=False)
    with left:
        spec = catalogue.choose_form({spec.form: spec for spec in CATALOGUE.values() if catalogue.table_of(spec)})
    with right:
        beta = controls.ask(EXPECTED_COST.parameters, prefix)
    corners = corner.ask(given.names)
    shares = probe.ask([given.names[c] for c in corners.shown])
    below = st.container()

with place.head:
    frame.title("Cost grid", f"What each mistake costs. The form “{spec.form}”: {spec.story}")
    named, table = st.container(horizontal=True, vertical_alignment="center"), st.container()
    view = controls.switch("Show", VIEWS, "view", bind="query-params")
    with table:
        about = partial(probe.show, spec, beta, corners, shares) if view == PREDICTIONS else None
        weights = grid.show(WEIGHTS, given.names, presets(len(given.names)), about)
    with named:
        grid.presets(presets(len(given.names)), quiet=True)
        grid.undo_button()
values = {**beta, WEIGHTS.name: weights}

with below:
    own = sample_tables.ask(given, weights)
    chosen = contest.ask_forms()
    how, axes = contest.ask_how(given.labelled.features)
    contest_of = contest.arrange(chosen, values, given, own, how, axes)
    waits = trial.live() or not chosen or contest_of is None
    for column, kind, at in zip(st.columns(2, wrap=False), (rivals, frontier), (TRAINING, FRONTIER), strict=True):
        with column:
            kind.button(contest_of, on_click=partial(show, at), disabled=waits)
    for kind in (rivals, frontier):
        if trial.going(kind.KIND):
            trial.show_progress(kind.KIND)
    with named:
        take_home.button(contest_of)
    catalogue.formula([("", spec, values)])
    catalogue.actions(spec)

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
        shown = triangles.choose(corners, one=place.phone)
        triangles.draw(spec, forms.of(spec, values), corners, shown, shares)
with place.notes:
    controls.show_notes()
