import re
from itertools import combinations, pairwise

import numpy as np
import pytest

from explorer import theme
from explorer.figures.board import board
from explorer.figures.confusion import confusion
from explorer.figures.curve import curves
from explorer.figures.difference import difference
from explorer.figures.embedding import distances, embedding
from explorer.figures.frontier import Cloud, frontier
from explorer.figures.growth import growth
from explorer.figures.heat import heat
from explorer.figures.lens import gradients, penalties, updates
from explorer.figures.line import LineCurve, line
from explorer.figures.mask import gradient_map, scores, strip
from explorer.figures.region import regions
from explorer.figures.series import forecast, series
from explorer.figures.slice import slices
from explorer.figures.surface import field, surface
from explorer.figures.sweep_line import SweepLine, sweep_lines
from explorer.figures.tradeoff import Level, Point, tradeoff
from explorer.figures.triangle import borders, triangle


def every_figure(bowl, corner, glass):
    said = {"title": "A · published", "subtitle": "λ = 1 · y = (1, 0.5)"}
    names = ("first", "second", "third")
    run = ("run", theme.A, bowl.x, bowl.x**2)
    return {
        "surface": surface(bowl, colour=theme.A, **said),
        "field": field(bowl, **said),
        "slices": slices(bowl, at=(1.0, 0.5), **said),
        "difference": difference(bowl, bowl, **said),
        "triangle": triangle(
            corner, names=names, true_class=1, jumps=borders([[1, 2, 3]] * 3, 1), probe=(0.2, 0.5, 0.3), **said
        ),
        "series": series(bowl.x, bowl.x**2, split=(10, 20), filled=bowl.x > 1.5, left_out=[(0.5, 1.0)], **said),
        "curves": curves([run], planned_epochs=5, baseline=(1.0, "repeat last"), terms=[run], **said),
        "confusion": confusion([[5, 1], [2, 7]], weights=[[1, 3], [1, 1]], names=names[:2], cost=0.4, **said),
        "heat": heat([[1, 3], [1, 2]], names[:2], concerns={(1, 1): "diagonal"}, **said),
        "regions": regions(
            bowl.x,
            bowl.y,
            (bowl.value > 1).astype(int),
            points=[[0, 0], [1, 1]],
            truth=[0, 1],
            names=names[:2],
            axes=("x", "y"),
            **said,
        ),
        "frontier": frontier([Cloud("run", theme.A, "circle", bowl.x / 3, bowl.x**2)], **said),
        "line": line(bowl.x, [LineCurve("run", theme.A, "solid", bowl.x**2)], ends=("first", "second"), **said),
        "tradeoff": tradeoff([Point(1.0, bowl.x**2, bowl.x / 3)], baselines=[Level("repeat last", 2.0)], **said),
        "gradients": gradients(glass, **said),
        "penalties": penalties(glass, **said),
        "updates": updates(glass.courses, baseline=(2.0, "repeat last"), **said),
        "board": board(
            [[0, 0], [1, 1]],
            [0, 1],
            force=[[1, 0], [0, 1]],
            field=(bowl.x, bowl.y, bowl.value),
            moving=0,
            trail=[[[0, 0], [1, 0]], [[0, 0], [1, 1]]],
            reach=(-2, 2),
            **said,
        ),
        "scores": scores(bowl.value / 10, true=bowl.value < 1, **said),
        "gradient map": gradient_map(bowl.slope_x, true=bowl.value < 1, reach=2, **said),
        "strip": strip([bowl.value / 10], true=[bowl.value < 1], titles=["IoU 0.5"], **said),
        "embedding": embedding([[0, 0], [1, 1]], [0, 1], reach=(-2, 2), **said),
        "distances": distances(bowl.x**2, bowl.x**4, **said),
        "growth": growth([1, 2, 4], [("run", theme.A, [1.0, -2.0, 4.0])], y_title="loss", **said),
        "sweep lines": sweep_lines(
            bowl.x,
            [SweepLine("run", theme.A, "solid", bowl.x**2, True)],
            x_title="offset",
            y_title="loss",
            at=1,
            **said,
        ),
        "forecast": forecast(bowl.x, bowl.x, [("run", theme.A, bowl.x**2)], ("repeat last", bowl.x), **said),
    }


@pytest.fixture
def figures(bowl, corner, glass):
    return every_figure(bowl, corner, glass)


def test_no_token_is_left_after_painting_and_none_is_a_real_colour(figures):
    for chosen, colours in theme.THEMES.items():
        assert not set(colours) & {colour for other in theme.THEMES.values() for colour in other.values()}
        for name, figure in figures.items():
            text = figure.to_json()
            assert theme.PAGE in text, name
            painted = theme.painted(text, chosen)
            assert not re.search("#0101", painted), name
            assert colours[theme.PAGE] in painted
            assert colours[theme.INK] in painted


def test_painting_changes_nothing_but_tokens():
    text = f'{{"a": "{theme.INK}", "b": "#0B2340", "c": "bdata+/=", "d": "{theme.SOFT}{theme.SOFT}"}}'
    dark = theme.THEMES["dark"]
    assert theme.painted(text, "dark") == (
        f'{{"a": "{dark[theme.INK]}", "b": "#0B2340", "c": "bdata+/=", "d": "{dark[theme.SOFT]}{dark[theme.SOFT]}"}}'
    )
    with pytest.raises(ValueError, match="There is no theme 'sepia'; there is light and dark"):
        theme.painted(text, "sepia")


def test_both_themes_know_the_same_tokens():
    assert set(theme.THEMES["light"]) == set(theme.THEMES["dark"])
    assert len(set(theme.THEMES["light"])) == 9


def test_the_loss_scale_rises_evenly_in_lightness():
    lightness = []
    for colour in theme.TIDE:
        linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
        lightness.append(116 * (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]) ** (1 / 3) - 16)
    steps = [b - a for a, b in pairwise(lightness)]
    assert len(theme.TIDE) == 10
    assert min(steps) > 5
    assert max(steps) < 14


def test_a_veil_keeps_the_colour():
    assert theme.veil("#8FA3B8") == "rgba(143,163,184,0.55)"
    assert theme.veil("#000010", 0.1) == "rgba(0,0,16,0.1)"


def test_every_title_carries_what_it_is_and_its_values(figures):
    for name, figure in figures.items():
        text = figure.layout.title.text
        assert "A · published" in text, name
        assert "λ = 1" in text, name
        assert "y = (1, 0.5)" in text, name
        assert text.index("A · published") < text.index("λ = 1")


def test_every_figure_says_what_it_shows_and_how_its_file_is_called(figures):
    for name, figure in figures.items():
        meta = figure.layout.meta
        assert set(meta) == {"alt", "name"}, name
        assert meta["alt"].endswith("."), name
        assert "A · published" in meta["alt"] or name in {"triangle", "heat"}
        assert re.fullmatch(r"[a-z0-9.-]+", meta["name"]), name
        assert meta["name"].startswith("a-published-lambda-1-y-1-0.5")


def test_no_list_travels_as_data_and_all_values_are_float32(figures, data_arrays):
    seen = 0
    for name, figure in figures.items():
        for path, data in data_arrays(figure):
            assert type(data).__name__ == "ndarray", (name, path)
            seen += 1
            if not path.endswith(".x") or name not in {"series", "forecast"}:
                assert data.dtype == "float32", (name, path)
    assert seen > 60


def test_every_figure_has_the_page_as_its_ground_and_the_height_of_its_row(figures):
    rows = {"slices": "field", "difference": "field", "tradeoff": "frontier"}
    rows |= dict.fromkeys(("gradients", "penalties", "updates"), "slices")
    rows |= dict.fromkeys(("board", "embedding"), "field") | dict.fromkeys(("scores", "gradient map"), "regions")
    rows |= {"growth": "line", "sweep lines": "line"}
    grown = {"heat", "strip", "distances"}
    for name, figure in figures.items():
        assert figure.layout.paper_bgcolor == theme.PAGE
        assert figure.layout.height == theme.HEIGHT.get(rows.get(name, name)) or name in grown
        assert figure.layout.title.automargin is False
        assert not figure.layout.showlegend


def linear(colour):
    """Return red, green and blue of ``#RRGGBB`` as amounts of light."""
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    """Return the relative luminance of a colour as WCAG 2 defines it."""
    return linear(colour) @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", theme.THEMES)
def test_words_can_be_read(name):
    colours = theme.THEMES[name]
    for token in (theme.INK, theme.SOFT, theme.OK, theme.WARN, theme.FAIL):
        assert contrast(colours[token], colours[theme.PAGE]) >= 4.5
    assert contrast(colours[theme.FAINT], colours[theme.PAGE]) >= 3


RUNS = (*theme.RUNS, theme.FIFTH)
# How a person without one kind of cone sees linear RGB: Machado, Oliveira and Fernandes, 2009, severity 1.
VISION = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Linear RGB → cones → Oklab: Ottosson, 2020.
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def seen(colour, vision):
    """Return where a colour lies in Oklab for somebody with this vision."""
    return OKLAB @ np.cbrt(CONES @ np.clip(VISION[vision] @ linear(colour), 0, 1))


@pytest.mark.parametrize("vision", VISION)
def test_runs_are_told_apart_by_everybody(vision):
    for one, other in combinations(RUNS, 2):
        assert np.linalg.norm(seen(one, vision) - seen(other, vision)) >= 0.1, (one, other)


@pytest.mark.parametrize("name", theme.THEMES)
def test_runs_can_be_seen_on_the_page(name):
    assert all(contrast(colour, theme.THEMES[name][theme.PAGE]) >= 3 for colour in RUNS)
