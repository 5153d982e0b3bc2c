"""The loss explorer: ``streamlit run app.py`` starts the server.

The script that every page goes through stands in another folder, so that Streamlit never takes ``pages/`` for pages
that it should find by itself. The compute process starts with the server, not with the first visitor.
"""

import streamlit as st

from explorer.ui.server import MAIN_SCRIPT, ROUTES, apologise, lifespan

app = st.App(MAIN_SCRIPT, routes=ROUTES, lifespan=lifespan, on_script_error=apologise)
