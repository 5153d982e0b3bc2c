"""How a file was read: each decision in words with a switch to overrule it, the rows left out, and a preview."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import streamlit as st

from explorer.series import Series
from explorer.series.decision import Decision, LeftOut
from explorer.ui import score_table
from explorer.ui.foretell import source
from explorer.ui.foretell.source import Source
from explorer.ui.words import plain

MOST_ROWS = 200
MOST_COLUMNS = 8


def show(given: Source) -> None:
    """Show in one card how the file was read, and ask where two readings remain possible."""
    series, seen = given.series, given.series.understood
    for decision in series.decisions:
        if not decision.sure:
            _ask(decision, given)
    facts = {
        "encoding": seen.encoding,
        "separator · decimal": f"{seen.separator} · {seen.decimal}",
        "time": f"{seen.time_column or 'row number'} · {seen.frequency}",
        "value": seen.value_column,
        "rows kept": f"{seen.rows} of {seen.total}",
        "gaps filled": str(seen.filled),
        "left out": str(len(series.left_out)) if series.left_out else "none",
    }
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="medium"):
        with st.popover("How it was read", type="tertiary", width="content"):
            _report(given)
        for name, fact in facts.items():
            st.markdown(f":small[:gray[{name}]]  \n{plain(fact)}", width="content")


def _ask(decision: Decision, given: Source) -> None:
    """Say what was assumed, and let a person decide."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f":orange[▲] **{plain(decision.label)}** {plain(decision.sentence)}", width="stretch")
        if decision.options and given.mark:
            with st.container(width=220):
                _switch(decision, given.mark, "asked", label_visibility="collapsed")


def _switch(decision: Decision, mark: str, place: str, **settings: str) -> None:
    """Show the control that overrules a decision; it stands where the reading stands."""
    key = f"read.{place}.{mark}.{decision.name}"
    st.session_state[key] = decision.taken
    st.selectbox(
        decision.label,
        decision.options,
        key=key,
        filter_mode=None,
        on_change=source.decide,
        args=(mark, decision.name, key),
        **settings,
    )


def _report(given: Source) -> None:
    series = given.series
    for sentence in series.notes:
        st.markdown(f"- {plain(sentence)}")
    if given.mark:
        switches = [decision for decision in series.decisions if len(decision.options) > 1 and decision.sure]
        for decision, column in zip(switches, cycle(st.columns(2)), strict=False):
            with column:
                _switch(decision, given.mark, "report")
    _left_out(series.left_out)
    _preview(series)


def _left_out(rows: Sequence[LeftOut]) -> None:
    if rows:
        st.markdown("**Rows that are left out**")
        score_table.show(("line", "why"), [score_table.Row(str(row.line), (row.reason,)) for row in rows[:MOST_ROWS]])
        if rows[MOST_ROWS:]:
            st.caption(f"and {len(rows) - MOST_ROWS:,} more")


def _preview(series: Series) -> None:
    if series.preview:
        st.markdown("**How it was split**")
        header, *rows = [line[:MOST_COLUMNS] for line in series.preview]
        score_table.show(
            [_cell(cell) for cell in header],
            [score_table.Row(_cell(row[0]), [_cell(cell) for cell in row[1:]]) for row in rows if row],
        )


def _cell(cell: str) -> str:
    """Return a cell short enough for a preview."""
    return cell if len(cell) <= 24 else cell[:23] + "…"
