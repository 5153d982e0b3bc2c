import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import theme
from explorer.figures.confusion import confusion, dearest_cell

NAMES = ("severe", "mild", "healthy")
TABLE = [[5, 1, 8], [1, 5, 2], [1, 1.2, 5]]
COUNTS = np.array([[246, 41, 30], [32, 228, 31], [35, 31, 226]])
SAID = {"title": "plain CE", "subtitle": "accuracy 77.8 %"}
EVIL = '<a href="https://host">x</a>'


def strengths(figure):
    """Return the strength of every cell, whichever hue it has."""
    stack = np.stack([trace.z for trace in figure.data])
    assert (np.isfinite(stack).sum(axis=0) == 1).all()
    return np.nansum(stack, axis=0)


def texts(figure):
    return np.stack([np.array(trace.text, dtype=object) for trace in figure.data]).sum(axis=0)


def hue(trace):
    return trace.colorscale[1][1].rsplit(",", 1)[0]


def test_right_answers_are_shaded_by_their_share_and_mistakes_by_their_cost():
    shade = strengths(confusion(COUNTS, weights=TABLE, names=NAMES, **SAID))
    assert np.allclose(np.diag(shade), np.diag(COUNTS) / COUNTS.sum(axis=1), atol=1e-6)
    wrong = ~np.eye(3, dtype=bool)
    assert np.allclose(shade[wrong], (COUNTS * TABLE)[wrong] / 240, atol=1e-6)


def test_one_scale_serves_several_matrices_and_leaves_the_diagonal_out():
    assert dearest_cell([COUNTS, 2 * COUNTS], TABLE) == 480
    assert dearest_cell([np.eye(3)], TABLE) == dearest_cell([], TABLE) == 1e-9
    shared = confusion(COUNTS, weights=TABLE, names=NAMES, dearest=480, **SAID)
    assert strengths(shared)[0, 2] == pytest.approx(0.5)
    beyond = confusion(COUNTS, weights=TABLE, names=NAMES, dearest=1, **SAID)
    assert strengths(beyond).max() == 1


def test_every_count_stands_in_its_cell_with_rows_from_the_top_down():
    figure = confusion(COUNTS, weights=TABLE, names=NAMES, **SAID)
    assert texts(figure).tolist() == COUNTS.astype(str).tolist()
    assert tuple(figure.layout.yaxis.range) == (2.5, -0.5)
    assert figure.layout.yaxis.ticktext == figure.layout.xaxis.ticktext == NAMES


def test_each_cell_says_what_it_is_under_the_pointer():
    figure = confusion(COUNTS, weights=TABLE, names=NAMES, **SAID)
    said = figure.data[0].hovertext
    assert said[0][2] == "true severe taken for healthy: 30 times, weight 8, cost 240"
    assert said[1][1] == "true mild recognised: 228 of 291"


def test_rewarded_mistakes_have_a_hue_of_their_own_and_no_weight_breaks_a_colour():
    figure = confusion(COUNTS, weights=np.array(TABLE) - 3, names=NAMES, **SAID)
    assert [hue(t) for t in figure.data] == [hue_of(c) for c in (theme.RIGHT, theme.DEAR, theme.REWARD)]
    assert np.isfinite(figure.data[2].z).sum() == 5
    assert ((strengths(figure) >= 0) & (strengths(figure) <= 1)).all()
    huge = confusion(COUNTS, weights=np.full((3, 3), 1e12), names=NAMES, **SAID)
    assert np.isfinite(strengths(huge)).all()


def hue_of(colour):
    return theme.veil(colour).rsplit(",", 1)[0]


def luminance(colour):
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hexed(colour):
    return np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])


@pytest.mark.parametrize("chosen", theme.THEMES)
def test_numbers_are_readable_on_the_strongest_tile_of_each_hue(chosen):
    colours = theme.THEMES[chosen]
    ink, page = hexed(colours[theme.INK]), hexed(colours[theme.PAGE])
    tiles = confusion(COUNTS, weights=np.array(TABLE) - 3, names=NAMES, **SAID).data
    assert len(tiles) == 3
    for trace in tiles:
        red, green, blue, opacity = map(float, re.findall(r"[\d.]+", trace.colorscale[1][1]))
        tile = opacity * np.array([red, green, blue]) / 255 + (1 - opacity) * page
        dim, bright = sorted((luminance(ink), luminance(tile)))
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, trace.colorscale[1][1]


def test_the_mean_cost_is_bold_and_the_lowest_is_marked():
    figure = confusion(COUNTS, weights=TABLE, names=NAMES, cost=0.339, lowest=True, **SAID)
    text = figure.layout.title.text
    assert re.search(r"accuracy 77.8 %.* · cost <span style=\"font-weight:600;[^>]*>0.339</span>", text)
    assert "lowest" in text
    assert "lowest" not in confusion(COUNTS, weights=TABLE, names=NAMES, cost=0.4, **SAID).layout.title.text
    assert "mean cost 0.339" in figure.layout.meta["alt"]
    assert "most often severe taken for mild (41)" in figure.layout.meta["alt"]


def test_rows_are_named_only_where_it_is_asked_for():
    named = confusion(COUNTS, weights=TABLE, names=NAMES, **SAID)
    bare = confusion(COUNTS, weights=TABLE, names=NAMES, row_names=False, **SAID)
    assert named.layout.yaxis.showticklabels is True
    assert bare.layout.yaxis.showticklabels is False
    assert bare.layout.margin.l < 10 < named.layout.margin.l


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 10), st.integers(150, 500), st.integers(0, 10**10))
def test_numbers_fit_into_their_tiles_from_two_to_ten_classes(k, width, most):
    counts = np.full((k, k), most)
    figure = confusion(counts, weights=np.ones((k, k)), names=[f"class {i}" for i in range(k)], width=width, **SAID)
    margin = figure.layout.margin
    cell = (width - margin.l - margin.r) / k
    tile = figure.data[0]
    if tile.texttemplate:
        assert 7 <= tile.textfont.size <= 13
        assert len(texts(figure)[0, 0]) * 0.53 * tile.textfont.size <= cell
    assert figure.layout.height >= theme.HEIGHT["confusion"]
    assert (figure.layout.height == theme.HEIGHT["confusion"]) or k > 4


def test_large_counts_are_shortened():
    figure = confusion([[12_345, 999_999], [123_456, 0]], weights=np.ones((2, 2)), names=("no", "yes"), **SAID)
    assert texts(figure).tolist() == [["12345", "1.0M"], ["123k", "0"]]
    ten = confusion(np.full((10, 10), 1234), weights=np.ones((10, 10)), names="abcdefghij", **SAID)
    assert texts(ten)[0, 0] == "1.2k"


def test_an_empty_matrix_is_drawn():
    figure = confusion(np.zeros((3, 3)), weights=TABLE, names=NAMES, **SAID)
    assert (strengths(figure) == 0).all()
    assert "0 of 0 right" in figure.layout.meta["alt"]


def test_a_table_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"A table of 3 named classes needs that many rows and columns, not \(2, 2\)"):
        confusion(COUNTS, weights=np.ones((2, 2)), names=NAMES, **SAID)


def test_names_from_a_file_are_drawn_letter_by_letter(words):
    figure = confusion(COUNTS, weights=TABLE, names=(EVIL, "%{x}", "m"), title=EVIL, subtitle=EVIL)
    held = words(figure) + str(figure.data[0].hovertext) + str(figure.layout.xaxis.ticktext)
    assert "<a" not in held
    assert "true &lt;a href=" in held
