"""Train the same net twice on a person's series: once with MSE, once with a trend loss, and compare."""

from dataclasses import replace
from functools import partial

import streamlit as st

from explorer.figures import series as pictures
from explorer.losses import CATALOGUE
from explorer.tasks.forecast import HORIZON, WINDOW, forecast
from explorer.training.setting import BATCH_SIZE, EPOCHS, LEARNING_RATE, OPTIMIZER, SEED
from explorer.ui import catalogue, controls, foretelling, frame, plot, series_choice, trial
from explorer.ui.words import plain

HOW = (replace(EPOCHS, default=60), BATCH_SIZE, replace(LEARNING_RATE, default=3e-3), OPTIMIZER, SEED)
FORMS = {spec.form: spec for spec in CATALOGUE.values() if spec.context == ("y_last",)}

place = frame.workspace()
with place.card:
    series = series_choice.ask()
    spec = catalogue.choose_form(FORMS)
    values = controls.ask(spec.parameters, catalogue.prefix(spec))
    size = controls.ask((WINDOW, HORIZON), "forecast")
    how = controls.ask(HOW, "run")
    try:
        task = forecast(series.value, int(size["window"]), int(size["horizon"]))
    except ValueError as error:
        task = None
        st.error(plain(str(error)), icon=":material/error:")
    waits = trial.live() or not task
    if st.button("Train", key="train", type="primary", icon=":material/play_arrow:", width="stretch", disabled=waits):
        foretelling.start(task, series, [(CATALOGUE["mse"], {}), (spec, values)], how)
    trial.show_progress(foretelling.KIND)

with place.head:
    frame.title("Time series", "The same net twice: once with MSE, once with a trend loss.")
with place.first:
    series_choice.show_understood(series)
    figure = pictures.series(
        series.time,
        series.value,
        split=task.borders if task else None,
        filled=series.filled,
        title=series.value_name,
        subtitle=f"split by time · window {int(size['window'])} → horizon {int(size['horizon'])}",
        narrow=place.phone,
    )
    plot.draw(figure, "series")
with place.rest:
    trial.show_results(foretelling.KIND, partial(foretelling.draw, narrow=place.phone))
with place.notes:
    controls.show_notes()
