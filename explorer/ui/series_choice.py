"""A person's series: uploaded, or one that comes with the project; and what was understood of it."""

from __future__ import annotations

import streamlit as st

from explorer.series import Series, SeriesError, read
from explorer.series.sample import SAMPLES, sample
from explorer.ui.words import plain

KINDS = ["csv", "tsv", "txt"]
KEPT = "series"


@st.cache_data(max_entries=8, show_spinner=False, scope="session")
def _read(data: bytes, name: str) -> Series:
    return read(data, name)


def ask() -> Series:
    """Ask for a file or a sample and return the series; a file that cannot be read leaves the one before in place."""
    upload = st.file_uploader("Your series · CSV or TSV", type=KINDS, key="upload", max_upload_size=20)
    titles = {key: title.split(",")[0] for key, (title, _) in SAMPLES.items()}
    chosen = st.pills("or a sample", list(titles), format_func=titles.__getitem__, key="sample", bind="query-params")
    if upload is not None:
        try:
            st.session_state[KEPT] = _read(upload.getvalue(), upload.name)
        except SeriesError as error:
            st.error(plain(str(error)), icon=":material/error:")
    elif chosen in SAMPLES or KEPT not in st.session_state:
        st.session_state[KEPT] = sample(chosen if chosen in SAMPLES else next(iter(SAMPLES)))
    series: Series = st.session_state[KEPT]
    return series


def show_understood(series: Series) -> None:
    """Show in one card how the file was read."""
    seen = series.understood
    facts = {
        "encoding": seen.encoding,
        "separator · decimal": f"{seen.separator} · {seen.decimal}",
        "time": f"{seen.time_column or 'row number'} · {seen.frequency}",
        "value": seen.value_column,
        "rows kept": f"{seen.rows} of {seen.total}",
        "gaps filled": str(seen.filled),
        "duplicates": str(seen.duplicates),
        "lines skipped": ", ".join(map(str, seen.skipped[:4])) + ("…" if len(seen.skipped) > 4 else "") or "none",
    }
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="medium"):
        with st.popover("What was read", type="tertiary", width="content"):
            for sentence in series.notes:
                st.markdown(f"- {plain(sentence)}")
        for name, fact in facts.items():
            st.markdown(f":small[:gray[{name}]]  \n{plain(fact)}", width="content")
