"""A tab of the app without a browser: it speaks Streamlit's own protocol over a WebSocket.

One request is on its way at a time, so that each picture that comes belongs to a request that is known.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 300.0  # seconds
PLOT = "plot-"  # before the key of a picture
SLIDERS = {"slider": "double_array_value", "select_slider": "string_array_value"}
FIELDS = {"button_group": "string_array_value", "selectbox": "string_value", "button": "trigger_value", **SLIDERS}


class Tab:
    """One session of a running server, to be used in an ``async with``.

    Parameters
    ----------
    address : str
        Of the server, ``http://…``.
    page : str
        Name of the page in links.
    query : str
        The link's settings.

    Attributes
    ----------
    pictures : dict of str to bytes
        Digest of each picture outside of what redraws itself, as the last whole run of the page drew it.
    moving : dict of str to bytes
        Digest of each picture that redraws itself, as it was drawn last.
    widgets : dict of str to message
        The controls by key, as the page described them.
    said : list of (float, str)
        Progress as it was shown, newest last, with the moment in seconds of `time.perf_counter`.
    wrong : list of str
        Exceptions and red sentences that the page showed.
    """

    def __init__(self, address: str, page: str, query: str) -> None:
        self._address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._page, self._hash = page, ""
        self._query = {name: values[-1] if len(values) == 1 else values for name, values in parse_qs(query).items()}
        self._states: dict[str, tuple[str, Any]] = {}
        self._due: dict[str, tuple[float, float]] = {}  # by fragment: when it is to be drawn next, and how often
        self._socket: ClientConnection
        self.pictures: dict[str, bytes] = {}
        self.moving: dict[str, bytes] = {}
        self.widgets: dict[str, Any] = {}
        self.said: list[tuple[float, str]] = []
        self.wrong: list[str] = []

    async def __aenter__(self) -> Self:
        self._socket = await connect(self._address, subprotocols=["streamlit"], max_size=None, compression=None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def run(self, changes: Mapping[str, Any] | None = None, press: str = "") -> float:
        """Change controls, or press a button, and return the seconds until the page has answered.

        Parameters
        ----------
        changes : mapping, optional
            New values by key: a number for a slider, a word or a list of words for a choice.
        press : str
            Key of a button.
        """
        for key, value in (changes or {}).items():
            self._set(key, value)
        began = time.perf_counter()
        self.pictures = {}
        await self._send(press=press)
        return time.perf_counter() - began

    async def rest(self, seconds: float) -> None:
        """Do nothing for a while but what a browser does by itself: redraw what asks to be redrawn."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            fragment, (due, every) = min(self._due.items(), key=lambda item: item[1], default=("", (end, 0.0)))
            if due >= end:
                await asyncio.sleep(left)
                return
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._due[fragment] = time.monotonic() + every, every
            await self._send(fragment=fragment)

    async def settle(self) -> None:
        """Wait until nothing redraws itself any more: a run is over, and its last picture is drawn."""
        end = time.monotonic() + PATIENCE
        while self._due:
            if time.monotonic() > end:
                raise TimeoutError(f"The run of a tab on {self._page} did not end within {PATIENCE:.0f} seconds.")
            await self.rest(0.05)

    def _set(self, key: str, value: Any) -> None:
        """Note the value of a control, for the next request and for the link."""
        widget = self.widgets[key]
        sort = kind(widget)
        if sort == "slider":
            held, linked = [float(value)], f"{value:g}"
        elif sort == "selectbox":
            held = linked = value
        else:
            held = linked = [value] if isinstance(value, str) else list(value)
        self._states[widget.id] = FIELDS[sort], held
        if widget.query_param_key:
            self._query[widget.query_param_key] = linked

    async def _send(self, *, press: str = "", fragment: str = "") -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = urlencode(self._query, doseq=True)
        asked.page_name, asked.page_script_hash = ("", self._hash) if self._hash else (self._page, "")
        asked.fragment_id, asked.is_auto_rerun = fragment, bool(fragment)
        for identity, (field, value) in self._states.items():
            state = asked.widget_states.widgets.add(id=identity)
            if field.endswith("array_value"):
                getattr(state, field).data.extend(value)
            else:
                setattr(state, field, value)
        if press:
            asked.widget_states.widgets.add(id=self.widgets[press].id, trigger_value=True)
        await self._socket.send(message.SerializeToString())
        while not self._take(ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(), PATIENCE))):
            pass

    def _take(self, message: Any) -> bool:
        """Take in one message; return whether it says that the page has answered."""
        match message.WhichOneof("type"):
            case "navigation":
                self._hash = message.navigation.page_script_hash
            case "new_session":
                if not message.metadata.run.fragment_ids:
                    self._due = {}
                    self.pictures = {}
                    self.moving = {}
            case "auto_rerun":
                asked = message.auto_rerun
                self._due[asked.fragment_id] = time.monotonic() + asked.interval, asked.interval
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._due.pop(fragment, None)
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._see(message.delta.new_element, bool(message.delta.fragment_id))
            case "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.wrong.append("The page did not compile.")
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _see(self, element: Any, redraws: bool) -> None:
        kind = element.WhichOneof("type")
        body = getattr(element, kind)
        if kind == "exception":
            self.wrong.append(f"{body.type}: {body.message}")
        elif kind == "alert" and body.format == body.ERROR:
            self.wrong.append(body.body)
        elif kind == "progress":
            self.said.append((time.perf_counter(), body.text))
        elif kind in ("slider", "button_group", "selectbox", "button"):
            self.widgets[_key(body)] = body
            if kind != "button" and body.set_value:  # the page has set it: what was sent before no longer holds
                self._states.pop(body.id, None)
        elif kind == "bidi_component" and _key(body).startswith(PLOT):
            seen = self.moving if redraws else self.pictures
            seen[_key(body).removeprefix(PLOT)] = hashlib.sha256(body.json.encode()).digest()


def _key(widget: Any) -> str:
    """Return the name that the app gave a control: it is the last part of its id."""
    return str(widget.id).split("-", 2)[-1]


def kind(widget: Any) -> str:
    """Return what a control is; a slider over given stops is a ``select_slider``."""
    found = {"Slider": "slider", "ButtonGroup": "button_group", "Selectbox": "selectbox"}[widget.DESCRIPTOR.name]
    return "select_slider" if found == "slider" and widget.options else found
