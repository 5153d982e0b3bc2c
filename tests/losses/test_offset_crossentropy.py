"""A constant lifts the loss and changes nothing else."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import evaluate, value_and_slope

OFFSET = CATALOGUE["offset-crossentropy"]


@pytest.mark.parametrize("plane", ["triangle", "logits"])
@pytest.mark.parametrize("offset", [0.0, 5.0, 10.0, -1000.0])
def test_the_surface_shifts_and_no_slope_moves(plane, offset):
    plain = evaluate(CATALOGUE["cce"], plane=plane, points=9)
    result = evaluate(OFFSET, {"offset": offset}, plane=plane, points=9)
    np.testing.assert_array_equal(result.value, plain.value + offset)
    np.testing.assert_array_equal(result.slope_x, plain.slope_x)
    np.testing.assert_array_equal(result.slope_y, plain.slope_y)
    np.testing.assert_array_equal(result.rest, plain.value)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("from_logits", [False, True])
def test_samples_shift_and_no_slope_moves(kind, from_logits):
    rng = np.random.default_rng(0)
    scores = rng.uniform(0.1, 1.0, (50, 10)).astype(kind)
    y_true = np.eye(10)[rng.integers(0, 10, 50)]
    plain, slope = value_and_slope(CATALOGUE["cce"], y_true, scores, from_logits=from_logits)
    for offset in (10.0, 5.0, 0.0):
        values, slopes = value_and_slope(OFFSET, y_true, scores, offset=offset, from_logits=from_logits)
        np.testing.assert_array_equal(slopes, slope)
        np.testing.assert_array_equal(values, plain + kind(offset))


def test_the_presets_are_the_published_constants():
    assert [preset.values["offset"] for preset in OFFSET.presets] == [10.0, 5.0, 0.0]
