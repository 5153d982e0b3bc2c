"""What all pictures share: the draft of a figure with its title and axes, and words that are safe to draw."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme

LINE_STEP = 15
SHARE = 95  # per cent of the values that a range without peaks covers
PEAK = 2.5  # how many times that range the peaks must reach to be left out
NEAR_ZERO = 1e-3  # of the range: what is clipped near a sure and right prediction reads as 0
SECOND_LINE = 56
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "θ": "theta", "λ": "lambda", "τ": "tau"}


class Draft:
    """A figure in the making: plain dicts, which Plotly checks once at the end.

    Changing a finished figure costs ten times as much as making it.

    Parameters
    ----------
    layout : dict
        The layout so far.
    """

    def __init__(self, layout: dict[str, Any]) -> None:
        self.layout = layout
        self.traces: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []

    def add(self, **trace: Any) -> None:
        """Draw a trace over those that are there."""
        self.traces.append(trace)

    def note(self, **annotation: Any) -> None:
        """Write some words."""
        self.notes.append({"showarrow": False} | annotation)

    def shape(self, **shape: Any) -> None:
        """Draw a line or a shade."""
        self.shapes.append(shape)

    def figure(self, **layout: Any) -> go.Figure:
        """Return the figure, with the rest of its layout."""
        marks = {"annotations": self.notes, "shapes": self.shapes}
        return go.Figure(data=self.traces, layout=self.layout | marks | layout)


class Word(NamedTuple):
    """One word of a legend: a sign, its colour, and what it stands for."""

    sign: str
    colour: str
    text: str


def plain(text: object, most: int = 40) -> str:
    """Return ``text`` in one line of at most ``most`` characters, the last an ellipsis where it was cut."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def escaped(text: object, most: int = 40) -> str:
    """Return ``text`` so that Plotly draws it letter by letter: no tags, no links, at most ``most`` characters.

    Plotly reads a small HTML in titles, names and labels; what a person typed must not be read that way.
    """
    return escape(plain(text, most), quote=True)


def shown(value: float) -> str:
    """Return a number in three significant digits, with a true minus sign."""
    text = f"{value:.3g}"
    return "0" if float(text) == 0 else text.replace("-", "−")


def light(values: ArrayLike) -> NDArray[np.float32]:
    """Return ``values`` as float32, half the bytes on the wire; what is too large for it becomes infinite."""
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(np.float32)


def span(*values: ArrayLike) -> tuple[float, float]:
    """Return the lowest and highest finite value of all arrays: the shared range of pictures that are compared.

    The two ends always differ, so that a flat loss can be drawn; they are 0 and 1 where nothing is finite.
    """
    finite = _finite(*values)
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    room = max(abs(low), abs(high), 1.0) * 1e-6
    return (low, high) if high - low > room else (low - room, high + room)


def span_of_most(*values: ArrayLike) -> tuple[float, float] | None:
    """Return a range that leaves out the highest peaks; None where there are none that would hide all the rest.

    A cross entropy is 16 in a corner and 1 nearly everywhere: drawn up to 16, everything else would be one colour.
    """
    low, high = span(*values)
    finite = _finite(*values)
    most = float(np.percentile(finite, SHARE)) if finite.size else high
    if high - low <= PEAK * (most - low) or most <= low:
        return None
    return (0.0 if 0 <= low < NEAR_ZERO * most else low), most


def span_in_words(values: ArrayLike) -> str:
    """Return from where to where values reach, for a sentence."""
    finite = _finite(values)
    return f"from {shown(finite.min())} to {shown(finite.max())}" if finite.size else "without a finite value"


def _finite(*values: ArrayLike) -> NDArray[np.float64]:
    flat: NDArray[np.float64] = np.concatenate([np.ravel(np.asarray(part, dtype=np.float64)) for part in values])
    return flat[np.isfinite(flat)]


def blank(
    title: str,
    subtitle: str,
    *,
    kind: str,
    margin: Mapping[str, float],
    alt: str,
    colour: str | None = None,
    legend: Sequence[Word] = (),
    lines: int = 1,
) -> Draft:
    """Return the draft of a figure: its title, ground and room.

    Parameters
    ----------
    title, subtitle : str
        Plain text: what it is, and the parameter values; escaped here.
    kind : str
        Key of ``theme.HEIGHT``.
    margin : mapping
        One of ``theme.MARGIN``; the top grows by what the second line needs beyond its room.
    alt : str
        The picture in one plain sentence; found as ``figure.layout.meta["alt"]`` beside the file name ``"name"``.
    colour : str, optional
        Colour of the dot before the title.
    legend : sequence of Word
        Words after the values.
    lines : int
        Lines under the title for which the margin has room; 0 puts everything behind the title.
    """
    second = _second_lines(subtitle, legend, wrap=lines > 0)
    dot = f'<span style="color:{colour}">●</span> ' if colour else ""
    small = f"font-size:{theme.SMALL_SIZE}px;font-weight:400;color:{theme.SOFT}"
    rest = "".join(f'{"<br>" if lines else "  "}<span style="{small}">{line}</span>' for line in second if line)
    grown = dict(margin) | {"t": margin["t"] + LINE_STEP * max(0, len(second) - lines) * (lines > 0)}
    return Draft(
        {
            "template": {},
            "height": theme.HEIGHT[kind],
            "margin": grown,
            "meta": {"alt": alt, "name": file_name(title, subtitle)},
            "title": _title(f"{dot}{escaped(title, 80)}{rest}"),
            "font": {"family": theme.FONT, "size": theme.SMALL_SIZE, "color": theme.SOFT},
            "paper_bgcolor": theme.PAGE,
            "plot_bgcolor": theme.PAGE,
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": theme.PAGE,
                "bordercolor": theme.FAINT,
                "font": {"color": theme.INK, "size": 12},
            },
            "modebar": {"bgcolor": theme.CLEAR, "color": theme.FAINT, "activecolor": theme.SOFT},
        }
    )


def _title(text: str) -> dict[str, Any]:
    """Return the title, anchored below the container's edge: at the edge itself Plotly cuts it."""
    return {
        "text": text,
        "font": {"size": theme.TITLE_SIZE, "color": theme.INK, "weight": 600},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": 13, "l": 2},
        "automargin": False,
    }


def _second_lines(subtitle: str, legend: Sequence[Word], *, wrap: bool) -> list[str]:
    """Return what stands under the title: the values, then the legend, broken between parts where a line grows long."""
    values = [(escaped(part, 60), len(part)) for part in subtitle.split(" · ") if part]
    words = [
        (f'<span style="color:{word.colour}">{word.sign}</span> {escaped(word.text)}', len(plain(word.text)) + 2)
        for word in legend
    ]
    if wrap and sum(length + 3 for _, length in [*values, *words]) > SECOND_LINE:
        return _broken(values, " · ") + _broken(words, "  ")
    return ["  ".join([" · ".join(text for text, _ in values), *(text for text, _ in words)]).strip()]


def _broken(parts: Sequence[tuple[str, int]], between: str) -> list[str]:
    """Return parts, each with its visible length, joined to lines of at most ``SECOND_LINE`` letters."""
    lines: list[str] = []
    used = SECOND_LINE
    for text, length in parts:
        if used + length > SECOND_LINE:
            lines.append(text)
            used = length
        else:
            lines[-1] += between + text
            used += length + 3
    return lines


def file_name(*texts: str) -> str:
    """Return a short file name in plain letters: what the picture shows, then its values."""
    spelled = "".join(GREEK.get(sign, sign) for sign in " ".join(texts).lower())
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    dashed = re.sub(r"(?:[^a-z0-9.]|(?<!\d)\.|\.(?!\d))+", "-", ascii_only)
    return dashed[:80].strip("-.") or "loss"


def axis(**settings: Any) -> dict[str, Any]:
    """Return a quiet axis: small numbers, hairline grid, no zero line, no frame."""
    return {
        "tickfont": {"size": theme.SMALL_SIZE, "color": theme.SOFT},
        "gridcolor": theme.HAIRLINE,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "ticklabelstandoff": 3,
        "nticks": 6,
        "automargin": False,
    } | settings


def upright(label: str, *, gap: int = 6) -> dict[str, Any]:
    """Return the name of the vertical axis as an annotation above the axis' end, not turned."""
    short = len(label) <= 4
    return {
        "text": escaped(label),
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right" if short else "left",
        "yanchor": "bottom",
        "xshift": -gap if short else -30,
        "yshift": 4 if short else 0,
        "font": {"size": theme.AXIS_SIZE, "color": theme.SOFT},
    }


def colour_strip(low: float, high: float, *, log: bool = False, clipped: bool = False) -> str:
    """Return the legend of a row of pictures as one line of HTML: the tide scale between its two ends.

    Parameters
    ----------
    low, high : float
        Loss at its two ends; only numbers enter the HTML.
    log : bool
        Whether the colours go with the logarithm.
    clipped : bool
        Whether larger losses are drawn in the last colour.

    Raises
    ------
    ValueError
        If an end is not a finite number.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"A colour strip needs two finite ends, but got {low} and {high}.")
    bar = (
        "display:inline-block;width:110px;height:8px;border-radius:4px;margin:0 6px;"
        f"background:linear-gradient(90deg,{','.join(theme.TIDE)})"
    )
    ending = f"{'≥ ' if clipped else ''}{shown(high)}{', log colour' if log else ''}"
    return f'<span style="white-space:nowrap">loss {shown(low)}<span style="{bar}"></span>{ending}</span>'
