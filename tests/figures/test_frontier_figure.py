from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import theme
from explorer.figures.frontier import Cloud, centre, front, frontier

NAN = float("nan")
SAID = {"title": "Cost against accuracy", "subtitle": "3 seeds"}
EVIL = '<a href="https://host">x</a>'


def cloud(name="plain CE", accuracy=(0.7, 0.8, 0.9), cost=(0.3, 0.4, 0.5), colour=theme.A):
    return Cloud(name, colour, "circle", np.array(accuracy), np.array(cost))


def means(figure):
    return [trace for trace in figure.data if trace.error_x.array is not None]


def test_a_cloud_is_all_its_seeds_and_a_mean_with_one_standard_deviation():
    figure = frontier([cloud()], **SAID)
    points, mean = figure.data
    assert np.allclose(points.x, [70, 80, 90])
    assert np.allclose(points.y, [0.3, 0.4, 0.5])
    assert (mean.x[0], mean.y[0]) == (pytest.approx(80), pytest.approx(0.4))
    assert mean.error_x.array[0] == pytest.approx(10)
    assert mean.error_y.array[0] == pytest.approx(0.1)
    assert "80.0 ± 10.0 %" in mean.hovertemplate


def test_runs_that_broke_down_are_left_out_and_counted():
    broken = cloud(accuracy=(0.7, NAN, 0.9), cost=(0.3, 0.4, np.inf))
    assert centre(broken).runs == 1
    assert np.allclose(centre(broken).mean, [0.7, 0.3])
    figure = frontier([broken, cloud("soft"), cloud("dead", (NAN,), (NAN,))], **SAID)
    assert len(means(figure)) == 2
    assert "3 runs without a finite result left out" in figure.layout.meta["alt"]
    assert "plain CE 70.0 % at cost 0.3" in figure.layout.meta["alt"]
    assert np.isfinite([*figure.layout.xaxis.range, *figure.layout.yaxis.range]).all()


def test_one_run_has_no_whiskers_and_none_is_drawn_as_an_empty_room():
    (mean,) = means(frontier([cloud(accuracy=(0.7,), cost=(0.3,))], **SAID))
    assert mean.error_x.visible is False
    empty = frontier([], **SAID)
    assert not empty.data
    assert "nothing yet" in empty.layout.meta["alt"]


def test_the_front_is_what_nothing_beats_in_both():
    assert front([(0.8, 0.5), (0.7, 0.3), (0.75, 0.6), (0.78, 0.4)]) == [1, 3, 0]
    assert front([(0.8, 0.5), (0.8, 0.4)]) == [1]
    assert front([(0.8, 0.5), (0.8, 0.5)]) == [0, 1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_along_the_front_more_accuracy_costs_more(pairs):
    kept = [pairs[place] for place in front(pairs)]
    assert bool(kept) is bool(pairs)
    assert kept == sorted(kept)
    for (a, c), (b, d) in combinations(dict.fromkeys(kept), 2):
        assert a < b
        assert c < d
    for a, c in pairs:
        assert any(b >= a and d <= c for b, d in kept)


def test_the_front_is_joined_by_a_dashed_line():
    figure = frontier([cloud("a"), cloud("b", (0.6,), (0.2,)), cloud("beaten", (0.5,), (0.9,))], **SAID)
    (line,) = [trace for trace in figure.data if trace.mode == "lines"]
    assert line.line.dash == "4px,4px"
    assert np.allclose(line.x, [60, 80])
    assert {"a", "b", "beaten"} <= {note.text for note in figure.layout.annotations}


def boxes(figure, width):
    """Return where the names are drawn, in pixels, in a letter's average width."""
    layout = figure.layout
    (left, right), (low, high) = layout.xaxis.range, layout.yaxis.range
    across = (width - layout.margin.l - layout.margin.r) / (right - left)
    upward = (layout.height - layout.margin.t - layout.margin.b) / (high - low)
    for note in layout.annotations:
        if note.showarrow:
            x, y = (note.x - left) * across + note.ax, (high - note.y) * upward + note.ay
            begin = x if note.xanchor == "left" else x - 6.2 * len(note.text)
            yield begin, y - 6, begin + 6.2 * len(note.text), y + 6


@pytest.mark.parametrize("width", [460, 700, 1000])
def test_names_of_forms_that_coincide_do_not_overlap_and_stay_inside(width):
    spread = np.random.default_rng(3).normal(0, 0.004, (2, 6, 32))
    clouds = [cloud(f"a form with β = {k}", 0.76 + a, 0.37 + c) for k, (a, c) in enumerate(spread.swapaxes(0, 1))]
    figure = frontier(clouds, width=width, **SAID)
    found = list(boxes(figure, width))
    assert len(found) == 6
    for one, other in combinations(found, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    room = width - figure.layout.margin.l - figure.layout.margin.r
    assert all(left >= 0 and right <= room for left, _, right, _ in found)


def test_names_of_forms_are_drawn_letter_by_letter(words):
    text = words(frontier([cloud(EVIL)], title=EVIL, subtitle=EVIL, cost_name=EVIL))
    assert "<a" not in text
    assert "&lt;a href" in text
