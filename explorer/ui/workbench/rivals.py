"""The forms trained beside each other: confusion matrices or decision regions by epoch, curves and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures import confusion as matrices
from explorer.figures import curve
from explorer.figures.region import regions
from explorer.training.mistake import Mistakes, mistakes
from explorer.training.snapshot import Snapshot
from explorer.ui import controls, playback, plot, score_table, trial
from explorer.ui.trial import Trial
from explorer.ui.words import plain
from explorer.ui.workbench.contest import Contest

KIND = "classes"
EPOCH = "rivals.epoch"
MATRICES, REGIONS = "Confusion", "Regions"


@dataclass(frozen=True, eq=False)
class Subject:
    """What is trained, and what has been looked at so far, epoch by epoch for each form."""

    contest: Contest
    snapshots: list[list[Snapshot]] = field(default_factory=list)
    found: list[list[Mistakes]] = field(default_factory=list)
    sentences: dict[int, str] = field(default_factory=dict)
    taken: list[int] = field(default_factory=lambda: [0])

    def take(self, going: Trial) -> None:
        """Look at the epochs that have come since the last time."""
        items = list(going.run.items)
        for step in items[self.taken[0] :]:
            if step.snapshot:
                self.snapshots[step.which].append(step.snapshot)
                told = mistakes(self.contest.task, step.snapshot.prediction, self.contest.costs)
                self.found[step.which].append(told)
            elif step.sentence:
                self.sentences[step.which] = step.sentence
        self.taken[0] = len(items)


def button(contest: Contest | None, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains the forms from the same first weights on the same batches."""
    settings = {"type": "primary", "icon": ":material/play_arrow:", "width": "stretch"}
    if st.button("Train", key=f"start.{KIND}", on_click=on_click, disabled=disabled, **settings) and contest:
        _start(contest)


def _start(contest: Contest) -> None:
    many = len(contest.specs)
    subject = Subject(contest, [[] for _ in range(many)], [[] for _ in range(many)])
    playback.reset(EPOCH)
    trial.start(KIND, contest.names, subject, losses=contest.losses, data=contest.arguments, **contest.how)


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
        if not any(subject.found):
            st.skeleton(theme.HEIGHT["confusion"])
            return
    kind, epoch = _controls(going, max(map(len, subject.found)), live=live)
    told = [found[min(epoch, len(found)) - 1] if found else None for found in subject.found]
    columns = _columns(len(told), phone=phone)
    if kind == MATRICES:
        _matrices(subject.contest, told, columns)
    else:
        _regions(subject, epoch, told, columns)
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
    subject: Subject,
    epoch: int,
    told: Sequence[Mistakes | None],
    columns: Sequence[st.delta_generator.DeltaGenerator],
) -> None:
    contest = subject.contest
    task, samples = contest.task, contest.data.labelled
    axes = list(task.axes)
    points = samples.x[task.rows[2]][:, axes]
    for place, (one, column) in enumerate(zip(told, columns, strict=True)):
        if one is None:
            continue
        snapshots = subject.snapshots[place]
        figure = regions(
            *task.nodes,
            task.regions(snapshots[min(epoch, len(snapshots)) - 1].prediction),
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
            curve.Curve(called, colour, np.arange(1, len(found) + 1), np.array([getattr(one, name) for one in found]))
            for called, colour, found in zip(contest.names, contest.colours, subject.found, strict=True)
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
