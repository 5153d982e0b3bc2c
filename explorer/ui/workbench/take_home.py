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
from explorer.ui import take_home
from explorer.ui.take_home import File
from explorer.ui.words import plain
from explorer.ui.workbench import forms
from explorer.ui.workbench.contest import Contest


def button(contest: Contest | None) -> None:
    """Show the button that opens what can be taken home."""
    if take_home.pressed(ready=contest is not None) and contest:
        _open(contest)


@st.dialog("Take home", width="large")
def _open(contest: Contest) -> None:
    names, weights = contest.data.names, contest.grid
    by_name = {forms.NAMES[spec.key]: spec for spec in forms.FORMS}
    left, *rest = st.columns([1.4, 1, 1, 1], vertical_alignment="bottom")
    with left:
        spec = by_name[str(st.selectbox("Form", list(by_name), index=3, filter_mode=None, key="take-home.form"))]
    asked, costs = _asked(contest, spec)
    try:
        code = source(*asked, weights=costs)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    files = [
        File("Script and data", "loss-explorer.zip", "application/zip", lambda: bundle(*asked, weights=costs)),
        File("Grid as CSV", "grid.csv", "text/csv", lambda: as_csv(weights, names)),
        File("Grid as JSON", "grid.json", "application/json", lambda: as_json(weights, names)),
    ]
    about = "The zip holds train.py, shown here, and data.csv, which it reads: the same weights, batches and loss."
    take_home.show(files, rest, code, about)


def _asked(contest: Contest, spec: LossSpec) -> tuple[Any, TableValue | None]:
    """Return what the script is of: loss, values, data, task and settings; and what a mistake costs, if one table."""
    values: Mapping[str, Value] = forms.of(spec, contest.values)
    if contest.tables is not None and "weights" in values:
        spec, values = per_sample(spec), {name: value for name, value in values.items() if name != "weights"}
    named = replace(contest.data.labelled, classes=tuple(contest.data.names))
    how: dict[str, Any] = dict(contest.how)
    costs: TableValue | None = None if contest.tables is not None else contest.grid
    return (spec, values, named, contest.task, Setting(**how)), costs
