"""The robust errors: their limits, their kinks and the gaps of their formulas."""

import keras
import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import evaluate, value_and_slope

ERRORS = np.array([-1e4, -30.0, -2.0, -0.7, -1e-3, 0.0, 1e-6, 0.3, 1.0, 5.0, 1e3])


def over_errors(key, errors=ERRORS, kind=np.float64, **values):
    """Return the loss of one step over its error (forecast less truth), and its slope."""
    y_pred = np.asarray(errors, kind)[:, None]
    loss, slope = value_and_slope(CATALOGUE[key], np.zeros_like(y_pred), y_pred, **values)
    return loss, slope[:, 0]


@pytest.mark.parametrize("delta", [0.5, 1.0, 30.0])
def test_huber_is_keras_own(delta):
    loss, slope = over_errors("huber", delta=delta)
    np.testing.assert_allclose(loss, keras.losses.huber(np.zeros((11, 1)), ERRORS[:, None], delta=delta), rtol=1e-12)
    np.testing.assert_allclose(slope, np.clip(ERRORS, -delta, delta), rtol=1e-12)


def test_log_cosh_is_exact_from_the_smallest_to_the_largest_error():
    loss, slope = over_errors("log-cosh")
    np.testing.assert_allclose(slope, np.tanh(ERRORS), rtol=1e-9)
    small = np.abs(ERRORS) < 300
    np.testing.assert_allclose(loss[small], np.log(np.cosh(ERRORS[small])), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(loss[~small], np.abs(ERRORS[~small]) - np.log(2), rtol=1e-12)
    assert loss[5] == 0.0
    np.testing.assert_allclose(loss, keras.losses.log_cosh(np.zeros((11, 1)), ERRORS[:, None]), atol=1e-7)


def test_the_pinball_loss_is_lowest_at_its_quantile():
    truths, forecasts = np.random.default_rng(0).normal(size=801), np.linspace(-3, 3, 601)
    y_true, y_pred = np.broadcast_arrays(truths[None, :], forecasts[:, None])
    for q in (0.1, 0.5, 0.9):
        loss, _ = value_and_slope(CATALOGUE["pinball"], y_true, y_pred, q=q)
        assert forecasts[np.argmin(loss)] == pytest.approx(np.quantile(truths, q), abs=0.02)


def test_the_median_pinball_is_half_the_absolute_error():
    np.testing.assert_allclose(over_errors("pinball", q=0.5)[0], np.abs(ERRORS) / 2, rtol=1e-12)


@pytest.mark.parametrize(
    ("alpha", "known", "rtol"),
    [
        (2.0, lambda z: z / 2, 1e-12),
        (1.0, lambda z: np.sqrt(z + 1) - 1, 1e-9),
        (0.0, lambda z: np.log1p(z / 2), 1e-12),
        (-2.0, lambda z: 2 * z / (z + 4), 1e-9),
        (-1e6, lambda z: 1 - np.exp(-z / 2), 1e-4),
        (2 - 1e-12, lambda z: z / 2, 1e-9),
        (2 + 1e-12, lambda z: z / 2, 1e-9),
        (1e-12, lambda z: np.log1p(z / 2), 1e-9),
        (-1e-12, lambda z: np.log1p(z / 2), 1e-9),
    ],
)
@pytest.mark.parametrize("c", [0.05, 1.0, 5.0])
def test_the_general_loss_holds_its_known_special_cases(alpha, known, rtol, c):
    errors = np.array([-2.8, -0.7, -1e-3, 0.0, 1e-6, 0.3, 1.0])
    loss, slope = over_errors("robust", errors, alpha=alpha, c=c)
    np.testing.assert_allclose(loss, known(np.square(errors / c)), rtol=rtol, atol=1e-15)
    assert np.isfinite(slope).all()
    assert slope[3] == 0.0


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize(
    "alpha", [2.0, 0.0, -1e6, 1.0, 4.0, -2.0, np.nextafter(2, 0), np.nextafter(0, 1), 1e-30, -1e-3]
)
def test_the_general_loss_is_finite_and_rises_with_the_error(kind, alpha):
    errors = np.array([-30.0, -2.0, -0.7, 0.0, 0.7, 2.0, 30.0])
    loss, slope = over_errors("robust", errors, kind, alpha=alpha, c=0.5)
    assert np.isfinite(loss).all()
    assert np.isfinite(slope).all()
    np.testing.assert_allclose(loss, loss[::-1], rtol=1e-12 if kind is np.float64 else 1e-5)
    assert (np.diff(loss[3:]) >= 0).all()
    assert (slope[4:] >= 0).all()
    assert loss[4] > 0.5


@pytest.mark.parametrize("alpha", [2.0, 0.0, 1.0, -10.0])
def test_the_general_slope_is_the_published_derivative(alpha):
    errors, c = np.array([-2.0, -0.3, 0.1, 1.7]), 0.5
    _, slope = over_errors("robust", errors, alpha=alpha, c=c)
    square, wide = np.square(errors / c), abs(alpha - 2)
    expected = errors / c**2 * ((square / wide + 1) ** (alpha / 2 - 1) if wide else 1.0)
    np.testing.assert_allclose(slope, expected, rtol=1e-9)


def test_special_cases_need_no_trace_of_their_own():
    spec = CATALOGUE["robust"]
    for preset in spec.presets:
        result = evaluate(spec, preset.values, points=9)
        for part in (result.value, result.slope_x, result.slope_y):
            assert np.isfinite(part).all()
