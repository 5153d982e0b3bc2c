"""The table of misclassification weights: edited on the page, kept in the link, checked cell by cell.

A table is remembered for each number of classes, so that other data do not lose it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.figures.heat import heat
from explorer.losses.concern import concerns
from explorer.parameters import ParameterError, Table, TableValue
from explorer.spec import Preset
from explorer.ui import controls, plot
from explorer.ui.words import plain, short

LINK = "weights"
LONGEST_NAME = 20
FEW = 5  # classes up to which the table is narrow
MOST_WIDE = 3  # classes up to which its columns are
CELL, NARROW = 72, 52
MOST_UNDONE = 50
TABLES, PAST = "grid.tables", "grid.past"  # by number of classes: the last good table, and those before it
SHOWN = "grid.shown"  # names of the classes that the editor stands for
BASE, TURN = "grid.base", "grid.turn"  # what the editor began with, and how often it was begun
MARKS = {"diagonal": ":red[✕]", "negative": ":orange[▲]", "nothing": ":orange[▲]", "ones": ":gray[○]"}


def numbers(table: Table) -> list[str]:
    """Return the numbers of the classes, for where they have no names."""
    return [str(number) for number in range(len(table.default))]


def ask_names(count: int, key: str) -> list[str]:
    """Ask for the names of the classes, separated by commas; their numbers stand where it is left empty."""
    unnamed = [f"class {number}" if count <= MOST_WIDE else str(number) for number in range(count)]
    shown = ", ".join(unnamed[:3]) + (", …" if count > 3 else "")
    text = st.text_input("Class names", key=key, bind="query-params", placeholder=shown, max_chars=200) or ""
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
    _open(table, names)
    base: TableValue = state[BASE]
    size = range(len(names))
    import pandas as pd  # takes half a second that a page without a table need not wait for

    edited = st.data_editor(
        pd.DataFrame(base, index=[f"true {name}" for name in names], columns=[str(j) for j in size]),
        key=f"grid.{state[TURN]}",
        num_rows="fixed",
        width="stretch",
        column_config={
            str(j): st.column_config.NumberColumn(
                f"as {names[j]}" if len(names) <= MOST_WIDE else names[j],
                min_value=table.low,
                max_value=table.high,
                width=CELL if len(names) <= MOST_WIDE else NARROW,
            )
            for j in size
        },
        alt="Weight of each prediction (column) for each true class (row).",
    )
    try:
        _keep(table.clean(edited.astype(object).where(edited.notna(), None).to_numpy()))
    except ParameterError as error:
        st.error(f"{plain(str(error))} The table before it stands.", icon=":material/error:")
    good: TableValue = state[TABLES][len(names)]
    if st.query_params.get(LINK) != to_link(good):
        st.query_params[LINK] = to_link(good)
    return good


def show(
    table: Table, names: Sequence[str], choices: Sequence[Preset], beside: Callable[[TableValue], None] | None
) -> TableValue:
    """Show the table for editing, the same numbers as a heat map, and what is odd about them; return the table.

    Parameters
    ----------
    table : Table
        The parameter.
    names : sequence of str
        Names of the classes.
    choices : sequence of Preset
        Named tables: the story of the one that holds is told.
    beside : callable or None
        ``beside(value)`` shows what else there is to say about it, under what is odd.
    """
    many = len(names) > FEW
    columns = st.columns([1.8, 1] if many else [1, 0.62, 1.1], gap="medium")
    with columns[0]:
        value = ask(table, names)
    with columns[1]:
        found = {
            (c.row, c.column): c.kind for c in concerns(value, names) if c.row is not None and c.column is not None
        }
        plot.draw(heat(value, names, concerns=found, row_names=False, width=340 if many else 216), "heat")
    with st.container() if many else columns[2]:
        holding = _holding(choices, value)
        if holding and holding.title != choices[0].title:
            st.markdown(f"**{holding.title}**  {plain(holding.story)}")
        show_concerns(value, names, most=2)
        if beside:
            beside(value)
    return value


def _open(table: Table, names: Sequence[str]) -> None:
    """Begin the editor anew where the classes are not those of the last run."""
    state = st.session_state
    kept: dict[int, TableValue] = state.setdefault(TABLES, {})
    if not kept:
        linked = from_link(table)
        first = linked or table.default
        kept[len(first)] = first
        if linked and len(linked) != len(names):
            controls.note(
                f"The table of the link is for {len(linked)} classes, the data have {len(names)}: "
                f"it waits until there are {len(linked)}."
            )
    if state.get(SHOWN) != list(names):
        before = kept.get(len(state.get(SHOWN, ())), table.default)
        state[SHOWN] = list(names)
        _begin(kept.setdefault(len(names), resized(before, len(names))))
    elif f"grid.{state[TURN]}" not in state:  # another page was shown meanwhile, and the editor forgot its edits
        _begin(kept[len(names)])


def resized(value: TableValue, classes: int) -> TableValue:
    """Return a table for another number of classes: what is new weighs 1."""
    known = range(len(value))
    size = range(classes)
    return tuple(tuple(value[i][j] if i in known and j in known else 1.0 for j in size) for i in size)


def _begin(value: TableValue) -> None:
    """Let the editor begin anew with a table."""
    state = st.session_state
    state[TABLES][len(value)] = state[BASE] = value
    state[TURN] = state.get(TURN, 0) + 1


def _keep(value: TableValue) -> None:
    """Remember a table, and the one before it for undoing."""
    before = st.session_state[TABLES].get(len(value))
    if value != before:
        past: list[TableValue] = st.session_state.setdefault(PAST, {}).setdefault(len(value), [])
        past.append(before)
        del past[:-MOST_UNDONE]
        st.session_state[TABLES][len(value)] = value


def replace(value: TableValue) -> None:
    """Put another table in the editor; for a button's callback."""
    _keep(value)
    _begin(value)


def undo() -> None:
    """Put the table before the last change back in the editor; for a button's callback."""
    _begin(_past().pop())


def _past() -> list[TableValue]:
    state = st.session_state
    past: list[TableValue] = state.get(PAST, {}).get(len(state.get(SHOWN, ())), [])
    return past


def undo_button() -> None:
    """Show the button that takes the last change back."""
    st.button("Undo", icon=":material/undo:", key="grid.undo", type="tertiary", on_click=undo, disabled=not _past())


def presets(choices: Sequence[Preset], *, quiet: bool = False) -> None:
    """Show the named tables as buttons; the one that holds now is marked."""
    good = st.session_state.get(TABLES, {}).get(len(st.session_state.get(SHOWN, ())))
    holding = _holding(choices, good)
    controls.presets(choices, holding, "grid.presets", lambda choice: replace(choice.values["weights"]), quiet=quiet)


def _holding(choices: Sequence[Preset], value: TableValue | None) -> Preset | None:
    return next((choice for choice in choices if choice.values["weights"] == value), None)


def show_concerns(value: TableValue, names: Sequence[str], *, most: int = 4) -> None:
    """Show what is odd about the table, each with its cell."""
    found = concerns(value, names)
    for concern in found[:most]:
        cell = (
            "" if concern.row is None else f"**W[{concern.row}, {'·' if concern.column is None else concern.column}]** "
        )
        st.markdown(f"{MARKS[concern.kind]} {cell}{plain(concern.sentence)}")
    if found[most:]:
        st.caption(f"and {len(found) - most} more like these")


def to_link(value: TableValue) -> str:
    """Return a table as one word of a link: commas between columns, semicolons between rows."""
    return ";".join(",".join(short(entry) for entry in row) for row in value)


def from_link(table: Table) -> TableValue | None:
    """Return the table in the link; None, and a note that says why, where it cannot be used."""
    text = st.query_params.get(LINK)
    if text is None:
        return None
    try:
        return table.clean([row.split(",") for row in text[:2000].split(";")])
    except ParameterError as error:
        controls.note(f"The link was followed, but for its table: {error} The default stands instead.")
        return None
