"""From where a surface is looked at, as the link says it."""

from __future__ import annotations

import math

import streamlit as st

from explorer.ui import controls

NAME = "camera"
FARTHEST = 10.0  # in sizes of the picture


def camera() -> list[float] | None:
    """Return eye and centre, six numbers; None where the link names none, or a bad one, which is said."""
    text = st.query_params.get(NAME)
    if text is None:
        return None
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = []
    if len(found) != 6 or not all(math.isfinite(part) and abs(part) <= FARTHEST for part in found):
        controls.note("The link was followed, but for one value: its camera is no place to look from.")
        return None
    return found
