"""What a person takes home: the Keras script of exactly this loss and training, its data, and the grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.parameters import TableValue, Value
from explorer.spec import LossSpec
from explorer.takeaway import as_csv, as_json, bundle, source
from explorer.training.per_sample import per_sample
from explorer.training.setting import Setting
from explorer.ui.words import plain
from explorer.ui.workbench import forms
from explorer.ui.workbench.contest import Contest


def button(contest: Contest | None) -> None:
    """Show the button that opens what can be taken home."""
    if st.button("Take home", icon=":material/download:", key="take-home", type="tertiary", disabled=contest is None):
        _open(contest)


@st.dialog("Take home", width="large")
def _open(contest: Contest) -> None:
    names, weights = contest.data.names, contest.grid
    by_name = {forms.NAMES[spec.key]: spec for spec in forms.FORMS}
    left, *rest = st.columns([1.4, 1, 1, 1], vertical_alignment="bottom")
    with left:
        spec = by_name[str(st.selectbox("Form", list(by_name), index=3, filter_mode=None, key="take-home.form"))]
    try:
        code, zipped = _code(contest, spec)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    for column, label, data, file, kind in zip(
        rest,
        ("Script and data", "Grid as CSV", "Grid as JSON"),
        (zipped, as_csv(weights, names), as_json(weights, names)),
        ("loss-explorer.zip", "grid.csv", "grid.json"),
        ("application/zip", "text/csv", "application/json"),
        strict=True,
    ):
        column.download_button(label, data, file, kind, icon=":material/download:", on_click="ignore", width="stretch")
    st.caption("The zip holds train.py, shown here, and data.csv, which it reads: the same weights, batches and loss.")
    st.code(code, language="python", height=420)


def _code(contest: Contest, spec: LossSpec) -> tuple[str, bytes]:
    """Return the script, and the script with its data as a zip."""
    values: Mapping[str, Value] = forms.of(spec, contest.values)
    if contest.tables is not None and "weights" in values:
        spec, values = per_sample(spec), {name: value for name, value in values.items() if name != "weights"}
    named = replace(contest.data.labelled, classes=tuple(contest.data.names))
    how: dict[str, Any] = dict(contest.how)
    asked = (spec, values, named, contest.task, Setting(**how))
    costs: TableValue | None = None if contest.tables is not None else contest.grid
    return source(*asked, weights=costs), bundle(*asked, weights=costs)
