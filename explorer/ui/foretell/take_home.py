"""What a person takes home from a run: the Keras script with its series, forecasts and history, and the run as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.takeaway import Told, forecast_bundle, forecast_source
from explorer.training.history import histories
from explorer.training.setting import Setting
from explorer.training.together import Step
from explorer.ui import take_home, trial
from explorer.ui.foretell import rivals
from explorer.ui.foretell.contest import Contest
from explorer.ui.take_home import File
from explorer.ui.trial import Trial
from explorer.ui.words import plain


def button() -> None:
    """Show the button that opens what can be taken home, once a run is over."""
    going = trial.current(rivals.KIND)
    ready = going is not None and not going.run.live and going.done > 0
    if take_home.pressed(ready=ready) and going:
        _open(going)


@st.dialog("Take home", width="large")
def _open(going: Trial) -> None:
    contest: Contest = going.subject
    places = list(range(len(going.names)))
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        which = st.selectbox("Loss", places, len(places) - 1, format_func=lambda place: going.names[place])
    spec, how = contest.specs[which], _setting(contest)
    series = contest.source.series
    if contest.source.every:
        means = contest.source
        series = replace(series, time=means.time, value=means.value, filled=means.filled)
    try:
        code = forecast_source(spec, contest.of(spec), contest.task, how)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    told = _told(going)
    zipped = File(
        "All of it as zip",
        "time-series.zip",
        "application/zip",
        lambda: forecast_bundle(series, contest.task, how, told, which),
    )
    about = (
        "The zip holds train.py, shown here, the series that it reads, history.csv and forecasts.csv of all losses, "
        "and run.json."
    )
    take_home.show([zipped], [right], code, about)


def _setting(contest: Contest) -> Setting:
    how: dict[str, Any] = dict(contest.how)
    return Setting(**how)


def _told(going: Trial) -> list[Told]:
    contest: Contest = going.subject
    steps = [item for item in list(going.run.items) if isinstance(item, Step)]
    found = histories(steps, len(going.names))
    return [
        Told(name, spec, contest.of(spec), history)
        for name, spec, history in zip(going.names, contest.specs, found, strict=True)
    ]
