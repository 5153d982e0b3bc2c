"""The forms trained beside each other: confusion matrices or decision regions by epoch, curves and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from explorer import theme
from explorer.figures import confusion as matrices
from explorer.figures import curve
from explorer.figures.region import regions
from explorer.training.mistake import Mistakes, mistakes
from explorer.training.snapshot import Snapshot
from explorer.ui import controls, playback, plot, score_table, trial
from explorer.ui.epochs import Epochs
from explorer.ui.trial import Trial
from explorer.ui.words import plain
from explorer.ui.workbench.contest import Contest

KIND = "classes"
EPOCH = "rivals.epoch"
MATRICES, REGIONS = "Confusion", "Regions"


@dataclass(frozen=True, eq=False)
class Look:
    """What is kept of an epoch: its mistakes, and what it says wherever regions are drawn."""

    mistakes: Mistakes
    prediction: NDArray[Any]


class Subject(Epochs[Look]):
    """What is trained, and the mistakes of the epochs so far."""

    def __init__(self, contest: Contest) -> None:
        super().__init__(len(contest.specs), self._count)
        self.contest = contest

    def _count(self, snapshot: Snapshot) -> Look:
        told = mistakes(self.contest.task, snapshot.prediction, self.contest.costs)
        return Look(told, snapshot.prediction)


def button(contest: Contest | None, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains the forms from the same first weights on the same batches."""
    if trial.button("Train", KIND, on_click=on_click, disabled=disabled) and contest:
        _start(contest)


def _start(contest: Contest) -> None:
    playback.reset(EPOCH)
    trial.start(KIND, contest.names, Subject(contest), losses=contest.losses, data=contest.arguments, **contest.how)


def show(*, phone: bool) -> None:
    """Show the last run of this session."""
    if trial.current(KIND) is None:
        st.info("Press Train: the same small net learns once with each form, and its mistakes appear here.")
    trial.show_results(
        KIND, lambda going: _draw(going, phone=phone), moving=playback.moving(EPOCH), every=playback.PAUSE
    )


def _draw(going: Trial, *, phone: bool) -> None:
    subject: Subject = going.subject
    live = going.run.live  # asked before its epochs, lest the last of them be missed
    subject.take(going)
    with st.container():
        for which, sentence in subject.sentences.items():
            st.warning(plain(f"{going.names[which]}: {sentence}"), icon=":material/warning:")
        if not subject.done:
            st.skeleton(theme.HEIGHT["confusion"])
            return
    kind, epoch = _controls(going, subject.done, live=live)
    looks = subject.at(epoch)
    told = [look.mistakes if look else None for look in looks]
    columns = _columns(len(told), phone=phone)
    if kind == MATRICES:
        _matrices(subject.contest, told, columns)
    else:
        _regions(subject.contest, looks, columns)
    _curves(going, subject, told)
    st.caption(f"Test part after epoch {epoch} · {plain(subject.contest.title)}")


def _columns(count: int, *, phone: bool) -> list[st.delta_generator.DeltaGenerator]:
    if phone:
        return [place for _ in range(0, count, 2) for place in st.columns(2, wrap=False, gap="small")][:count]
    return list(st.columns(count, gap="small"))


def _controls(going: Trial, done: int, *, live: bool) -> tuple[str, int]:
    """Ask for the kind of picture and the epoch; a run that goes on shows its newest one."""
    left, right = st.columns([1.1, 2.5], vertical_alignment="center", gap="small")
    two = len(going.subject.contest.task.nodes[0]) > 0
    with left:
        options = [MATRICES, REGIONS] if two else [MATRICES]
        kind = controls.switch("Picture", options, "rivals.kind")
    with right:
        return kind, playback.ask(EPOCH, done, live=live)


def _matrices(
    contest: Contest, told: Sequence[Mistakes | None], columns: Sequence[st.delta_generator.DeltaGenerator]
) -> None:
    weights = contest.grid
    known = [one for one in told if one]
    dearest = matrices.dearest_cell([one.matrix for one in known], weights)
    lowest = min((one.cost for one in known), default=0.0)
    for place, (one, column) in enumerate(zip(told, columns, strict=True)):
        if one is None:
            continue
        figure = matrices.confusion(
            one.matrix,
            weights=weights,
            names=contest.data.names,
            title=contest.names[place],
            subtitle=f"accuracy {one.accuracy:.1%}",
            colour=contest.colours[place],
            cost=one.cost,
            lowest=one.cost == lowest and known[1:] != [],
            dearest=dearest,
        )
        with column:
            plot.draw(figure, f"matrix-{place}")


def _regions(
    contest: Contest, looks: Sequence[Look | None], columns: Sequence[st.delta_generator.DeltaGenerator]
) -> None:
    task, samples = contest.task, contest.data.labelled
    axes = list(task.axes)
    points = samples.x[task.rows[2]][:, axes]
    for place, (look, column) in enumerate(zip(looks, columns, strict=True)):
        if look is None:
            continue
        one = look.mistakes
        figure = regions(
            *task.nodes,
            task.regions(look.prediction),
            points=points,
            truth=task.truth,
            predicted=one.predicted,
            names=contest.data.names,
            axes=(samples.features[axes[0]], samples.features[axes[1]]),
            title=contest.names[place],
            subtitle=f"accuracy {one.accuracy:.1%} · cost {one.cost:.3g}",
            colour=contest.colours[place],
        )
        with column:
            plot.draw(figure, f"region-{place}")


def _curves(going: Trial, subject: Subject, told: Sequence[Mistakes | None]) -> None:
    """Draw cost and accuracy by epoch, and the recall of each class at the epoch shown."""
    contest = subject.contest
    left, middle, right = st.columns([1, 1, 1.2], gap="small")
    for column, title, name in ((left, "Mean cost", "cost"), (middle, "Accuracy", "accuracy")):
        runs = [
            curve.Curve(
                called,
                colour,
                np.arange(1, len(looks) + 1),
                np.array([getattr(look.mistakes, name) for look in looks]),
            )
            for called, colour, looks in zip(contest.names, contest.colours, subject.looks, strict=True)
        ]
        with column:
            figure = curve.curves(runs, planned_epochs=going.total, title=title, subtitle="test part", named=False)
            plot.draw(figure, f"curve-{name}")
    with right:
        _scores(contest, told)


def _scores(contest: Contest, told: Sequence[Mistakes | None]) -> None:
    known = [(place, one) for place, one in enumerate(told) if one]
    shown = contest.data.names[:5]
    columns = [
        score_table.marked([one.cost for _, one in known], ".3g", lowest=True),
        score_table.marked([one.accuracy for _, one in known], ".1%", lowest=False),
        *(
            score_table.marked([float(one.recall[c]) for _, one in known], ".0%", lowest=False)
            for c in range(len(shown))
        ),
    ]
    rows = [
        score_table.Row(contest.names[place], [column[i] for column in columns], contest.colours[place])
        for i, (place, _) in enumerate(known)
    ]
    score_table.show(("", "cost", "accuracy", *(f"recall {name}"[:14] for name in shown)), rows)
