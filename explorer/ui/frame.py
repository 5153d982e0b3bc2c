"""What all pages share: the name on top, one bordered card of controls, and pictures beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.engine.client import EngineError
from explorer.ui import share
from explorer.ui.record import begin, record
from explorer.ui.words import plain

Result = TypeVar("Result")
# In a narrow card two controls still stand side by side and formulas are smaller; else they would hang over its edge.
STYLE = """<style>
.st-key-card [data-testid="stColumn"] { min-width: 0 }
@media (max-width: 1399px) { .st-key-card .katex { font-size: 1em } }
</style>"""


@dataclass(frozen=True)
class Workspace:
    """The places of a page, in reading order on a phone and side by side elsewhere.

    Attributes
    ----------
    head, notes, first, card, rest : DeltaGenerator
        Name; what has to be said; the picture that answers first; the controls; everything else.
    phone : bool
        Whether the page is read on a phone.
    """

    head: DeltaGenerator
    notes: DeltaGenerator
    first: DeltaGenerator
    card: DeltaGenerator
    rest: DeltaGenerator
    phone: bool


def on_phone() -> bool:
    """Return whether the browser says that it is a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def workspace() -> Workspace:
    """Lay out a page and return its places."""
    begin()
    if on_phone():
        head, notes, first = st.container(), st.container(), st.container()
        return Workspace(head, notes, first, st.container(border=True), st.container(), phone=True)
    left, right = st.columns([0.31, 1], gap="medium")
    card = left.container(border=True, height="stretch", key="card")
    left.html(STYLE)
    head, notes, first, rest = (right.container() for _ in range(4))
    return Workspace(head, notes, first, card, rest, phone=False)


def title(name: str, story: str) -> None:
    """Show the page's name with its one-sentence story and what can be shared on the same line."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.subheader(name, anchor=False, width="content")
        st.caption(story, width="stretch")
        record().title, record().story = name, story
        share.button()


def attempt(compute: Callable[[], Result], height: int) -> Result | None:
    """Return what is computed, behind a grey field of this height; None, and one sentence on the page, if it fails."""
    try:
        with st.skeleton(height):
            return compute()
    except (EngineError, ValueError) as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Try again", icon=":material/refresh:")
        return None
