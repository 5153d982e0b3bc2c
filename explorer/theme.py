"""Colours, fonts, heights and margins of every picture: the only place with a colour code.

Data keep their colours in both themes. Ink, lines and page do not, and switching the theme does not run any Python:
a figure therefore names them by *tokens*, valid colours that nothing else uses, which are replaced in the figure's
JSON when it is drawn.
"""

from __future__ import annotations

import re
from types import MappingProxyType

INK = "#010101"
SOFT = "#010102"
FAINT = "#010103"
HAIRLINE = "#010104"
PAGE = "#010105"
MIDDLE = "#010106"
OK = "#010107"
WARN = "#010108"
FAIL = "#010109"

THEMES = MappingProxyType(
    {
        "light": MappingProxyType(
            {
                INK: "#18222D",
                SOFT: "#5F6B78",
                FAINT: "#838F9C",
                HAIRLINE: "#ECEFF2",
                PAGE: "#FCFCFB",
                MIDDLE: "#F3F3F0",
                OK: "#14805E",
                WARN: "#B45309",
                FAIL: "#B4234A",
            }
        ),
        "dark": MappingProxyType(
            {
                INK: "#E6EBF0",
                SOFT: "#94A1AF",
                FAINT: "#5A6673",
                HAIRLINE: "#222A34",
                PAGE: "#0F141A",
                MIDDLE: "#262E38",
                OK: "#46C79B",
                WARN: "#F0A54A",
                FAIL: "#FF7F9B",
            }
        ),
    }
)

TIDE = (
    "#0B2340", "#103C66", "#14577F", "#1B7390", "#2F8F97", "#56AA98", "#86C39A", "#B5D8A1", "#DCE9B2", "#F6F5D2",
)  # fmt: skip
TIDE_SCALE = tuple((place / (len(TIDE) - 1), colour) for place, colour in enumerate(TIDE))
DIFFERENCE_SCALE = ((0.0, "#B4541A"), (0.25, "#E08A4A"), (0.5, MIDDLE), (0.75, "#5B93E8"), (1.0, "#1F56B5"))

A = "#3D7FE6"
B = "#DA7020"
THIRD = "#7A548C"
FOURTH = "#B380A2"
FIFTH = "#B92740"
RUNS = (A, B, THIRD, FOURTH)
REGIONS = (
    "#56AA98", "#D8B024", "#7348B8", "#96301A", "#BBAAF0", "#7E3E55", "#DC7A50", "#60749C", "#F05A80", "#12598A",
)  # fmt: skip
RIGHT = A
DEAR = B
REWARD = THIRD
BASELINE = "#84909D"
REST = "#8FA3B8"
PENALTY = "#B8506B"
TERM_OPACITY = 0.55

MINIMUM = "#FFC233"
PATH = "#FF8FA3"
MARK = "#FFFFFF"
EDGE = "#081422"
CASING = "rgba(8,20,34,0.45)"
LABEL = "rgba(8,20,34,0.62)"
SURFACE_LINE = "rgba(255,255,255,0.38)"
FIELD_LINE = "rgba(255,255,255,0.22)"
BORDER_LINE = "rgba(255,255,255,0.75)"
VALIDATION_SHADE = "rgba(61,127,230,0.08)"
TEST_SHADE = "rgba(61,127,230,0.18)"
CLEAR = "rgba(0,0,0,0)"

FONT = "Source Sans, 'Source Sans 3', 'Source Sans Pro', sans-serif"
TITLE_SIZE = 13.5
AXIS_SIZE = 13
SMALL_SIZE = 11

HEIGHT = MappingProxyType(
    {
        "surface": 340,
        "field": 322,
        "slices": 250,
        "triangle": 322,
        "small triangle": 224,
        "series": 178,
        "curves": 214,
        "forecast": 272,
        "confusion": 196,
        "regions": 300,
        "frontier": 400,
        "line": 250,
        "heat": 130,
    }
)
MARGIN = MappingProxyType(
    {
        "plane": MappingProxyType({"l": 34, "r": 6, "t": 60, "b": 34}),
        "wide": MappingProxyType({"l": 34, "r": 6, "t": 32, "b": 22}),
        "space": MappingProxyType({"l": 0, "r": 0, "t": 44, "b": 0}),
        "triangle": MappingProxyType({"l": 0, "r": 0, "t": 62, "b": 20}),
        "small triangle": MappingProxyType({"l": 0, "r": 0, "t": 56, "b": 18}),
        "grid": MappingProxyType({"l": 4, "r": 2, "t": 46, "b": 20}),
    }
)

_TOKEN = re.compile("|".join(map(re.escape, THEMES["light"])))


def painted(json_text: str, theme: str) -> str:
    """Return a figure's JSON with each token replaced by its colour in one theme.

    Parameters
    ----------
    json_text : str
        What ``figure.to_json()`` returned.
    theme : str
        ``"light"`` or ``"dark"``.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    if theme not in THEMES:
        raise ValueError(f"There is no theme {theme[:40]!r}; there is {' and '.join(THEMES)}.")
    return _TOKEN.sub(lambda match: THEMES[theme][match[0]], json_text)


def both(token: str) -> str:
    """Return a token as one CSS colour that follows the page from light to dark by itself."""
    return f"light-dark({THEMES['light'][token]},{THEMES['dark'][token]})"


def veil(colour: str, opacity: float = TERM_OPACITY) -> str:
    """Return a ``#RRGGBB`` colour with an opacity, for fills that must not hide what lies under them."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
