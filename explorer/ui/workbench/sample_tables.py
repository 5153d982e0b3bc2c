"""A table for each sample: growing with a column or from a file; and what becomes of it in the published way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from explorer import theme
from explorer.figures.heat import heat
from explorer.labelled import STRENGTH, LabelledError, by_column, tables
from explorer.parameters import TableValue
from explorer.training.misaligned import RIGHT_WAY, Attempt
from explorer.ui import cached, catalogue, controls, frame, plot, score_table
from explorer.ui.words import plain, short
from explorer.ui.workbench.data import KINDS, Data

ONE, COLUMN, FILE = "One grid for all", "Grows with a column", "From a file"
ROUNDING = 1e-4
WIDTH = 145


def ask(data: Data, weights: TableValue) -> NDArray[Any] | None:
    """Ask whether each sample has a table of its own; None while one grid serves all."""
    with st.popover("Tables per sample", width="stretch"):
        kind = catalogue.one_of("What a mistake costs", [ONE, COLUMN, FILE], "tables")
        if kind == COLUMN:
            return _by_column(data, weights)
        return _from_file(data) if kind == FILE else None


def _by_column(data: Data, weights: TableValue) -> NDArray[Any]:
    samples = data.labelled
    numbers = list(range(len(samples.features)))
    key = f"tables.column.{'|'.join(samples.features)}"
    column = st.selectbox("Column", numbers, format_func=lambda c: samples.features[c], key=key)
    strength = controls.widget(STRENGTH, "tables.strength")
    return by_column(np.array(weights), samples.x[:, column or 0], float(strength))


def _from_file(data: Data) -> NDArray[Any] | None:
    """Ask for a file of weights, a row a sample; one that does not fit leaves one grid for all."""
    classes, seen = len(data.names), data.labelled.understood
    rows = seen.total if seen else len(data.labelled.label)
    said = f"Weights · {classes * classes} columns, a line for each of the {rows} rows"
    upload = st.file_uploader(said, type=KINDS, key="tables.upload", max_upload_size=20)
    if upload is None:
        return None
    try:
        found = tables(upload.getvalue(), upload.name, rows=rows, classes=classes)
    except LabelledError as error:
        st.error(f"{plain(str(error))} One grid serves all meanwhile.", icon=":material/error:")
        return None
    return found[seen.kept] if seen else found


def show(data: Data, own: NDArray[Any] | None) -> None:
    """Show the tables of a few samples, and what Keras makes of tables in the published and in the right way."""
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        st.markdown("**What a mistake costs, sample by sample**")
        if own is None:
            st.info("One grid serves all samples; choose otherwise under “Tables per sample”.")
        else:
            _few(data.names, own)
    with right:
        st.markdown("**Does the table reach its sample?** One epoch at learning rate 0, so nothing moves")
        attempts = frame.attempt(lambda: cached.published_way(len(data.names)), theme.HEIGHT["heat"])
        if attempts:
            _attempts(attempts)


def _few(names: Sequence[str], own: NDArray[Any]) -> None:
    """Draw the tables of the cheapest, the middle and the dearest sample."""
    order = own.sum(axis=(1, 2)).argsort(kind="stable")
    chosen = (("cheapest", order[0]), ("middle", order[len(order) // 2]), ("dearest", order[-1]))
    furthest = float(np.abs(own[[sample for _, sample in chosen]] - 1).max())
    for column, (title, sample) in zip(st.columns(3, gap="small"), chosen, strict=True):
        said = {"title": title, "subtitle": f"row {sample + 1}", "row_names": False, "width": WIDTH}
        with column:
            plot.draw(heat(own[sample], names, furthest=furthest, **said), f"own-{title}")


def _attempts(attempts: Sequence[Attempt]) -> None:
    rows = []
    for one in attempts:
        value = "stops" if one.value is None else f"{one.value:.4f}"
        off = "–" if one.value is None else _off(one.value / one.true_value - 1)
        name = f"batch {one.batch_size}, {one.way}"
        rows.append(score_table.Row(name, (value, off), theme.B if one.way == RIGHT_WAY else theme.BASELINE))
    true = attempts[0].true_value
    score_table.show(("100 samples, a table each", "loss that Keras reports", "off"), rows)
    st.caption(f"By hand, sample by sample: {true:.4f}.")
    for one in attempts:
        if one.way != RIGHT_WAY:
            st.markdown(f":small[batch {short(float(one.batch_size))}: {plain(one.sentence)}]")


def _off(share: float) -> str:
    """Return how far a loss is off, in words where it is right."""
    return "right" if abs(share) < ROUNDING else f"{share:+.1%}".replace("-", "−")
