"""The golden facts of the trend match forms."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import evaluate, value_and_slope

FORECASTS = np.linspace(-2.0, 3.0, 5001)


def over_forecasts(key, forecasts=FORECASTS, y=1.0, y_last=0.0, **values):
    """Return the loss of one step over its forecast, and its slope."""
    y_pred = np.asarray(forecasts, float)[:, None]
    y_true, last = np.full_like(y_pred, y), np.full_like(y_pred, y_last)
    return value_and_slope(CATALOGUE[key], y_true, y_pred, y_last=last, **values)


@pytest.mark.parametrize(
    ("key", "weight", "minimiser"),
    [
        ("trend-published", 1.0, 0.5),
        ("trend-published", 3.0, 0.0),
        ("trend-published", 1e-3, 0.9995),
        ("trend-mismatch", 1.0, 1.0),
        ("trend-mismatch", 3.0, 1.0),
        ("trend-described", 1.0, 1.0),
        ("trend-described", 3.0, 1.0),
    ],
)
def test_the_published_minimiser_is_not_the_target(key, weight, minimiser):
    values, _ = over_forecasts(key, lambda_trend=weight)
    assert FORECASTS[np.argmin(values)] == pytest.approx(minimiser, abs=1.1e-3)


def test_the_published_form_punishes_being_right():
    right, _ = over_forecasts("trend-published", [1.0], lambda_trend=1.0)
    assert right == pytest.approx(1.0)
    mended, _ = over_forecasts("trend-mismatch", [1.0], lambda_trend=1.0)
    assert mended == 0.0


def test_published_and_mended_penalty_add_up_to_the_whole_step():
    published, _ = over_forecasts("trend-published", lambda_trend=1.0)
    mended, _ = over_forecasts("trend-mismatch", lambda_trend=1.0)
    np.testing.assert_allclose(published + mended, 2 * (1 - FORECASTS) ** 2 + np.abs(FORECASTS), rtol=1e-12)


@pytest.mark.parametrize(("y", "y_last", "weight"), [(1.0, 0.0, 1.0), (-0.5, 0.2, 3.0), (2.0, 1.5, 0.1)])
def test_the_described_form_jumps_by_lambda_times_the_true_step(y, y_last, weight):
    beside = y_last + np.sign(y - y_last) * np.array([1e-9, -1e-9])
    (right, wrong), _ = over_forecasts("trend-described", beside, y, y_last, lambda_trend=weight)
    assert wrong - right == pytest.approx(weight * abs(y - y_last), rel=1e-6)


@pytest.mark.parametrize("key", ["trend-published", "trend-mismatch", "trend-smooth"])
def test_the_other_forms_do_not_jump(key):
    (one, other), _ = over_forecasts(key, [1e-9, -1e-9], lambda_trend=3.0)
    assert one == pytest.approx(other, abs=1e-7)


def test_a_flat_step_agrees_with_an_exactly_flat_forecast_only():
    forecasts = [0.0, 1e-6, 0.4, -0.4]
    published, _ = over_forecasts("trend-published", forecasts, 0.0, 0.0, lambda_trend=1.0)
    np.testing.assert_allclose(published, np.square(forecasts))
    for key in ("trend-mismatch", "trend-described"):
        values, _ = over_forecasts(key, forecasts, 0.0, 0.0, lambda_trend=1.0)
        np.testing.assert_allclose(values, np.square(forecasts) + np.abs(forecasts))


def test_a_flat_forecast_of_a_step_is_a_mismatch():
    values, _ = over_forecasts("trend-described", [0.0], 1.0, 0.0, lambda_trend=2.0)
    assert values == pytest.approx(1.0 + 2.0)


def test_the_smooth_form_acts_before_the_sign_is_wrong():
    _, slope = over_forecasts("trend-smooth", [0.05], lambda_trend=1.0, temperature=0.1)
    assert slope[0, 0] == pytest.approx(-2 * 0.95 - 1 / (1 + np.exp(0.5)))
    _, kinked = over_forecasts("trend-mismatch", [0.05], lambda_trend=1.0)
    assert kinked[0, 0] == pytest.approx(-2 * 0.95)


def test_a_cold_smooth_form_is_the_mended_one():
    smooth, _ = over_forecasts("trend-smooth", lambda_trend=1.0, temperature=0.001)
    mended, _ = over_forecasts("trend-mismatch", lambda_trend=1.0)
    np.testing.assert_allclose(smooth, mended, atol=1e-3)


def test_the_loss_is_the_mean_over_the_horizon():
    rng = np.random.default_rng(0)
    y_true, y_pred, last = rng.normal(size=(4, 7)), rng.normal(size=(4, 7)), rng.normal(size=(4, 1))
    for key in ("trend-published", "trend-mismatch", "trend-described", "trend-smooth"):
        spec = CATALOGUE[key]
        whole, _ = value_and_slope(spec, y_true, y_pred, y_last=last, lambda_trend=2.0)
        steps = [
            value_and_slope(spec, y_true[:, s : s + 1], y_pred[:, s : s + 1], y_last=last, lambda_trend=2.0)[0]
            for s in range(7)
        ]
        np.testing.assert_allclose(whole, np.mean(steps, axis=0), rtol=1e-12)
        assert np.ptp(whole) > 0.1


@pytest.mark.parametrize("key", ["trend-published", "trend-mismatch", "trend-described", "trend-smooth"])
def test_the_presets_show_what_they_say(key):
    spec = CATALOGUE[key]
    presets = {preset.title: preset for preset in spec.presets}
    assert list(presets) == ["As published", "λ = 1", "Strong", "Flat"]
    strong = evaluate(spec, presets["Strong"].values, presets["Strong"].scene, points=131)
    row, column = np.unravel_index(np.argmin(strong.value), strong.value.shape)
    expected = (0.0, 0.0) if key == "trend-published" else strong.target
    assert (strong.x[column], strong.y[row]) == pytest.approx(expected, abs=0.03)
    flat = evaluate(spec, presets["Flat"].values, presets["Flat"].scene, points=131)
    penalty = flat.value - flat.rest
    assert (np.ptp(penalty) < 1e-12) == (key in ("trend-published", "trend-smooth"))
