"""A quiet line that says how the compute process is, and changes by itself."""

from __future__ import annotations

import time

import streamlit as st

from explorer.ui.compute import engine

LOOK = 0.5  # seconds between two looks while it is not ready
PATIENCE = 60.0  # seconds after which a start is unusually slow
SINCE = "home.since"  # when this session first saw it not ready
READY = ":green[✓] The compute process is ready."
STARTING = "○ The compute process is starting; the gallery is here already."
SLOW = ":orange[▲] The compute process takes unusually long to start; the server’s log says why."


def show() -> None:
    """Show the line; it is looked at again and again only while the process is not ready."""
    if engine().ready:
        st.session_state.pop(SINCE, None)
        st.caption(READY, width="content")
    else:
        st.session_state.setdefault(SINCE, time.monotonic())
        _waiting()


@st.fragment(run_every=LOOK)
def _waiting() -> None:
    if engine().ready:
        st.rerun()
    late = time.monotonic() - st.session_state.get(SINCE, time.monotonic()) > PATIENCE
    st.caption(SLOW if late else STARTING, width="content")
