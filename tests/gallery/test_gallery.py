"""The pictures that are shipped are those that the catalogue gives now, and each card stands for what it says."""

import base64
import io
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image

from explorer import theme
from explorer.gallery import shelf
from explorer.gallery.card import CARDS
from explorer.gallery.raster import BANDS, Box, banded, pixels
from explorer.losses import CATALOGUE
from explorer.parameters import clean

NUMBER = re.compile(r"(?<![\w#])[-−]?\d+(?:\.\d+)?(?![\w])|(?<=[Mml])[-−]?\d+\.\d+")
IMAGE = re.compile(r'data:image/png;base64,([^"]+)')
SMALL = 16_000  # bytes of one picture
KEYS = [card.key for card in CARDS]


@pytest.fixture(scope="module")
def made():
    return {shown.key: shown for shown in shelf.make()}


@pytest.fixture(scope="module")
def shipped():
    return {shown.key: shown for shown in shelf.read()}


def bands(svg):
    """Return the pixels of the coloured fields of a picture, as places in their palette."""
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))) for data in IMAGE.findall(svg)]


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_picture_is_what_the_catalogue_gives(made, shipped, key):
    now, then = made[key], shipped[key]
    fresh, kept = bands(now.svg), bands(then.svg)
    assert [field.shape for field in fresh] == [field.shape for field in kept]
    for field, old in zip(fresh, kept, strict=True):
        assert np.mean(field == old) > 0.999, "run python -m explorer.gallery"
    lines, old_lines = (IMAGE.sub("", svg) for svg in (now.svg, then.svg))
    assert NUMBER.sub("n", lines) == NUMBER.sub("n", old_lines), "run python -m explorer.gallery"
    numbers = [[float(n.replace("−", "-")) for n in NUMBER.findall(text)] for text in (lines, old_lines)]
    np.testing.assert_allclose(*numbers, atol=0.11)
    assert (now.title, now.story, now.fact, now.alt, now.forms, now.page, now.link) == (
        then.title, then.story, then.fact, then.alt, then.forms, then.page, then.link,
    )  # fmt: skip


def test_there_is_a_file_for_each_card_and_none_besides(shipped):
    assert {path.name for path in shelf.FOLDER.iterdir()} == {*(f"{key}.svg" for key in KEYS), shelf.INDEX}
    assert list(shipped) == KEYS


def test_each_family_of_the_catalogue_has_one_card():
    families = [family for card in CARDS for family in card.families]
    assert sorted(families) == sorted({spec.family for spec in CATALOGUE.values()})
    assert sum(card.forms for card in CARDS) == len(CATALOGUE)


@pytest.mark.parametrize("key", KEYS)
def test_a_picture_is_small_fits_both_themes_and_says_what_it_shows(shipped, key):
    shown = shipped[key]
    assert len(shown.svg.encode()) < SMALL
    root = ElementTree.fromstring(shown.svg)
    assert root.get("aria-label") == shown.alt
    assert shown.alt.endswith(".")
    assert shown.fact.endswith(".")
    assert len(shown.fact) <= 95, "it would take a third line"
    tokens = {*theme.THEMES["light"]}
    assert not tokens & set(re.findall(r"#[0-9A-Fa-f]{6}", shown.svg)), "a token is no colour that anybody sees"
    for token, colour in theme.THEMES["light"].items():
        alone = re.sub(re.escape(f"light-dark({colour},{theme.THEMES['dark'][token]})"), "", shown.svg)
        assert colour not in alone, f"{colour} stays in the dark"


@pytest.mark.parametrize("card", [card for card in CARDS if card.page == "see/surface.py"], ids=lambda card: card.key)
def test_a_link_names_a_loss_and_values_that_there_are(card):
    prefix = card.families[0].lower().replace(" ", "-")
    link = dict(card.link)
    assert link.pop("loss") == card.families[0]
    spec = next(s for s in CATALOGUE.values() if (s.family, s.form) == (card.families[0], link[f"{prefix}.form"]))
    link.pop(f"{prefix}.form"), link.pop(f"{prefix}.b", None)
    names = {name.removeprefix(f"{prefix}."): value for name, value in link.items()}
    parameters = {p.name: p for p in (*spec.parameters, *spec.planes[0].scene)}
    assert set(names) <= set(parameters), urlencode(link)
    clean([parameters[name] for name in names], names)


def test_pixels_run_from_the_top_and_bands_from_low_to_high():
    box = Box(0, 0, 4, 2, (0.0, 1.0), (0.0, 1.0))
    x, y = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 9))
    drawn = pixels(box, x + 10 * y)
    assert drawn.shape == (4, 8)
    np.testing.assert_allclose(drawn, (np.arange(8) + 0.5) / 8 + 10 * (3.5 - np.arange(4)[:, None]) / 4)
    np.testing.assert_array_equal(banded(np.array([[-1.0, 0.0, 0.55, 1.0, 9.0]]), (0.0, 1.0)), [[0, 0, 5, 9, 9]])
    np.testing.assert_array_equal(banded(np.ones((1, 2)), (0.0, 1.0), np.array([[True, False]])), [[9, BANDS]])


def test_a_point_lies_where_its_box_says():
    box = Box(10, 20, 100, 50, (-1.0, 1.0), (0.0, 5.0))
    np.testing.assert_allclose(box.place([[-1.0, 0.0], [1.0, 5.0], [0.0, 2.5]]), [[10, 70], [110, 20], [60, 45]])
