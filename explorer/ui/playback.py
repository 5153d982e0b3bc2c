"""Going back in a run that is over: a slider over its epochs, and Play, which goes through them all."""

from __future__ import annotations

import streamlit as st

TICKS = 20  # redraws that playing a whole run takes
PAUSE = 0.25  # seconds between two of them


def reset(key: str) -> None:
    """Forget where the last run stood; before a new one is started."""
    st.session_state.pop(key, None)
    st.session_state[_playing(key)] = False


def moving(key: str) -> bool:
    """Return whether it plays: what draws it has to come back soon."""
    return bool(st.session_state.get(_playing(key), False))


def ask(key: str, done: int, *, live: bool, label: str = "Epoch", first: int = 1) -> int:
    """Show Play and the slider and return the epoch to draw; a run that goes on shows its newest one.

    Parameters
    ----------
    key : str
        Name of the slider, one for each kind of run.
    done : int
        The last epoch that there is.
    live : bool
        Whether the run goes on.
    label : str
        What is counted.
    first : int
        The first one that there is.
    """
    state = st.session_state
    if state.get(_playing(key)):
        state[key] = min(done, state.get(key, first) + max(1, done // TICKS))
        if state[key] == done:
            state[_playing(key)] = False
            st.rerun()
    if live or done <= first:
        return done
    left, right = st.columns([0.2, 1], vertical_alignment="center", gap="small")
    with left:
        if st.button("Play", icon=":material/play_arrow:", key=f"{key}.play", on_click=play, args=(key, first)):
            st.rerun()
    state.setdefault(key, done)
    state[key] = min(max(first, state[key]), done)
    with right:
        return int(st.slider(label, first, done, key=key, label_visibility="collapsed"))


def _playing(key: str) -> str:
    return f"{key}.playing"


def play(key: str, first: int = 1) -> None:
    """Go back to the beginning and let the pictures move on; also for a button's callback."""
    st.session_state[key], st.session_state[_playing(key)] = first, True
