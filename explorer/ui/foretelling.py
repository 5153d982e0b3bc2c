"""The pictures of a forecasting run: curves, scores beside the baseline, forecasts of the test part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer import theme
from explorer.figures import curve
from explorer.figures import series as pictures
from explorer.parameters import Value
from explorer.series import Series
from explorer.spec import LossSpec
from explorer.tasks import Forecast
from explorer.training.history import History, histories
from explorer.ui import plot, score_table, trial
from explorer.ui.trial import Trial
from explorer.ui.words import plain, setting

KIND = "forecast"
BASELINE = "repeat last"


@dataclass(frozen=True, eq=False)
class Subject:
    """What is foretold, and in which setting."""

    task: Forecast
    series: Series
    title: str


def start(
    task: Forecast, series: Series, losses: Sequence[tuple[LossSpec, Mapping[str, Value]]], how: Mapping[str, Any]
) -> None:
    """Train the same net with each loss."""
    names = [
        " ".join([spec.form if values else spec.key.upper(), setting(spec.parameters, values)]).strip()
        for spec, values in losses
    ]
    title = f"window {task.window} · horizon {task.horizon} · batch {how['batch_size']:g} · seed {how['seed']:g}"
    asked = [(spec.key, dict(values)) for spec, values in losses]
    data = {"value": task.value, "window": task.window, "horizon": task.horizon}
    trial.start(KIND, names, Subject(task, series, title), losses=asked, **data, **how)


def draw(trial: Trial, *, narrow: bool) -> None:
    """Draw curves, scores and forecasts as far as they have come."""
    subject: Subject = trial.subject
    told = histories(list(trial.run.items), len(trial.names))
    colours = theme.RUNS[: len(told)]
    for name, history in zip(trial.names, told, strict=True):
        if history.sentence:
            st.warning(plain(f"{name}: {history.sentence}"), icon=":material/warning:")
    columns = st.columns([1, 1, 1, 1.15], gap="small")
    for column, (title, subtitle, pick, baseline) in zip(columns, _measures(subject), strict=False):
        runs = [curve.Curve(n, c, h.epoch, pick(h)) for n, c, h in zip(trial.names, colours, told, strict=True)]
        with column:
            figure = curve.curves(runs, planned_epochs=trial.epochs, baseline=baseline, title=title, subtitle=subtitle)
            plot.draw(figure, f"curve-{title}")
    with columns[3]:
        _scores(trial, told)
    _forecast(trial, told, colours, narrow=narrow)


def _measures(subject: Subject) -> list[tuple[str, str, Any, tuple[float, str] | None]]:
    """Return the pictures: title, subtitle, which number of a history, and what is to be beaten."""
    part = subject.task.validation
    best = subject.task.scores(part, subject.task.repeat_last(part))
    unit = subject.series.value_name[:20]

    def metric(name: str) -> Any:
        return lambda history: history.metrics.get(name, history.loss * float("nan"))

    return [
        ("Each one’s own loss", "validation part", lambda history: history.val_loss, None),
        (f"MAE, {unit}", "validation part", metric("mae"), (best["mae"], BASELINE)),
        ("Direction right", "validation part, share", metric("direction_accuracy"), (0.5, "coin")),
    ]


def _scores(trial: Trial, told: Sequence[History]) -> None:
    """Show the common scores of the test part, each run beside the baseline."""
    task = trial.subject.task
    said = [(n, c, h.last.prediction) for n, c, h in zip(trial.names, theme.RUNS, told, strict=False) if h.last]
    said.append((BASELINE, theme.BASELINE, task.repeat_last(task.test)))
    rows = []
    for name, colour, prediction in said:
        scores = task.scores(task.test, prediction)
        direction = scores.get("direction_accuracy")
        share = "–" if direction is None or name == BASELINE else f"{direction:.1%}"
        rows.append(score_table.Row(name, (f"{scores['mae']:.3g}", f"{scores['rmse']:.3g}", share), colour))
    score_table.show(("test part", "MAE", "RMSE", "direction"), rows)


def _forecast(trial: Trial, told: Sequence[History], colours: Sequence[str], *, narrow: bool) -> None:
    """Show what each run foretells over the test part, beside the baseline."""
    subject: Subject = trial.subject
    task = subject.task
    index = task.test_index[:, -1]
    figure = pictures.forecast(
        subject.series.time[index],
        task.value[index],
        [(n, c, h.last.prediction[:, -1]) for n, c, h in zip(trial.names, colours, told, strict=True) if h.last],
        (BASELINE, task.repeat_last(task.test)[:, -1]),
        title=f"Test part, {task.horizon} ahead",
        subtitle=subject.title,
        narrow=narrow,
    )
    plot.draw(figure, "forecast")
