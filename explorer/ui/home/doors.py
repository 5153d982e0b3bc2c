"""What this is in one sentence, and the two doors to a person's own things."""

import streamlit as st

from explorer import theme
from explorer.ui.home.journey import GRID, PAGES, SERIES

HEADLINE = f"""<style>
.headline h1 {{ margin: 0; padding: 0; font-size: 28px; font-weight: 600; line-height: 1.2; letter-spacing: -0.01em;
  text-wrap: balance }}
.headline p {{ margin: 8px 0 0; font-size: 15px; color: {theme.both(theme.SOFT)} }}
</style>
<div class="headline">
<h1>See what a Keras loss does, before it trains your model.</h1>
<p>Its surface, its slopes, its jumps; and a short real run beside it.</p>
</div>"""
DOORS = (
    ("time series", "A file, the same net twice, one honest baseline.", "Upload your time series", "upload", SERIES),
    ("mistakes", "Say what each costs, and see what a loss does.", "Edit a misclassification grid", "grid_on", GRID),
)


def show() -> None:
    """Show the headline with the doors beside it."""
    words, *doors = st.columns([2, 1, 1], gap="small", vertical_alignment="center")
    with words:
        st.html(HEADLINE)
    for column, (name, story, action, icon, page) in zip(doors, DOORS, strict=True):
        with column.container(border=True, gap="xxsmall"):
            st.markdown(f"**Your {name}**")
            st.caption(story)
            kind = "primary" if page is SERIES else "secondary"
            if st.button(action, type=kind, icon=f":material/{icon}:", width="stretch", key=f"door.{page}"):
                st.switch_page(PAGES / page)
