"""The offset experiment: curves apart by the offsets, weights and accuracy the same, and a few digits."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from explorer import theme
from explorer.arguments.offset import Sheet, Standing
from explorer.figures import curve
from explorer.figures.digit import digits
from explorer.losses.offset_crossentropy import OFFSET, OFFSET_CROSSENTROPY
from explorer.tasks.digits import DIGITS
from explorer.tasks.digits import digits as digits_task
from explorer.training.setting import Setting
from explorer.ui import playback, plot, take_home, trial
from explorer.ui.arguments.experiment import Experiment
from explorer.ui.trial import Trial
from explorer.ui.words import plain, short

KIND = "offsets"
EPOCH = "offsets.epoch"
COLOURS = (theme.A, theme.B, theme.THIRD)
DASHES = ("solid", "9px,6px", "3px,5px")
MILLION = 1e6
NAMED = 1.25


def button(experiment: Experiment, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains the network once with each offset."""
    settings = {"icon": ":material/play_arrow:", "width": "stretch"}
    if st.button("Train digits", key=f"start.{KIND}", on_click=on_click, disabled=disabled, **settings):
        playback.reset(EPOCH)
        given = [experiment.offset, experiment.second]
        trial.start(KIND, [], experiment, offset=given, images=experiment.images, **experiment.how)


def take(experiment: Experiment) -> None:
    """Show the button that opens the script of the training with the argument; with MNIST there is none."""
    how: dict[str, Any] = dict(experiment.how)
    values = {OFFSET.name: experiment.offset}
    take_home.arrays(
        [_name(experiment.offset)],
        lambda _: (OFFSET_CROSSENTROPY, values, digits_task(), Setting(**how)),
        ready=experiment.images == DIGITS,
    )


def show(*, phone: bool) -> None:
    """Show the last run of this session."""
    if trial.current(KIND) is None:
        st.info("Press Train digits: the same net learns once with each offset, and the curves appear here.")
    trial.show_results(
        KIND, lambda going: _draw(going, phone=phone), moving=playback.moving(EPOCH), every=playback.PAUSE
    )


def _draw(going: Trial, *, phone: bool) -> None:
    live = going.run.live  # asked before the items: once it is over, they are all there
    items = list(going.run.items)
    sheet = next((item for item in items if isinstance(item, Sheet)), None)
    told = [item for item in items if isinstance(item, Standing)]
    with st.container():
        if not sheet or not told:
            if live:
                st.skeleton(theme.HEIGHT["curves"])
            return
    _curves(going, sheet, told)
    with st.container():
        for sentence in facts(sheet, told):
            st.markdown(sentence)
    with st.container():
        epoch = playback.ask(EPOCH, told[-1].epoch, live=live)
    _digits(going, sheet, told[epoch - 1], phone=phone)


def _curves(going: Trial, sheet: Sheet, told: Sequence[Standing]) -> None:
    """Draw the loss, what is left of it without the offset, and the accuracy, by epoch."""
    experiment: Experiment = going.subject
    epochs = np.array([one.epoch for one in told])
    offsets = np.array(sheet.offsets)
    loss = np.array([one.val_loss for one in told])
    left = MILLION * (loss - loss[:, :1] - (offsets - offsets[0]))
    accuracy = np.array([one.accuracy for one in told])
    pictures = (
        ("Loss", "loss", loss),
        ("Loss − c − loss at " + _name(offsets[0]) + ", millionths", "rest", left),
        ("Accuracy", "accuracy", accuracy),
    )
    for column, (title, key, values) in zip(st.columns(3, gap="small"), pictures, strict=True):
        runs = [
            curve.Curve(_name(offset), colour, epochs, values[:, place], dash)
            for place, (offset, colour, dash) in enumerate(zip(offsets, COLOURS, DASHES, strict=False))
        ]
        said = f"{sheet.held_out:,} held-out images · {experiment.images}"
        with column:
            named = key == "loss"  # beside the ends of its lines there is room for their names
            last = math.ceil(going.total * (NAMED if named else 1))
            figure = curve.curves(runs, planned_epochs=last, title=title, subtitle=said, named=named)
            plot.draw(figure, f"offset-{key}")


def facts(sheet: Sheet, told: Sequence[Standing]) -> list[str]:
    """Return what the runs come to, in sentences with computed numbers."""
    offsets, plain_run = np.array(sheet.offsets), sheet.offsets.index(0.0)
    both = np.stack([[one.loss, one.val_loss] for one in told])
    off = np.abs(both - both[:, :, plain_run, None] - offsets).max()
    largest = np.float32(np.abs(both).max())
    apart, same = np.max([one.apart for one in told]), np.all([one.same for one in told])
    names = " and ".join(short(abs(float(offset))) for offset in offsets if offset)
    epochs = f"{len(told)} epoch" + "s" * (len(told) > 1)
    weights = f"all {told[-1].weights:,} weights of all runs are **equal bit for bit**"
    if not same:
        weights = f"the weights differ by up to **{apart:.2g}**"
    accuracies = {f"{value:.1%}" for value in told[-1].accuracy}
    return [
        f"{_mark(off < 1e-5 * max(1.0, float(largest)))} The curves lie {plain(names or '0')} above the one without "
        f"offset: over {epochs} they are off by **{off:.1e}** at most, where neighbouring float32 numbers near "
        f"{largest:.3g} are {np.spacing(largest):.1e} apart.",
        f"{_mark(bool(same))} After each of {epochs} {weights}: the slope of a constant is 0, so no gradient sees c.",
        f"{_mark(len(accuracies) == 1)} Accuracy after epoch {told[-1].epoch}: **{' and '.join(sorted(accuracies))}** "
        f"{'for every c' if len(accuracies) == 1 else ''}, {sheet.trained:,} images trained on.",
    ]


def _mark(good: bool) -> str:
    return ":green[✓]" if good else ":orange[▲]"


def _name(offset: float) -> str:
    return f"+{short(float(offset))}".replace("+-", "−")


def _digits(going: Trial, sheet: Sheet, standing: Standing, *, phone: bool) -> None:
    winners = standing.prediction.argmax(axis=-1)
    agree = (
        "read alike by every run"
        if (winners == winners[0]).all()
        else f"read by the run with {_name(sheet.offsets[0])}"
    )
    experiment: Experiment = going.subject
    figure = digits(
        sheet.images,
        sheet.truth,
        winners[0],
        title=f"{len(sheet.truth)} held-out digits after epoch {standing.epoch}, {agree}",
        subtitle=experiment.title,
        narrow=phone,
    )
    plot.draw(figure, "digits")
