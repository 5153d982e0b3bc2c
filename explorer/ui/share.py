"""What a person hands on: the link, a postcard, and the numbers of the pictures; the same on every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from explorer.figures.frame import file_name
from explorer.takeaway import Postcard, drawn_as_csv, drawn_as_json, postcard
from explorer.ui.link_button import VERSION, link_button
from explorer.ui.record import Record, record


def button() -> None:
    """Show what can be shared; the files are made when they are asked for, of what the page shows then."""
    now, link = record(), address()
    with st.popover("Share", icon=":material/share:", type="tertiary"):
        link_button("share.link")
        for label, ending, kind, make in (
            ("Postcard · offline HTML", "html", "text/html", partial(_postcard, now, link)),
            ("Numbers · CSV", "csv", "text/csv", partial(_drawn, now, drawn_as_csv)),
            ("Numbers · JSON", "json", "application/json", partial(_drawn, now, drawn_as_json)),
        ):
            name = f"{file_name(now.title)}.{ending}"
            settings = {"icon": ":material/download:", "on_click": "ignore", "type": "tertiary"}
            st.download_button(label, make, name, kind, key=f"share.{ending}", **settings)
        st.caption("Every picture has a PNG button of its own.")


def address() -> str:
    """Return the address that opens this page with these settings."""
    asked = {name: value for name, value in st.query_params.items() if name != "v"}
    return f"{(st.context.url or '').split('?')[0]}?{urlencode({'v': VERSION, **asked})}"


def _postcard(now: Record, link: str) -> bytes:
    card = Postcard(
        title=now.title,
        story=now.story,
        formulas=now.formulas,
        pictures=now.pictures,
        settings=list(now.settings.values()),
        link=link,
        camera=now.camera,
    )
    return postcard(card).encode()


def _drawn(now: Record, told: Callable[..., str]) -> bytes:
    return told(now.pictures).encode()
