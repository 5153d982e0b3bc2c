from dataclasses import replace

import numpy as np
import pytest

from explorer import theme
from explorer.figures.arrow import polyline, scaled
from explorer.figures.difference import difference
from explorer.figures.plane import lowest, steepest
from explorer.figures.slice import slices
from explorer.figures.surface import field, surface

SAID = {"title": "A", "subtitle": "λ = 1"}
ALL = (surface, field)


def arrows(figure):
    """Return tail and tip of each white arrow, both of shape (arrow, 2)."""
    line = next(trace for trace in figure.data if trace.type == "scatter" and trace.line.color == theme.MARK)
    points = np.stack([line.x, line.y], axis=1).reshape(-1, 7, 2)
    assert np.isnan(points[:, [2, 6]]).all()
    return points[:, 0], points[:, 1]


@pytest.mark.parametrize("draw", ALL)
def test_what_is_drawn_is_what_was_computed(draw, bowl):
    trace = draw(bowl, **SAID).data[0]
    assert np.array_equal(trace.z, bowl.value.astype(np.float32))
    assert np.array_equal(trace.x, bowl.x.astype(np.float32))
    assert np.array_equal(trace.y, bowl.y.astype(np.float32))


def test_arrows_run_downhill_and_keep_their_relative_length(bowl):
    tail, tip = arrows(field(bowl, **SAID))
    middle, extent = (tail + tip) / 2, tip - tail
    assert len(extent) == 100
    down = -np.stack([2 * (middle[:, 0] - 1), 4 * (middle[:, 1] - 0.5)], axis=1)
    factor = np.linalg.norm(extent, axis=1) / np.linalg.norm(down, axis=1)
    assert np.allclose(extent, down * factor[:, None], atol=1e-5)
    assert np.allclose(factor, factor[0], rtol=1e-3)
    assert np.abs(extent[:, 0]).max() <= 3.0 / 10
    assert np.abs(extent[:, 1]).max() <= 2.5 / 10


def test_log_length_keeps_directions_and_lengthens_short_arrows(bowl):
    tail, tip = arrows(field(bowl, **SAID))
    log_tail, log_tip = arrows(field(bowl, log_length=True, **SAID))
    plain_length, log_length = np.linalg.norm(tip - tail, axis=1), np.linalg.norm(log_tip - log_tail, axis=1)
    turned = np.sum((tip - tail) * (log_tip - log_tail), axis=1) / (plain_length * log_length)
    assert np.allclose(turned, 1, atol=1e-4)
    assert (np.diff(log_length[np.argsort(plain_length)]) > -1e-5).all()
    assert log_length.min() / log_length.max() > 3 * plain_length.min() / plain_length.max()
    assert "log arrow length" in field(bowl, log_length=True, **SAID).layout.title.text
    assert "log" not in field(bowl, **SAID).layout.title.text


def test_no_arrow_where_there_is_no_slope(bowl):
    slope = bowl.slope_x.copy()
    slope[:, bowl.x < 0] = np.nan
    _, tip = arrows(field(replace(bowl, slope_x=slope), **SAID))
    assert 0 < len(tip) < 100
    tail, _ = arrows(field(replace(bowl, slope_x=slope * 0, slope_y=slope * 0), **SAID))
    assert len(tail) == 0


def test_arrow_heads_open_by_27_degrees_on_the_screen():
    unit = (2.0, 0.5)
    u, v = np.array([1.0]), np.array([1.0])
    x, y = polyline(np.zeros(1), np.zeros(1), u, v, unit)
    x, y = x / unit[0], y / unit[1]
    shaft = np.array([x[1] - x[0], y[1] - y[0]])
    for end in (3, 5):
        barb = np.array([x[end] - x[4], y[end] - y[4]])
        cosine = -shaft @ barb / (np.linalg.norm(shaft) * np.linalg.norm(barb))
        assert np.degrees(np.arccos(cosine)) == pytest.approx(27)
        assert np.linalg.norm(barb) == pytest.approx(np.linalg.norm(shaft) / 3)


def test_scaled_arrows_of_length_zero_stay_zero():
    u, v = scaled(np.zeros(4), np.zeros(4), (1.0, 1.0), log_length=True)
    assert not u.any()
    assert not v.any()


def test_the_lowest_node_is_found_and_of_several_the_one_at_the_target(bowl):
    best = lowest(bowl)
    assert (best.x, best.y, best.value) == pytest.approx((1.0, 0.5, 0.0), abs=1e-9)
    assert not best.edge
    plateau = replace(bowl, value=np.maximum(bowl.value, 1.0), target=(1.7, 0.5))
    assert lowest(plateau).x == pytest.approx(1.7)
    assert lowest(replace(bowl, value=np.ones_like(bowl.value))) is None
    assert lowest(replace(bowl, value=np.full_like(bowl.value, np.nan))) is None
    assert lowest(replace(bowl, value=bowl.value - 100 * bowl.x)).edge


def test_the_steepest_node_is_a_corner_of_the_bowl(bowl):
    spot = steepest(bowl)
    assert (spot.x, spot.y) == (-1.0, -1.0)
    assert steepest(replace(bowl, slope_x=bowl.slope_x * 0, slope_y=bowl.slope_y * 0)) is None
    assert steepest(replace(bowl, slope_x=bowl.slope_x * np.nan)) is None


def labels(figure):
    return [note.text for note in figure.layout.annotations]


def test_target_and_minimum_are_named_once_where_they_are_one_place(bowl):
    assert "target = minimum" in labels(field(bowl, **SAID))
    apart = labels(field(replace(bowl, target=(0.0, 0.5)), **SAID))
    assert {"target", "minimum"} <= set(apart)
    assert "target = minimum" not in apart
    tilted = replace(bowl, value=bowl.value - 100 * bowl.x[None])
    assert "lowest here" in labels(field(tilted, **SAID))


def test_pictures_that_are_compared_share_colours_lines_and_height(bowl):
    limits = (-1.0, 9.0)
    space = surface(bowl, limits=limits, **SAID)
    assert (space.data[0].cmin, space.data[0].cmax) == limits
    assert space.layout.scene.zaxis.range[1] == 9.0
    assert space.data[0].contours.z.start == pytest.approx(0.0)
    flat = field(bowl, limits=limits, **SAID)
    assert flat.data[0].contours.start == pytest.approx(0.0)
    assert flat.data[0].contours.end == pytest.approx(8.0)
    assert not space.data[0].showscale
    assert not flat.data[0].showscale


def test_marks_in_space_stand_where_they_should(bowl):
    stems = surface(replace(bowl, target=(0.0, 0.0)), **SAID).data[1:]
    assert len(stems) == 2
    (minimum, target) = stems
    assert (minimum.x[-1], minimum.y[-1]) == pytest.approx((1.0, 0.5))
    assert target.z[1] == pytest.approx(1.5)
    assert all(stem.z[0] < bowl.value.min() for stem in stems)


@pytest.mark.parametrize("draw", ALL)
def test_hopeless_surfaces_are_drawn_without_marks(draw, bowl):
    for value in (np.full_like(bowl.value, np.nan), np.zeros_like(bowl.value)):
        figure = draw(replace(bowl, value=value, target=None, slope_x=value, slope_y=value), **SAID)
        assert not [trace for trace in figure.data if "lowest" in (trace.hovertemplate or "")]


def test_slices_run_through_the_nearest_nodes_and_stack_their_terms(bowl):
    figure = slices(bowl, at=(0.52, -0.48), terms=("square", "penalty"), **SAID)
    along_x = [trace for trace in figure.data if trace.xaxis == "x"]
    along_y = [trace for trace in figure.data if trace.xaxis == "x2"]
    row, column = np.abs(bowl.y + 0.48).argmin(), np.abs(bowl.x - 0.52).argmin()
    assert np.array_equal(along_x[0].y, bowl.rest[row].astype(np.float32))
    assert np.array_equal(along_x[2].y, bowl.value[row].astype(np.float32))
    assert np.array_equal(along_y[2].y, bowl.value[:, column].astype(np.float32))
    assert (along_x[3].x[0], along_y[3].x[0]) == pytest.approx((1.0, 0.5))
    assert "along ŷ₁ · ŷ₂ = −0.5" in labels(figure)
    assert "along ŷ₂ · ŷ₁ = 0.5" in labels(figure)
    assert "square" in figure.layout.title.text
    assert [shape.x0 for shape in figure.layout.shapes] == [1.0, 0.5]
    assert len(slices(replace(bowl, rest=None), at=(0, 0), **SAID).data) == 4


def test_the_difference_is_a_minus_b_with_zero_in_the_middle(bowl):
    other = replace(bowl, value=bowl.value * 0.5 + 1)
    figure = difference(bowl, other, subtitle="λ = 1")
    assert np.allclose(figure.data[0].z, bowl.value - other.value, atol=1e-6)
    levels = figure.data[0].contours
    assert levels.start == pytest.approx(-levels.end)
    with pytest.raises(ValueError, match="needs both over the same nodes"):
        difference(bowl, replace(bowl, x=bowl.x + 1), subtitle="")


def test_a_mark_at_the_very_edge_lies_within_the_axes_as_drawn(bowl):
    nodes = np.linspace(-0.8, 1.8, 31)
    result = replace(bowl, x=nodes, y=nodes[:26])
    figure = field(result, **SAID)
    mark = next(trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "triangle-up")
    low, high = figure.layout.xaxis.range
    assert float(mark.x[0]) in (low, high)
    assert low == float(figure.data[0].x[0])
    assert slices(result, at=(0, 0), **SAID).layout.xaxis2.range == figure.layout.yaxis.range


def test_a_path_is_drawn_from_its_first_step(bowl):
    way = np.array([[-1.0, 1.0], [0.0, 0.7], [1.0, 0.5]])
    figure = field(bowl, path=way, **SAID)
    line = next(trace for trace in figure.data if trace.line.color == theme.PATH)
    assert np.array_equal(np.stack([line.x, line.y], axis=1), way.astype(np.float32))


@pytest.mark.parametrize("draw", ALL)
def test_names_of_axes_are_escaped(draw, bowl, words):
    figure = draw(bowl, axes=('<a href="x">1</a>', "<b>2</b>"), **SAID)
    assert "<a " not in words(figure)
    assert "<b>" not in words(figure)
    assert "&lt;a href" in words(figure)
