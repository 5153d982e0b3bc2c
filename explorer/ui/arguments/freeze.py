"""A number frozen in a trace: what is reported before and after it is changed, beside a `keras.Variable`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from explorer import theme
from explorer.arguments.moment import CHANGED, COMPILED, EACH, PHASES, RECOMPILED, Moment
from explorer.arguments.way import BY_KEY
from explorer.figures import curve
from explorer.figures.phase import marked
from explorer.ui import plot, score_table, trial
from explorer.ui.arguments.experiment import Experiment
from explorer.ui.trial import Trial
from explorer.ui.words import short

KIND = "frozen"
TOTAL = EACH * len(PHASES)


def button(experiment: Experiment, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that changes a number under a trained model."""
    settings = {"icon": ":material/ac_unit:", "width": "stretch"}
    if st.button("Freeze", key=f"start.{KIND}", on_click=on_click, disabled=disabled, **settings):
        trial.start(KIND, ["a number", "a Variable"], experiment, total=TOTAL, note="step length 0", **experiment.pair)


def show() -> None:
    """Show the last run of this session, and the code that it ran."""
    if trial.current(KIND) is None:
        st.info("Press Freeze: two closures, one over a number and one over a keras.Variable, are changed in training.")
    trial.show_results(KIND, _draw)
    st.code(inspect.cleandoc(_code()), language="python")


def _code() -> str:
    """Return the code of the closure, from the loss to the change."""
    source = BY_KEY["closure"].source
    return source[source.index("def make_loss") : source.index("def custom_objects")]


def _draw(going: Trial) -> None:
    told: list[Moment] = list(going.run.items)
    with st.container():
        if not told:
            if going.run.live:
                st.skeleton(theme.HEIGHT["curves"])
            return
    experiment: Experiment = going.subject
    epochs = np.array([moment.epoch for moment in told])
    runs = [
        curve.Curve(name, colour, epochs, np.array([getattr(moment, field) for moment in told]), dash)
        for name, colour, field, dash in (
            ("a number", theme.B, "number", "solid"),
            ("a keras.Variable", theme.A, "variable", "9px,6px"),
        )
    ]
    figure = curve.curves(
        runs,
        planned_epochs=TOTAL,
        title="Loss that Keras reports, step length 0",
        subtitle=experiment.changed,
    )
    lines = [(EACH + 0.5, CHANGED), (2 * EACH + 0.5, RECOMPILED)]
    left, right = st.columns([1, 1.1], gap="medium")
    with left:
        plot.draw(marked(figure, lines), "frozen")
    with right:
        _table(told)
        for sentence in facts(experiment, told):
            st.markdown(sentence)


def _table(told: Sequence[Moment]) -> None:
    rows = []
    for phase in PHASES:
        last = next((moment for moment in reversed(told) if moment.phase == phase), None)
        if last:
            numbers = (f"{last.number:.4f}", str(last.number_traces), f"{last.variable:.4f}", str(last.variable_traces))
            rows.append(score_table.Row(phase, numbers))
    score_table.show(("", "over a number", "traces", "over a Variable", "traces"), rows)


def facts(experiment: Experiment, told: Sequence[Moment]) -> list[str]:
    """Return what happened, in sentences with computed numbers."""
    last = {moment.phase: moment for moment in told}
    if set(last) != set(PHASES):
        return []
    first, changed, anew = (last[phase] for phase in (COMPILED, CHANGED, RECOMPILED))
    moved = {name: getattr(changed, name) - getattr(first, name) for name in ("number", "variable")}
    late = anew.number - changed.number
    want = f"from {short(experiment.offset)} to {short(experiment.second)}"
    told_so = [
        f"Changed {want}, the loss over a number moved by **{moved['number']:+.4f}**: Keras wrote the number into its "
        "graph when it traced the loss, and does not look at it again.",
        f"The loss over a keras.Variable moved by **{moved['variable']:+.4f}** with "
        f"{changed.variable_traces - first.variable_traces} new traces: the graph reads the variable at every step.",
        f"Compiled anew, the loss over the number moved by **{late:+.4f}**, for "
        f"{anew.number_traces - changed.number_traces} new trace.",
    ]
    return [sentence.replace("-", "−") for sentence in told_so]
