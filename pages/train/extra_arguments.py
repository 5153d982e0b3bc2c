"""Seven ways to hand an argument to a loss, each really tried, and what an argument that is a constant changes."""

from functools import partial

import streamlit as st

from explorer.ui import controls, frame, trial
from explorer.ui.arguments import experiment, freeze, lambdas, offset, seven

WAYS, OFFSETS, FROZEN, LOOP = "Seven ways", "Offset experiment", "Frozen in a trace", "Lambda in a loop"
VIEW = "arguments.view"
RUNS = {WAYS: seven, OFFSETS: offset, FROZEN: freeze}

place = frame.workspace()
with place.card:
    asked = experiment.ask()
    wide, *two = st.container(), *st.columns(2, wrap=False)
    for (title, kind), column in zip(RUNS.items(), (wide, *two), strict=True):
        alike = kind is not offset and asked.offset == asked.second
        with column:
            kind.button(asked, on_click=partial(controls.set_value, VIEW, title), disabled=trial.live() or alike)
    if asked.offset == asked.second:
        st.caption("c and c₂ are the same: nothing could be seen to follow a change.")
    for kind in RUNS.values():
        trial.show_progress(kind.KIND, only_live=True)
    experiment.show_formula(asked)
    experiment.actions()

with place.head:
    frame.title("Extra arguments", "Seven ways to hand an argument to a loss: all of them train, few survive the rest.")
    with st.container(horizontal=True, vertical_alignment="center"):
        view = controls.switch("Show", [WAYS, OFFSETS, FROZEN, LOOP], VIEW, bind="query-params")
        offset.take(asked)
with place.first:
    if view == WAYS:
        seven.show()
    elif view == OFFSETS:
        offset.show(phone=place.phone)
    elif view == FROZEN:
        freeze.show()
    else:
        lambdas.show(asked)
with place.notes:
    controls.show_notes()
