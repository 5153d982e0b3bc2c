"""A small picture as SVG: bands of colour, arrows, lines, marks and words; one file that fits both themes."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from explorer import theme
from explorer.gallery.raster import TRANSPARENT, Box, banded, pixels

Array = NDArray[np.float64]
Spot = Array | Sequence[float]

WIDTH, HEIGHT = 320, 200
HEAD_ANGLE, HEAD_SHARE, LONGEST_HEAD = np.deg2rad(27.0), 1 / 3, 4.5
STYLE = 'style="color-scheme:light dark"'  # as an image it takes the scheme of the page that shows it
SHORTEST = 1.0  # pixels below which an arrow is not drawn


@dataclass
class Canvas:
    """What is drawn so far, 320 × 200 units.

    Attributes
    ----------
    parts : list of str
        SVG elements, the lowest first.
    """

    parts: list[str] = field(default_factory=list)

    def svg(self, alt: str) -> str:
        """Return the picture, with what it shows in words."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {STYLE} role="img"'
        return "\n".join([f'{head} aria-label="{escape(alt)}">', *self.parts, "</svg>\n"])

    def heat(self, box: Box, value: Array, limits: tuple[float, float], inside: Array | None = None) -> None:
        """Add ten bands of colour.

        Parameters
        ----------
        box : Box
            Where it goes, in units and in data.
        value : ndarray of shape (ny, nx)
            The loss at nodes that are evenly spread over the box; NaN outside the plane.
        limits : tuple of float
            Lowest and highest loss of the colours.
        inside : ndarray of bool, optional
            Pixels of the box that are coloured; all where it is not given.
        """
        image = Image.fromarray(banded(pixels(box, value), limits, inside), mode="P")
        image.putpalette(bytes.fromhex("".join(colour[1:] for colour in (*theme.TIDE, theme.TIDE[-1]))))
        file = io.BytesIO()
        image.save(file, "PNG", optimize=True, transparency=TRANSPARENT)
        data = base64.b64encode(file.getvalue()).decode()
        place = f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'
        self.parts.append(f'<image {place} href="data:image/png;base64,{data}"/>')

    def arrows(self, at: Array, along: Array, longest: float) -> None:
        """Add arrows in white on a dark casing.

        Parameters
        ----------
        at, along : ndarray of shape (arrow, 2)
            Middle and extent, in units of the picture; the longest is drawn ``longest`` units long.
        longest : float
            Length of the longest one.
        """
        length = np.hypot(*along.T)
        scale = longest / max(float(np.nanmax(length, initial=0.0)), 1e-300)
        keep = np.isfinite(length) & (length * scale >= SHORTEST)
        line = "".join(map(_arrow, at[keep], along[keep] * scale))
        if line:
            name = f"arrows{len(self.parts)}"
            self.parts.append(f'<defs><path id="{name}" d="{line}" style="fill:none;stroke-linecap:round"/></defs>')
            for colour, width in ((theme.CASING, 3.0), (theme.MARK, 1.35)):
                self.parts.append(f'<use href="#{name}" style="stroke:{colour};stroke-width:{width:g}"/>')

    def line(self, points: Array, colour: str, width: float = 2.2, dash: str = "") -> None:
        """Add a line through points of shape (point, 2), in units of the picture."""
        self._path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), colour, width, dash)

    def _path(self, line: str, colour: str, width: float, dash: str = "") -> None:
        style = f"fill:none;stroke:{colour};stroke-width:{width:g};stroke-linecap:round;stroke-linejoin:round"
        self.parts.append(f'<path d="{line}" style="{style}{f";stroke-dasharray:{dash}" if dash else ""}"/>')

    def dot(self, at: Spot, colour: str) -> None:
        """Add a point of a batch."""
        style = f"fill:{colour};stroke:{theme.MARK};stroke-width:1.5"
        self.parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="5" style="{style}"/>')

    def ring(self, at: Spot) -> None:
        """Add the mark of a target: a white ring on a dark casing."""
        for colour, width in ((theme.EDGE, 4.5), (theme.MARK, 2)):
            style = f"fill:none;stroke:{colour};stroke-width:{width:g}"
            self.parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="6" style="{style}"/>')

    def diamond(self, at: Spot) -> None:
        """Add the mark of a minimum: an amber diamond with a dark edge."""
        x, y = at
        corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in ((0, -6.5), (6.5, 0), (0, 6.5), (-6.5, 0)))
        style = f"fill:{theme.MINIMUM};stroke:{theme.EDGE};stroke-width:1.5"
        self.parts.append(f'<polygon points="{corners}" style="{style}"/>')

    def label(self, text: str, at: Spot, anchor: str = "middle") -> None:
        """Add words that are readable on any colour of the field."""
        style = f"fill:{theme.MARK};stroke:{theme.LABEL};stroke-width:4;stroke-linejoin:round;paint-order:stroke"
        self._text(text, at, anchor, f"{style};font-weight:600")

    def word(self, text: str, at: Spot, anchor: str, colour: str, *, bold: bool = False) -> None:
        """Add words beside what is drawn, in a colour that is readable on the page."""
        self._text(text, at, anchor, f"fill:{colour};font-weight:{600 if bold else 400}")

    def _text(self, text: str, at: Spot, anchor: str, style: str) -> None:
        place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}"'
        self.parts.append(
            f'<text {place} style="font-size:11.5px;font-family:{theme.FONT};{style}">{escape(text)}</text>'
        )


def _arrow(at: Array, along: Array) -> str:
    """Return an arrow round its middle: shaft and head."""
    tail = at - along / 2
    back = -along * min(HEAD_SHARE, LONGEST_HEAD / float(np.hypot(*along)))
    cos, sin = np.cos(HEAD_ANGLE), np.sin(HEAD_ANGLE)
    left, right = (
        np.array([back[0] * cos - s * back[1] * sin, s * back[0] * sin + back[1] * cos]) for s in (1.0, -1.0)
    )
    moves = zip("Mlmll", (tail, along, left, -left, right), strict=True)
    return "".join(f"{kind}{x:.1f} {y:.1f}" for kind, (x, y) in moves).replace(" -", "-")
