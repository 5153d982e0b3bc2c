"""What a person takes home: the Keras script of exactly this loss and training, and its data."""

from __future__ import annotations

import streamlit as st

from explorer.takeaway import array_bundle, array_source
from explorer.training.setting import Setting
from explorer.ui import take_home
from explorer.ui.pairs.rivals import Contest
from explorer.ui.take_home import File
from explorer.ui.words import plain


def button(contest: Contest | None) -> None:
    """Show the button that opens what can be taken home."""
    if take_home.pressed(ready=contest is not None) and contest:
        _open(contest)


@st.dialog("Take home", width="large")
def _open(contest: Contest) -> None:
    left, right = st.columns([1.4, 1], vertical_alignment="bottom")
    places = list(range(len(contest.specs)))
    with left:
        form = {"format_func": contest.names.__getitem__, "index": places[-1], "filter_mode": None}
        place = int(st.selectbox("Form", places, key="users.take-home.form", **form))
    asked = (contest.specs[place], contest.losses[place][1], contest.task, Setting(**contest.how))  # type: ignore[arg-type]
    try:
        code = array_source(*asked)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    file = File("Script and data", "loss-explorer.zip", "application/zip", lambda: array_bundle(*asked))
    about = (
        "The zip holds train.py, shown here, and data.npz, which it reads: the same weights, batches and loss; users "
        "are numbered, for float32 merges ids above 16,777,216."
    )
    take_home.show([file], [right], code, about)
