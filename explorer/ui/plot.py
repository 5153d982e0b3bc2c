"""Every picture of the app: one component around ``Plotly.react`` that keeps its node, its camera and its zoom.

Streamlit's own Plotly chart is taken down and built up again with each change of the figure: it flickers, loses the
camera, and opens a new WebGL context. This is the only function that would change if that were mended.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from explorer import theme
from explorer.ui.camera import camera
from explorer.ui.record import record

_component = st.components.v2.component(
    "loss_explorer.plot",
    html='<div class="plot"></div>',
    css=".plot { width: 100%; overflow: hidden; }\n",
    js="\n".join(
        Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("drag.js", "ball.js", "plot.js")
    ),
    isolate_styles=False,
)


def served(path: str) -> str:
    """Return the address of something that this server serves besides pages."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}/explorer/{path}".replace("//", "/")


def draw(
    figure: go.Figure,
    key: str,
    *,
    keep: str = "",
    height: int | None = None,
    on_click: Callable[[], None] | None = None,
    drag: Mapping[str, Any] | None = None,
    played: int = 0,
) -> None:
    """Draw a figure, or redraw it where it was drawn before under this key.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        With its height in ``layout.height``, and ``alt`` and ``name`` (of the PNG file) in ``layout.meta``.
    key : str
        Name of the picture on its page.
    keep : str
        Camera and zoom are kept as long as this stays the same.
    height : int, optional
        In pixels; the figure's own where it is not given.
    on_click : callable, optional
        Called before the next run of the page when a point of the picture was clicked; `clicked` says which.
    drag : mapping, optional
        The sliders that the picture follows while they are dragged, as `explorer.ui.following.following` gives them.
    played : int
        A new number above 0 rolls a ball along the picture's trace with ``meta="path"``.
    """
    now = record()
    now.pictures[key], now.camera = figure, camera()
    meta, height = figure.layout.meta or {}, height or int(figure.layout.height)
    _component(
        data={
            "figure": figure.to_json(),
            "camera": now.camera,
            "themes": {name: dict(colours) for name, colours in theme.THEMES.items()},
            "name": key,
            "filename": meta.get("name", key),
            "alt": meta.get("alt", ""),
            "height": height,
            "keep": keep or key,
            "drag": drag,
            "played": played,
            "clickable": on_click is not None,
            "source": served("plotly/plotly.min.js"),
        },
        key=f"plot-{key}",
        height=height,
        on_click_change=on_click or _ignore,
        on_camera_change=_ignore,
    )


def clicked(key: str) -> Mapping[str, float] | None:
    """Return where the picture was clicked, as ``{"x": …, "y": …}`` of finite numbers; None where it was not."""
    click = st.session_state.get(f"plot-{key}", {}).get("click")
    try:
        point = {name: float(click[name]) for name in ("x", "y")}
    except (TypeError, KeyError, ValueError):
        return None
    return point if all(map(math.isfinite, point.values())) else None


def _ignore() -> None:
    """Take a click that nobody waits for, or a turn of the camera: the address has it already."""
