"""A small net that embeds the rows of users, trained with each form: what is asked before, and what is shown.

The page shows `card` among its controls while this view is chosen, and `show` where its pictures are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.embedding import neighbour_accuracy
from explorer.losses.pairwise import EPSILON, MARGIN
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.tasks.users import HIDDEN, users
from explorer.training.setting import BATCH_SIZE, EPOCHS, LEARNING_RATE, OPTIMIZER, SEED, Setting
from explorer.ui import controls, playback, take_home, trial
from explorer.ui.pairs import own_data, rivals
from explorer.ui.pairs.own_data import Data
from explorer.ui.pairs.rivals import EPOCH, FORMS, KIND, Contest, Subject
from explorer.ui.words import plain

FIRST = ["published", "mean", "contrastive"]
EPOCHS_HERE = replace(EPOCHS, default=40, slider=(1, 100))
SETTINGS = (BATCH_SIZE, LEARNING_RATE, OPTIMIZER, SEED, HIDDEN)


def card(values: Mapping[str, Value] | None = None) -> None:
    """Show what is asked before a training, its button, and how far it is.

    Parameters
    ----------
    values : mapping, optional
        ``epsilon`` and ``margin`` as the page has asked for them; what is missing is asked here.
    """
    data = own_data.ask()
    chosen = st.pills(
        "Train", list(FORMS), selection_mode="multi", default=FIRST, key="users.forms", bind="query-params"
    )
    specs = [FORMS[form] for form in FORMS if form in chosen]
    missing = [p for p in (EPSILON, MARGIN) if p.name not in (values or {})]
    asked = {**(values or {}), **controls.ask(missing, "users")}
    how = controls.ask_how(EPOCHS_HERE, SETTINGS, "users.training")
    contest = _arrange(specs, asked, data, how) if specs else None
    if trial.button("Train", KIND, disabled=trial.live() or not contest) and contest:
        _start(contest)
    trial.show_progress(KIND, only_live=True)
    names = contest.names if contest else []
    take_home.arrays(names, lambda place: _asked(contest, place), ready=contest is not None)  # type: ignore[arg-type]


def _arrange(
    specs: Sequence[LossSpec], values: Mapping[str, Value], data: Data, how: Mapping[str, Value]
) -> Contest | None:
    """Return the contest; None, and one sentence on the page, where the data allow none."""
    hidden = int(float(how["hidden"]))
    try:
        task = users(data.x, data.ids, hidden=hidden)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    for sentence in task.notes:
        st.caption(plain(sentence))
    return Contest(specs, values, data, task, hidden, {name: value for name, value in how.items() if name != "hidden"})


def _asked(contest: Contest, place: int) -> take_home.Asked:
    how: dict[str, Any] = dict(contest.how)
    return contest.specs[place], contest.losses[place][1], contest.task, Setting(**how)


def _start(contest: Contest) -> None:
    task, data = contest.task, contest.data
    subject = Subject(contest, neighbour_accuracy(task.test.x, task.truth))
    playback.reset(EPOCH)
    asked = {"x": data.x, "ids": data.ids, "hidden": contest.hidden}
    trial.start(KIND, contest.names, subject, losses=contest.losses, data=asked, **contest.how)


def show(*, phone: bool) -> None:
    """Show the last run of this session, epoch by epoch."""
    if trial.current(KIND) is None:
        st.info("Press Train: the same small net learns to embed the users with each form, and its points move here.")
    trial.show_results(
        KIND, lambda going: rivals.draw(going, phone=phone), moving=playback.moving(EPOCH), every=playback.PAUSE
    )
