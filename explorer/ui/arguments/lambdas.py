"""Lambdas in a loop: the values that they give, beside the values that were meant."""

from __future__ import annotations

import inspect

import streamlit as st

from explorer import theme
from explorer.arguments.loop import MAKERS, Loop
from explorer.ui import cached, frame, score_table
from explorer.ui.arguments.experiment import Experiment
from explorer.ui.words import short

ROUNDING = 1e-5


def show(experiment: Experiment) -> None:
    """Show the table and the code of each way to make losses in a loop."""
    offsets = tuple(dict.fromkeys((0.0, experiment.second, experiment.offset)))
    found = frame.attempt(lambda: cached.loop(offsets), theme.HEIGHT["heat"])
    if found is None:
        return
    _table(found)
    for name in MAKERS:
        st.markdown(_said(found, name))
    for column, (name, make) in zip(st.columns(len(MAKERS), gap="small"), MAKERS.items(), strict=True):
        with column:
            st.markdown(f"**{name}**")
            st.code(inspect.getsource(make), language="python", wrap_lines=True)
    st.caption("The comment noqa: B023 is there because the linter ruff sees the trap too.")


def _meant(found: Loop) -> list[float]:
    return [found.entropy + offset for offset in found.offsets]


def _right(found: Loop, name: str) -> list[bool]:
    return [
        abs(value - want) < ROUNDING * max(1.0, abs(want))
        for value, want in zip(found.values[name], _meant(found), strict=True)
    ]


def _table(found: Loop) -> None:
    rows = [score_table.Row("meant", [f"{value:.4f}" for value in _meant(found)], theme.BASELINE)]
    for name, values in found.values.items():
        right = _right(found, name)
        cells = [f"{value:.4f} {'✓' if good else '✕'}" for value, good in zip(values, right, strict=True)]
        rows.append(score_table.Row(name, cells, theme.A if all(right) else theme.B))
    score_table.show(("loss of one sample", *(f"made for c = {short(offset)}" for offset in found.offsets)), rows)


def _said(found: Loop, name: str) -> str:
    values, right = found.values[name], sum(_right(found, name))
    if right == len(values):
        return f":green[✓] **{name}**: each of the {len(values)} losses adds its own offset."
    return (
        f":red[✕] **{name}**: {right} of {len(values)} losses adds its own. A lambda looks its offset up "
        f"when it is called, and by then the loop stands at its last value, {short(found.offsets[-1])}."
    )
