"""A person's series: uploaded, one that comes with the project, or one made by chance; and what is averaged of it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from explorer.series import Series, SeriesError, read
from explorer.series.generator import KIND, KINDS, LENGTH, SEED, generate
from explorer.series.resample import EVERY, resample
from explorer.series.sample import SAMPLES, sample
from explorer.ui import controls
from explorer.ui.words import plain

SUFFIXES = ["csv", "tsv", "txt", "xlsx", "xls", "ods"]
MOST_MEGABYTES = 50
KEPT = "series"
GENERATED = "generated"
OVERRULED = "read.overruled"  # by the checksum of a file: what a person decided about it


@dataclass(frozen=True, eq=False)
class Source:
    """What is foretold.

    Attributes
    ----------
    series : Series
        As it was read.
    time, value, filled : ndarray of shape (n,)
        The same, or means of it where a person asked for them.
    every : str
        What the means are over; empty where there are none.
    mark : str
        Name of the file among those of this session; empty where it is not a person's own.
    """

    series: Series
    time: NDArray[Any]
    value: NDArray[np.float64]
    filled: NDArray[np.bool_]
    every: str = ""
    mark: str = ""

    @property
    def name(self) -> str:
        """What the values are called, for titles."""
        means = f", {self.every} means" if self.every else ""
        return self.series.value_name[:40] + means


def ask() -> Source:
    """Ask for a file or a sample; a file that cannot be read leaves the series before it in place."""
    upload = st.file_uploader("Your series · CSV or Excel", type=SUFFIXES, key="upload", max_upload_size=MOST_MEGABYTES)
    titles = {title.split(",")[0]: key for key, (title, _) in SAMPLES.items()} | {"made by chance": GENERATED}
    chosen = titles.get(st.pills("or", list(titles), key="sample", bind="query-params") or "")
    mark = ""
    if upload is not None:
        data = upload.getvalue()
        mark = f"{zlib.crc32(data):08x}"
        try:
            st.session_state[KEPT] = _as_decided(data, upload.name, mark)
        except SeriesError as error:
            st.error(plain(str(error)), icon=":material/error:")
    elif chosen == GENERATED:
        st.session_state[KEPT] = _generated()
    elif chosen in SAMPLES or KEPT not in st.session_state:
        st.session_state[KEPT] = sample(chosen if chosen in SAMPLES else next(iter(SAMPLES)))
    return _averaged(st.session_state[KEPT], mark)


@st.cache_data(max_entries=8, show_spinner=False, scope="session")
def _read(data: bytes, name: str, overrule: Mapping[str, str]) -> Series:
    return read(data, name, overrule=overrule)


def _as_decided(data: bytes, name: str, mark: str) -> Series:
    """Read a file as a person decided; a decision that makes it unreadable is said and taken back."""
    decided: dict[str, str] = st.session_state.setdefault(OVERRULED, {}).setdefault(mark, {})
    while decided:
        try:
            return _read(data, name, dict(decided))
        except SeriesError as error:
            last = next(reversed(decided))
            st.error(f"{plain(str(error))} So “{plain(decided.pop(last))}” is not taken.", icon=":material/error:")
    return _read(data, name, {})


def decide(mark: str, name: str, key: str) -> None:
    """Remember how a person overrules one decision about a file; for a control's callback."""
    decided = st.session_state.setdefault(OVERRULED, {}).setdefault(mark, {})
    decided.pop(name, None)
    decided[name] = st.session_state[key]


def _generated() -> Series:
    """Ask how a series is made by chance, and make it."""
    with st.popover("How it is made", width="stretch"):
        kind = str(controls.widget(KIND, "generated.kind"))
        values = controls.ask((*KINDS[kind].parameters, LENGTH, SEED), f"generated.{kind}")
    return _made(kind, tuple(sorted((name, float(value)) for name, value in values.items())))


@st.cache_data(max_entries=16, show_spinner=False)
def _made(kind: str, values: tuple[tuple[str, float], ...]) -> Series:
    return generate(kind, **dict(values))


def _averaged(series: Series, mark: str) -> Source:
    """Ask whether means are foretold in place of the values themselves."""
    every = str(controls.widget(EVERY, "series.every"))
    if every != EVERY.default:
        try:
            means = resample(series.time, series.value, every, series.filled)
            return Source(series, means.time, means.value, means.filled, every, mark)
        except SeriesError as error:
            st.error(plain(str(error)), icon=":material/error:")
    return Source(series, series.time, series.value, series.filled, mark=mark)
