"""Three traps of the published code, run on the Keras of this machine: what was expected, what came, and the mend."""

from __future__ import annotations

import streamlit as st

from explorer.pairs.trap import Trap
from explorer.ui import trial
from explorer.ui.trial import Trial
from explorer.ui.words import plain

KIND = "pair traps"
COUNT = 3


def show(*, phone: bool) -> None:
    """Show what became of the traps, and the button that runs them."""
    if st.button("Run the traps", type="primary", key=f"start.{KIND}", disabled=trial.live()):
        trial.start(KIND, [], None, total=COUNT, word="Trap", note="in Keras, really run")
    trial.show_progress(KIND, only_live=True)
    if trial.current(KIND) is None:
        st.info("Press Run the traps: three mistakes that raise no error are made here, each beside its mended form.")
    trial.show_results(KIND, lambda going: _draw(going, phone=phone))


def _draw(going: Trial, *, phone: bool) -> None:
    with st.container():
        for trap in list(going.run.items):
            _trap(trap, phone=phone)


def _trap(trap: Trap, *, phone: bool) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(trap.title)}** · {plain(trap.sentence)}")
        st.caption(f"Expected: {plain(trap.expected)}.")
        if not trap.holds:
            st.warning("On the Keras that is installed here it went otherwise; the numbers below are what came.")
        left, right = (st.container(), st.container()) if phone else st.columns(2, gap="small")
        for column, sign, code, came in (
            (left, ":red[✕] Got", trap.wrong, trap.got),
            (right, ":green[✓] Mended", trap.mended, trap.after),
        ):
            with column:
                st.markdown(f"{sign}: {plain(came)}")
                st.code(code, language="python", wrap_lines=True)
