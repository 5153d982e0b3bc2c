"""Cost against accuracy over many seeds: each form a cloud with its mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures import frontier as pictures
from explorer.training.cloud import Cloud
from explorer.ui import plot, score_table, trial
from explorer.ui.trial import Trial
from explorer.ui.words import plain, short
from explorer.ui.workbench.contest import Contest

KIND = "clouds"
SEEDS = 32
SYMBOLS = {
    "cce": "circle",
    "weighted-ce-published": "square",
    "weighted-ce-argmax": "diamond",
    "weighted-ce-soft": "triangle-up",
    "expected-cost": "cross",
}


def button(contest: Contest | None, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that trains each form with many seeds at once."""
    settings = {"icon": ":material/scatter_plot:", "width": "stretch"}
    if st.button(f"{SEEDS} seeds", key=f"start.{KIND}", on_click=on_click, disabled=disabled, **settings) and contest:
        _start(contest)


def _start(contest: Contest) -> None:
    how = {name: value for name, value in contest.how.items() if name != "seed"}
    first = int(float(contest.how["seed"]))
    asked = {"losses": contest.losses, "data": contest.arguments, "weights": contest.costs}
    seeds = list(range(first, first + SEEDS))
    trial.start(KIND, contest.names, contest, **asked, seeds=seeds, **how)


def show() -> None:
    """Show the last frontier of this session."""
    if trial.current(KIND) is None:
        st.info(f"Press {SEEDS} seeds: each form is trained with {SEEDS} seeds at once, and lands here as a cloud.")
    trial.show_results(KIND, _draw)


def _draw(going: Trial) -> None:
    contest: Contest = going.subject
    last: dict[int, Cloud] = {}
    with st.container():
        for cloud in list(going.run.items):
            if cloud.sentence:
                st.warning(plain(f"{going.names[cloud.which]}: {cloud.sentence}"), icon=":material/warning:")
            else:
                last[cloud.which] = cloud
        if not last:
            st.skeleton(theme.HEIGHT["frontier"])
            return
    left, right = st.columns([1.5, 1], gap="medium")
    epoch = max(cloud.epoch for cloud in last.values())
    with left:
        drawn = [
            pictures.Cloud(
                contest.names[w], contest.colours[w], SYMBOLS[contest.specs[w].key], cloud.accuracy, cloud.cost
            )
            for w, cloud in sorted(last.items())
        ]
        title = f"Cost against accuracy, {SEEDS} seeds"
        figure = pictures.frontier(drawn, title=title, subtitle=f"after epoch {epoch} · {contest.title}")
        plot.draw(figure, "frontier")
    with right:
        _scores(contest, last)


def _scores(contest: Contest, last: dict[int, Cloud]) -> None:
    """Show mean and standard deviation over the seeds, and how often the dearest mistake is made."""
    weights = np.array(contest.grid, float)
    np.fill_diagonal(weights, -np.inf)
    i, j = np.unravel_index(int(weights.argmax()), weights.shape)
    clouds = [(which, cloud) for which, cloud in sorted(last.items()) if np.isfinite(cloud.cost).any()]
    if not clouds:
        return
    made = [_share(cloud, int(i), int(j)) for _, cloud in clouds]
    columns = [
        score_table.marked([float(np.nanmean(c.cost)) for _, c in clouds], ".3g", lowest=True),
        score_table.marked([float(np.nanmean(c.accuracy)) for _, c in clouds], ".1%", lowest=False),
        score_table.marked(made, ".1%", lowest=True),
    ]
    rows = []
    for place, (which, cloud) in enumerate(clouds):
        cost, accuracy, share = (column[place] for column in columns)
        spread = (f" ± {np.nanstd(cloud.cost):.2g}", f" ± {np.nanstd(cloud.accuracy):.1%}")
        rows.append(
            score_table.Row(
                contest.names[which], (cost + spread[0], accuracy + spread[1], share), contest.colours[which]
            )
        )
    st.markdown(_verdict(contest, clouds))
    names = contest.data.names
    score_table.show(("mean ± deviation", "cost", "accuracy", "dear mistake"), rows)
    said = f"Dear mistake: a true {names[i]} taken for {names[j]}, weight {short(float(weights[i, j]))}."
    lost = sum(int(np.isnan(cloud.cost).sum()) for cloud in last.values())
    st.caption(plain(said) + (f" {lost} runs broke down and are left out." if lost else ""))


def _verdict(contest: Contest, clouds: Sequence[tuple[int, Cloud]]) -> str:
    """Return in one sentence which form costs least, and what it gives up for that."""
    means = {which: (float(np.nanmean(c.cost)), float(np.nanmean(c.accuracy))) for which, c in clouds}
    best = min(means, key=lambda which: means[which][0])
    surest = max(means, key=lambda which: means[which][1])
    name = f"**{contest.names[best]}**"
    if best == surest:
        return f"{name} costs least and is right most often."
    lost = 100 * (means[surest][1] - means[best][1])
    return (
        f"{name} costs least, {means[best][0]:.3g} against {means[surest][0]:.3g}, for {lost:.1f} points of accuracy "
        f"less than {contest.names[surest]}, which is right most often."
    )


def _share(cloud: Cloud, i: int, j: int) -> float:
    """Return how often class i was taken for class j, over all sound seeds."""
    sound = cloud.matrix[np.isfinite(cloud.cost)]
    total = sound[:, i].sum()
    return float(sound[:, i, j].sum() / total) if total else float("nan")
