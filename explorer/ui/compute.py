"""The one engine of this server, and whose session is asking."""

from __future__ import annotations

from functools import cache

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.engine.client import Engine


def present(session: str) -> bool:
    """Return whether the session still has a tab with an open connection."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


def session() -> str:
    """Return the name of the running session; a script without a browser is a session of its own."""
    context = get_script_run_ctx()
    return context.session_id if context else "script"


@cache
def engine() -> Engine:
    """Return the engine of this process, not started yet."""
    return Engine(present=present)
