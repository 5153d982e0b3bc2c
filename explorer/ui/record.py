"""What the page shows right now: its name, its formulas and its pictures, for whoever wants to share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:  # the home page has no pictures of its own, and plotly takes time
    import plotly.graph_objects as go

KEPT = "record"


@dataclass(eq=False)
class Record:
    """What one session sees.

    Attributes
    ----------
    title, story : str
        Of the page.
    formulas : sequence of (str, str)
        Name and LaTeX of each loss, with its numbers.
    settings : dict of str to (str, str)
        What each control is called and says, by its name in the link.
    pictures : dict of str to plotly.graph_objects.Figure
        The pictures in the order that they were first drawn.
    camera : list of float or None
        Eye and centre of the surfaces, if a person has turned them.
    """

    title: str = ""
    story: str = ""
    formulas: Sequence[tuple[str, str]] = ()
    settings: dict[str, tuple[str, str]] = field(default_factory=dict)
    pictures: dict[str, go.Figure] = field(default_factory=dict)
    camera: list[float] | None = None


def record() -> Record:
    """Return the record of this session; a page that is drawn anew begins with an empty one."""
    kept: Record = st.session_state.setdefault(KEPT, Record())
    return kept


def begin() -> None:
    """Forget what the page showed before; called when a page is laid out."""
    st.session_state[KEPT] = Record()
