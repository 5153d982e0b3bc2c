import numpy as np
import pytest

from explorer import theme
from explorer.figures.heat import heat
from explorer.losses.concern import concerns

NAMES = ("severe", "mild", "healthy")
TABLE = ((1.0, 1.0, 8.0), (1.0, 0.5, -2.0), (1.0, 1.2, 2.0))
EVIL = '<a href="https://host">x</a>'


def tiles(figure):
    """Return the strength of each hue, dear, cheap and neutral; NaN elsewhere."""
    found = {trace.colorscale[1][1].rsplit(",", 1)[0]: trace.z for trace in figure.data}
    keys = [theme.veil(colour).rsplit(",", 1)[0] for colour in (theme.DEAR, theme.RIGHT, theme.BASELINE)]
    return [found.get(key, np.full_like(figure.data[0].z, np.nan)) for key in keys]


def notes(figure):
    return [(note.text, note.x, note.y) for note in figure.layout.annotations]


def test_more_than_one_is_orange_less_is_blue_and_one_is_grey():
    dear, cheap, neutral = tiles(heat(TABLE, NAMES))
    table = np.array(TABLE)
    assert np.array_equal(np.isfinite(dear), table > 1)
    assert np.array_equal(np.isfinite(cheap), table < 1)
    assert np.array_equal(np.isfinite(neutral), table == 1)
    assert (neutral[table == 1] == 0).all()
    assert dear[0, 2] == 1 > dear[2, 2] > dear[2, 1] > 0
    assert cheap[1, 2] == 1 > cheap[1, 1] > 0


def test_a_small_difference_is_pale_and_a_huge_weight_leaves_others_visible():
    dear, _, _ = tiles(heat([[1, 1.1], [1, 1]], "ab"))
    assert dear[0, 1] < 0.1
    dear, cheap, _ = tiles(heat([[0, -5], [1e12, 1e3]], "ab"))
    assert dear[1, 0] == 1
    assert 0.2 < dear[1, 1] < 0.3
    assert cheap[0, 1] == 1


def test_row_sums_stand_apart_from_the_table():
    figure = heat(TABLE, NAMES)
    sums = [note for note in notes(figure) if note[1] > 3]
    assert [text for text, _, _ in sums] == ["10", "−0.5", "4.2"]
    assert [y for _, _, y in sums] == [0, 1, 2]
    assert figure.layout.xaxis.ticktext[-1] == "Σ"
    assert figure.layout.xaxis.tickvals[-1] == sums[0][1]


def test_concerns_get_a_sign_in_their_cell_and_a_word_under_the_pointer():
    kinds = {(c.row, c.column): c.kind for c in concerns(TABLE, NAMES)}
    figure = heat(TABLE, NAMES, concerns=kinds)
    signs = {(y + 0.5, x - 0.5): text for text, x, y in notes(figure) if x < 3}
    assert signs == {(1, 1): "✕", (1, 2): "▲", (2, 2): "✕"}
    said = figure.data[0].hovertext
    assert said[0][2] == "true severe taken for healthy: weight 8"
    assert said[1][2] == "true mild taken for healthy: weight −2<br>▲ a weight below 0 rewards"
    assert said[2][2].startswith("healthy recognised: weight 2<br>✕ being right")
    assert "3 odd" in figure.layout.meta["alt"]
    ones = heat(np.ones((3, 3)), NAMES, concerns={(None, None): "ones"})
    assert len(notes(ones)) == 3


@pytest.mark.parametrize("k", range(2, 11))
def test_a_row_is_as_tall_for_every_number_of_classes(k):
    names = [f"a very long name {i}" for i in range(k)]
    figure = heat(np.arange(k * k).reshape(k, k), names, row_names=False, width=470)
    margin = figure.layout.margin
    assert (figure.layout.height - margin.t - margin.b) / k == pytest.approx(31.5)
    assert len(figure.layout.xaxis.ticktext) == k + 1
    room = (470 - margin.l - margin.r) / (k + 1.35)
    assert max(len(name) for name in figure.layout.xaxis.ticktext) <= max(room / 5.5, 2)


def test_numbers_that_could_not_be_read_are_left_to_the_pointer():
    wide, narrow = (heat(np.full((10, 10), 7.25), "abcdefghij", width=width) for width in (470, 160))
    assert wide.data[0].texttemplate
    assert not narrow.data[0].texttemplate
    assert not notes(narrow)
    assert "weight 7.25" in narrow.data[0].hovertext[0][1]


def test_without_a_title_only_names_and_rows_take_room():
    bare, titled = heat(TABLE, NAMES), heat(TABLE, NAMES, title="weights", subtitle="edited")
    assert bare.layout.title.text == ""
    assert bare.layout.height == theme.HEIGHT["heat"]
    assert titled.layout.height > bare.layout.height
    assert "the largest 8 for true severe taken for healthy" in bare.layout.meta["alt"]


def test_a_table_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"A table of 3 named classes needs that many rows and columns, not \(2, 2\)"):
        heat(np.ones((2, 2)), NAMES)


def test_names_from_a_file_are_drawn_letter_by_letter(words):
    figure = heat(TABLE, (EVIL, "b", "c"), title=EVIL, subtitle=EVIL)
    held = words(figure) + str(figure.data[0].hovertext) + str(figure.layout.xaxis.ticktext)
    assert "<a" not in held
    assert "&lt;a href=" in held


def test_tables_that_are_compared_share_one_range():
    alone, beside = heat([[1, 3], [1, 1]], NAMES[:2]), heat([[1, 3], [1, 1]], NAMES[:2], furthest=31)
    strongest = [max(np.nanmax(np.asarray(trace.z)) for trace in figure.data) for figure in (alone, beside)]
    assert strongest == pytest.approx([1, np.log(3) / np.log(32)])
