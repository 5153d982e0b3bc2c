"""What is trained against what: the forms, the data, the tables and the settings, as the card holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from numpy.typing import NDArray

from explorer.parameters import TableValue, Value
from explorer.spec import LossSpec
from explorer.tasks.classification import HIDDEN, Classification, classification
from explorer.training.setting import BATCH_SIZE, EPOCHS, LEARNING_RATE, OPTIMIZER, SEED
from explorer.ui import controls
from explorer.ui.words import plain, short
from explorer.ui.workbench import forms, sample_tables
from explorer.ui.workbench.data import Data

EPOCHS_HERE = replace(EPOCHS, default=40, slider=(1, 100))
SETTINGS = (replace(BATCH_SIZE, default=32), LEARNING_RATE, OPTIMIZER, SEED, HIDDEN)
FIRST = ("cce", "weighted-ce-published", "weighted-ce-soft", "expected-cost")


@dataclass(frozen=True, eq=False)
class Contest:
    """Forms that are trained on one task from the same first weights and the same batches.

    Attributes
    ----------
    specs : sequence of LossSpec
        The forms.
    values : mapping
        Parameters of all forms, the grid among them.
    data : Data
        What they are trained on.
    task : Classification
        The same as a task.
    arguments : mapping
        What remakes the task in the compute process.
    tables : ndarray of shape (sample, class, class) or None
        A table for each sample, where there are such.
    how : mapping
        Epochs, batch size, learning rate, optimizer and seed.
    """

    specs: Sequence[LossSpec]
    values: Mapping[str, Value]
    data: Data
    task: Classification
    arguments: Mapping[str, Any]
    tables: NDArray[Any] | None
    how: Mapping[str, Value]

    @property
    def names(self) -> list[str]:
        """What the forms are called."""
        return [forms.NAMES[spec.key] for spec in self.specs]

    @property
    def colours(self) -> list[str]:
        """Their colours."""
        return [forms.STYLES[spec.key][0] for spec in self.specs]

    @property
    def losses(self) -> list[tuple[str, dict[str, Value]]]:
        """The forms as the compute process takes them."""
        return [(spec.key, forms.of(spec, self.values)) for spec in self.specs]

    @property
    def grid(self) -> TableValue:
        """The table that a person has edited."""
        table: TableValue = self.values["weights"]  # type: ignore[assignment]
        return table

    @property
    def costs(self) -> Any:
        """What a mistake on the test part costs: the grid, or the table of each test sample."""
        return self.grid if self.tables is None else self.tables[self.task.rows[2]]

    @property
    def title(self) -> str:
        """What was trained on what, for the second line of pictures."""
        how = self.how
        said = [self.data.title, f"{len(self.task.truth)} test samples", f"batch {short(float(how['batch_size']))}"]
        said += ["a table for each sample"] if self.tables is not None else []
        return " · ".join(said)


def ask(data: Data, values: Mapping[str, Value]) -> tuple[Contest | None, NDArray[Any] | None]:
    """Ask for tables, forms and settings; return the contest, None where nothing can be trained, and the tables."""
    tables = sample_tables.ask(data, values["weights"])
    specs = _ask_forms()
    how, axes = _ask_how(data.labelled.features)
    return _arrange(specs, values, data, tables, how, axes) if specs else None, tables


def _ask_forms() -> list[LossSpec]:
    """Ask which forms are trained."""
    by_name = {forms.NAMES[spec.key]: spec for spec in forms.FORMS}
    default = [forms.NAMES[key] for key in FIRST]
    chosen = st.pills(
        "Train", list(by_name), selection_mode="multi", default=default, key="contest.forms", bind="query-params"
    )
    return [by_name[name] for name in by_name if name in chosen]


def _ask_how(features: Sequence[str]) -> tuple[dict[str, Value], tuple[int, int]]:
    """Ask for epochs and settings, and for the two features that decision regions are drawn over."""
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        epochs = controls.widget(EPOCHS_HERE, "contest.epochs")
    with right, st.popover("Settings", width="stretch"):
        how = controls.ask(SETTINGS, "contest")
        axes = (0, min(1, len(features) - 1))
        if features[2:]:
            numbers = list(range(len(features)))
            key = "|".join(features)
            across = st.selectbox("Regions across", numbers, 0, format_func=lambda f: features[f], key=f"across.{key}")
            upward = st.selectbox("Regions upward", numbers, 1, format_func=lambda f: features[f], key=f"upward.{key}")
            axes = (across, upward)
    return {"epochs": epochs, **how}, axes


def _arrange(
    specs: Sequence[LossSpec],
    values: Mapping[str, Value],
    data: Data,
    tables: NDArray[Any] | None,
    how: Mapping[str, Value],
    axes: tuple[int, int],
) -> Contest | None:
    """Return the contest; None, and one sentence on the page, where the data allow none."""
    samples = data.labelled
    arguments = {
        "x": samples.x,
        "label": samples.label,
        "classes": len(data.names),
        "weights": tables,
        "hidden": int(float(how["hidden"])),
        "axes": axes,
        "names": tuple(data.names),
    }
    try:
        task = classification(**arguments)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    run = {name: value for name, value in how.items() if name != "hidden"}
    return Contest(specs, values, data, task, arguments, tables, run)
