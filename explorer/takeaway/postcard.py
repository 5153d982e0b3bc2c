"""A postcard: one page that holds pictures, formula and settings, and needs no server and no network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.metadata import version
from pathlib import Path
from string import Template
from xml.etree.ElementTree import fromstring, register_namespace, tostring

import plotly.graph_objects as go
from latex2mathml.converter import convert
from plotly.offline import get_plotlyjs

from explorer import theme

PAGE = Path(__file__).with_name("postcard.html")
PACKAGES = ("keras", "plotly", "numpy")
MATHML, BAR = "{http://www.w3.org/1998/Math/MathML}", "\N{HORIZONTAL BAR}"
register_namespace("", MATHML[1:-1])
SCHEMES = ("http://", "https://")


@dataclass(frozen=True, kw_only=True)
class Postcard:
    """What is sent.

    Attributes
    ----------
    title, story : str
        Name of the page, and its sentence.
    formulas : sequence of (str, str)
        Name, or nothing, and LaTeX of each loss with its numbers.
    pictures : mapping of str to plotly.graph_objects.Figure
        Pictures by name; ``layout.meta["alt"]`` says what they show.
    settings : sequence of (str, str)
        What was set, the seed among it.
    link : str
        Address that opens the same page with the same settings.
    camera : sequence of float, optional
        Eye and centre of the surfaces, six numbers; the pictures' own where it is not given.
    """

    title: str
    story: str = ""
    formulas: Sequence[tuple[str, str]] = ()
    pictures: Mapping[str, go.Figure] = field(default_factory=dict)
    settings: Sequence[tuple[str, str]] = ()
    link: str = ""
    camera: Sequence[float] | None = None


def postcard(card: Postcard) -> str:
    """Return a self-contained page of HTML; nothing in it is fetched, and no text of the card is read as HTML."""
    drawn = [_picture(name, figure, card.camera) for name, figure in card.pictures.items()]
    told = {"pictures": drawn, "themes": {name: dict(colours) for name, colours in theme.THEMES.items()}}
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        title=escape(card.title),
        story=escape(card.story),
        light=_colours("light"),
        dark=_colours("dark"),
        formulas="\n".join(_formula(name, latex) for name, latex in card.formulas),
        settings="".join(_setting(name, value) for name, value in card.settings),
        footer=_footer(card.link),
        # Within a script no text may look like the end of the script.
        card=json.dumps(told).replace("<", "\\u003c"),
        plotly=get_plotlyjs(),
    )


def _picture(name: str, figure: go.Figure, camera: Sequence[float] | None) -> dict[str, str]:
    told = figure.to_json()
    if camera and "scene" in (layout := (parsed := json.loads(told))["layout"]):
        eye, centre = (dict(zip("xyz", part, strict=True)) for part in (camera[:3], camera[3:]))
        layout["scene"]["camera"] = {**layout["scene"].get("camera", {}), "eye": eye, "center": centre}
        told = json.dumps(parsed)
    return {"name": name, "alt": str((figure.layout.meta or {}).get("alt", "")), "figure": told}


def _setting(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"


def _colours(name: str) -> str:
    colours = theme.THEMES[name]
    return f"--ink: {colours[theme.INK]}; --soft: {colours[theme.SOFT]}; --page: {colours[theme.PAGE]}"


def _formula(name: str, latex: str) -> str:
    head = f"<span>{escape(name)}</span>" if name else ""
    rows = latex.removeprefix(r"\begin{gathered}").removesuffix(r"\end{gathered}").split(r"\\")
    return f'<div class="formula">{head}{"".join(map(_mathml, rows))}</div>'


def _mathml(latex: str) -> str:
    """Return LaTeX as MathML; a mean is a border, since few fonts have a bar that grows with what is under it."""
    tree = fromstring(convert(latex, display="block"))
    for part in tree.iter(f"{MATHML}mover"):
        if part[1].text == BAR:
            part.remove(part[1])
            part.tag = f"{MATHML}mrow"
            part.set("class", "mean")
    return tostring(tree, encoding="unicode")


def _footer(link: str) -> str:
    made = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    said = f"Made with the loss explorer ({made})."
    if link.startswith(SCHEMES):
        said += f' Open it with these settings: <a href="{escape(link)}" rel="noreferrer">{escape(link)}</a>'
    return said
