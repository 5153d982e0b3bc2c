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
ENDED = "trial.ended"  # number of the run whose end the whole page has been drawn for
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
    """

    run: Run
    names: Sequence[str]
    subject: Any
    total: int
    word: str

    @property
    def epochs(self) -> int:
        """How many epochs were asked for."""
        return self.total

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
    kept = [value for key, value in st.session_state.items() if str(key).startswith(KEPT)]
    return any(isinstance(trial, Trial) and trial.run.live for trial in kept)


def start(
    kind: str, names: Sequence[str], subject: Any, *, total: int = 0, word: str = "Epoch", **arguments: Any
) -> None:
    """Start a run in the compute process; one sentence on the page if it is refused.

    ``total`` is how many epochs it will come to where ``epochs`` is not among its arguments.
    """
    try:
        run = engine().submit(session(), kind, **arguments)
    except EngineError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.session_state[KEPT + kind] = Trial(run, names, subject, int(total or arguments["epochs"]), word)
    st.rerun()


def show_progress(kind: str, *, only_live: bool = False) -> None:
    """Show how far the run is, and Stop; ``only_live`` leaves no trace of it once it is over."""
    trial = current(kind)
    # What comes and goes while runs are looked at has a place of its own: nothing beside it may ever move.
    with st.container():
        if trial and (trial.run.live or not only_live):
            st.fragment(run_every=REDRAW if trial.run.live else None)(_progress)(trial, kind)


def _progress(trial: Trial, kind: str) -> None:
    run, waiting = trial.run, engine().position(trial.run)
    if waiting:
        st.progress(0.0, f"Waiting: number {waiting} in the queue")
    else:
        said = f"{trial.word} {trial.done} of {trial.total} · same first weights, same batches"
        st.progress(min(1.0, trial.done / trial.total), said)
    if st.button("Stop", icon=":material/stop:", key=f"stop.{kind}", disabled=not run.live, width="stretch"):
        engine().cancel(run)
    if not run.live and st.session_state.get(ENDED) != run.number:
        st.session_state[ENDED] = run.number
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
