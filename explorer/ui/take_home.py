"""What a person takes home: files that are made when they are asked for, and the code that is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import streamlit as st

from explorer.spec import LossSpec
from explorer.takeaway import array_bundle, array_source
from explorer.tasks import Task
from explorer.training import Setting
from explorer.ui.words import plain

Asked: TypeAlias = tuple[LossSpec, Mapping[str, Any], Task, Setting]


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


def arrays(names: Sequence[str], asked: Callable[[int], Asked], *, ready: bool = True) -> None:
    """Show the button that opens the script and the data of a training on arrays.

    Parameters
    ----------
    names : sequence of str
        What the compared losses are called.
    asked : callable
        ``asked(place) -> (spec, values, task, setting)`` of the loss at this place.
    ready : bool
        Whether there is anything to take.
    """
    if pressed(ready=ready):
        _open(names, asked)


@st.dialog("Take home", width="large")
def _open(names: Sequence[str], asked: Callable[[int], Asked]) -> None:
    left, right = st.columns([1.4, 1], vertical_alignment="bottom")
    places = list(range(len(names)))
    with left:
        form: dict[str, Any] = {"format_func": names.__getitem__, "index": places[-1], "filter_mode": None}
        what = asked(int(st.selectbox("Form", places, key="take-home.form", **form)))
    try:
        code = array_source(*what)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    file = File("Script and data", "loss-explorer.zip", "application/zip", lambda: array_bundle(*what))
    about = "The zip holds train.py, shown here, and data.npz, which it reads: the same weights, batches and loss."
    show([file], [right], code, about)
