"""A loss for every position of a slider: the same as asking for each by itself."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.parameters import Number
from explorer.surface import evaluate
from explorer.sweep import plain_values, positions, sweep


@pytest.mark.parametrize(
    ("key", "vary"),
    [
        ("trend-published", "lambda_trend"),
        ("trend-smooth", "temperature"),
        ("trend-mismatch", "y1"),
        ("expected-cost", "beta"),
        ("huber", "delta"),
        ("dice-sharp", "threshold"),
    ],
)
def test_each_position_equals_its_own_surface(key, vary):
    spec = CATALOGUE[key]
    told = sweep(spec, {}, {}, None, vary, points=21)
    in_scene = any(part.name == vary for part in spec.planes[0].scene)
    for place in (0, told.position.size // 2, -1):
        moved = {vary: float(told.position[place])}
        alone = evaluate(spec, {} if in_scene else moved, moved if in_scene else {}, points=21)
        np.testing.assert_allclose(told.value[place], alone.value, rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(told.slope_x[place], alone.slope_x, rtol=1e-5, atol=1e-4)
        assert told.target[place] == alone.target


def test_the_positions_are_those_of_the_slider():
    log = Number(name="a", label="a", default=1e-3, low=0, high=10, slider=(1e-3, 1), log=True)
    assert positions(log) == log.stops
    assert positions(Number(name="b", label="b", default=0, low=-1, high=1, step=0.5)) == (-1.0, -0.5, 0.0, 0.5, 1.0)
    assert positions(Number(name="c", label="c", default=1, low=1, high=4, step=1, whole=True)) == (1, 2, 3, 4)


def test_a_slider_with_too_many_positions_is_refused():
    with pytest.raises(ValueError, match="has 2001 positions"):
        positions(Number(name="a", label="a", default=0, low=-1, high=1, step=0.001))


@pytest.mark.parametrize("vary", ["weights", "nothing", "__class__"])
def test_only_numbers_can_be_varied(vary):
    with pytest.raises(ValueError, match="has no number"):
        sweep(CATALOGUE["expected-cost"], {}, {}, None, vary)


def test_lists_from_json_are_tables():
    assert plain_values({"weights": [[1, 2], [3, 4]], "beta": 2}) == {"weights": ((1, 2), (3, 4)), "beta": 2}
