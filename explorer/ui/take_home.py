"""What a person takes home: files that are made when they are asked for, and the code that is in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st


class File(NamedTuple):
    """A file that can be downloaded.

    Attributes
    ----------
    label, name, kind : str
        What its button says, what it is called, and its media type.
    make : callable
        Returns its content; called when the button is clicked, so that nothing is kept on the server until then.
    """

    label: str
    name: str
    kind: str
    make: Callable[[], str | bytes]


def pressed(*, ready: bool) -> bool:
    """Show the button that opens what can be taken home, and return whether it was clicked."""
    clicked = st.button("Take home", icon=":material/download:", key="take-home", type="tertiary", disabled=not ready)
    return clicked and ready


def show(files: Sequence[File], places: Sequence[st.delta_generator.DeltaGenerator], code: str, about: str) -> None:
    """Show a button for each file in its place, and below them the code with a word about it."""
    for file, place in zip(files, places, strict=True):
        place.download_button(
            file.label,
            file.make,
            file.name,
            file.kind,
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
    st.caption(about)
    st.code(code, language="python", height=420)
