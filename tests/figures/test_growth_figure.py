"""Numbers by the size of the batch: magnitudes as they are, signs and gaps told."""

import numpy as np
import pytest

from explorer import theme
from explorer.figures.growth import growth

SIZE = np.array([2, 4, 16, 64])
FALLING, MIXED = np.array([-0.8, -3.0, -12.2, -49.6]), np.array([0.5, -0.4, 0.0, np.nan])
LINES = [("published", theme.A, FALLING), ("mean", theme.B, MIXED)]
SAID = {"title": "Value", "subtitle": "m = 1 · ε = 0", "y_title": "size of the loss"}
EVIL = '<a href="https://host">x</a>'


def drawn(lines=LINES, size=SIZE, **changes):
    return growth(size, lines, **SAID | changes)


def names(figure):
    return {note.text: -note.yshift for note in figure.layout.annotations if note.x == 1}


def test_magnitudes_are_drawn_and_the_pointer_tells_the_numbers():
    figure = drawn()
    for trace, (name, colour, value) in zip(figure.data, LINES, strict=True):
        np.testing.assert_array_equal(trace.x, SIZE.astype(np.float32))
        np.testing.assert_array_equal(trace.customdata, value.astype(np.float32))
        np.testing.assert_array_equal(trace.y, np.where(value == 0, np.nan, np.abs(value)).astype(np.float32))
        assert trace.line.color == colour
        assert "%{customdata:.4g}" in trace.hovertemplate
        assert name in trace.hovertemplate
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"


def test_points_below_0_are_open_and_said():
    figure = drawn()
    assert figure.data[0].marker.color == (theme.PAGE,) * 4
    assert figure.data[1].marker.color == (theme.B, theme.PAGE, theme.B, theme.B)
    assert "below 0" in figure.layout.title.text
    assert "below 0" not in drawn([("up", theme.A, -FALLING)]).layout.title.text


def test_what_cannot_be_drawn_is_said():
    text = drawn().layout.title.text
    assert "mean: 0 at 1 of 4" in text
    assert "mean: not finite at 1 of 4" in text
    assert "published:" not in text


def test_both_ends_of_each_line_are_told_with_their_signs():
    alt = drawn().layout.meta["alt"]
    assert "from 2 to 64" in alt
    assert "published from −0.8 to −49.6" in alt


def test_all_points_lie_within_the_axes():
    layout = drawn().layout
    low, high = layout.yaxis.range
    assert low < np.log10(0.4)
    assert high > np.log10(49.6)
    assert layout.xaxis.range[0] < np.log10(2) < np.log10(64) < layout.xaxis.range[1]
    assert list(layout.xaxis.tickvals) == SIZE.tolist()


def test_a_name_stands_where_its_line_ends():
    level = [("high", theme.A, np.full(4, 100.0)), ("low", theme.B, np.full(4, 1.0)), ("none", theme.B, np.zeros(4))]
    figure = drawn(level)
    layout, places = figure.layout, names(figure)
    room = layout.height - layout.margin.t - layout.margin.b
    low, high = layout.yaxis.range
    assert places == {name: pytest.approx((high - at) / (high - low) * room) for name, at in (("high", 2), ("low", 0))}
    assert "none: 0 at 4 of 4" in layout.title.text


def test_a_line_that_ends_early_is_named_at_its_last_point():
    ending = [("broken", theme.A, [1.0, 1.0, np.nan, np.inf]), ("whole", theme.B, [100.0, 100.0, 100.0, 100.0])]
    places = names(drawn(ending))
    assert places["broken"] > places["whole"]


@pytest.mark.parametrize("power", [0.01, 1, 2, 12])
def test_an_axis_has_a_few_numbers_that_say_what_they_are(power):
    axis = drawn([("form", theme.A, SIZE**power)]).layout.yaxis
    low, high = axis.range
    assert 2 <= len(axis.tickvals) <= 8
    assert all(low <= np.log10(value) <= high for value in axis.tickvals)
    for value, word in zip(axis.tickvals, axis.ticktext, strict=True):
        part, _, power_said = word.replace("</sup>", "").replace(",", "").partition("10<sup>")
        assert float(part.rstrip("·") or 1) * 10 ** float(power_said or 0) == pytest.approx(value)


def test_many_sizes_are_numbered_every_other_with_the_largest():
    size = 2 ** np.arange(1, 13)
    axis = drawn([("form", theme.A, size * 1.0)], size).layout.xaxis
    assert axis.tickvals[-1] == 4096
    assert axis.ticktext[-1] == "4,096"
    assert len(axis.tickvals) == 6


def test_no_form_and_one_size_are_drawn():
    assert "no form" in drawn([]).layout.meta["alt"]
    one = drawn([("form", theme.A, [3.0])], [8])
    assert np.isfinite(one.layout.xaxis.range + one.layout.yaxis.range).all()


def test_the_title_has_room_for_what_is_said():
    few, many = drawn(LINES[:1]), drawn()
    lines = [figure.layout.title.text.count("<br>") for figure in (few, many)]
    assert many.layout.margin.t - few.layout.margin.t == 15 * (lines[1] - lines[0]) > 0
    rooms = [figure.layout.height - figure.layout.margin.t for figure in (few, many)]
    assert rooms[0] == rooms[1]


def test_names_are_drawn_letter_by_letter(words):
    figure = drawn([(EVIL, theme.A, MIXED)], title=EVIL, subtitle=EVIL, y_title=EVIL)
    held = words(figure) + "".join(trace.hovertemplate for trace in figure.data)
    assert "<a" not in held
    assert "&lt;a href=" in held
