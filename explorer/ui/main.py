"""The frame around every page: its settings and the table of contents."""

from pathlib import Path

import streamlit as st

from explorer.ui.link_button import check_version

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "pages"

st.set_page_config(page_title="Loss explorer", page_icon=str(ROOT / "docs" / "icon.png"), layout="wide")
st.logo(ROOT / "docs" / "logo.svg", size="large")
check_version()
st.navigation(
    {
        "": [st.Page(PAGES / "home" / "welcome.py", title="Home", url_path="home", default=True)],
        "See": [
            st.Page(PAGES / "see" / "surface.py", title="Surface", url_path="surface"),
            st.Page(PAGES / "see" / "cost_grid.py", title="Cost grid", url_path="cost-grid"),
            st.Page(PAGES / "see" / "pairs.py", title="Pairs", url_path="pairs"),
            st.Page(PAGES / "see" / "masks.py", title="Masks", url_path="masks"),
        ],
        "Train": [
            st.Page(PAGES / "train" / "time_series.py", title="Time series", url_path="time-series"),
            st.Page(PAGES / "train" / "extra_arguments.py", title="Extra arguments", url_path="extra-arguments"),
        ],
    },
    position="top",
).run()
