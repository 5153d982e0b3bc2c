"""A loss over a plane: values, slopes, and what is traced when."""

import numpy as np
import pytest
import tensorflow as tf

from explorer.lazy import ops
from explorer.losses import CATALOGUE
from explorer.losses.crossentropy import HEIGHT
from explorer.parameters import Choice, ParameterError
from explorer.samples import as_array
from explorer.spec import Axis, LossSpec, Placed, Plane, Source
from explorer.surface import evaluate, traces, value_and_slope

PLANES = [
    pytest.param(spec, plane, id=f"{key}-{plane.key}") for key, spec in CATALOGUE.items() for plane in spec.planes
]
W = ((1.0, 2.0, 8.0), (1.5, 1.0, 3.0), (0.5, 4.0, 2.0))
LOUD = {"lambda_trend": 1.3, "temperature": 0.2, "beta": 1.7, "weights": W}


def loud(spec):
    """Return parameters at which every term shows."""
    return {parameter.name: LOUD.get(parameter.name, parameter.default) for parameter in spec.parameters}


def placed_at(plane, x, y):
    """Return what a plane places at some nodes in its default scene, as arrays, without slots that hold no point."""
    held = {part.name: tf.constant(as_array(part, part.default, np.float64)) for part in plane.scene}
    y_true, y_pred, context = plane.place(tf.constant(x), tf.constant(y), **held)
    y_true, y_pred = y_true.numpy(), y_pred.numpy()
    if np.isnan(y_true).any():
        points = ~np.isnan(y_true[0])
        y_true, y_pred = y_true[:, points], y_pred[:, points]
    return y_true, y_pred, {name: part.numpy() for name, part in context.items()}


def along(plane, slope, x, y, step=1e-4):
    """Return the slopes along both axes: how the loss's own inputs move along them, times its own slope."""
    for dx, dy in ((step, 0.0), (0.0, step)):
        ahead, behind = placed_at(plane, x + dx, y + dy)[1], placed_at(plane, x - dx, y - dy)[1]
        yield (slope * (ahead - behind)).reshape(len(slope), -1).sum(axis=1) / (2 * step)


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_surface_is_the_function_at_its_nodes(spec, plane):
    result = evaluate(spec, loud(spec), {}, plane.key, 9)
    drawn = np.isfinite(result.value)
    x, y = (grid[drawn] for grid in np.meshgrid(result.x, result.y))
    y_true, y_pred, context = placed_at(plane, x, y)
    static = {"from_logits": plane.from_logits} if spec.takes_logits else {}
    values, slope = value_and_slope(spec, y_true, y_pred, **context, **loud(spec), **static)
    values = values.reshape(len(values), -1).sum(axis=1)
    np.testing.assert_allclose(result.value[drawn], values, rtol=1e-9, atol=1e-12)
    assert np.ptp(values) > 0.5
    if slope is None:
        assert np.isnan(result.slope_x).all()
        assert np.isnan(result.slope_y).all()
        return
    expected = np.array(list(along(plane, slope, x, y)))
    assert np.ptp(expected) > 0.1
    for part, slopes in zip((result.slope_x, result.slope_y), expected, strict=True):
        np.testing.assert_allclose(part[drawn], slopes, rtol=1e-5, atol=1e-6 * (1 + np.abs(expected).max()))


def _at(part, i):
    """Return the i-th of three values of a control."""
    if isinstance(part, Choice):
        return part.options[i]
    low, high = part.range
    return round(low + i * (high - low) / 2) if part.whole else low + i * (high - low) / 2


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_a_slider_never_retraces(spec, plane):
    evaluate(spec, {}, {}, plane.key, 9)
    traced = traces(spec, plane.key)
    assert traced >= 1
    rng = np.random.default_rng(0)
    for i in range(3):
        values = {
            p.name: np.abs(rng.normal(size=(3, 3))) if p.name == "weights" else _at(p, i) for p in spec.parameters
        }
        scene = {part.name: _at(part, i) for part in plane.scene}
        evaluate(spec, values, scene, plane.key, 9)
    assert traces(spec, plane.key) == traced


def test_another_number_of_points_is_traced_once():
    spec = CATALOGUE["mse"]
    before = traces(spec)
    for _ in range(2):
        evaluate(spec, points=7)
    assert traces(spec) == before + 1


@pytest.mark.parametrize("key", ["cce", "weighted-ce-soft", "expected-cost"])
@pytest.mark.parametrize("true_class", ["0", "1", "2"])
def test_triangle_slopes_are_central_differences_along_the_plane(key, true_class):
    spec, scene = CATALOGUE[key], {"true_class": true_class}
    fine = evaluate(spec, loud(spec), scene, "triangle", 401)
    dx, dy = fine.x[1] - fine.x[0], fine.y[1] - fine.y[0]
    rise, run = np.gradient(fine.value, dy, dx)
    middle = (slice(100, 160), slice(170, 230))
    np.testing.assert_allclose(fine.slope_x[middle], run[middle], rtol=2e-3, atol=2e-3)
    np.testing.assert_allclose(fine.slope_y[middle], rise[middle], rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize("spec", [spec for spec in CATALOGUE.values() if spec.split], ids=lambda spec: spec.key)
def test_the_rest_is_what_the_split_parameter_does_not_scale(spec):
    name = spec.split.parameter
    one, three = (evaluate(spec, {**loud(spec), name: value}, points=11) for value in (1.0, 3.0))
    none = evaluate(spec, {**loud(spec), name: 0.0}, points=11)
    np.testing.assert_array_equal(one.rest, three.rest)
    np.testing.assert_allclose(one.rest, none.value, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(three.value - three.rest, 3 * (one.value - one.rest), rtol=1e-9, atol=1e-12)
    assert np.nanmax(one.value - one.rest) > 0.1


def test_a_loss_without_terms_has_no_rest():
    assert evaluate(CATALOGUE["mse"], points=11).rest is None


def test_the_triangle_is_drawn_to_its_corners_and_no_further():
    result = evaluate(CATALOGUE["cce"], points=11)
    assert result.y[-1] == HEIGHT
    drawn = np.isfinite(result.value)
    assert drawn[0].all()
    assert np.flatnonzero(drawn[-1]).tolist() == [5]
    assert drawn.sum() == 11 + 9 + 9 + 7 + 7 + 5 + 5 + 3 + 3 + 1 + 1
    for part in (result.slope_x, result.slope_y):
        np.testing.assert_array_equal(np.isfinite(part), drawn)


@pytest.mark.parametrize(("true_class", "corner"), [("0", (0.5, HEIGHT)), ("1", (0.0, 0.0)), ("2", (1.0, 0.0))])
def test_each_class_is_right_in_its_own_corner(true_class, corner):
    result = evaluate(CATALOGUE["cce"], {}, {"true_class": true_class}, "triangle", 11)
    assert result.target == corner
    row, column = np.unravel_index(np.nanargmin(result.value), result.value.shape)
    assert (result.x[column], result.y[row]) == pytest.approx(corner)


def test_nodes_on_a_border_between_classes_tie():
    """The published form counts the winners: one, two on a border, three in the middle, and never none."""
    factor = evaluate(CATALOGUE["weighted-ce-published"], points=61).value / evaluate(CATALOGUE["cce"], points=61).value
    counts = np.round(factor[np.isfinite(factor)], 9)
    assert set(counts) == {1.0, 2.0, 3.0}
    assert (counts == 3).sum() == 1
    assert (counts == 2).sum() == 30


def test_the_target_is_where_the_forecast_is_right_and_only_if_it_is_drawn():
    spec = CATALOGUE["trend-smooth"]
    assert evaluate(spec, {}, {"y1": 0.4, "y2": -0.3}, points=11).target == (0.4, -0.3)
    assert evaluate(spec, {}, {"y1": 2.0}, points=11).target is None
    assert evaluate(CATALOGUE["cce"], plane="logits", points=11).target is None


def test_axes_run_over_the_plane():
    result = evaluate(CATALOGUE["mse"], points=14)
    assert (result.x[0], result.x[-1], result.x.size) == (-0.8, 1.8, 14)
    assert result.value.shape == (14, 14)
    assert result.value[3, 9] == pytest.approx(((result.x[9] - 1.0) ** 2 + (result.y[3] - 0.6) ** 2) / 2)
    assert result.value.dtype == np.float64


def rounded(y_true, y_pred):
    """Return a loss that no gradient passes."""
    return ops.mean(ops.cast(ops.equal(ops.round(y_pred), y_true), y_pred.dtype), axis=-1)


def rounded_reference(y_true, y_pred):
    return np.mean(np.round(y_pred) == y_true, axis=-1)


def place(x, y):
    return Placed(ops.ones_like(ops.stack([x, y], axis=-1)), ops.stack([x, y], axis=-1))


def test_without_a_gradient_the_slopes_are_missing():
    axis = Axis(label="", low=0.0, high=1.0)
    spec = LossSpec(
        key="rounded",
        family="",
        form="",
        title="",
        story="",
        formula="",
        function=rounded,
        reference=rounded_reference,
        planes=(Plane(key="square", title="", x=axis, y=axis, place=place),),
        smooth=False,
        source=Source(author="", year=2000, title=""),
        task="",
    )
    result = evaluate(spec, points=5)
    assert np.isfinite(result.value).all()
    assert np.isnan(result.slope_x).all()
    assert np.isnan(result.slope_y).all()
    values, slope = value_and_slope(spec, [[1.0, 1.0]], [[0.9, 0.2]])
    assert values.tolist() == [0.5]
    assert slope is None


@pytest.mark.parametrize("points", [1, 0, 402, 61.0, True, "61", None])
def test_points_out_of_range_are_refused(points):
    with pytest.raises(ValueError, match="points must be a whole number from 2 to 401, but is"):
        evaluate(CATALOGUE["mse"], points=points)


def test_what_is_unknown_or_out_of_limits_is_refused():
    spec = CATALOGUE["trend-published"]
    with pytest.raises(ValueError, match="trend-published has no plane 'stairs'; it has steps"):
        evaluate(spec, plane="stairs")
    with pytest.raises(ParameterError, match="no parameter 'lambda'; there is lambda_trend"):
        evaluate(spec, {"lambda": 1.0})
    with pytest.raises(ParameterError, match="must lie between 0 and 1000, but is -1"):
        evaluate(spec, {"lambda_trend": -1.0})
    with pytest.raises(ParameterError, match="must lie between -2 and 2, but is 3"):
        evaluate(spec, {}, {"y1": 3.0})


def test_a_table_of_another_size_than_the_plane_is_refused_in_plain_words():
    with pytest.raises(ValueError, match=r"^weights must be 3 by 3, .*, but is 4 by 4\.$"):
        evaluate(CATALOGUE["weighted-ce-soft"], {"weights": np.ones((4, 4))})
