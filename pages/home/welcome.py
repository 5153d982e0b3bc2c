"""What this is, and where to start."""

import streamlit as st

from explorer.ui.home import cards, doors, status, tour

doors.show()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    tour.invite()
    st.space("stretch")
    status.show()
cards.show()
