"""The tour: a line for whoever is new, and four steps in words with links."""

import streamlit as st

from explorer.ui.home import journey
from explorer.ui.home.journey import GRID, SERIES, SURFACE

SEEN = "home.tour"  # whether a person has taken or dismissed the tour in this session
PUBLISHED = {"loss": "Trend match", "trend-match.form": "published", "trend-match.lambda_trend": "1"}
BESIDE = {**PUBLISHED, "trend-match.b": "mismatch"}
STEPS = (
    (
        "A loss is a landscape",
        "Drag λ, and watch the minimum (◆) leave the truth (◎): the net will follow the minimum.",
        "Trend match at λ = 1", SURFACE, PUBLISHED,
    ),
    (
        "Put two beside each other",
        "The published form and the mended one on one scale, with the difference between them.",
        "Published beside mismatch", SURFACE, BESIDE,
    ),
    (
        "Say what a mistake costs",
        "Edit the table, see where the loss jumps, then train the forms against plain cross entropy.",
        "One dear mistake", GRID, {"weights": "1,1,8;1,1,1;1,1,1"},
    ),
    (
        "Try it on your own data",
        "Upload a series; the same net learns it with each loss, beside repeating the last value.",
        "Time series", SERIES, {},
    ),
)  # fmt: skip


def invite() -> None:
    """Show the line for whoever is new, until the tour was taken or dismissed; then a word that brings it back."""
    if st.session_state.get(SEEN):
        st.button("Tour", icon=":material/play_circle:", type="tertiary", key="tour.again", on_click=_see)
    else:
        steps = " · ".join(f"{place} {title.lower()}" for place, (title, *_) in enumerate(STEPS, 1))
        st.caption(f"**New here?** {steps}", width="content")
        st.button("60-second tour", icon=":material/play_circle:", type="tertiary", key="tour.start", on_click=_see)
        st.button("Dismiss", icon=":material/close:", type="tertiary", key="tour.dismiss", on_click=_dismiss)
    if st.session_state.pop("home.tour.open", False):
        _tour()


def _dismiss() -> None:
    st.session_state[SEEN] = True


def _see() -> None:
    st.session_state[SEEN] = st.session_state["home.tour.open"] = True


@st.dialog("The loss explorer in 60 seconds", width="medium")
def _tour() -> None:
    for place, (title, words, label, page, link) in enumerate(STEPS, 1):
        st.markdown(f"**{place} · {title}**  \n{words}")
        journey.link(f":blue[{label}]", page, link, f"tour.{place}")
    st.caption("Every page keeps its whole setting in its address: copy the link, and others see the same.")
