"""The losses trained beside each other: curves, scores beside the baselines, forecasts by epoch, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures import curve
from explorer.figures import series as pictures
from explorer.training.history import History, histories
from explorer.training.judgement import SEEDS, Judgement
from explorer.training.snapshot import Snapshot
from explorer.training.together import Step
from explorer.ui import playback, plot, score_table, trial
from explorer.ui.epochs import at
from explorer.ui.foretell.contest import COLOURS, Contest
from explorer.ui.trial import Trial
from explorer.ui.words import plain

KIND = "forecast"
EPOCH = "foretell.epoch"
LAST, SEASON = "repeat last", "last season"
ROUNDING = 1e-5  # of the range of the series
OWN = "Each one’s own loss"


def button(contest: Contest | None, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains the network once with each loss."""
    if trial.button("Train", KIND, on_click=on_click, disabled=disabled) and contest:
        playback.reset(EPOCH)
        trial.start(KIND, contest.names, contest, losses=contest.losses, data=contest.arguments, **contest.how)


def show(*, phone: bool) -> None:
    """Show the last run of this session."""
    if trial.current(KIND) is None:
        st.info("Press Train: the same net learns once with each loss, and its forecasts appear here.")
    trial.show_results(
        KIND, lambda going: _draw(going, phone=phone), moving=playback.moving(EPOCH), every=playback.PAUSE
    )


def _draw(going: Trial, *, phone: bool) -> None:
    """Draw curves, scores, verdict and forecasts as far as they have come."""
    contest: Contest = going.subject
    live = going.run.live  # asked before its epochs, lest the last of them be missed
    items = list(going.run.items)
    steps = [item for item in items if isinstance(item, Step)]
    told = histories(steps, len(going.names))
    with st.container():
        for name, history in zip(going.names, told, strict=True):
            if history.sentence:
                st.warning(plain(f"{name}: {history.sentence}"), icon=":material/warning:")
        _verdicts(going, [item for item in items if isinstance(item, Judgement)])
    columns = st.columns([1, 1, 1, 1.5], gap="small")
    terms = _terms(told)
    for column, (title, subtitle, pick, baseline) in zip(columns, _measures(contest), strict=False):
        stacked = terms if title == OWN else []
        runs = [curve.Curve(n, c, h.epoch, pick(h)) for n, c, h in zip(going.names, COLOURS, told, strict=False)]
        with column:
            figure = curve.curves(
                runs,
                planned_epochs=going.total,
                baseline=baseline,
                title=title,
                subtitle="" if stacked else subtitle,  # the names of the terms take all the room there is
                terms=stacked,
                named=False,
            )
            plot.draw(figure, f"curve-{title}")
    with st.container():
        done = max((int(history.epoch[-1]) for history in told if len(history.epoch)), default=0)
        epoch = playback.ask(EPOCH, done, live=live)
    shown = [at([s.snapshot for s in steps if s.which == which and s.snapshot], epoch) for which in range(len(told))]
    _alike(going, shown, epoch)
    with columns[3]:
        _scores(going, shown)
    _forecast(going, shown, epoch, narrow=phone)


def _verdicts(going: Trial, found: Sequence[Judgement]) -> None:
    """Say what each trend loss bought, and name a collapse."""
    for judgement in found:
        mark = ":orange[▲]" if judgement.collapsed else ":gray[○]"
        st.markdown(f"{mark} {plain(judgement.sentence)}")
    contest: Contest = going.subject
    waiting = sum(spec.split is not None for spec in contest.specs) - len(found)
    if going.run.live and waiting and going.done == going.total:
        st.markdown(f":gray[○ Training each trend loss with {SEEDS} seeds, to tell skill from luck …]")


def _alike(going: Trial, shown: Sequence[Snapshot | None], epoch: int) -> None:
    """Say which losses have trained the same net, but for rounding."""
    size = float(np.ptp(going.subject.task.value))
    known = [(name, np.asarray(one.prediction)) for name, one in zip(going.names, shown, strict=True) if one]
    with st.container():
        for (one, here), (other, there) in combinations(known, 2):
            if (gap := float(np.abs(here - there).max())) < ROUNDING * size:
                st.markdown(
                    f":gray[○] {plain(one)} and {plain(other)} train alike: after epoch {epoch} no forecast differs by "
                    f"more than {gap:.1g}. Their values may differ, their gradients do not."
                )


def _measures(contest: Contest) -> list[tuple[str, str, Any, tuple[float, str] | None]]:
    """Return the pictures: title, subtitle, which number of a history, and what is to be beaten."""
    part = contest.task.validation
    best = contest.task.scores(part, contest.task.repeat_last(part))
    unit = contest.source.name[:20]

    def metric(name: str) -> Any:
        return lambda history: history.metrics.get(name, history.loss * float("nan"))

    return [
        (OWN, "validation part", lambda history: history.val_loss, None),
        (f"RMSE, {unit}", "validation part", metric("rmse"), (best["rmse"], LAST)),
        ("Direction right", "validation part, share", metric("direction_accuracy"), (0.5, "coin")),
    ]


def _terms(told: Sequence[History]) -> list[curve.Curve]:
    """Return the two terms of the first loss that has them, to be stacked under the curves."""
    for history in told:
        if history.terms:
            colours = (theme.REST, theme.PENALTY)
            return [
                curve.Curve(n, c, history.epoch, v) for (n, v), c in zip(history.terms.items(), colours, strict=True)
            ]
    return []


def _baselines(contest: Contest) -> list[tuple[str, Any]]:
    part = contest.task.test
    found = [(LAST, contest.task.repeat_last(part)), (SEASON, contest.task.seasonal_naive(part))]
    return [(name, prediction) for name, prediction in found if prediction is not None]


def _scores(going: Trial, shown: Sequence[Snapshot | None]) -> None:
    """Show the common scores of the test part, each run beside the baselines."""
    contest: Contest = going.subject
    task = contest.task
    said = [(n, c, s.prediction) for n, c, s in zip(going.names, COLOURS, shown, strict=False) if s]
    said += [(name, theme.BASELINE, prediction) for name, prediction in _baselines(contest)]
    scores = [task.scores(task.test, prediction) for _, _, prediction in said]
    columns = [
        score_table.marked([one.get(name, float("nan")) for one in scores], ".3g", lowest=True)
        for name in ("mae", "rmse", "mase")
    ]
    rows = []
    for place, (name, colour, prediction) in enumerate(said):
        found = task.directions(task.test, prediction)
        low, high = found.interval
        share = "–" if name == LAST or not found.moves else f"{found.share:.0%} ({100 * low:.0f}–{100 * high:.0f})"
        rows.append(score_table.Row(name, [*(column[place] for column in columns), share], colour))
    score_table.show(("test part", "MAE", "RMSE", "MASE", "direction, 95 %"), rows)


def _forecast(going: Trial, shown: Sequence[Snapshot | None], epoch: int, *, narrow: bool) -> None:
    """Show what each run foretells over the test part, beside the baseline, with the residuals."""
    contest: Contest = going.subject
    task = contest.task
    index = task.test_index[:, -1]
    said = zip(going.names, COLOURS, shown, strict=False)
    figure = pictures.forecast(
        contest.source.time[index],
        task.value[index],
        [(n, c, np.asarray(s.prediction)[:, -1]) for n, c, s in said if s],
        (LAST, task.repeat_last(task.test)[:, -1]),
        title=f"Test part, {task.horizon} ahead, after epoch {epoch}",
        subtitle=contest.title,
        narrow=narrow,
    )
    plot.draw(figure, "forecast")
