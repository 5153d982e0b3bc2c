"""A tiny segmenter trained with each form: curves, scores, and the masks it predicts after each epoch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures import curve
from explorer.figures import mask as pictures
from explorer.tasks.shapes import KINDS, shapes
from explorer.tasks.task import Task
from explorer.training.setting import Setting
from explorer.training.snapshot import Snapshot
from explorer.ui import playback, plot, score_table, take_home, trial
from explorer.ui.epochs import Epochs
from explorer.ui.masks import forms
from explorer.ui.masks.contest import Contest
from explorer.ui.trial import Trial
from explorer.ui.words import plain

KIND = "shapes"
EPOCH = "masks.epoch"
BCE, HARD = "binary-ce", "bce-dice-published"
SCORES = {"iou": ("IoU", ".3f", False), "bce": ("BCE", ".3g", True), "empty": ("empty left empty", ".0%", False)}


@cache
def task() -> Task:
    """Return the images that every run is trained and scored on."""
    return shapes()


def button(contest: Contest, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains the chosen forms."""
    if trial.button("Train", KIND, on_click=on_click, disabled=disabled):
        playback.reset(EPOCH)
        trial.start(KIND, contest.names, contest, losses=contest.losses, **contest.how)


def take(contest: Contest) -> None:
    """Show the button that opens what can be taken home."""
    how: dict[str, Any] = dict(contest.how)
    take_home.arrays(
        contest.names, lambda place: (contest.specs[place], contest.losses[place][1], task(), Setting(**how))
    )


def show(*, phone: bool) -> None:
    """Show the last run of this session."""
    if trial.current(KIND) is None:
        st.info("Press Train: a tiny segmenter learns generated shapes with each form, and its masks appear here.")
    trial.show_results(
        KIND, lambda going: _draw(going, phone=phone), moving=playback.moving(EPOCH), every=playback.PAUSE
    )


def _draw(going: Trial, *, phone: bool) -> None:
    contest: Contest = going.subject
    live = going.run.live  # asked before its epochs, lest the last of them be missed
    epochs = Epochs(len(contest.specs), lambda snapshot: snapshot)
    epochs.take(going)
    told = epochs.looks
    with st.container():
        for which, sentence in epochs.sentences.items():
            st.warning(plain(f"{going.names[which]}: {sentence}"), icon=":material/block:")
        if not any(told):
            st.skeleton(theme.HEIGHT["curves"])
            return
    with st.container():
        epoch = playback.ask(EPOCH, epochs.done, live=live)
    shown = epochs.at(epoch)
    _curves(going, told, shown)
    _twins(contest, told)
    _masks(contest, shown, phone=phone)
    st.caption(f"Test images after epoch {epoch} · {plain(contest.title)} · same first weights, same batches")


def _curves(going: Trial, told: Sequence[Sequence[Snapshot]], shown: Sequence[Snapshot | None]) -> None:
    """Draw the scores that all forms share by epoch, and show them at the epoch that is looked at."""
    contest: Contest = going.subject
    left, middle, right = st.columns([1, 1, 1.1], gap="small")
    for column, name in ((left, "iou"), (middle, "bce")):
        runs = [
            curve.Curve(
                called,
                forms.STYLES[spec.key][0],
                np.array([one.epoch for one in snapshots]),
                np.array([one.metrics[name] for one in snapshots]),
                forms.STYLES[spec.key][1],
            )
            for called, spec, snapshots in zip(contest.names, contest.specs, told, strict=True)
        ]
        with column:
            figure = curve.curves(
                runs,
                planned_epochs=going.total,
                title=SCORES[name][0],
                subtitle=f"validation part · {contest.title}",
                named=False,
            )
            plot.draw(figure, f"masks-curve-{name}")
    with right:
        _scores(contest, shown)


def _scores(contest: Contest, shown: Sequence[Snapshot | None]) -> None:
    none = float("nan")
    columns = [
        score_table.marked([one.metrics[name] if one else none for one in shown], form, lowest=lowest)
        for name, (_, form, lowest) in SCORES.items()
    ]
    rows = [
        score_table.Row(name, [column[place] for column in columns], forms.STYLES[spec.key][0])
        for place, (name, spec) in enumerate(zip(contest.names, contest.specs, strict=True))
    ]
    score_table.show(("validation part", *(title for title, _, _ in SCORES.values())), rows)


def _twins(contest: Contest, told: Sequence[Sequence[Snapshot]]) -> None:
    """Say how far the runs with BCE and with BCE + hard Dice are apart, where both are there."""
    by_key = dict(zip((spec.key for spec in contest.specs), told, strict=True))
    pairs = list(zip(by_key.get(BCE, ()), by_key.get(HARD, ()), strict=False))
    with st.container():
        if pairs:
            gap = max(float(np.abs(one.prediction - other.prediction).max()) for one, other in pairs)
            scores = max(abs(one.metrics["bce"] - other.metrics["bce"]) for one, other in pairs)
            equal = "exactly the same training" if gap == scores == 0 else "not the same training"
            st.markdown(
                f":gray[○] **BCE + hard and BCE are {equal}**: over {len(pairs)} epochs the largest difference of any "
                f"predicted score is {gap:g}, of the validation BCE {scores:g}. The comparison p > θ has no "
                "derivative, so nothing of Dice reaches a weight: the sum is trained with the gradient of BCE alone."
            )


def _masks(contest: Contest, shown: Sequence[Snapshot | None], *, phone: bool) -> None:
    """Draw what each run predicts for the test images, with the true borders."""
    test = task().test
    true = test.y_true[..., 0]
    titles = [KINDS[place % len(KINDS)] for place in range(len(test))]
    known = [(spec, one) for spec, one in zip(contest.specs, shown, strict=True) if one]
    across = 1 if phone else 2
    for first in range(0, len(known), across):
        for column, (spec, one) in zip(st.columns(across, gap="small"), known[first : first + across], strict=False):
            figure = pictures.strip(
                one.prediction[..., 0],
                true=true,
                titles=titles,
                title=forms.NAMES[spec.key],
                subtitle=f"after epoch {one.epoch} · {forms.numbers(spec, contest.values) or 'no parameters'}",
                colour=forms.STYLES[spec.key][0],
                columns=4 if phone else None,
                width=340 if phone else 500,
            )
            with column:
                plot.draw(figure, f"predicted-{spec.key}")
