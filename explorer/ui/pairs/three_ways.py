"""The same sum written in three ways: which number, to how many digits, in what time and with how much memory."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import streamlit as st

from explorer.losses.distance import MOST_PAIRS
from explorer.pairs.implementation import BROADCAST, FORMS, LOOP, TILED
from explorer.pairs.threefold import PARAMETERS, Measured
from explorer.parameters import Value
from explorer.ui import controls, score_table, trial
from explorer.ui.pairs import table
from explorer.ui.pairs.setup import PREFIX, Setup
from explorer.ui.trial import Trial
from explorer.ui.words import plain, short

KIND = "threefold"
NAMES = {LOOP: "NumPy double loop", BROADCAST: "broadcast (B, B, d)", TILED: "tiled Gram form"}
MEGABYTE = 2**20


def show(setup: Setup, *, phone: bool) -> None:
    """Ask for the size, and show what was measured last."""
    columns = st.columns([1, 1, 1, 0.8], vertical_alignment="bottom")
    values: dict[str, Value] = {}
    for parameter, column in zip(PARAMETERS, columns, strict=False):
        with column:
            values[parameter.name] = controls.widget(parameter, f"{PREFIX}.three.{parameter.name}")
    with columns[3]:
        if st.button("Measure", type="primary", width="stretch", key=f"start.{KIND}", disabled=trial.live()):
            asked = {**values, "epsilon": setup.values["epsilon"]}
            names = [NAMES[form] for form in FORMS]
            trial.start(KIND, names, asked, total=len(FORMS), word="Form", note="each in a process of its own", **asked)
    trial.show_progress(KIND, only_live=True)
    if trial.current(KIND) is None:
        st.info(
            "Press Measure: one batch of random encodings, the sum over its pairs written in three ways, each run "
            "on this machine in a process of its own. Two of them load TensorFlow first, which takes a while."
        )
    trial.show_results(KIND, lambda going: _draw(going, phone=phone))


def _draw(going: Trial, *, phone: bool) -> None:
    asked: Mapping[str, Value] = going.subject
    found: dict[str, Measured] = {one.form: one for one in list(going.run.items)}
    with st.container():
        if not found:
            st.skeleton(120)
            return
    points, dim = int(asked["points"]), int(float(asked["dim"]))  # type: ignore[arg-type]
    rows = [_row(found[form], points, dim) for form in FORMS if form in found]
    header = ("", "sum over all pairs", "digits", "less ε", "time, ms", "extra memory, MB", "largest array, MB")
    table.show(header, rows, phone=phone)
    with st.container():
        for form, one in found.items():
            if one.sentence:
                st.markdown(f":orange[▲] {NAMES[form]}: {plain(one.sentence)}")
        for sentence in _said(found, asked):
            st.markdown(sentence)
    st.caption(
        f"{points:,} points of {dim} numbers, {asked['owners']:g} users, drawn from 0 to 1, ε = "
        f"{short(float(asked['epsilon']))}. Digits: agreement with the sum in float64; the Keras forms compute in "  # type: ignore[arg-type]
        "float32. Less ε: against the form’s own formula, with ε under its roots. Time: median of "
        f"{', '.join(str(one.rounds) for one in found.values() if one.rounds)} calls once compiled, value and slope "
        "(the loop: value alone). Extra memory: peak of the process above that of a small batch; of the tiled form "
        "with what XLA’s compiler takes, some MB."
    )


def _row(one: Measured, points: int, dim: int) -> score_table.Row:
    largest = {LOOP: 8 * dim, BROADCAST: 4 * points**2 * dim, TILED: 4 * min(points**2, MOST_PAIRS)}[one.form]
    array = _short(largest / MEGABYTE)
    if one.sentence:
        return score_table.Row(NAMES[one.form], ("–", "–", "–", "–", "–", array))
    digits = [_digits(number) for number in (one.digits, one.own_digits)]
    cells = (f"{one.total:.10g}", *digits, _short(one.ms), _short(one.mb), array)
    return score_table.Row(NAMES[one.form], cells)


def _digits(number: float) -> str:
    return "all" if math.isinf(number) else f"{number:.1f}"


def _short(number: float) -> str:
    """Return a number without powers of ten."""
    if 0 < number < 1e-3:
        return "< 0.001"
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _said(found: Mapping[str, Measured], asked: Mapping[str, Value]) -> list[str]:
    """Return what the numbers say: what ε adds, how much faster the tiled form is, and whether slopes agree."""
    points, epsilon = int(asked["points"]), float(asked["epsilon"])  # type: ignore[arg-type]
    said = []
    loop, broadcast, tiled = (found.get(form) for form in FORMS)
    if loop and broadcast and not (loop.sentence or broadcast.sentence):
        itself = points * math.sqrt(epsilon) / 2
        said.append(
            f"The broadcast differs from the loop by {broadcast.total - loop.total:.3g}. Of that, ε adds "
            f"{broadcast.share:.3g} ({itself:.3g}, B·√ε/2, where points meet themselves); the rest is rounding."
        )
    if broadcast and tiled and not broadcast.sentence and not tiled.sentence:
        difference = float(np.abs(broadcast.slope - tiled.slope).max())
        said.append(
            f"The tiled form takes 1/{broadcast.ms / tiled.ms:.3g} of the broadcast’s time; their slopes differ by "
            f"{difference:.1g} at most, the largest is {float(np.abs(broadcast.slope).max()):.3g}."
        )
    return said
