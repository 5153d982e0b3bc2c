"""From the home page to another page, with exactly the setting that was promised."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

PAGES = Path(__file__).resolve().parents[3] / "pages"
GRID = "see/cost_grid.py"
SURFACE = "see/surface.py"
SERIES = "train/time_series.py"
KEPT = {"weights": ("grid.", "data"), "masks.view": ("dice.",)}  # what a page keeps of a setting under other names


def link(label: str, page: str, setting: Mapping[str, str | list[str]], key: str) -> None:
    """Show words that open a page with a setting, whatever was set there before in this session.

    An ordinary link would not do: where it names a default, the value that the session remembers would win.
    """
    if st.button(label, type="tertiary", key=key):
        forget(setting)
        st.switch_page(PAGES / page, query_params=dict(setting))


def forget(setting: Mapping[str, str | list[str]]) -> None:
    """Forget what this session remembers of controls that a setting speaks of, and of those that belong to them."""
    groups = {f"{name.split('.')[0]}." for name in setting if "." in name}
    begun = (*groups, *(kept for name in setting for kept in KEPT.get(name, ())))
    for known in [str(known) for known in st.session_state]:
        if known in setting or known.startswith(begun or ("\0",)):
            del st.session_state[known]
