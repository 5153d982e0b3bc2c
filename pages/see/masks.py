"""See what a threshold does to Dice: gradients pixel by pixel, losses along a way, batches, and a tiny segmenter."""

from functools import partial

import streamlit as st

from explorer.ui import controls, frame, trial
from explorer.ui.masks import actions, batches, contest, curves, forms, maps, rivals, source

DISC, CURVES, BATCH, TRAINING = "Disc", "Offset and radius", "Batch", "Training"
VIEWS = (DISC, CURVES, BATCH, TRAINING)
VIEW = "masks.view"

place = frame.workspace()
with place.card:
    given = source.ask()
    named = st.container()
    specs = forms.ask()
    values = controls.ask(forms.PARAMETERS, actions.DICE)
    with named:
        actions.presets()
    rivalry = contest.ask(specs, values)
    rivals.button(rivalry, on_click=partial(controls.set_value, VIEW, TRAINING), disabled=trial.live())
    trial.show_progress(rivals.KIND, only_live=True)
    actions.buttons(specs)

with place.head:
    frame.title("Masks", "Dice, and what a threshold does: the value falls in steps, and no pixel is told where to go.")
    with st.container(horizontal=True, vertical_alignment="center"):
        view = controls.switch("Show", VIEWS, VIEW, bind="query-params")
        rivals.take(rivalry)
with place.first:
    if view == TRAINING:
        rivals.show(phone=place.phone)
    elif view == BATCH:
        batches.draw(given, specs, values, phone=place.phone)
    elif view == CURVES:
        curves.draw(given, specs, values)
    else:
        maps.draw(given, specs, values, phone=place.phone)
with place.rest:
    if view != TRAINING:
        actions.formulas(specs, values, phone=place.phone)
with place.notes:
    controls.show_notes()
