"""A forecasting run that a person has started: its buttons, its progress, its live pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from explorer import theme
from explorer.engine.client import EngineError
from explorer.engine.run import Run
from explorer.figures import curve
from explorer.figures import series as pictures
from explorer.parameters import Value
from explorer.series import Series
from explorer.spec import LossSpec
from explorer.tasks import Forecast
from explorer.training.history import History, histories
from explorer.ui import plot
from explorer.ui.compute import engine, session
from explorer.ui.words import plain, setting

KEPT = "trial"
ENDED = "trial.ended"  # number of the run whose end the whole page has been drawn for
REDRAW = 0.1  # seconds between two looks at a run that goes on
BASELINE = "repeat last"
TABLE_STYLE = """<style>
.scores { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
.scores th { font-weight: 600; font-size: 11.5px; opacity: 0.7 }
.scores th, .scores td { padding: 6px 4px; border: 0; text-align: right }
.scores tr { border-bottom: 1px solid rgba(132, 144, 157, 0.3) }
.scores th:first-child, .scores td:first-child { text-align: left }
</style>"""


@dataclass(frozen=True, eq=False)
class Trial:
    """What was started, with all that its pictures need, whatever the controls say by now."""

    run: Run
    task: Forecast
    series: Series
    names: Sequence[str]
    epochs: int
    title: str


def current() -> Trial | None:
    """Return the trial of this session, None before the first."""
    trial: Trial | None = st.session_state.get(KEPT)
    return trial


def start(
    task: Forecast, series: Series, losses: Sequence[tuple[LossSpec, Mapping[str, Value]]], how: Mapping[str, Any]
) -> None:
    """Start a run in the compute process; one sentence on the page if that is refused."""
    names = [
        " ".join([spec.form if values else spec.key.upper(), setting(spec.parameters, values)]).strip()
        for spec, values in losses
    ]
    asked = [(spec.key, dict(values)) for spec, values in losses]
    try:
        run = engine().submit(
            session(), "forecast", losses=asked, value=task.value, window=task.window, horizon=task.horizon, **how
        )
    except EngineError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    title = f"window {task.window} · horizon {task.horizon} · batch {how['batch_size']:g} · seed {how['seed']:g}"
    st.session_state[KEPT] = Trial(run, task, series, names, int(how["epochs"]), title)
    st.rerun()


def show_progress() -> None:
    """Show how far the run is, and Stop, as long as it goes on."""
    trial = current()
    if trial:
        st.fragment(run_every=REDRAW if trial.run.live else None)(_progress)(trial)


def _progress(trial: Trial) -> None:
    run, done = trial.run, max((step.snapshot.epoch for step in trial.run.items if step.snapshot), default=0)
    waiting = engine().position(run)
    if waiting:
        st.progress(0.0, f"Waiting: number {waiting} in the queue")
    else:
        st.progress(min(1.0, done / trial.epochs), f"Epoch {done} of {trial.epochs} · same first weights, same batches")
    if st.button("Stop", icon=":material/stop:", key="stop", disabled=not run.live, width="stretch"):
        engine().cancel(run)
    if not run.live and st.session_state.get(ENDED) != run.number:
        st.session_state[ENDED] = run.number
        st.rerun()


def show_results(*, narrow: bool) -> None:
    """Show curves, scores and forecasts of the run, redrawn while it goes on."""
    trial = current()
    if trial:
        st.fragment(run_every=REDRAW if trial.run.live else None)(_results)(trial, narrow=narrow)


def _results(trial: Trial, *, narrow: bool) -> None:
    told = histories(list(trial.run.items), len(trial.names))
    colours = theme.RUNS[: len(told)]
    for name, history in zip(trial.names, told, strict=True):
        if history.sentence:
            st.warning(plain(f"{name}: {history.sentence}"), icon=":material/warning:")
    if trial.run.status == "failed":
        st.error(plain(trial.run.sentence), icon=":material/error:")
    columns = st.columns([1, 1, 1, 1.15], gap="small")
    for column, (title, subtitle, pick, baseline) in zip(columns, _measures(trial), strict=False):
        runs = [curve.Curve(n, c, h.epoch, pick(h)) for n, c, h in zip(trial.names, colours, told, strict=True)]
        with column:
            figure = curve.curves(runs, planned_epochs=trial.epochs, baseline=baseline, title=title, subtitle=subtitle)
            plot.draw(figure, f"curve-{title}")
    with columns[3]:
        _scores(trial, told)
    _forecast(trial, told, colours, narrow=narrow)


def _measures(trial: Trial) -> list[tuple[str, str, Any, tuple[float, str] | None]]:
    """Return the pictures: title, subtitle, which number of a history, and what is to be beaten."""
    part = trial.task.validation
    best = trial.task.scores(part, trial.task.repeat_last(part))
    unit = plain_unit(trial.series)

    def metric(name: str) -> Any:
        return lambda history: history.metrics.get(name, history.loss * float("nan"))

    return [
        ("Each one’s own loss", "validation part", lambda history: history.val_loss, None),
        (f"MAE, {unit}", "validation part", metric("mae"), (best["mae"], BASELINE)),
        ("Direction right", "validation part, share", metric("direction_accuracy"), (0.5, "coin")),
    ]


def plain_unit(series: Series) -> str:
    """Return what the values are called."""
    return series.value_name[:20]


def _scores(trial: Trial, told: Sequence[History]) -> None:
    """Show the common scores of the test part, each run beside the baseline."""
    task = trial.task
    rows = [(n, c, h.last.prediction) for n, c, h in zip(trial.names, theme.RUNS, told, strict=False) if h.last]
    rows.append((BASELINE, theme.BASELINE, task.repeat_last(task.test)))
    lines = ["<tr><th>test part</th><th>MAE</th><th>RMSE</th><th>direction</th></tr>"]
    for name, colour, prediction in rows:
        scores = task.scores(task.test, prediction)
        direction = scores.get("direction_accuracy")
        share = "–" if direction is None or name == BASELINE else f"{direction:.1%}"
        cells = (f"{scores['mae']:.3g}", f"{scores['rmse']:.3g}", share)
        dot = f"<span style='color:{colour}'>●</span>"
        lines.append(f"<tr><td>{dot} {escape(name)}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    st.html(f"{TABLE_STYLE}<table class='scores'>{''.join(lines)}</table>")


def _forecast(trial: Trial, told: Sequence[History], colours: Sequence[str], *, narrow: bool) -> None:
    """Show what each run foretells over the test part, beside the baseline."""
    task = trial.task
    index = task.test_index[:, -1]
    figure = pictures.forecast(
        trial.series.time[index],
        task.value[index],
        [(n, c, h.last.prediction[:, -1]) for n, c, h in zip(trial.names, colours, told, strict=True) if h.last],
        (BASELINE, task.repeat_last(task.test)[:, -1]),
        title=f"Test part, {task.horizon} ahead",
        subtitle=trial.title,
        narrow=narrow,
    )
    plot.draw(figure, "forecast")
