"""Which sliders a picture follows while they are dragged, and where the browser fetches what it draws then."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from explorer import theme
from explorer.parameters import Number, Value
from explorer.spec import Plane
from explorer.sweep import positions
from explorer.ui.plot import served
from explorer.ui.sides import Side

MARKS = {
    "minimum": theme.MINIMUM,
    "mark": theme.MARK,
    "edge": theme.EDGE,
    "casing": theme.CASING,
    "line": theme.SURFACE_LINE,
}


def following(
    side: Side, plane: Plane, scene: Mapping[str, Value], prefix: str, limits: tuple[float, float] | None
) -> dict[str, Any]:
    """Return what `plot.draw` needs to let the pictures of one loss follow its sliders.

    Parameters
    ----------
    side, plane, scene
        What is drawn.
    prefix : str
        First part of the names of its controls.
    limits : tuple of float or None
        Range of the colours, where pictures share one.
    """
    numbers = [part for part in (*side.spec.parameters, *plane.scene) if isinstance(part, Number)]
    return {
        "controls": [_control(number, side, plane, scene, prefix) for number in numbers],
        "limits": limits,
        "scale": theme.TIDE,
        "marks": MARKS,
    }


def _control(number: Number, side: Side, plane: Plane, scene: Mapping[str, Value], prefix: str) -> dict[str, Any]:
    """Return one slider: its class in the page, its positions where it counts them, and the address of its sweep."""
    own, held = ({n: v for n, v in part.items() if n != number.name} for part in (side.values, scene))
    query = {"loss": side.spec.key, "plane": plane.key, "vary": number.name}
    query |= {"values": json.dumps(own), "scene": json.dumps(held)}
    return {
        "key": "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", f"{prefix}.{number.name}"),
        "stops": positions(number) if number.log else None,
        "url": f"{served('sweep')}?{urlencode(query)}",
    }
