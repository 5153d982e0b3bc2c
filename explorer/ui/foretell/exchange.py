"""The trade-off: what the penalty buys in direction, and what it costs in error, over its weight and many seeds."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer import theme
from explorer.figures import tradeoff as pictures
from explorer.training.tradeoff import LAMBDAS, SEEDS, Landing
from explorer.training.verdict import middle
from explorer.ui import plot, score_table, trial
from explorer.ui.foretell.contest import NAMES, Contest
from explorer.ui.trial import Trial
from explorer.ui.words import plain, short

KIND = "tradeoff"


def button(contest: Contest | None, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains the first trend loss with many weights and seeds."""
    spec = contest.trend if contest else None
    settings = {"icon": ":material/scatter_plot:", "width": "stretch"}
    if not st.button("λ × seeds", key="tradeoff", on_click=on_click, disabled=disabled or not spec, **settings):
        return
    if contest and spec and spec.split:
        values = contest.of(spec)
        weight = float(values.pop(spec.split.parameter))
        how = {name: value for name, value in contest.how.items() if name != "seed"}
        first = int(float(contest.how["seed"]))
        seeds = [first + seed for seed in SEEDS]
        asked = {"loss": spec.key, "values": values, "lambdas": sorted({*LAMBDAS, weight}), "data": contest.arguments}
        trial.start(KIND, [NAMES[spec.key]], contest, **asked, seeds=seeds, **how)


def show() -> None:
    """Show the last trade-off of this session."""
    if trial.current(KIND) is None:
        st.info(f"Press λ × seeds: the trend loss is trained with {len(LAMBDAS)} weights and {len(SEEDS)} seeds each.")
    trial.show_results(KIND, _draw)


def _draw(going: Trial) -> None:
    contest: Contest = going.subject
    last: dict[int, Landing] = {}
    with st.container():
        for landing in list(going.run.items):
            if landing.sentence:
                st.warning(plain(f"λ = {short(landing.weight)}: {landing.sentence}"), icon=":material/warning:")
            else:
                last[landing.which] = landing
        landed = [(landing.weight, landing.outcome) for _, landing in sorted(last.items()) if landing.outcome]
        if not landed:
            st.skeleton(theme.HEIGHT["frontier"])
            return
    left, right = st.columns([1.4, 1], gap="medium")
    task = contest.task
    with left:
        points = [pictures.Point(weight, found.rmse, found.direction) for weight, found in landed]
        lines = {"repeat last": task.repeat_last(task.test), "last season": task.seasonal_naive(task.test)}
        known = [
            pictures.Level(name, task.scores(task.test, said)["rmse"])
            for name, said in lines.items()
            if said is not None
        ]
        epoch = max(landing.epoch for landing in last.values())
        figure = pictures.tradeoff(
            points,
            baselines=known,
            title=f"{going.names[0]}: error against direction, {len(SEEDS)} seeds",
            subtitle=f"test part, after epoch {epoch} · {contest.title}",
            unit=contest.source.name,
        )
        plot.draw(figure, "tradeoff")
    with right:
        rows = []
        for weight, found in landed:
            name = f"λ = {short(weight)}" + (" (MSE)" if weight == 0 else "")
            name += ", repeats last" if found.mostly_collapsed else ""
            rows.append(score_table.Row(name, (middle(found.rmse).text(), middle(100 * found.direction).text(".0f"))))
        score_table.show(("mean ± spread", "RMSE", "direction right, %"), rows)
