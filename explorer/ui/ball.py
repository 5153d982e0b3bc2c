"""The ball that rolls down a loss: which optimizer, from where, and how far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.descent import LEARNING_RATE, OPTIMIZER, STEPS
from explorer.parameters import Number
from explorer.spec import Plane
from explorer.ui import catalogue, controls, plot

NONE = "no ball"
PLAYED = "ball.played"
SHARE = 0.12  # of the plane between its corner and where a ball begins by default


def ask(plane: Plane, prefix: str) -> dict[str, Any] | None:
    """Ask for an optimizer and its numbers; None while there is no ball."""
    left, right = st.columns(2, wrap=False)
    with left:
        optimizer = catalogue.one_of("Ball", [NONE, *OPTIMIZER.options], f"{prefix}.ball")
    with right:
        rate = controls.widget(LEARNING_RATE, f"{prefix}.learning_rate")
    if optimizer == NONE:
        return None
    with st.container(horizontal=True, gap="small"):
        buttons = (
            ("Play", ":material/play_arrow:"),
            ("Step", ":material/skip_next:"),
            ("Back", ":material/first_page:"),
        )
        for label, icon in buttons:
            st.button(label, icon=icon, key=f"ball.{label}", on_click=_press, args=(label, f"{prefix}.{STEPS.name}"))
    with st.popover("Start and steps", width="stretch"):
        where = controls.ask((*start(plane), STEPS), prefix)
    point = (float(where["start_x"]), float(where["start_y"]))
    return {"start": point, "optimizer": optimizer, "learning_rate": rate, "steps": int(where["steps"])}


def _press(button: str, steps: str) -> None:
    """Do what a button says: roll the whole way, one step more, or back to the start."""
    state = st.session_state
    taken = int(state.get(steps, STEPS.default))
    if button == "Play":
        state[steps] = taken if taken > 1 else int(STEPS.default)
        state[PLAYED] = state.get(PLAYED, 0) + 1
    else:
        state[steps] = min(taken + 1, int(STEPS.range[1])) if button == "Step" else 1


def played() -> int:
    """Return how often Play was pressed: a picture that learns of a new number rolls its ball."""
    return int(st.session_state.get(PLAYED, 0))


def start(plane: Plane) -> tuple[Number, Number]:
    """Return the two numbers that say where the ball begins."""
    return tuple(  # type: ignore[return-value]
        Number(
            name=name,
            label=f"{axis.label} · start",
            default=round(axis.low + share * (axis.high - axis.low), 2),
            low=axis.low,
            high=axis.high,
            step=0.01,
        )
        for name, axis, share in (("start_x", plane.x, SHARE), ("start_y", plane.y, 1 - SHARE))
    )


def follow_click(plane: Plane, prefix: str, key: str) -> None:
    """Put the start where a picture was clicked; a callback."""
    point: Mapping[str, float] | None = plot.clicked(key)
    if point:
        for number, value in zip(start(plane), (point["x"], point["y"]), strict=True):
            st.session_state[f"{prefix}.{number.name}"] = min(max(round(value, 2), number.low), number.high)
