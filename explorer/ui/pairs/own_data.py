"""The rows of users that an embedding net is trained on: generated, or a person's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from explorer.labelled import LabelledError
from explorer.labelled.identified import Identified, read
from explorer.tasks.users import PARAMETERS, draw_users
from explorer.ui import catalogue, controls
from explorer.ui.words import plain, setting

GENERATED, OWN = "Generated", "Your file"
KINDS = ["csv", "tsv", "txt"]
MOST_MEGABYTES = 50
KEPT, COLUMN = "users.file", "users.column"
FOUND = "as found"
LONGEST_NAME = 16


@dataclass(frozen=True, eq=False)
class Data:
    """Rows of users, and what pictures call them.

    Attributes
    ----------
    x : ndarray of float64, shape (row, feature)
        The features.
    ids : ndarray of shape (row,)
        To whom each row belongs: whole numbers or text.
    title : str
        What the rows are, for the second line of pictures.
    generated : bool
        Whether they are made by chance; then the users have no names worth reading.
    """

    x: NDArray[np.float64]
    ids: NDArray[Any]
    title: str
    generated: bool

    def names(self, ids: Sequence[str]) -> list[str]:
        """Return what the users with these ids are called in pictures."""
        if self.generated:
            return [f"u{place}" for place in range(1, len(ids) + 1)]
        return [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name in ids]


def ask() -> Data:
    """Ask for the data; a file that cannot be read leaves those before it in place."""
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        kind = catalogue.one_of("Data", [GENERATED, OWN], "users.data")
    with right, st.popover("How they are drawn" if kind == GENERATED else "What was read", width="stretch"):
        more = st.container()
    return _generated(more) if kind == GENERATED else _own(more)


def _generated(more: st.delta_generator.DeltaGenerator) -> Data:
    with more:
        asked = controls.ask(PARAMETERS, "users")
    x, ids = _drawn(*(float(asked[number.name]) for number in PARAMETERS))  # type: ignore[arg-type]
    return Data(x, ids, f"generated: {setting(PARAMETERS, asked)}", generated=True)


@st.cache_data(max_entries=32, show_spinner=False)
def _drawn(users, each, features, noise):  # type: ignore[no-untyped-def]
    return draw_users(int(users), int(each), int(features), noise)


@st.cache_data(max_entries=8, show_spinner=False, scope="session")
def _read(data: bytes, name: str, id_column: str | None, features: tuple[str, ...] | None) -> Identified:
    return read(data, name, id_column=id_column, features=features)


def _own(more: st.delta_generator.DeltaGenerator) -> Data:
    """Ask for a file; until one can be read, the rows before it stand in."""
    help_text = "A column that says whose a row is, and columns of numbers."
    settings: dict[str, Any] = {"key": "users.upload", "max_upload_size": MOST_MEGABYTES, "help": help_text}
    upload = st.file_uploader("Rows of users · CSV or TSV", type=KINDS, **settings)
    before: Data = st.session_state.get(KEPT) or Data(*_drawn(6, 60, 8, 1.5), "generated", generated=True)
    if upload is None:
        st.caption("No file yet: generated users stand in for it." if before.generated else "The last file is kept.")
        return before
    named = str(st.session_state.get(COLUMN, "")).strip()
    try:
        found = _read(upload.getvalue(), upload.name, named or None, None)
        rows = _overruled(more, found, upload.getvalue(), upload.name)
    except LabelledError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.text_input("Id column", key=COLUMN, placeholder="its name in the header")
        return before
    if named:
        st.text_input("Id column", key=COLUMN)
    with more:
        for sentence in rows.notes:
            st.markdown(f"- {plain(sentence)}")
    data = Data(rows.x, rows.ids, f"your file, {len(rows.ids):,} rows, ids in {rows.id_column[:30]}", generated=False)
    st.session_state[KEPT] = data
    return data


def _overruled(more: st.delta_generator.DeltaGenerator, found: Identified, data: bytes, name: str) -> Identified:
    """Let a person name the id column and the features, and read the file again where they do."""
    with more:
        options = [FOUND, *(column for column in found.id_columns if column != found.id_column)]
        chosen = st.selectbox("Id column", options, format_func=lambda c: found.id_column if c == FOUND else c)
        known = [column for column in (found.id_column, *found.numeric_columns) if column != chosen]
        known = [column for column in known if column in found.numeric_columns]
        features = st.multiselect("Features", known, placeholder="all columns of numbers that name nothing")
    if chosen == FOUND and not features:
        return found
    return _read(data, name, found.id_column if chosen == FOUND else chosen, tuple(features) or None)
