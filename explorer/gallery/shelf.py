"""The files of the gallery: made from the catalogue, and read by the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "gallery"
INDEX = "cards.json"


@dataclass(frozen=True)
class Shown:
    """A card as the page shows it.

    Attributes
    ----------
    key, title, story, page, link
        As in `explorer.gallery.card.Card`.
    fact : str
        What is odd about the family, computed with its picture.
    alt : str
        What its picture shows.
    forms : int
        How many losses of the catalogue it stands for.
    svg : str
        Its picture.
    """

    key: str
    title: str
    story: str
    fact: str
    alt: str
    forms: int
    page: str
    link: Mapping[str, str | list[str]]
    svg: str


def make() -> list[Shown]:
    """Return all cards, computed anew; this needs TensorFlow."""
    from explorer.gallery.card import CARDS

    shelf = []
    for card in CARDS:
        canvas, alt, fact = card.draw()
        link = {name: value if isinstance(value, str) else list(value) for name, value in card.link.items()}
        shelf.append(Shown(card.key, card.title, card.story, fact, alt, card.forms, card.page, link, canvas.svg(alt)))
    return shelf


def write(shelf: list[Shown], folder: Path = FOLDER) -> None:
    """Write cards to a folder: one SVG file each, and one index."""
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for shown in shelf:
        entry = asdict(shown)
        (folder / f"{shown.key}.svg").write_text(entry.pop("svg"), encoding="utf-8")
        index.append(entry)
    (folder / INDEX).write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@cache
def read(folder: Path = FOLDER) -> tuple[Shown, ...]:
    """Return the cards of a folder, in the order shown."""
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return tuple(Shown(**entry, svg=(folder / f"{entry['key']}.svg").read_text(encoding="utf-8")) for entry in index)
