"""A run that a person has started: its button, its progress, its live pictures. Each page keeps its last one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.engine.client import EngineError
from explorer.engine.run import Run
from explorer.ui.compute import engine, session
from explorer.ui.words import plain

KEPT = "trial."  # before the kind of a run
ENDED = "ended."  # before the kind of a run: number of the one whose end the whole page has been drawn for
SEEN = "live"  # what went on when the page last asked
REDRAW = 0.1  # seconds between two looks at a run that goes on


@dataclass(frozen=True, eq=False)
class Trial:
    """What was started, with all that its pictures need, whatever the controls say by now.

    Attributes
    ----------
    run : Run
        The run in the compute process; what it yields has an ``epoch``, or is counted.
    names : sequence of str
        What the compared losses are called.
    subject : object
        What the page needs to draw it.
    total : int
        How many epochs, or how many answers, it will come to.
    word : str
        What is counted.
    note : str
        What is said beside the count.
    """

    run: Run
    names: Sequence[str]
    subject: Any
    total: int
    word: str
    note: str

    @property
    def done(self) -> int:
        """How far it has come."""
        items = list(self.run.items)
        return max((getattr(item, "epoch", place) for place, item in enumerate(items, 1)), default=0)


def current(kind: str) -> Trial | None:
    """Return the last trial of this kind in this session, None before the first."""
    trial: Trial | None = st.session_state.get(KEPT + kind)
    return trial


def live() -> bool:
    """Return whether any run of this session goes on."""
    kept = {str(key): value for key, value in st.session_state.items() if str(key).startswith(KEPT)}
    going = {key for key, trial in kept.items() if isinstance(trial, Trial) and trial.run.live}
    st.session_state[SEEN] = going
    return bool(going)


def start(
    kind: str,
    names: Sequence[str],
    subject: Any,
    *,
    total: int = 0,
    word: str = "Epoch",
    note: str = "same first weights, same batches",
    **arguments: Any,
) -> None:
    """Start a run in the compute process; one sentence on the page if it is refused.

    ``total`` is how many epochs it will come to where ``epochs`` is not among its arguments.
    """
    try:
        run = engine().submit(session(), kind, **arguments)
    except EngineError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.session_state[KEPT + kind] = Trial(run, names, subject, int(total or arguments["epochs"]), word, note)
    st.rerun()


def button(label: str, kind: str, **settings: Any) -> bool:
    """Show the page's own button: the one that starts its run; return whether it was pressed."""
    icon = ":material/play_arrow:"
    return st.button(label, type="primary", icon=icon, width="stretch", key=f"start.{kind}", **settings)


def show_progress(kind: str, *, only_live: bool = False) -> None:
    """Show how far the run is, and Stop; ``only_live`` leaves no trace of it once it is over."""
    trial = current(kind)
    # A run that ends while the page is drawn has left its marks on what was drawn before.
    seen: set[str] = st.session_state.get(SEEN, set())
    live = bool(trial and trial.run.live) or KEPT + kind in seen
    seen.discard(KEPT + kind)
    if trial and not live:
        st.session_state[ENDED + kind] = trial.run.number
    # What comes and goes while runs are looked at has a place of its own: nothing beside it may ever move.
    with st.container():
        if trial and (live or not only_live):
            st.fragment(run_every=REDRAW if live else None)(_progress)(trial, kind)


def _progress(trial: Trial, kind: str) -> None:
    run, waiting = trial.run, engine().position(trial.run)
    if waiting:
        st.progress(0.0, f"Waiting: number {waiting} in the queue")
    else:
        said = " · ".join(filter(None, (f"{trial.word} {trial.done} of {trial.total}", trial.note)))
        st.progress(min(1.0, trial.done / trial.total), said)
    if st.button("Stop", icon=":material/stop:", key=f"stop.{kind}", disabled=not run.live, width="stretch"):
        engine().cancel(run)
    # Asked for until the whole page has been drawn: a request to do so can get lost beside another one.
    if not run.live and st.session_state.get(ENDED + kind) != run.number:
        st.rerun()


def show_results(kind: str, draw: Callable[[Trial], None], *, moving: bool = False, every: float = REDRAW) -> None:
    """Draw the run again and again while it goes on, or while something in its pictures moves.

    ``every`` is the pause between two drawings, in seconds: more for a page of many pictures.
    """
    trial = current(kind)
    with st.container():
        if trial:
            st.fragment(run_every=every if trial.run.live or moving else None)(_results)(trial, draw)


def _results(trial: Trial, draw: Callable[[Trial], None]) -> None:
    with st.container():
        if trial.run.status == "failed":
            st.error(plain(trial.run.sentence), icon=":material/error:")
    with st.container():
        draw(trial)
