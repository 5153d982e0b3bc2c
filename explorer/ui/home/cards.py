"""The gallery: equal cards, each with a small picture, a story, what is odd, and a link to exactly that setting."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from explorer import theme
from explorer.gallery.shelf import Shown, read
from explorer.ui.home import journey

UNQUOTED = " /:;=,+!*()?@$&[]{}|"  # what a data address may hold as it is, between double quotes
SOFT = theme.both(theme.SOFT)
STYLE = f"""<style>
.st-key-gallery {{ display: grid; gap: 14px;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, max(270px, 25% - 14px)), 1fr)) }}
.st-key-gallery > *, .st-key-gallery > * > * {{ height: 100% }}
.st-key-gallery [class*="st-key-card-"] {{ position: relative; gap: 2px; padding-bottom: 8px }}
.st-key-gallery [class*="st-key-card-"]:hover {{ border-color: {SOFT} }}
.st-key-gallery [class*="st-key-card-"] > :last-child {{ margin-top: auto }}
.st-key-gallery [class*="st-key-card-"] > :last-child, .st-key-gallery [class*="st-key-card-"] > :last-child * {{
  position: static }}
.st-key-gallery button {{ min-height: 1.75rem; padding-top: 0; padding-bottom: 0 }}
.st-key-gallery button::after {{ content: ""; position: absolute; inset: 0; border-radius: 8px }}
.st-key-gallery button:focus-visible {{ box-shadow: none }}
.st-key-gallery button:focus-visible::after {{ outline: 2px solid currentColor; outline-offset: 1px }}
.shelf img {{ display: block; width: 100%; aspect-ratio: 8 / 5; border-radius: 6px }}
.shelf h2 {{ display: flex; justify-content: space-between; align-items: baseline; margin: 9px 0 1px; padding: 0;
  font-size: 15px; font-weight: 600; letter-spacing: normal; line-height: 1.4 }}
.shelf small {{ font-size: 11.5px; font-weight: 400 }}
.shelf small, .shelf .story {{ color: {SOFT} }}
.shelf p {{ margin: 0; font-size: 13px; line-height: 1.42; text-wrap: pretty }}
</style>"""


def show() -> None:
    """Show a card a family."""
    with st.container(key="gallery"):
        for shown in read():
            _card(shown)
    st.html(STYLE)


def _card(shown: Shown) -> None:
    forms = f"{shown.forms} forms" if shown.forms > 1 else "1 form"
    words = f"<h2>{escape(shown.title)}<small>{forms}</small></h2><p class='story'>{escape(shown.story)}</p>"
    with st.container(border=True, height="stretch", key=f"card-{shown.key}"):
        st.html(f"<div class='shelf'>{_picture(shown)}{words}<p>{escape(shown.fact)}</p></div>")
        journey.link(f":blue[Open {shown.title.lower()}]", shown.page, shown.link, f"open.{shown.key}")


def _picture(shown: Shown) -> str:
    """Return the picture as an image within the page: it is there with the words, and follows light and dark."""
    return f'<img alt="{escape(shown.alt)}" src="data:image/svg+xml,{quote(shown.svg, safe=UNQUOTED)}">'
