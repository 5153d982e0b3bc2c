"""The cards of the gallery: which families they stand for, what they say, and which page they open how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explorer.gallery import picture
from explorer.gallery.canvas import Canvas
from explorer.losses import CATALOGUE

SURFACE, GRID = "see/surface.py", "see/cost_grid.py"
PAIRS, MASKS = "see/pairs.py", "see/masks.py"
ARGUMENTS = "train/extra_arguments.py"


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card.

    Attributes
    ----------
    key : str
        Name of its picture's file.
    title, story : str
        What the family is called here, and what it is for.
    families : tuple of str
        Families of the catalogue that its page shows.
    page : str
        Script of the page that it opens, below ``pages``.
    link : mapping
        The setting of its picture, as that page writes it in a link.
    draw : callable
        ``draw() -> (canvas, alt, fact)``: the picture, what it shows, and what is odd about it; both computed.
    """

    key: str
    title: str
    story: str
    families: tuple[str, ...]
    page: str
    link: Mapping[str, str | tuple[str, ...]]
    draw: Callable[[], tuple[Canvas, str, str]]

    @property
    def forms(self) -> int:
        """How many losses of the catalogue it stands for."""
        return sum(spec.family in self.families for spec in CATALOGUE.values())


def _family(key: str) -> str:
    return CATALOGUE[key].family


CARDS = (
    Card(
        key="trend-match",
        title="Trend match",
        story="Punish a forecast that goes the wrong way.",
        families=(_family("trend-published"),),
        page=SURFACE,
        link={"loss": _family("trend-published"), "trend-match.form": "published", "trend-match.lambda_trend": "1"},
        draw=picture.trend_match,
    ),
    Card(
        key="cost-grid",
        title="Cost grid",
        story="Make one mistake dearer than another.",
        families=(_family("weighted-ce-published"),),
        page=GRID,
        link={
            "weights": "1,1,1;1,1,2;1,1.2,2",
            "misclassification-weighted-cross-entropy.form": "published",
        },
        draw=picture.cost_grid,
    ),
    Card(
        key="extra-argument",
        title="Extra argument",
        story="Hand a loss one more number, by closure.",
        families=(_family("offset-crossentropy"),),
        page=ARGUMENTS,
        link={"arguments.view": "Offset experiment", "offset-by-closure.offset": "10", "offset-by-closure.second": "5"},
        draw=picture.extra_argument,
    ),
    Card(
        key="pairs",
        title="Pairs",
        story="Pull friends together, push strangers away.",
        families=(_family("pairwise-published"),),
        page=PAIRS,
        link={
            "pairs.view": "Board",
            "pairs.forms": ("published",),
            "pairs.users": "3",
            "pairs.each": "4",
            "pairs.spread": "0.45",
            "pairs.seed": "0",
            "pairs.moving": "1",
        },
        draw=picture.pairs,
    ),
    Card(
        key="masks",
        title="Masks",
        story="Reward the overlap of two masks.",
        families=(_family("dice-published"), _family("tversky")),
        page=MASKS,
        link={"masks.view": "Offset and radius", "masks.forms": ("hard", "soft")},
        draw=picture.masks,
    ),
    Card(
        key="squared-and-absolute",
        title="Squared and absolute",
        story="Charge a miss by its square, or by its length.",
        families=(_family("mse"),),
        page=SURFACE,
        link={
            "loss": _family("mse"),
            "squared-and-absolute-error.form": "squared",
            "squared-and-absolute-error.b": "absolute",
            "squared-and-absolute-error.y1": "0.5",
            "squared-and-absolute-error.y2": "0.5",
        },
        draw=picture.squared_and_absolute,
    ),
    Card(
        key="robust",
        title="Robust errors",
        story="Keep a few large misses from ruling the training.",
        families=(_family("robust"),),
        page=SURFACE,
        link={
            "loss": _family("robust"),
            "robust-errors.form": "general",
            "robust-errors.alpha": "-10.0",
            "robust-errors.c": "0.3",
        },
        draw=picture.robust,
    ),
    Card(
        key="cross-entropy",
        title="Cross entropy",
        story="Make the true class probable.",
        families=(_family("cce"),),
        page=SURFACE,
        link={
            "loss": _family("cce"),
            "cross-entropy.form": "smoothed labels",
            "cross-entropy.smoothing": "0.3",
        },
        draw=picture.cross_entropy,
    ),
)
