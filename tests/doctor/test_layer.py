"""What is laid over a plane: dead zones, jumps, curvature."""

import numpy as np
import pytest

from explorer.doctor import layers
from explorer.doctor.gradient import area
from explorer.losses import CATALOGUE
from tests.doctor import toy


def test_dead_nodes_are_those_of_a_flat_corner():
    result = layers(toy.HINGE)
    x, y = np.meshgrid(result.x, result.y)
    np.testing.assert_array_equal(result.dead, (x < 0.51) & (y < 0.51))
    assert layers(CATALOGUE["mse"]).dead.sum() == 0


def test_jumps_are_drawn_where_rows_and_columns_cross_them():
    spec = CATALOGUE["trend-described"]
    result = layers(spec, {"lambda_trend": 1.0}, {"y_last": 0.31})
    x, y = result.jump.T
    across, upward = np.abs(x - 0.31) < 1e-9, np.abs(y - 0.31) < 1e-9
    assert (across | upward).all()
    assert across.sum() == upward.sum() == 61
    np.testing.assert_allclose(np.sort(y[across]), result.y, atol=1e-9)
    assert layers(spec, {"lambda_trend": 0.0}).jump.shape == (0, 2)
    assert layers(CATALOGUE["mae"]).jump.shape == (0, 2)


@pytest.mark.parametrize(
    ("spec", "sign"), [(CATALOGUE["mse"], 1), (toy.DOWNHILL, -1), (toy.SADDLE, -1), (toy.SIGN_ERROR, 0)]
)
def test_curvature_has_one_sign_where_the_loss_bends_one_way(spec, sign):
    assert set(layers(spec).curvature.ravel()) == {sign}


def test_curvature_of_a_hill_is_down_on_top_and_up_nowhere():
    result = layers(toy.LEVELS_OFF)
    x, y = np.meshgrid(result.x, result.y)
    top = np.hypot(x, y) < 0.5
    assert (result.curvature[top] == -1).all()


def test_layers_have_the_nodes_of_the_surface():
    result = layers(CATALOGUE["cce"], {}, {"true_class": "2"}, "triangle", 31)
    assert result.dead.shape == result.curvature.shape == (31, 31)
    assert result.dead.dtype == bool
    assert result.curvature.dtype == np.int8
    assert result.x.shape == result.y.shape == (31,)


def test_without_a_gradient_there_are_jumps_and_nothing_else():
    result = layers(toy.ROUNDED_MSE)
    assert len(result.jump) > 100
    assert not result.dead.any()
    assert not result.curvature.any()


def test_a_line_has_no_area_and_a_half_is_a_half():
    inside = np.ones((5, 5), bool)
    for line in (0, 2, 4):
        mask = np.zeros((5, 5), bool)
        mask[line] = True
        assert area(mask, inside) == area(mask.T, inside) == 0
    mask[2:] = True
    assert area(mask, inside) == area(mask.T, inside) == 0.5
    assert area(mask, mask) == 1
