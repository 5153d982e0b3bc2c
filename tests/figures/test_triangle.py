from dataclasses import replace

import numpy as np
import pytest

from explorer import theme
from explorer.figures.triangle import CORNERS, borders, logged, triangle

NAMES = ("severe", "mild", "healthy")
TABLE = [[1, 1, 8], [1, 1, 2], [1, 1.2, 2]]
SAID = {"title": "true mild", "subtitle": "W[1] = (1, 1, 2)", "true_class": 1}


def labels(figure):
    return [note.text for note in figure.layout.annotations]


def test_colours_are_the_values_inside_and_reach_just_over_the_edges(corner):
    trace = triangle(corner, names=NAMES, log_colour=False, **SAID).data[0]
    inside = np.isfinite(corner.value) & (corner.value < 15)
    assert inside.sum() > 700
    assert np.array_equal(trace.z[inside], corner.value.astype(np.float32)[inside])
    assert np.isfinite(trace.z).sum() > np.isfinite(corner.value).sum()
    assert np.array_equal(trace.customdata[..., 3][inside], corner.value.astype(np.float32)[inside])
    assert np.allclose(trace.customdata[..., :3].sum(axis=2), 1, atol=1e-6)


def test_log_colours_are_monotonous_and_odd_and_said(corner):
    figure = triangle(corner, names=NAMES, **SAID)
    inside = np.isfinite(corner.value) & (corner.value < 15)
    assert np.allclose(figure.data[0].z[inside], np.log1p(corner.value[inside]), atol=1e-6)
    assert "log colour" in figure.layout.title.text
    assert "log colour" not in triangle(corner, names=NAMES, log_colour=False, **SAID).layout.title.text
    assert np.array_equal(logged(np.array([-3.0, 0.0])), -logged(np.array([3.0, 0.0])))


def test_limits_are_in_units_of_the_loss(corner):
    levels = triangle(corner, names=NAMES, limits=(0.0, 24.0), **SAID).data[0].contours
    assert levels.size == pytest.approx(np.log1p(24) / 10)


def test_arrows_point_to_where_the_right_class_is_more_probable(corner):
    figure = triangle(corner, names=NAMES, **SAID)
    line = next(trace for trace in figure.data if trace.type == "scatter" and trace.line.color == theme.MARK)
    points = np.stack([line.x, line.y], axis=1).reshape(-1, 7, 2)
    extent = points[:, 1] - points[:, 0]
    assert len(extent) == 45
    direction = extent / np.linalg.norm(extent, axis=1, keepdims=True)
    assert np.allclose(direction, [-np.sqrt(3) / 2, -0.5], atol=1e-4)


def test_borders_hold_the_weights_left_and_right_of_them():
    assert [tuple(border) for border in borders(TABLE, 2)] == [
        ((0, 1), 1.2, 1.0),
        ((0, 2), 1.0, 2.0),
        ((1, 2), 1.2, 2.0),
    ]
    assert [(b.left, b.right) for b in borders(TABLE, 0)] == [(1.0, 1.0), (1.0, 8.0), (1.0, 8.0)]
    with pytest.raises(ValueError, match=r"3 × 3 table, but got one of shape \(2, 2\)"):
        borders([[1, 2], [3, 4]], 0)


def test_sides_of_each_border_agree_with_the_most_probable_class():
    table = np.arange(9.0).reshape(3, 3)
    for border in borders(table, 1):
        middle = CORNERS[list(border.pair)].mean(axis=0) * 0.6 + CORNERS.mean(axis=0) * 0.4
        for shift, weight in ((-0.01, border.left), (0.01, border.right)):
            point = np.append(middle + np.array([shift, 0]), 1)
            share = np.linalg.solve(np.vstack([CORNERS.T, np.ones(3)]), point)
            assert table[1, share.argmax()] == weight


def solid(figure):
    return [trace for trace in figure.data if trace.line.width == 3.0 and trace.line.color == theme.MARK]


def test_only_real_jumps_are_solid_and_labelled(corner):
    figure = triangle(corner, names=NAMES, jumps=borders(TABLE, 1), **SAID)
    assert {"×1 | ×2"} == {text for text in labels(figure) if "×" in text}
    (line,) = solid(figure)
    assert len(line.x) == 6
    assert sum(trace.line.dash == "2px,3px" for trace in figure.data) == 1
    assert "jumps between severe and healthy, mild and healthy" in figure.layout.meta["alt"]


def test_no_border_is_drawn_for_a_smooth_form_and_none_jumps_in_a_table_of_ones(corner):
    smooth = triangle(corner, names=NAMES, **SAID)
    assert not solid(smooth)
    assert not [text for text in labels(smooth) if "×" in text]
    ones = triangle(corner, names=NAMES, jumps=borders(np.ones((3, 3)), 0), **SAID)
    assert not solid(ones)
    assert "no jump" in ones.layout.meta["alt"]


def test_the_right_corner_is_bold_and_names_are_escaped_and_cut(corner, words):
    names = ("<b>x</b>", '<a href="javascript:alert(1)">long long name</a>', "&amp; %{x}")
    figure = triangle(corner, names=names, **SAID)
    assert "<b>" not in words(figure)
    assert "<a" not in words(figure)
    corners = figure.layout.annotations
    assert [note.font.weight for note in corners] == [400, 600, 400]
    assert corners[1].text == "&lt;a href=&quot;javascri…"
    assert corners[2].text == "&amp;amp; %{x}"


def test_the_probe_lies_where_its_probabilities_say(corner):
    figure = triangle(corner, names=NAMES, probe=(0.0, 0.0, 1.0), **SAID)
    mark = next(trace for trace in figure.data if trace.hovertemplate and "probe" in trace.hovertemplate)
    assert (mark.x[0], mark.y[0]) == pytest.approx((1.0, 0.0))


def test_a_minimum_away_from_the_right_corner_is_marked(corner):
    def diamonds(figure):
        return [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "diamond"]

    assert not diamonds(triangle(corner, names=NAMES, **SAID))
    upside_down = replace(corner, value=-corner.value)
    assert len(diamonds(triangle(upside_down, names=NAMES, **SAID))) == 1


def test_borders_of_three_out_of_many_classes_are_named_by_their_places():
    table = np.arange(25.0).reshape(5, 5)
    assert [tuple(border) for border in borders(table, 3, (4, 0, 3))] == [
        ((0, 1), 15.0, 19.0),
        ((0, 2), 19.0, 18.0),
        ((1, 2), 15.0, 18.0),
    ]
    assert borders(table, 1) == borders(table[:3, :3], 1)


@pytest.mark.parametrize(("true_class", "triple"), [(0, (0, 1, 1)), (0, (0, 1, 5)), (5, (0, 1, 2)), (0, (-1, 0, 1))])
def test_a_triple_that_is_not_three_classes_of_the_table_is_refused(true_class, triple):
    with pytest.raises(ValueError, match="needs three of the 5 classes, but got"):
        borders(np.ones((5, 5)), true_class, triple)
    with pytest.raises(ValueError, match=r"3 × 3 table, but got one of shape \(3, 2\)"):
        borders(np.ones((3, 2)), 0)


def test_a_small_triangle_has_fewer_arrows_and_only_the_right_name(corner):
    large, small = (triangle(corner, names=NAMES, jumps=borders(TABLE, 1), small=s, **SAID) for s in (False, True))
    assert labels(small) == ["mild"]
    arrows = [
        next(t for t in f.data if t.type == "scatter" and t.line.color == theme.MARK).x.size // 7
        for f in (large, small)
    ]
    assert arrows == [45, 15]
    assert small.layout.height == theme.HEIGHT["small triangle"] < large.layout.height
    assert len(solid(small)) == 1


def test_what_is_said_about_the_centre_points_to_it_and_is_escaped(corner):
    for small in (False, True):
        figure = triangle(corner, names=NAMES, centre="3 winners: <b>×3</b>", small=small, **SAID)
        (note,) = [note for note in figure.layout.annotations if "winners" in note.text]
        assert note.text == "3 winners: &lt;b&gt;×3&lt;/b&gt;"
        assert (note.x, note.y) == pytest.approx(CORNERS.mean(axis=0))
        assert note.showarrow is True
        assert note.ay < 0
