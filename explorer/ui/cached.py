"""Questions to the compute process whose answers are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.arguments.loop import Loop
from explorer.descent import Path
from explorer.doctor import Layers, Report
from explorer.line import Line
from explorer.masks.disc import Pair
from explorer.pairs.field import Field
from explorer.pairs.growth import Growth
from explorer.parameters import Value
from explorer.surface import Surface
from explorer.training.misaligned import Attempt
from explorer.ui.compute import engine


@st.cache_data(max_entries=256, show_spinner=False)
def surface(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, points: int) -> Surface:
    """Return the surface of a loss, computed in the compute process.

    Raises
    ------
    ValueError
        If a value is refused.
    EngineError
        If the compute process could not answer.
    """
    answer: Surface = engine().ask("surface", loss=loss, values=values, scene=scene, plane=plane, points=points)
    return answer


@st.cache_data(max_entries=256, show_spinner=False)
def facts(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str) -> Report:
    """Return what the doctor finds over one plane; fails as `surface` does."""
    answer: Report = engine().ask("facts", loss=loss, values=values, scene=scene, plane=plane)
    return answer


@st.cache_data(max_entries=256, show_spinner=False)
def layers(loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, points: int) -> Layers:
    """Return what can be laid over a picture; fails as `surface` does."""
    answer: Layers = engine().ask("layers", loss=loss, values=values, scene=scene, plane=plane, points=points)
    return answer


@st.cache_data(max_entries=256, show_spinner=False)
def descent(
    loss: str, values: Mapping[str, Value], scene: Mapping[str, Value], plane: str, how: Mapping[str, Any]
) -> Path:
    """Return an optimizer's way; fails as `surface` does."""
    answer: Path = engine().ask("descent", loss=loss, values=values, scene=scene, plane=plane, **how)
    return answer


@st.cache_data(max_entries=256, show_spinner=False)
def triangle(loss: str, values: Mapping[str, Value], classes: int, scene: Mapping[str, Value], points: int) -> Surface:
    """Return a loss over the triangle of three of several classes; fails as `surface` does."""
    asked = {"loss": loss, "values": values, "classes": classes, "scene": scene, "points": points}
    answer: Surface = engine().ask("triangle", **asked)
    return answer


@st.cache_data(max_entries=256, show_spinner=False)
def line(
    losses: Sequence[tuple[str, Mapping[str, Value]]], classes: int, ends: tuple[int, int], true_class: int
) -> Line:
    """Return losses along the line between two corners; fails as `surface` does."""
    asked = {"losses": losses, "classes": classes, "ends": ends, "true_class": true_class}
    answer: Line = engine().ask("line", **asked)
    return answer


@st.cache_data(max_entries=16, show_spinner=False)
def published_way(classes: int) -> list[Attempt]:
    """Return what becomes of tables per sample in the published and in the right way; fails as `surface` does."""
    answer: list[Attempt] = engine().ask("published way", classes=classes)
    return answer


@st.cache_data(max_entries=64, show_spinner=False)
def loop(offsets: Sequence[float]) -> Loop:
    """Return what losses made in a loop over these offsets say; fails as `surface` does."""
    answer: Loop = engine().ask("loop", offsets=offsets)
    return answer


@st.cache_data(max_entries=64, show_spinner=False)
def masks(
    view: str,
    losses: Sequence[tuple[str, Mapping[str, Value]]],
    scene: Mapping[str, Value],
    pair: tuple[Any, Any] | None,
) -> Any:
    """Return what one view of masks shows; ``pair`` holds a person's own mask and scores; fails as `surface` does."""
    return engine().ask("masks", view=view, losses=losses, scene=scene, pair=pair and Pair(*pair))


@st.cache_data(max_entries=256, show_spinner=False)
def board(loss: str, values: Mapping[str, Value], batch: Mapping[str, Any]) -> Field:
    """Return a pairwise loss over where one point of a batch lies; fails as `surface` does."""
    answer: Field = engine().ask("board", loss=loss, values=values, **batch)
    return answer


@st.cache_data(max_entries=64, show_spinner=False)
def growth(losses: Sequence[tuple[str, Mapping[str, Value]]], batch: Mapping[str, Any]) -> list[Growth]:
    """Return pairwise losses over the size of the batch; fails as `surface` does."""
    answer: list[Growth] = engine().ask("growth", losses=losses, **batch)
    return answer
