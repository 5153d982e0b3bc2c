"""The code that ran: the losses that a page shows, with all that they call, ready to be copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from explorer.spec import LossSpec
from explorer.takeaway import excerpt, imports


def actions(specs: Sequence[LossSpec], reset: Callable[..., None], *arguments: Any) -> None:
    """Show the buttons for code and reset; ``reset`` is called with ``arguments`` before the page runs again."""
    with st.container(horizontal=True, gap="small"):
        if st.button("Code", icon=":material/code:", key="code"):
            _show(specs)
        st.button("Reset", type="tertiary", key="reset", on_click=reset, args=arguments)


@st.dialog("The code that ran", width="large")
def _show(specs: Sequence[LossSpec]) -> None:
    found = excerpt([spec.function for spec in specs])
    head = [imports(lines) for lines in (found.standard, found.others) if lines]
    st.code("\n\n".join([*head, *found.constants]) + "\n\n\n" + "\n\n\n".join(found.functions), language="python")
    for said in dict.fromkeys(f"{spec.source.author}, {spec.source.year}: {spec.source.title}" for spec in specs):
        st.caption(said)
