"""The batch lens: what averaging over a batch leaves of one sample's gradient, and of the penalty."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer import theme
from explorer.figures import lens as pictures
from explorer.training.lens import SIZES, Lens
from explorer.ui import plot, score_table, trial
from explorer.ui.foretell.contest import NAMES, Contest
from explorer.ui.trial import Trial

KIND = "lens"


def button(contest: Contest | None, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that looks at batches of several sizes."""
    settings = {"icon": ":material/search:", "width": "stretch"}
    if not st.button("Batch lens", key="lens", on_click=on_click, disabled=disabled, **settings) or not contest:
        return
    spec = contest.trend or contest.specs[0]
    how = {name: contest.how[name] for name in ("seed", "learning_rate", "optimizer")}
    how["seed"] = int(float(how["seed"]))
    asked = {"loss": spec.key, "values": contest.of(spec), "data": contest.arguments}
    trial.start(KIND, [NAMES[spec.key]], contest, total=len(SIZES), word="Batch size", **asked, **how)


def show() -> None:
    """Show what was seen last in this session."""
    if trial.current(KIND) is None:
        st.info(
            f"Press Batch lens: what is left of one sample’s gradient among {SIZES[-1]}, and a training with each size."
        )
    trial.show_results(KIND, _draw)


def _draw(going: Trial) -> None:
    seen: list[Lens] = list(going.run.items)
    with st.container():
        if not seen:
            st.skeleton(theme.HEIGHT["curves"])
            return
    contest: Contest = going.subject
    part = contest.task.validation
    last = contest.task.scores(part, contest.task.repeat_last(part))["rmse"]
    said = f"{going.names[0]} · {contest.task.network}"
    figures = {
        "gradients": pictures.gradients(seen[-1], subtitle=said),
        "penalties": pictures.penalties(seen[-1], subtitle=said),
        "updates": pictures.updates(seen[-1].courses, baseline=(last, "repeat last")),
    }
    for column, (name, figure) in zip(st.columns(3, gap="small"), figures.items(), strict=True):
        with column:
            plot.draw(figure, f"lens-{name}")
    _table(seen[-1])


def _table(lens: Lens) -> None:
    """Show for each batch size what its training came to."""
    rows = []
    for course in lens.courses:
        outcome = course.outcome
        terms = (f"{course.update[-1]:,}", f"{course.rest[-1]:.3g}", f"{course.penalty[-1]:.3g}")
        scores = (f"{outcome.rmse[0]:.3g}", f"{outcome.direction[0]:.0%}")
        rows.append(score_table.Row(f"batches of {course.size}", (*terms, *scores)))
    score_table.show(("", "updates", "error term", "penalty term", "RMSE, test", "direction right, test"), rows)
