"""The table of misclassification weights: edited on the page, kept in the link, checked cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.losses.concern import concerns
from explorer.parameters import ParameterError, Table, TableValue
from explorer.spec import Preset
from explorer.ui import controls
from explorer.ui.words import plain, short

LINK = "weights"
LONGEST_NAME = 20


def numbers(table: Table) -> list[str]:
    """Return the numbers of the classes, for where they have no names."""
    return [str(number) for number in range(len(table.default))]


def ask_names(table: Table, key: str) -> list[str]:
    """Ask for the names of the classes, separated by commas; their numbers stand where it is left empty."""
    count = len(table.default)
    unnamed = [f"class {number}" for number in numbers(table)]
    text = (
        st.text_input("Class names", key=key, bind="query-params", placeholder=", ".join(unnamed), max_chars=80) or ""
    )
    names = [name.strip()[:LONGEST_NAME] for name in text.split(",")]
    if not text.strip():
        return unnamed
    if len(names) != count or not all(names) or len(set(names)) != count:
        st.error(f"Class names must be {count} different names separated by commas; the numbers stand instead.")
        return unnamed
    return names


def ask(table: Table, names: Sequence[str]) -> TableValue:
    """Show the table for editing and return the last one in which every cell was right.

    A cell that is refused is named in one sentence; until it is mended, what was there before stands.
    """
    state = st.session_state
    if "grid.good" not in state:
        replace(from_link(table))
    if state.get("grid.names") != list(names):
        state["grid.names"] = list(names)
        replace(state["grid.good"])
    base: TableValue = state["grid.base"]
    size = range(len(base))
    import pandas as pd  # takes half a second that a page without a table need not wait for

    edited = st.data_editor(
        pd.DataFrame(base, index=[f"true {name}" for name in names], columns=[str(j) for j in size]),
        key=f"grid.{state['grid.turn']}",
        num_rows="fixed",
        width="stretch",
        column_config={
            str(j): st.column_config.NumberColumn(f"as {names[j]}", min_value=table.low, max_value=table.high)
            for j in size
        },
        alt="Weight of each prediction (column) for each true class (row).",
    )
    try:
        state["grid.good"] = table.clean(edited.astype(object).where(edited.notna(), None).to_numpy())
    except ParameterError as error:
        st.error(f"{plain(str(error))} The table before it stands.", icon=":material/error:")
    good: TableValue = state["grid.good"]
    if st.query_params.get(LINK) != to_link(good):
        st.query_params[LINK] = to_link(good)
    return good


def presets(choices: Sequence[Preset]) -> None:
    """Show the named tables as buttons; the one that holds now is marked."""
    good = st.session_state.get("grid.good")
    holding = next((choice for choice in choices if choice.values["weights"] == good), None)
    controls.presets(choices, holding, "grid.presets", lambda choice: replace(choice.values["weights"]))


def show_concerns(value: TableValue, names: Sequence[str]) -> None:
    """Show what is odd about the table, each with its cell."""
    for concern in concerns(value, names):
        cell = "" if concern.row is None else f"**W[{concern.row}, {concern.column}]** "
        mark = {"diagonal": ":red[✕]", "negative": ":orange[▲]", "ones": ":gray[○]"}[concern.kind]
        st.markdown(f"{mark} {cell}{plain(concern.sentence)}")


def replace(value: TableValue) -> None:
    """Put another table in the editor; for a button's callback."""
    state = st.session_state
    state["grid.base"] = state["grid.good"] = value
    state["grid.turn"] = state.get("grid.turn", 0) + 1


def to_link(value: TableValue) -> str:
    """Return a table as one word of a link: commas between columns, semicolons between rows."""
    return ";".join(",".join(short(entry) for entry in row) for row in value)


def from_link(table: Table) -> TableValue:
    """Return the table in the link; the default, and a note that says why, where it cannot be used."""
    text = st.query_params.get(LINK)
    if text is None:
        return table.default
    try:
        value = table.clean([row.split(",") for row in text[:2000].split(";")])
        if len(value) != len(table.default):
            raise ParameterError(f"{table.label} must be {len(table.default)} × {len(table.default)}.")
    except ParameterError as error:
        controls.note(f"The link was followed, but for its table: {error} The default stands instead.")
        return table.default
    return value
