"""The board: the points of a batch with the forces on them, form beside form, and their ways once they are let go."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import numpy as np
import streamlit as st

from explorer import embedding, theme
from explorer.engine.client import EngineError
from explorer.figures import board as pictures
from explorer.figures.curve import Curve, curves
from explorer.figures.frame import span
from explorer.pairs.batch import UP, remark
from explorer.pairs.drift import Drift
from explorer.pairs.field import Field
from explorer.pairs.verdict import APART, LOST, REST
from explorer.pairs.verdict import UP as CLIMBS
from explorer.spec import LossSpec
from explorer.ui import cached, controls, frame, playback, plot, score_table, trial
from explorer.ui.pairs import table
from explorer.ui.pairs.setup import PREFIX, Setup
from explorer.ui.trial import Trial
from explorer.ui.words import plain, short

KIND = "drift"
STEP = f"{PREFIX}.step"
FRESH = f"{PREFIX}.fresh"  # whether the ways have not been played yet
HEIGHTS = (560, 430, 350, 300)  # of one board, two, three, four beside each other
NEAREST = 2.5  # half the width of a board whose points have not gone far
ROOM = 1.08
SIGNS = {REST: ":green[●]", APART: ":red[▲]", LOST: ":red[✕]", CLIMBS: ":orange[▲]"}
SAID = "Loss: what Keras reports, the mean over the rows of the batch; a force is its negative slope."

Result = TypeVar("Result")
Columns = Sequence[st.delta_generator.DeltaGenerator]


def button(setup: Setup, *, on_click: Callable[[], None], disabled: bool) -> None:
    """Show the button that lets the points go."""
    if trial.button("Let the points go", KIND, on_click=on_click, disabled=disabled):
        playback.reset(STEP)
        st.session_state[FRESH] = True
        names = [spec.form for spec in setup.specs]
        asked = {"losses": setup.losses, "ids": setup.batch.ids, "points": setup.batch.points, **setup.how}
        word = {"total": len(names), "word": "Form", "note": "same start"}
        trial.start(KIND, names, setup, **word, **asked)


def show(setup: Setup, *, phone: bool) -> None:
    """Show the board as it is set up, and the ways of its points where they have been let go."""
    said = remark(float(setup.scene["users"]), float(setup.scene["each"]))  # type: ignore[arg-type]
    with st.container():
        if said:
            st.info(said, icon=":material/group_off:")
    going = trial.current(KIND)
    if going and going.subject.asked == setup.asked and going.run.status != "failed":
        if not going.run.live and st.session_state.pop(FRESH, False):
            playback.play(STEP, 0)
        trial.show_results(KIND, partial(_ways, phone=phone), moving=playback.moving(STEP), every=playback.PAUSE)
        return
    with st.container():
        if going and going.run.status == "failed":
            st.error(plain(going.run.sentence), icon=":material/error:")
    _start(setup, phone=phone)


def _start(setup: Setup, *, phone: bool) -> None:
    """Draw the batch before anything has moved."""
    fields = frame.attempt(partial(_fields, setup), theme.HEIGHT["field"])
    if fields is not None:
        _at_rest(setup, fields, phone=phone, on_click=True)
        st.caption(
            f"{SAID} Click into a board to pull the ringed point there; let the points go to see where they end."
        )


def _at_rest(setup: Setup, fields: Sequence[Field], *, phone: bool, on_click: bool) -> None:
    points, reach = setup.batch.points, _reach(setup.batch.points)
    for spec, field, column in zip(setup.specs, fields, _columns(len(fields), phone=phone), strict=True):
        with column:
            _board(setup, spec, points, field.push.force, reach, field=field, on_click=on_click)
    pairs = embedding.distances(points, setup.batch.ids)
    apart = (_mean(pairs.same), _mean(pairs.different))
    told = zip(setup.specs, fields, strict=True)
    _scores([_row(setup, spec, field.push.loss, *apart, field.push.force) for spec, field in told], phone=phone)


def _fields(setup: Setup) -> list[Field]:
    points = setup.batch.points
    return [_field(setup, spec, points, _reach(points)) for spec in setup.specs]


def _ways(going: Trial, *, phone: bool) -> None:
    """Draw all forms after one step of their way."""
    setup: Setup = going.subject
    found: list[Drift] = list(going.run.items)
    with st.container():
        if going.run.live or not found:
            fields = _quietly(partial(_fields, setup))
            if fields:
                _at_rest(setup, fields, phone=phone, on_click=False)
            return
    with st.container():
        step = playback.ask(STEP, max(way.steps for way in found), live=False, label="Step", first=0)
    columns = _columns(len(setup.specs), phone=phone)
    for way in found:
        with columns[way.which]:
            _way(setup, way, min(step, way.steps))
    _scores([_way_row(setup, way, min(step, way.steps)) for way in found], phone=phone)
    for way in found:
        sign = SIGNS.get(way.verdict.kind, ":gray[●]")
        st.markdown(f"{sign} **{plain(setup.specs[way.which].form)}** · {plain(way.verdict.sentence)}")
    st.caption(f"After step {step} · {_how(setup)} · {SAID}")


def _way(setup: Setup, way: Drift, step: int) -> None:
    """Draw the board of one form after a step, and its loss up to there."""
    spec, points = setup.specs[way.which], way.point[step]
    reach = _reach(points)
    field = None if playback.moving(STEP) else _quietly(partial(_field, setup, spec, points, reach))
    longest = float(np.linalg.norm(way.force, axis=-1).max())
    _board(setup, spec, points, way.force[step], reach, field=field, longest=longest, trail=way.point[: step + 1])
    run = Curve(spec.form, setup.colour(spec), np.arange(step + 1), way.loss[: step + 1])
    asked = int(float(setup.how["steps"]))  # type: ignore[arg-type]
    figure = curves([run], planned_epochs=asked, title="Loss over steps", subtitle=_how(setup), named=False)
    low, high = span(way.loss)
    heights = (low - 0.06 * (high - low), high + 0.06 * (high - low))
    plot.draw(figure.update_layout(xaxis_title_text="step", yaxis_range=heights), f"loss-{spec.key}")


def _board(
    setup: Setup,
    spec: LossSpec,
    points: Any,
    force: Any,
    reach: tuple[float, float],
    *,
    field: Field | None,
    longest: float | None = None,
    trail: Any = None,
    on_click: bool = False,
) -> None:
    key = f"board-{spec.key}"
    figure = pictures.board(
        points,
        setup.batch.ids,
        force=force,
        longest=longest or None,
        field=field and (field.x, field.y, field.value),
        moving=setup.moving,
        trail=trail,
        reach=reach,
        title=spec.form,
        subtitle=" · ".join(filter(None, (setup.numbers(spec), setup.title))),
        colour=setup.colour(spec),
    )
    height = HEIGHTS[len(setup.specs) - 1]
    follow = partial(_follow_click, key, setup.drawn) if on_click else None
    plot.draw(figure, key, keep=f"{reach}", height=height, on_click=follow)


def _follow_click(key: str, drawn: tuple[float, float]) -> None:
    """Pull the point that moves to where a board was clicked; for a picture's callback."""
    point = plot.clicked(key)
    if point:
        low, high = UP.range
        for name, start, at in zip(("right", "up"), drawn, (point["x"], point["y"]), strict=True):
            pulled = round(round((at - start) / UP.step) * UP.step, 2)
            controls.set_value(f"{PREFIX}.{name}", min(max(pulled, low), high))


def _field(setup: Setup, spec: LossSpec, points: Any, reach: tuple[float, float]) -> Field:
    batch = {"ids": setup.batch.ids, "points": points, "moving": setup.moving, "reach": reach}
    return cached.board(spec.key, setup.of(spec), batch)


def _quietly(compute: Callable[[], Result]) -> Result | None:
    """Return fields, or none where they cannot be had: they are only what lies behind the points."""
    try:
        return compute()
    except (EngineError, ValueError):
        return None


def _reach(points: Any) -> tuple[float, float]:
    """Return the ends of both axes: round numbers, so that they do not change at every step."""
    most = max(ROOM * float(np.abs(points).max()), NEAREST)
    decade = 10.0 ** math.floor(math.log10(most))
    far = next(part * decade for part in (1.0, 2.5, 5.0, 10.0) if part * decade >= most)
    return -far, far


def _columns(count: int, *, phone: bool) -> Columns:
    return [st.container() for _ in range(count)] if phone else list(st.columns(count, gap="small"))


def _mean(distances: Any) -> float:
    return float(distances.mean()) if distances.size else math.nan


def _row(
    setup: Setup, spec: LossSpec, loss: float, same: float, different: float, force: Any, verdict: str = ""
) -> score_table.Row:
    longest = float(np.linalg.norm(force, axis=-1).max())
    cells = [f"{number:.3g}" if number == number else "–" for number in (loss, same, different, longest)]
    return score_table.Row(spec.form, [*cells, verdict] if verdict else cells, setup.colour(spec))


def _way_row(setup: Setup, way: Drift, step: int) -> score_table.Row:
    told = (float(part[step]) for part in (way.loss, way.same, way.different))
    return _row(setup, setup.specs[way.which], *told, way.force[step], way.verdict.kind)


def _scores(rows: Sequence[score_table.Row], *, phone: bool) -> None:
    header = ("", "loss", "apart, one user", "apart, two users", "longest force", "in the end")
    table.show(header[: 1 + len(rows[0].cells)], rows, phone=phone)


def _how(setup: Setup) -> str:
    how = setup.how
    return f"{how['optimizer']}, learning rate {short(float(how['learning_rate']))}, {how['steps']:g} steps"  # type: ignore[arg-type]
