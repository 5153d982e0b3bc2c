import numpy as np
import pytest

from explorer.line import along
from explorer.losses import CATALOGUE

W = ((1.0, 1.0, 8.0), (1.2, 1.0, 1.0), (1.0, 2.0, 1.0))
KEYS = ("cce", "weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost")
LOSSES = [(CATALOGUE[key], {} if key == "cce" else {"weights": W}) for key in KEYS]


def test_values_are_those_of_the_references():
    line = along(LOSSES, 3, (0, 2), 0, 50)
    p = np.stack([1 - line.t, 0 * line.t, line.t], axis=1)
    for (spec, values), value in zip(LOSSES, line.value, strict=True):
        more = {"beta": 1.0} if spec.key == "expected-cost" else {}
        np.testing.assert_allclose(value, spec.reference(np.eye(3)[[0] * 50], p, **values, **more), rtol=1e-6)


def test_the_border_has_two_sides_and_a_tie_of_its_own():
    line = along(LOSSES, 3, (0, 2), 0)
    plain = np.log(2)
    np.testing.assert_allclose(line.below, plain * np.array([1, 1, 1, 4.5, 1]) + [0, 0, 0, 0, 4], rtol=1e-6)
    np.testing.assert_allclose(line.above, plain * np.array([1, 8, 8, 4.5, 1]) + [0, 0, 0, 0, 4], rtol=1e-6)
    np.testing.assert_allclose(line.tie, plain * np.array([1, 9, 1, 4.5, 1]) + [0, 0, 0, 0, 4], rtol=1e-6)
    assert not (line.t == 0.5).any()


def test_two_classes_are_a_line_too():
    line = along([(CATALOGUE["weighted-ce-argmax"], {"weights": ((1, 5), (1, 1))})], 2, (0, 1), 0)
    assert line.above[0] / line.below[0] == pytest.approx(5)


@pytest.mark.parametrize(
    ("ends", "true", "points"), [((0, 0), 0, 10), ((0, 3), 0, 10), ((0, 1), -1, 10), ((0, 1), 0, 11)]
)
def test_what_makes_no_line_is_refused(ends, true, points):
    with pytest.raises(ValueError, match=r"^(A line needs two different ends|points must be an even number)"):
        along(LOSSES, 3, ends, true, points)
