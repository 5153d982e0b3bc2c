"""The labelled data that decide how many classes the grid has: clouds of points, a sample, or a person's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.labelled import Labelled, LabelledError, read, sample
from explorer.tasks.blobs import CLASSES, IMBALANCE, NOISE, OVERLAP, SAMPLES, draw
from explorer.ui import catalogue, controls, grid
from explorer.ui.words import plain, setting

BLOBS, IRIS, OWN = "Blobs", "Iris", "Your file"
KINDS = ["csv", "tsv", "txt"]
KEPT, COLUMN = "labelled", "labelled.column"
FOUND = "as found"
PLAIN = (OVERLAP, IMBALANCE, NOISE, SAMPLES)


@dataclass(frozen=True, eq=False)
class Data:
    """Labelled samples, and what pictures call them.

    Attributes
    ----------
    labelled : Labelled
        The samples.
    names : sequence of str
        Names of the classes, as a person may have changed them.
    title : str
        What the samples are, for the second line of pictures.
    """

    labelled: Labelled
    names: list[str]
    title: str


def ask(prefix: str) -> Data:
    """Ask for the data, and for the names of classes that have none."""
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        kind = catalogue.one_of("Data", [BLOBS, IRIS, OWN], "data")
    if kind == BLOBS:
        return _blobs(right, prefix)
    labelled = sample("iris") if kind == IRIS else _own(right)
    title = "iris, 150 flowers" if kind == IRIS else f"your file, {len(labelled.label)} rows"
    return Data(labelled, _short_names(labelled.classes), title)


def _short_names(classes: Sequence[str]) -> list[str]:
    """Return names short enough for the grid; numbered where they would become alike."""
    names = [name[: grid.LONGEST_NAME] for name in classes]
    if len(set(names)) == len(names):
        return names
    return [f"{place} {name}"[: grid.LONGEST_NAME] for place, name in enumerate(names)]


def _blobs(beside: st.delta_generator.DeltaGenerator, prefix: str) -> Data:
    with beside:
        classes = int(controls.widget(CLASSES, "blobs.classes"))
    with st.popover("Overlap, noise, names", width="stretch"):
        asked = controls.ask(PLAIN, "blobs")
        names = grid.ask_names(classes, f"{prefix}.names")
    point, label = _drawn(classes, *(float(asked[number.name]) for number in PLAIN[:3]), int(asked["samples"]))
    labelled = Labelled(point, label, ("x₁", "x₂"), tuple(names))
    return Data(labelled, names, " · ".join((f"{classes} blobs", setting(PLAIN, asked))))


@st.cache_data(max_entries=32, show_spinner=False)
def _drawn(classes, overlap, imbalance, noise, samples):  # type: ignore[no-untyped-def]
    return draw(classes, overlap, imbalance, noise, samples)


@st.cache_data(max_entries=8, show_spinner=False, scope="session")
def _read(data: bytes, name: str, label: str | None, features: tuple[str, ...] | None) -> Labelled:
    return read(data, name, label=label, features=features)


def _own(beside: st.delta_generator.DeltaGenerator) -> Labelled:
    """Ask for a file; one that cannot be read leaves the data before it in place."""
    with beside, st.popover("What was read", width="stretch"):
        understood = st.container()
    upload = st.file_uploader("Labelled rows · CSV or TSV", type=KINDS, key="labelled.upload", max_upload_size=20)
    before: Labelled = st.session_state.get(KEPT) or sample("iris")
    if upload is None:
        st.caption("No file yet: the iris flowers stand in for it.")
        return before
    named = str(st.session_state.get(COLUMN, "")).strip()
    try:
        found = _read(upload.getvalue(), upload.name, named or None, None)
        labelled = st.session_state[KEPT] = _overruled(understood, found, upload.getvalue(), upload.name)
    except LabelledError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.text_input("Label column", key=COLUMN, placeholder="its name in the header")
        return before
    if named:
        st.text_input("Label column", key=COLUMN)
    with understood:
        for sentence in labelled.notes:
            st.markdown(f"- {plain(sentence)}")
    return labelled


def _overruled(place: st.delta_generator.DeltaGenerator, found: Labelled, data: bytes, name: str) -> Labelled:
    """Let a person name the label column and the features, and read the file again where they do."""
    seen = found.understood
    if seen is None:
        return found
    with place:
        options = [FOUND, *(column for column in seen.label_columns if column != seen.label_column)]
        label = st.selectbox("Label column", options, format_func=lambda c: seen.label_column if c == FOUND else c)
        known = [column for column in seen.numeric_columns if column != label]
        features = st.multiselect("Features", known, placeholder="all numeric columns")
    if label == FOUND and not features:
        return found
    return _read(data, name, seen.label_column if label == FOUND else label, tuple(features) or None)
