"""Masks: the pixels as they are given, the first row on top, with the exact border of the true mask."""

from itertools import pairwise

import numpy as np
import pytest

from explorer import theme
from explorer.figures.mask import gradient_map, scores, strip
from explorer.figures.outline import outline

VALUE = np.array([[0.0, 0.25, 0.5], [0.75, 1.0, 0.1]])
TRUE = np.array([[0, 1, 1], [0, 1, 0]])
SLOPE = np.array([[0.5, -2.0, 0.0], [1.0, -0.25, np.nan]])
SAID = {"title": "soft Dice", "subtitle": "s = 1 · loss 0.25"}
STACK = np.stack([VALUE, VALUE / 2, 1 - VALUE])
EVIL = '<a href="https://host">x</a>'


def pixels(figure):
    return [trace for trace in figure.data if trace.type == "heatmap"]


def border(figure):
    """Return the sides of the drawn border, each as a set of its two ends."""
    (line,) = [trace for trace in figure.data if trace.type == "scatter" and trace.line.color == theme.INK]
    return sides(line.x, line.y)


def sides(x, y):
    ways = np.stack([x, y], axis=1)
    pairs = [frozenset(map(tuple, pair)) for pair in zip(ways[:-1].tolist(), ways[1:].tolist(), strict=True)]
    return [pair for pair in pairs if not any(np.isnan(value) for place in pair for value in place)]


def middle(side):
    return np.mean(list(side), axis=0)


def sides_of(mask):
    """Return each side between a pixel inside and one outside, found one by one."""
    found = set()
    inside = {tuple(place) for place in np.argwhere(mask).tolist()}
    for y, x in inside:
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            if (y + down, x + right) not in inside:
                middle = (x + right / 2, y + down / 2)
                ends = [(middle[0] + sign * down / 2, middle[1] + sign * right / 2) for sign in (-1, 1)]
                found.add(frozenset(ends))
    return found


@pytest.mark.parametrize("place", range(6))
def test_a_border_runs_along_every_side_between_inside_and_outside_once(place):
    mask = np.random.default_rng(place).random((5, 7)) < (0.0, 0.2, 0.5, 0.5, 0.8, 1.0)[place]
    x, y = outline(mask)
    drawn = sides(x, y)
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == sides_of(mask)


def test_a_border_is_made_of_closed_ways():
    x, y = outline(np.array([[1, 0, 1], [0, 1, 0]]))
    ways = np.split(np.stack([x, y], axis=1), np.flatnonzero(np.isnan(x)) + 1)
    assert all((way[0] == way[-2]).all() for way in ways if len(way))


def test_scores_are_drawn_as_they_are_between_0_and_1():
    figure = scores(VALUE, true=TRUE, **SAID)
    (image,) = pixels(figure)
    np.testing.assert_array_equal(image.z, VALUE.astype(np.float32))
    assert (image.zmin, image.zmax) == (0, 1)
    assert image.colorbar.ticktext == ("score 0", "1")
    assert set(border(figure)) == sides_of(TRUE)
    assert "true mask" in figure.layout.title.text
    assert "3 × 2 pixels" in figure.layout.meta["alt"]
    assert "true mask of 3" in figure.layout.meta["alt"]


def test_without_a_true_mask_there_is_no_border():
    figure = scores(VALUE, **SAID)
    assert len(figure.data) == 1
    assert "true mask" not in figure.layout.title.text + figure.layout.meta["alt"]
    assert border(scores(VALUE, true=np.zeros((2, 3)), **SAID)) == []


@pytest.mark.parametrize("figure", [scores(VALUE, **SAID), gradient_map(SLOPE, reach=1, **SAID)])
def test_pixels_are_squares_with_the_first_row_on_top_and_nothing_along_the_axes(figure):
    layout = figure.layout
    assert layout.xaxis.range == (-0.5, 2.5)
    assert layout.yaxis.range == (1.5, -0.5)
    assert layout.yaxis.scaleanchor == "x"
    assert not any(side.showticklabels or side.showgrid for side in (layout.xaxis, layout.yaxis))
    lines = layout.title.text.count("<br>")
    assert layout.margin.t >= 46 + 15 * (lines - 1)


def test_slopes_have_a_scale_with_nothing_in_its_middle():
    figure = gradient_map(SLOPE, true=TRUE, reach=2.0, **SAID)
    (image,) = pixels(figure)
    np.testing.assert_array_equal(image.z, SLOPE.astype(np.float32))
    assert (image.zmin, image.zmax) == (-2, 2)
    assert dict(image.colorscale)[0.5] == theme.MIDDLE
    assert image.colorbar.ticktext == ("−2", "slope 0", "2")
    assert "from −2 to 1, not finite for 1" in figure.layout.meta["alt"]


def test_slopes_beyond_the_scale_are_said():
    (image,) = pixels(gradient_map(SLOPE, reach=0.5, **SAID))
    assert image.colorbar.ticktext == ("≤ −0.5", "slope 0", "≥ 0.5")
    np.testing.assert_array_equal(image.z, SLOPE.astype(np.float32))


@pytest.mark.parametrize("reach", [0.0, np.nan, np.inf])
def test_a_scale_without_an_end_is_drawn_all_the_same(reach):
    figure = gradient_map(np.zeros((2, 3)), reach=reach, **SAID)
    (image,) = pixels(figure)
    assert (image.zmin, image.zmax) == (-1, 1)
    assert "slope 0 for every pixel" in figure.layout.meta["alt"]


@pytest.mark.parametrize("true", [None, TRUE])
def test_no_gradient_is_an_empty_field_that_says_so(true):
    figure = gradient_map(None, true=true, reach=1.0, **SAID)
    (image,) = pixels(figure)
    assert not np.any(image.z)
    assert [note.text for note in figure.layout.annotations] == ["no gradient"]
    assert "no gradient" in figure.layout.meta["alt"]
    assert not image.showscale
    known = gradient_map(SLOPE, true=true, reach=1.0, **SAID).layout
    assert (figure.layout.height, figure.layout.margin) == (known.height, known.margin)


def test_a_strip_holds_every_image_with_its_border_and_title():
    masks = np.stack([TRUE, 0 * TRUE, 1 - TRUE])
    figure = strip(STACK, true=masks, titles=("first", "second", "third"), **SAID)
    drawn = pixels(figure)
    for image, given in zip(drawn, STACK, strict=True):
        np.testing.assert_array_equal(image.z, given.astype(np.float32))
    corners = [(image.x0, image.y0) for image in drawn]
    assert all(right - left > 3 for (left, _), (right, _) in pairwise(corners))
    expected = [middle(side) + corner for mask, corner in zip(masks, corners, strict=True) for side in sides_of(mask)]
    found = [middle(side) for side in border(figure)]
    np.testing.assert_allclose(np.array(sorted(map(tuple, found))), sorted(map(tuple, expected)), atol=1e-5)
    titles = [(note.text, note.x + 0.5) for note in figure.layout.annotations]
    assert titles == list(zip(("first", "second", "third"), [x for x, _ in corners], strict=True))
    assert "first, second, third" in figure.layout.meta["alt"]


def test_a_strip_breaks_into_rows_that_lie_within_the_picture():
    figure = strip(STACK, titles="abc", columns=2, width=350, **SAID)
    corners = [(image.x0, image.y0) for image in pixels(figure)]
    assert corners[0][1] == corners[1][1] < corners[2][1]
    assert corners[0][0] == corners[2][0] < corners[1][0]
    low, high = figure.layout.yaxis.range
    assert low == corners[2][1] + 1.5
    assert high < -0.5
    assert figure.layout.height > strip(STACK, titles="abc", width=350, **SAID).layout.height


@pytest.mark.parametrize(("columns", "width"), [(3, 350), (2, 620), (1, 200)])
def test_the_room_of_a_strip_fits_its_images_without_a_gap(columns, width):
    layout = strip(STACK, titles="abc", columns=columns, width=width, **SAID).layout
    wide = (layout.xaxis.range[1] - layout.xaxis.range[0]) / (width - layout.margin.l - layout.margin.r)
    tall = (layout.yaxis.range[0] - layout.yaxis.range[1]) / (layout.height - layout.margin.t - layout.margin.b)
    assert wide <= tall * 1.01


def test_images_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"A true mask needs the shape \(2, 3\) of its image, not \(3, 2\)"):
        scores(VALUE, true=TRUE.T, **SAID)
    with pytest.raises(ValueError, match=r"An image needs rows and columns of pixels, not the shape \(3,\)"):
        gradient_map(VALUE[0], reach=1, **SAID)
    with pytest.raises(ValueError, match=r"A strip of the shape \(3, 2, 3\) got 2 titles and no true masks"):
        strip(STACK, titles="ab", **SAID)
    with pytest.raises(ValueError, match=r"got 3 titles and true masks of the shape \(2, 2, 3\)"):
        strip(STACK, true=STACK[:2], titles="abc", **SAID)
    with pytest.raises(ValueError, match="A strip needs images of rows and columns"):
        strip(VALUE, titles="ab", **SAID)


def test_names_are_drawn_letter_by_letter(words):
    figure = strip(STACK, titles=[EVIL] * 3, title=EVIL, subtitle=EVIL)
    held = words(figure) + "".join(trace.hovertemplate for trace in figure.data)
    assert "<a" not in held
    assert "&lt;a href=" in held
