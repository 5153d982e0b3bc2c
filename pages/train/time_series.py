"""Train the same net on a person's series with several losses, and see what the trend loss buys."""

from functools import partial

import streamlit as st

from explorer.figures import series as pictures
from explorer.ui import catalogue, controls, frame, plot, trial
from explorer.ui.foretell import batch_lens, contest, exchange, report, rivals, source, take_home

TRAINING, TRADE_OFF, LENS = "Training", "Trade-off", "Batch lens"
VIEW = "forecast.view"
RUNS = {TRAINING: rivals, TRADE_OFF: exchange, LENS: batch_lens}

place = frame.workspace()
with place.card:
    given = source.ask()
    rivalry = contest.ask(given)
    waits = trial.live() or rivalry is None
    card, *two = st.container(), *st.columns(2, wrap=False)
    for (view, kind), column in zip(RUNS.items(), (card, *two), strict=True):
        with column:
            kind.button(rivalry, on_click=partial(controls.set_value, VIEW, view), disabled=waits)
    for kind in RUNS.values():
        trial.show_progress(kind.KIND, only_live=True)
    if rivalry and rivalry.trend:
        catalogue.formula([("", rivalry.trend, rivalry.values)])

with place.head:
    frame.title("Time series", "The same net with each loss, from the same first weights: what does a trend loss buy?")
with place.first:
    report.show(given)
    figure = pictures.series(
        given.time,
        given.value,
        split=rivalry.task.borders if rivalry else None,
        filled=given.filled,
        left_out=[
            (row.time, row.value) for row in given.series.left_out if row.time is not None and row.value is not None
        ],
        title=given.name,
        subtitle=f"split by time · window {rivalry.task.window} → horizon {rivalry.task.horizon}" if rivalry else "",
        narrow=place.phone,
    )
    plot.draw(figure, "series")
with place.rest:
    with st.container(horizontal=True, vertical_alignment="center"):
        view = controls.switch("Show", list(RUNS), VIEW, bind="query-params")
        take_home.button()
    if view == TRAINING:
        rivals.show(phone=place.phone)
    else:
        RUNS[view].show()
with place.notes:
    controls.show_notes()
