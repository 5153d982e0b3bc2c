"""What a net makes of users with each form, by epoch: where it puts their rows, neighbours, distances, and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from explorer import theme
from explorer.embedding import FAR, Distances, distances, flight, neighbour_accuracy, spread
from explorer.figures import curve
from explorer.figures import embedding as pictures
from explorer.losses import CATALOGUE
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.tasks.users import Users
from explorer.training.snapshot import Snapshot
from explorer.ui import controls, playback, plot, score_table
from explorer.ui.epochs import Epochs
from explorer.ui.pairs.own_data import Data
from explorer.ui.trial import Trial
from explorer.ui.words import plain, setting, short

KIND = "users"
EPOCH = "users.epoch"
FORMS = {spec.form: spec for spec in CATALOGUE.values() if spec.shapes == "points"}
COLOURS = dict(zip(FORMS, (theme.FOURTH, *theme.RUNS), strict=False))
OWN_SCALE, ONE_SCALE = "Own scales", "One scale"
ROOM = 1.08
TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Contest:
    """Forms that are trained on one task from the same first weights and the same batches.

    Attributes
    ----------
    specs : sequence of LossSpec
        The forms.
    values : mapping
        Parameters of all forms.
    data : Data
        What they are trained on.
    task : Users
        The same as a task.
    hidden : int
        Width of the net.
    how : mapping
        Epochs, batch size, learning rate, optimizer and seed.
    """

    specs: Sequence[LossSpec]
    values: Mapping[str, Value]
    data: Data
    task: Users
    hidden: int
    how: Mapping[str, Value]

    @property
    def names(self) -> list[str]:
        """What the forms are called."""
        return [spec.form for spec in self.specs]

    @property
    def losses(self) -> list[tuple[str, dict[str, Value]]]:
        """The forms as the compute process takes them."""
        return [(spec.key, {p.name: self.values[p.name] for p in spec.parameters}) for spec in self.specs]


@dataclass(frozen=True, eq=False)
class Look:
    """What the test part looks like after an epoch: its points seen from their middle, and what they are worth."""

    snapshot: Snapshot
    point: Any
    accuracy: float
    spread: float


class Subject(Epochs[Look]):
    """What is trained, how good the raw features are, and what the epochs so far look like."""

    def __init__(self, contest: Contest, raw: float) -> None:
        super().__init__(len(contest.specs), self._see)
        self.contest, self.raw = contest, raw

    def _see(self, snapshot: Snapshot) -> Look:
        point = np.asarray(snapshot.prediction, np.float64)
        accuracy = neighbour_accuracy(point, self.contest.task.truth)
        return Look(snapshot, point - point.mean(axis=0), accuracy, spread(point))


def draw(going: Trial, *, phone: bool) -> None:
    """Draw a run at the epoch that is looked at."""
    subject: Subject = going.subject
    live = going.run.live  # asked before its epochs, lest the last of them be missed
    subject.take(going)
    contest = subject.contest
    with st.container():
        if said := _endings(subject):
            st.warning("  \n".join(map(plain, said)), icon=":material/warning:")
    with st.container():
        if not any(subject.looks):
            st.skeleton(theme.HEIGHT["field"])
            return
    scale, epoch = _controls(subject.done, live=live)
    told = [(which, look) for which, look in enumerate(subject.at(epoch)) if look]
    count = len(contest.specs)
    _embeddings(contest, told, _columns(count, phone=phone), scale)
    _curves(going, subject, told)
    _histograms(contest, told, _columns(count, phone=phone), scale)
    st.caption(plain(_under(subject, epoch)))


def _endings(subject: Subject) -> list[str]:
    """Say of each form that ended early or flies apart when and why."""
    told = []
    for which, looks in enumerate(subject.looks):
        name = subject.contest.specs[which].form
        if which in subject.sentences:
            told.append(f"{name}: {subject.sentences[which]}")
        found = flight([look.spread for look in looks])
        if found:
            first, last = looks[0].snapshot.loss, looks[-1].snapshot.loss
            why = "every step outward lowers the loss" if last < first else "the steps are too long for the loss"
            told.append(
                f"{name} flies apart: {_number(FAR)} times as wide as after epoch 1 since epoch {found.place + 1}, "
                f"{_number(found.times)} times by epoch {len(looks)}; {why} ({_number(first)} → "
                f"{_number(last)})."
            )
    return told


def _number(value: float) -> str:
    """Return a number in three digits, up to millions without an exponent."""
    text = f"{value:,.0f}" if 1e3 <= abs(value) < 1e7 else f"{value:.3g}"
    return text.replace("-", "−")


def _controls(done: int, *, live: bool) -> tuple[str, int]:
    """Ask for the scale of the pictures and the epoch; a run that goes on shows its newest one."""
    left, right = st.columns([1.1, 2.5], vertical_alignment="center", gap="small")
    with left:
        scale = controls.switch("Scale", [OWN_SCALE, ONE_SCALE], "users.scale")
    with right:
        return scale, playback.ask(EPOCH, done, live=live)


def _columns(count: int, *, phone: bool) -> list[st.delta_generator.DeltaGenerator]:
    return [st.container() for _ in range(count)] if phone else list(st.columns(count, gap="small"))


def _embeddings(
    contest: Contest, told: Sequence[tuple[int, Look]], columns: Sequence[st.delta_generator.DeltaGenerator], scale: str
) -> None:
    own = {which: ROOM * float(np.abs(look.point).max()) or 1.0 for which, look in told}
    names = contest.data.names(contest.task.names)
    for which, look in told:
        spec = contest.specs[which]
        far = own[which] if scale == OWN_SCALE else max(own.values())
        values = contest.losses[which][1]
        figure = pictures.embedding(
            look.point,
            contest.task.truth,
            reach=(-far, far),
            names=names,
            title=" · ".join(filter(None, (spec.form, setting(spec.parameters, values)))),
            subtitle=f"epoch {look.snapshot.epoch} · neighbours {look.accuracy:.0%} · width {_number(look.spread)}",
            colour=COLOURS[spec.form],
        )
        with columns[which]:
            plot.draw(figure, f"embedding-{which}", keep=f"{far:.6g}")


def _histograms(
    contest: Contest, told: Sequence[tuple[int, Look]], columns: Sequence[st.delta_generator.DeltaGenerator], scale: str
) -> None:
    found = {which: distances(look.point, contest.task.truth) for which, look in told}
    far = max(_farthest(pairs) for pairs in found.values())
    for which, look in told:
        spec = contest.specs[which]
        figure = pictures.distances(
            found[which].same,
            found[which].different,
            reach=(0.0, far) if scale == ONE_SCALE else None,
            title=f"{spec.form}: distances of pairs",
            subtitle=f"test part, epoch {look.snapshot.epoch}",
            colour=COLOURS[spec.form],
        )
        with columns[which]:
            plot.draw(figure, f"distances-{which}")


def _farthest(pairs: Distances) -> float:
    return float(max(pairs.same.max(initial=0.0), pairs.different.max(initial=0.0))) or 1.0


def _curves(going: Trial, subject: Subject, told: Sequence[tuple[int, Look]]) -> None:
    """Draw neighbours and spread by epoch, and the numbers of the epoch shown."""
    left, middle, right = st.columns([1, 1, 1.2], gap="small")
    for column, key, title, baseline, number in (
        (left, "neighbours", "Nearest neighbour of the same user", (subject.raw, "raw features"), _accuracy),
        (middle, "width", "Width against epoch 1, in powers of ten", (np.log10(FAR), "flies apart"), _growth),
    ):
        runs = [
            curve.Curve(name, COLOURS[name], np.arange(1, len(looks) + 1), number(looks))
            for name, looks in zip(going.names, subject.looks, strict=True)
        ]
        settings: dict[str, Any] = {"planned_epochs": going.total, "subtitle": "test part", "named": False}
        with column:
            plot.draw(curve.curves(runs, title=title, baseline=baseline, **settings), f"curve-{key}")
    with right:
        _scores(subject, told)


def _accuracy(looks: Sequence[Look]) -> Any:
    return np.array([look.accuracy for look in looks])


def _growth(looks: Sequence[Look]) -> Any:
    """Return how many powers of ten wider each epoch is than the first."""
    widths = np.array([look.spread for look in looks])
    return np.log10(np.maximum(widths, TINY) / max(widths[0], TINY)) if looks else widths


def _scores(subject: Subject, told: Sequence[tuple[int, Look]]) -> None:
    truth = subject.contest.task.truth
    right = score_table.marked([look.accuracy for _, look in told], ".1%", lowest=False)
    rows = []
    for cell, (which, look) in zip(right, told, strict=True):
        pairs, name = distances(look.point, truth), subject.contest.specs[which].form
        medians = [_number(float(np.median(kind))) if kind.size else "–" for kind in (pairs.same, pairs.different)]
        times = look.spread / subject.looks[which][0].spread if subject.looks[which][0].spread else float("nan")
        cells = (cell, *medians, f"{_number(times)} ×", _number(look.snapshot.loss))
        rows.append(score_table.Row(name, cells, COLOURS[name]))
    rows.append(score_table.Row("raw features", (f"{subject.raw:.1%}", "", "", "", "")))
    score_table.show(("", "neighbours", "same", "different", "width", "loss"), rows)


def _under(subject: Subject, epoch: int) -> str:
    """Return what all pictures share, in words."""
    task, how = subject.contest.task, subject.contest.how
    sizes, batch = np.bincount(task.train.y_true.astype(int)), min(int(float(how["batch_size"])), len(task.train))
    rows = len(task.train)
    same = batch * (batch - 1) / 2 * float((sizes * (sizes - 1)).sum()) / max(rows * (rows - 1), 1)
    return (
        f"Test part after epoch {epoch}, {len(task.truth)} rows of {len(task.names)} users, seen from their middle · "
        f"{subject.contest.data.title} · {how['optimizer']}, learning rate {short(float(how['learning_rate']))}, batch "
        f"{batch}: of its {batch * (batch - 1) // 2:,} pairs {same:.3g} are of one user on average"
    )
