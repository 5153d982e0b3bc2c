from itertools import combinations, pairwise

import numpy as np
import pytest

from explorer import theme
from explorer.figures.tradeoff import ANCHOR, Level, Point, ramp, tradeoff

NAN = float("nan")
SAID = {"title": "What the penalty buys", "subtitle": "3 seeds"}
EVIL = '<a href="https://host">x</a>'
WEIGHTS = (0.0, 0.001, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0)


def point(weight, rmse=(20.0, 21.0, 22.0), direction=(0.8, 0.85, 0.9)):
    return Point(weight, np.array(rmse), np.array(direction))


def trail(count=8, step=1.0):
    """Return points whose means go up and to the left with the weight."""
    return [point(w, (20.0 + k * step,) * 2, (0.9 - k * step / 50,) * 2) for k, w in enumerate(WEIGHTS[:count])]


def names(figure):
    return {note.text: note for note in figure.layout.annotations if note.showarrow}


def means(figure):
    return [trace for trace in figure.data if trace.mode == "markers" and trace.marker.opacity is None]


def dashed(figure):
    return [shape.y0 for shape in figure.layout.shapes if shape.xref == "paper"]


def test_a_weight_is_all_its_seeds_and_their_mean():
    figure = tradeoff([point(1.0)], **SAID)
    (cloud,) = [trace for trace in figure.data if trace.marker.opacity]
    assert np.allclose(cloud.x, [80, 85, 90])
    assert np.allclose(cloud.y, [20, 21, 22])
    (mean,) = means(figure)
    assert (mean.x[0], mean.y[0]) == (pytest.approx(85), pytest.approx(21))
    assert "mean of 3: 85.0 ± 5.0 %, RMSE 21 ± 1<" in mean.hovertemplate
    assert "λ = 1: 21 at 85.0 %" in figure.layout.meta["alt"]


def test_means_are_joined_in_the_order_of_weights_from_the_anchor_on():
    figure = tradeoff(trail()[::-1], **SAID)
    (path,) = [trace for trace in figure.data if trace.mode == "lines"]
    assert np.allclose(path.y, 20 + np.arange(8))
    assert np.allclose(path.x, 90 - 2 * np.arange(8))


def test_the_anchor_is_named_looks_different_and_lies_on_top():
    figure = tradeoff(trail(3), **SAID)
    symbols = [trace.marker.symbol for trace in means(figure)]
    assert symbols == ["circle", "circle", "square"]
    assert means(figure)[-1].marker.color == theme.A
    assert set(names(figure)) == {ANCHOR, "λ = 0.001", "λ = 0.01"}


def test_colours_go_with_the_logarithm_of_the_weight():
    even = [means(tradeoff([point(w) for w in ws], **SAID)) for ws in ((0.1, 1.0, 10.0), (1e-4, 1e-2, 1.0))]
    assert [m.marker.color for m in even[0]] == [m.marker.color for m in even[1]]
    assert even[0][0].marker.color == theme.B
    assert len({m.marker.color for m in means(tradeoff(trail(), **SAID))}) == 8
    assert means(tradeoff([point(0.5)], **SAID))[0].marker.color == theme.B


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def test_the_ramp_goes_from_first_to_second_and_is_readable_on_both_pages():
    assert (ramp(0), ramp(0.5), ramp(1), ramp(7)) == (theme.A, theme.PENALTY, theme.B, theme.B)
    colours = [ramp(place) for place in np.linspace(0, 1, 41)]
    for page in ("light", "dark"):
        ground = luminance(theme.THEMES[page][theme.PAGE])
        for colour in colours:
            low, high = sorted((luminance(colour), ground))
            assert (high + 0.05) / (low + 0.05) > 3, colour
    assert all(one != other for one, other in pairwise(colours))


def test_runs_that_broke_down_are_left_out_and_counted():
    broken = [point(0.0), point(1.0, (20.0, NAN, 24.0), (0.5, 0.5, NAN)), point(10.0, (NAN,) * 3, (NAN,) * 3)]
    figure = tradeoff(broken, **SAID)
    assert len(means(figure)) == 2
    assert "λ = 1: 20 at 50.0 %" in figure.layout.meta["alt"]
    assert "5 runs without a finite result left out" in figure.layout.meta["alt"]
    assert np.isfinite([*figure.layout.xaxis.range, *figure.layout.yaxis.range]).all()


@pytest.mark.parametrize("lost", [[], [point(1.0, (NAN,), (NAN,))]])
def test_nothing_yet_is_a_room_with_its_baselines(lost):
    figure = tradeoff(lost, baselines=[Level("repeat last", 30.0)], **SAID)
    assert not means(figure)
    assert dashed(figure) == [30.0]
    assert "repeat last: 30" in figure.layout.meta["alt"]
    assert "nothing yet" in tradeoff(lost, **SAID).layout.meta["alt"]


def test_baselines_are_lines_with_names_and_an_arrow_where_they_are_far_away():
    levels = [Level("repeat last", 30.0), Level("seasonal naive", 500.0), Level("none", NAN), Level("low", 1.0)]
    figure = tradeoff(trail(), baselines=levels, **SAID)
    low, high = figure.layout.yaxis.range
    assert low < 20 < 30 < high < 35
    assert dashed(figure) == [30.0]
    said = [note.text for note in figure.layout.annotations if note.xanchor == "right" and note.yanchor == "top"]
    assert said == ["seasonal naive 500 ↑", "repeat last 30", "low 1 ↓"]


@pytest.mark.parametrize("levels", [(30.0, 30.1), (30.0, 500.0), (20.0, 19.9), (30.0, 30.0), (1.0, 500.0)])
def test_names_of_baselines_do_not_meet_and_stay_inside(levels):
    figure = tradeoff(trail(), baselines=[Level("one", levels[0]), Level("other", levels[1])], **SAID)
    tops = sorted(-note.yshift for note in figure.layout.annotations if note.yanchor == "top")
    assert tops[1] - tops[0] >= 15
    layout = figure.layout
    assert tops[0] >= 0
    assert tops[1] + 15 <= layout.height - layout.margin.t - layout.margin.b


def test_a_coin_is_drawn_where_half_of_the_directions_are_right():
    def coin(direction):
        return "coin" in {
            note.text for note in tradeoff([point(1.0, (20.0, 21.0), direction)], **SAID).layout.annotations
        }

    assert coin((0.4, 0.6))
    assert not coin((0.7, 0.9))


def boxes(figure, width):
    """Return where the names are drawn, in pixels, in a letter's average width."""
    layout = figure.layout
    (left, right), (low, high) = layout.xaxis.range, layout.yaxis.range
    across = (width - layout.margin.l - layout.margin.r) / (right - left)
    upward = (layout.height - layout.margin.t - layout.margin.b) / (high - low)
    for note in names(figure).values():
        x, y = (note.x - left) * across + note.ax, (high - note.y) * upward + note.ay
        long = 6.0 * len(note.text)
        begin = x - {"left": 0, "center": 0.5, "right": 1}[note.xanchor] * long
        yield begin, y - 6, begin + long, y + 6


@pytest.mark.parametrize("width", [340, 620])
@pytest.mark.parametrize("step", [1.0, 0.01, 0.0])
def test_names_of_weights_move_apart_and_stay_inside(width, step):
    far = point(20.0, (40.0, 41.0), (0.3, 0.35))
    figure = tradeoff([*trail(step=step), far], width=width, **SAID)
    found = list(boxes(figure, width))
    assert len(found) == 9
    for one, other in combinations(found, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    room = width - figure.layout.margin.l - figure.layout.margin.r
    assert all(left >= 0 and right <= room for left, _, right, _ in found)


def test_names_are_drawn_letter_by_letter(words):
    text = words(tradeoff([point(1.0)], baselines=[Level(EVIL, 21.0)], title=EVIL, subtitle=EVIL, unit=EVIL))
    assert "<a" not in text
    assert text.count("&lt;a href") >= 4
