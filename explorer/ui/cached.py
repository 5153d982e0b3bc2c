"""Questions to the compute process whose answers are kept."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.parameters import Value
from explorer.surface import Surface
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
