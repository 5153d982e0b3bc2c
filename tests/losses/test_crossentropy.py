"""The kin of the categorical cross entropy: what joins them, and what Keras says."""

import keras
import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.parameters import Table
from explorer.surface import evaluate, value_and_slope

CLASSES = [key for key, spec in CATALOGUE.items() if spec.shapes == "classes"]


def some_classes(k=3, samples=40):
    rng = np.random.default_rng(0)
    logits = rng.normal(0.0, 2.0, (samples, k))
    parts = np.exp(logits)
    return np.eye(k)[rng.integers(0, k, samples)], logits, parts / parts.sum(axis=1, keepdims=True)


def loss_of(key, y_true, y_pred, **keywords):
    return value_and_slope(CATALOGUE[key], y_true, y_pred, **keywords)[0]


@pytest.mark.parametrize("key", CLASSES)
@pytest.mark.parametrize("k", [2, 3, 20])
def test_logits_and_probabilities_agree_for_any_number_of_classes(key, k):
    y_true, logits, scores = some_classes(k)
    tables = {p.name: np.ones((k, k)) for p in CATALOGUE[key].parameters if isinstance(p, Table)}
    from_scores = loss_of(key, y_true, scores, **tables)
    np.testing.assert_allclose(loss_of(key, y_true, logits, from_logits=True, **tables), from_scores, rtol=1e-8)
    np.testing.assert_allclose(loss_of(key, y_true, 5 * scores, **tables), from_scores, rtol=1e-12)


@pytest.mark.parametrize("key", CLASSES)
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_vanishing_probabilities_and_extreme_logits_are_finite(key, kind):
    y_true = np.eye(3)[[0, 0, 0, 1]]
    scores = np.array([[1e-12, 1, 1e-12], [1, 1e-12, 1e-12], [0, 0, 1], [1e-12, 1e-12, 1e-12]], kind)
    logits = np.array([[-800, 800, 0], [800, -800, 0], [0, 0, 0], [1e4, 1e4, -1e4]], kind)
    for y_pred, from_logits in ((scores, False), (logits, True)):
        values, slope = value_and_slope(CATALOGUE[key], y_true, y_pred, from_logits=from_logits)
        assert np.isfinite(values).all()
        assert np.isfinite(slope).all()


@pytest.mark.parametrize("gamma", [0.0, 0.01, 0.5, 1.0, 20.0])
def test_the_focal_slope_is_finite_where_the_answer_is_quite_sure(gamma):
    for y_pred, from_logits in (([[900.0, 0.0]], True), ([[1.0, 0.0]], False)):
        values, slope = value_and_slope(CATALOGUE["focal"], [[1, 0]], y_pred, gamma=gamma, from_logits=from_logits)
        assert values == pytest.approx([0.0], abs=1e-6)
        assert np.isfinite(slope).all()


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("from_logits", [False, True])
def test_label_smoothing_is_keras_own(smoothing, from_logits):
    y_true, logits, scores = some_classes()
    y_pred = logits if from_logits else scores
    expected = keras.losses.categorical_crossentropy(y_true, y_pred, from_logits=from_logits, label_smoothing=smoothing)
    values = loss_of("label-smoothing", y_true, y_pred, smoothing=smoothing, from_logits=from_logits)
    np.testing.assert_allclose(values, expected, rtol=1e-12)


@pytest.mark.parametrize(("gamma", "alpha"), [(2.0, 0.25), (0.0, 1.0), (0.5, 0.7)])
def test_focal_is_keras_own_where_nothing_is_clipped(gamma, alpha):
    y_true, _, scores = some_classes()
    expected = keras.losses.categorical_focal_crossentropy(y_true, scores, alpha=alpha, gamma=gamma)
    np.testing.assert_allclose(loss_of("focal", y_true, scores, gamma=gamma, alpha=alpha), expected, rtol=1e-9)
    assert loss_of("focal", y_true, scores, gamma=0.0, alpha=1.0) == pytest.approx(loss_of("cce", y_true, scores))


def test_generalised_runs_from_cross_entropy_to_what_the_true_class_lacks():
    y_true, _, scores = some_classes()
    own = (y_true * scores).sum(axis=1)
    for q in (0.3, 0.7, 1.0):
        np.testing.assert_allclose(loss_of("generalised-ce", y_true, scores, q=q), (1 - own**q) / q, rtol=1e-9)
    near = loss_of("generalised-ce", y_true, scores, q=0.001)
    np.testing.assert_allclose(near, loss_of("cce", y_true, scores), rtol=0.005)
    expected = keras.losses.CategoricalGeneralizedCrossEntropy(q=0.7, reduction=None)(y_true.argmax(axis=1), scores)
    np.testing.assert_allclose(loss_of("generalised-ce", y_true, scores, q=0.7), expected, rtol=1e-5)


def test_a_smoothed_label_puts_the_lowest_loss_short_of_the_corner():
    result = evaluate(CATALOGUE["label-smoothing"], {"smoothing": 0.3}, points=81)
    row, column = np.unravel_index(np.nanargmin(result.value), result.value.shape)
    assert result.x[column] == pytest.approx(0.5)
    assert result.y[row] / result.y[-1] == pytest.approx(0.8, abs=0.02)
