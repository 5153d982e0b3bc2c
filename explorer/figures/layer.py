"""What can be laid over the field of a loss: dead zones, jumps and where it is not convex."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from explorer import theme
from explorer.doctor.layer import Layers
from explorer.figures.frame import Draft, Word, light

DEAD, JUMPS, CURVATURE = "Dead zones", "Jumps", "Not convex"
NAMES = (DEAD, JUMPS, CURVATURE)


def words(layers: Layers, chosen: Collection[str], *, has_gradient: bool) -> list[Word]:
    """Return the legend of the chosen layers, each with its number."""
    dead = f"slope exactly 0: {layers.dead.mean():.0%}" if has_gradient else "no gradient at all"
    known = {
        DEAD: Word("▦", theme.BASELINE, dead),
        JUMPS: Word("▪", theme.MARK, f"jumps: {len(layers.jump)} crossings"),
        CURVATURE: Word("▨", theme.B, f"not convex: {(layers.curvature < 0).mean():.0%}"),
    }
    return [known[name] for name in NAMES if name in chosen]


def add(draft: Draft, layers: Layers, chosen: Collection[str]) -> None:
    """Add the chosen layers to a field."""
    for name, mask, colour in (
        (DEAD, layers.dead, theme.BASELINE),
        (CURVATURE, layers.curvature < 0, theme.B),
    ):
        if name in chosen and mask.any():
            draft.add(**_veil(layers, mask, colour))
    if JUMPS in chosen and len(layers.jump):
        for size, colour in ((6, theme.EDGE), (3.5, theme.MARK)):
            marker = {"symbol": "square", "size": size, "color": colour}
            x, y = light(layers.jump[:, 0]), light(layers.jump[:, 1])
            draft.add(type="scatter", x=x, y=y, mode="markers", marker=marker, hoverinfo="skip")


def _veil(layers: Layers, mask: Any, colour: str) -> dict[str, Any]:
    """Return a thin veil over the nodes of a mask."""
    z = light(np.where(mask, 1.0, np.nan))
    scale = ((0.0, theme.veil(colour)), (1.0, theme.veil(colour)))
    nodes = {"x": light(layers.x), "y": light(layers.y), "z": z}
    return {"type": "heatmap", "colorscale": scale, "showscale": False, "hoverinfo": "skip", **nodes}
