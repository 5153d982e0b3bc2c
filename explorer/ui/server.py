"""What the web server does besides running scripts: start the compute process, serve plotly.js, say how it is."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from explorer.engine.client import EngineError
from explorer.ui.compute import engine

MAIN_SCRIPT = Path(__file__).with_name("main.py")
FIRST_PAINT = 3.0  # seconds in which a fresh server and the browser have the machine to themselves
MOST_TEXT = 20_000  # characters of JSON that one question may have
PLOTLY_FILES = Path(find_spec("plotly").origin).with_name("package_data")  # found, not imported: that takes time


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Start the compute process with the server, once a first page has been painted, and end it with the server.

    Whoever asks for something earlier starts it at once.
    """
    start = threading.Timer(FIRST_PAINT, engine().start)
    start.daemon = True
    start.start()
    try:
        yield
    finally:
        start.cancel()
        engine().close()


async def health(_request: Request) -> JSONResponse:
    """Say whether the compute process is ready, how many runs there are, and that Keras is not imported here."""
    state = {"engine_ready": engine().ready, "runs": engine().live, "keras_imported": "keras" in sys.modules}
    return JSONResponse(state)


async def sweep(request: Request) -> Response:
    """Return the surfaces for every position of one slider: a length, a JSON header, then float32 numbers."""
    asked = request.query_params
    try:
        told = await run_in_threadpool(
            engine().ask,
            "sweep",
            loss=asked["loss"],
            values=_mapping(asked["values"]),
            scene=_mapping(asked["scene"]),
            plane=asked["plane"],
            vary=asked["vary"],
        )
    except KeyError as error:
        return JSONResponse({"error": f"The question lacks {error}."}, 400)
    except ValueError as error:
        return JSONResponse({"error": str(error)}, 400)
    except EngineError as error:
        return JSONResponse({"error": str(error)}, 503)
    names = ("position", "x", "y")
    header = {name: getattr(told, name).tolist() for name in names} | {"target": told.target}
    text = json.dumps(header).encode()
    text += b" " * (-(len(text)) % 4)
    numbers = b"".join(part.tobytes() for part in (told.value, told.slope_x, told.slope_y))
    return Response(len(text).to_bytes(4, "little") + text + numbers, media_type="application/octet-stream")


def _mapping(text: str) -> dict[str, Any]:
    """Return a JSON object, or refuse anything else."""
    value = json.loads(text[:MOST_TEXT])
    if not isinstance(value, dict):
        raise ValueError("Values must be an object with names.")
    from explorer.sweep import plain_values  # brings numpy along, which a first paint does not wait for

    return plain_values(value)


def apologise(error: Exception) -> bool:
    """Write an error that nobody foresaw to the server's log, and one sentence to the page."""
    logging.getLogger(__name__).error("A page failed.", exc_info=error)
    st.error("This page met something that was not foreseen; change a setting or reload it.", icon=":material/error:")
    return True


ROUTES: list[BaseRoute] = [
    Route("/explorer/health", health),
    Route("/explorer/sweep", sweep),
    Mount("/explorer/plotly", app=StaticFiles(directory=PLOTLY_FILES)),
]
