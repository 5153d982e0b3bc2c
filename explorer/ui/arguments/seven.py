"""The seven ways: a table that fills while they are tried, and the code and the findings of one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.arguments.outcome import QUESTIONS, Outcome
from explorer.arguments.way import WAYS, Way
from explorer.ui import catalogue, trial
from explorer.ui.arguments import answer
from explorer.ui.arguments.experiment import Experiment
from explorer.ui.trial import Trial
from explorer.ui.words import plain

KIND = "ways"
CHOSEN = "arguments.way"
CODE = 330


def button(experiment: Experiment, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that tries all ways."""
    if trial.button("Run the seven ways", KIND, on_click=on_click, disabled=disabled):
        titles = [way.title for way in WAYS]
        trial.start(
            KIND, titles, experiment, total=len(WAYS), word="Way", note="in processes of their own", **experiment.pair
        )


def show() -> None:
    """Show what was found last in this session, and one way from near."""
    titles = {way.title: way for way in WAYS}
    if trial.current(KIND) is None:
        st.info(f"Press Run: each of the {len(WAYS)} ways is trained, changed, saved and loaded on this machine.")
        place = st.container()
        way = titles[_chosen(list(titles))]
        with place:
            answer.table([], way.key, "Ways to hand an argument to a loss, none tried yet.")
        _near(way, [])
        return
    table, choice, near = st.container(), st.container(), st.container()
    with choice:
        way = titles[_chosen(list(titles))]
    with table:
        trial.show_results(KIND, lambda going: _table(going, way))
    with near:
        trial.show_results(KIND, lambda going: _near(way, list(going.run.items)))


def _chosen(titles: list[str]) -> str:
    with st.columns(2)[0]:
        return catalogue.one_of("Look at", titles, CHOSEN, "way")


def _table(going: Trial, way: Way) -> None:
    experiment: Experiment = going.subject
    answer.table(
        list(going.run.items), way.key, f"Ways to hand an argument to a loss, tried with {experiment.changed}."
    )
    st.caption(
        f"Tried with {plain(experiment.changed)}: a tiny net is trained and saved in one Python process, "
        "and loaded in a fresh one that has imported the way’s module."
    )


def _near(way: Way, outcomes: Sequence[Outcome]) -> None:
    """Show the code of a way beside what was found."""
    found = next((outcome for outcome in outcomes if outcome.key == way.key), None)
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        st.code(way.source, language="python", height=CODE, wrap_lines=True)
    with right:
        st.markdown(f"**{plain(way.title)}** {plain(way.story)}")
        with st.container():
            for name, question in QUESTIONS.items() if found else ():
                finding = getattr(found, name)
                word = answer.SIGNS[finding.verdict][1]
                st.markdown(f"{answer.COLOURS[finding.verdict]} **{question}: {word}** · {plain(finding.sentence)}")
