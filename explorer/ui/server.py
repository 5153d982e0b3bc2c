"""What the web server does besides running scripts: start the compute process, serve plotly.js, say how it is."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from explorer.ui.compute import engine

MAIN_SCRIPT = Path(__file__).with_name("main.py")
PLOTLY_FILES = Path(plotly.__file__).parent / "package_data"


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Start the compute process with the server, and end it with the server."""
    engine().start()
    try:
        yield
    finally:
        engine().close()


async def health(_request: Request) -> JSONResponse:
    """Say whether the compute process is ready, how many runs there are, and that Keras is not imported here."""
    state = {"engine_ready": engine().ready, "runs": engine().live, "keras_imported": "keras" in sys.modules}
    return JSONResponse(state)


def apologise(error: Exception) -> bool:
    """Write an error that nobody foresaw to the server's log, and one sentence to the page."""
    logging.getLogger(__name__).error("A page failed.", exc_info=error)
    st.error("This page met something that was not foreseen; change a setting or reload it.", icon=":material/error:")
    return True


ROUTES: list[BaseRoute] = [
    Route("/explorer/health", health),
    Mount("/explorer/plotly", app=StaticFiles(directory=PLOTLY_FILES)),
]
