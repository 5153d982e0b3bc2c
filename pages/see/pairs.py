"""See points of users attract and repel each other, form by form, and what batch size and code make of it."""

from functools import partial

import streamlit as st

from explorer.ui import controls, frame, trial
from explorer.ui.pairs import actions, batch_size, board, setup, three_ways, training, traps

BOARD, SIZE, WAYS, TRAINING, TRAPS = "Board", "Batch size", "Three ways", "Training", "Traps"
VIEWS = (BOARD, SIZE, WAYS, TRAINING, TRAPS)
VIEW = "pairs.view"

place = frame.workspace()
with place.head:
    frame.title("Pairs", "Points of one user attract, points of two repel: which forms come to rest, which fly apart?")
    view = controls.switch("Show", VIEWS, VIEW, bind="query-params")

with place.card:
    # The controls of the board are there in every view, so that none of them is forgotten and a link holds them all.
    above = st.container()
    values = setup.ask_values()
    if view == TRAINING:
        training.card(values)
    below = st.expander("Board") if view == TRAINING else st.container()
    with below if view == TRAINING else above:
        specs = setup.ask_forms()
        named = st.container()
    with below:
        given = setup.ask(specs, values)
        board.button(given, on_click=partial(controls.set_value, VIEW, BOARD), disabled=trial.live())
        trial.show_progress(board.KIND, only_live=True)
    with named:
        setup.presets(specs[0], values, given.scene)
    actions.formulas(specs, values)
    actions.buttons(specs)

with place.first:
    if view == TRAINING:
        training.show(phone=place.phone)
    elif view == SIZE:
        batch_size.show(given, phone=place.phone)
    elif view == WAYS:
        three_ways.show(given, phone=place.phone)
    elif view == TRAPS:
        traps.show(phone=place.phone)
    else:
        board.show(given, phone=place.phone)
with place.notes:
    controls.show_notes()
