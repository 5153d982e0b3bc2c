import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.losses.triple import triangle_among
from explorer.surface import evaluate

WEIGHTED = ["weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost"]
HEIGHT = np.sqrt(3) / 2


def table(classes):
    return tuple(map(tuple, np.random.default_rng(classes).uniform(0.5, 8, size=(classes, classes)).round(1).tolist()))


@pytest.mark.parametrize("key", WEIGHTED)
@pytest.mark.parametrize("classes", [4, 7, 10])
def test_three_of_more_classes_agree_with_the_reference(key, classes):
    spec, weights = CATALOGUE[key], table(classes)
    shown, true = (classes - 1, 0, 2), classes - 1
    scene = {"true_class": str(true), "rest": 0.6}
    scene |= {name: str(c) for name, c in zip(("first", "second", "third"), shown, strict=True)}
    result = evaluate(spec, {"weights": weights}, scene, triangle_among(classes), 21)
    x, y = np.meshgrid(result.x, result.y)
    top, right = y / HEIGHT, x - y / HEIGHT / 2
    p = np.full((x.size, classes), 0.6 / classes)
    mass = 1 - (classes - 3) * 0.6 / classes
    for column, share in zip(shown, (top, 1 - top - right, right), strict=True):
        p[:, column] = mass * share.ravel()
    inside = np.isfinite(result.value).ravel()
    highest = np.sort(p, axis=1)
    clear = inside & (highest[:, -1] - highest[:, -2] > 1e-9)  # ties are told apart by rounding only
    beta = {"beta": 1.0} if key == "expected-cost" else {}
    want = spec.reference(np.eye(classes)[np.full(x.size, true)], np.maximum(p, 0), weights=weights, **beta)
    assert clear.sum() > 150
    np.testing.assert_allclose(result.value.ravel()[clear], want[clear], rtol=1e-7)
    assert result.target == (0.5, HEIGHT)


def test_slopes_are_those_of_central_differences():
    spec, plane = CATALOGUE["weighted-ce-soft"], triangle_among(5)
    values = {"weights": table(5)}
    scene = {"true_class": "1", "first": "1", "second": "2", "third": "4", "rest": 0.5}
    result = evaluate(spec, values, scene, plane, 401)
    step = result.x[1] - result.x[0]
    middle = np.gradient(result.value, step, axis=1)
    near = np.hypot(result.x[None] - 0.5, result.y[:, None] - HEIGHT / 3) < 0.15
    np.testing.assert_allclose(result.slope_x[near], middle[near], rtol=1e-3, atol=1e-4)


def test_a_class_outside_the_triangle_has_no_corner():
    scene = {"true_class": "3", "rest": 0.3}
    assert evaluate(CATALOGUE["cce"], {}, scene, triangle_among(4), 11).target is None


def test_the_others_never_win():
    spec = CATALOGUE["weighted-ce-argmax"]
    weights = np.ones((10, 10))
    weights[:, 3:] = 9
    scene = {"true_class": "0", "rest": 0.9}
    plain = evaluate(CATALOGUE["cce"], {}, scene, triangle_among(10), 61).value
    heavy = evaluate(spec, {"weights": weights.tolist()}, scene, triangle_among(10), 61).value
    np.testing.assert_allclose(heavy, plain)


def test_three_classes_are_the_triangle_itself_and_others_are_refused():
    assert triangle_among(3) is CATALOGUE["cce"].plane("triangle")
    for classes in (2, 11):
        with pytest.raises(ValueError, match=rf"needs 3 to 10 classes, but there are {classes}"):
            triangle_among(classes)
