"""Layers over a field: each is drawn where it is, and says its number."""

import numpy as np
import pytest

from explorer.doctor.layer import Layers
from explorer.figures.layer import CURVATURE, DEAD, JUMPS, NAMES
from explorer.figures.surface import field
from explorer.surface import Surface

NODES = np.linspace(-1, 1, 11)
VALUE = np.add.outer(NODES**2, NODES**2)
HALF = np.repeat([[True] * 5 + [False] * 6], 11, axis=0)
LAYERS = Layers(NODES, NODES, HALF, np.array([[0.5, 0.25]]), np.where(HALF, -1, 1).astype(np.int8))


def drawn(chosen, slope=VALUE):
    result = Surface(NODES, NODES, VALUE, slope, slope)
    return field(result, title="t", subtitle="s", layers=LAYERS, chosen=chosen)


@pytest.mark.parametrize("name", [DEAD, CURVATURE])
def test_a_veil_lies_on_its_nodes_only(name):
    (veil,) = [trace for trace in drawn([name]).data if trace.type == "heatmap"]
    np.testing.assert_array_equal(np.isfinite(np.asarray(veil.z)), HALF)


def test_jumps_are_marked_where_they_are():
    lines = [trace for trace in drawn([JUMPS]).data if trace.type == "scatter"]
    marks = [trace for trace in lines if trace.marker.symbol == "square"]
    assert [(float(mark.x[0]), float(mark.y[0])) for mark in marks] == [(0.5, 0.25)] * 2


def test_each_layer_says_its_number():
    said = drawn(NAMES).layout.title.text
    assert "slope exactly 0: 45%" in said
    assert "jumps: 1 crossings" in said
    assert "not convex: 45%" in said


def test_a_loss_without_a_gradient_says_so():
    assert "no gradient at all" in drawn([DEAD], slope=np.full_like(VALUE, np.nan)).layout.title.text


def test_nothing_chosen_is_nothing_drawn():
    assert not [trace for trace in drawn([]).data if trace.type == "heatmap"]
