"""An optimiser's way over a plane."""

import numpy as np
import pytest

from explorer.descent import LEARNING_RATE, MOST_STEPS, OPTIMIZERS, STEPS, descend, traces
from explorer.losses import CATALOGUE
from explorer.losses.crossentropy import HEIGHT
from explorer.parameters import ParameterError
from explorer.surface import evaluate, value_and_slope
from tests.doctor import toy

TREND = CATALOGUE["trend-mismatch"]
START = (-0.5, 1.5)


def plain_loop(spec, optimizer, learning_rate, steps, **arguments):
    """Return the way of the same Keras optimizer, one eager step at a time."""
    import keras

    kind, options = OPTIMIZERS[optimizer]
    mover = getattr(keras.optimizers, kind)(learning_rate, **options)
    point = keras.Variable(START, dtype="float64")
    mover.build([point])
    way = []
    for _ in range(steps + 1):
        here = point.numpy()
        loss, slope = value_and_slope(spec, [[1.0, 0.6]], here[None], **arguments)
        way.append([*here, loss[0]])
        mover.apply([slope[0]], [point])
    return np.array(way)


@pytest.mark.parametrize(
    ("optimizer", "learning_rate"),
    [("sgd", 0.15), ("momentum", 0.02), ("nesterov", 0.03), ("rmsprop", 0.05), ("adam", 0.1)],
)
def test_the_way_is_that_of_the_keras_optimizer(optimizer, learning_rate):
    way = descend(TREND, {"lambda_trend": 0.7}, start=START, optimizer=optimizer, learning_rate=learning_rate, steps=30)
    expected = plain_loop(TREND, optimizer, learning_rate, 30, y_last=[[0.0]], lambda_trend=0.7)
    np.testing.assert_allclose(np.stack([way.x, way.y, way.loss], axis=1), expected, rtol=0, atol=1e-6)
    assert (way.x[0], way.y[0]) == START
    assert (way.sentence, way.ended) == ("", False)
    assert way.loss[-1] < 0.2 * way.loss[0]


def test_every_optimizer_starts_afresh():
    first = descend(TREND, start=START, optimizer="adam")
    descend(TREND, start=(1.0, -0.5), optimizer="adam", learning_rate=0.3, steps=7)
    again = descend(TREND, start=START, optimizer="adam")
    np.testing.assert_array_equal(first.x, again.x)
    np.testing.assert_array_equal(first.loss, again.loss)


def test_no_slider_traces_anew():
    for learning_rate, steps, strength, y1, start in [(0.1, 60, 0.5, 1.0, START), (0.2, MOST_STEPS, 1.5, 0.3, (0, 0))]:
        descend(
            TREND,
            {"lambda_trend": strength},
            {"y1": y1},
            start=start,
            optimizer="sgd",
            learning_rate=learning_rate,
            steps=steps,
        )
    assert traces(TREND, None, "sgd") == 1


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_first_loss_is_that_of_the_surface(key):
    surface = evaluate(CATALOGUE[key], points=9)
    way = descend(CATALOGUE[key], start=(surface.x[3], surface.y[2]), optimizer="sgd", learning_rate=1e-3, steps=1)
    assert way.loss[0] == pytest.approx(surface.value[2, 3], rel=1e-9)
    if np.isnan(surface.slope_x[2, 3]):
        assert way.sentence == "There is no gradient here, so no optimiser can move."
    else:
        slope = surface.slope_x[2, 3], surface.slope_y[2, 3]
        assert (way.x[0] - way.x[1], way.y[0] - way.y[1]) == pytest.approx(
            np.multiply(1e-3, slope), rel=1e-5, abs=1e-12
        )


def test_the_way_ends_with_the_first_step_off_the_plane():
    way = descend(CATALOGUE["mse"], start=(1.7, 0.6), optimizer="sgd", learning_rate=2.5, steps=20)
    assert way.ended
    assert way.sentence == "The path left the plane at step 2."
    assert len(way.x) == len(way.y) == len(way.loss) == 3
    assert way.x.tolist() == pytest.approx([1.7, -0.05, 2.575], abs=1e-6)
    beside = descend(CATALOGUE["cce"], start=(0.5, 0.1), optimizer="sgd", learning_rate=1.0, steps=20)
    assert beside.sentence == "The path left the plane at step 1."
    assert beside.y[-1] > HEIGHT


def test_the_way_ends_before_a_loss_that_is_no_number():
    way = descend(toy.BATCH_RMSE, start=(1.0, 0.6), steps=20)
    assert (way.sentence, way.ended) == ("The loss became NaN at step 1.", True)
    assert (way.x.tolist(), way.y.tolist(), way.loss.tolist()) == ([1.0], [0.6], [0.0])
    nowhere = descend(toy.NOWHERE, start=START)
    assert (len(nowhere.x), nowhere.sentence) == (1, "The loss became NaN at step 0.")
    pole = descend(toy.POLE, start=(0.5, 0.5))
    assert (len(pole.x), pole.sentence) == (1, "The loss became infinite at step 0.")


def test_without_a_gradient_nothing_moves():
    way = descend(CATALOGUE["dice-published"], start=(0.2, 0.7), steps=10)
    assert way.sentence == "There is no gradient here, so no optimiser can move."
    assert way.ended
    assert (way.x.tolist(), way.y.tolist()) == ([0.2], [0.7])
    assert np.isfinite(way.loss).all()
    still = descend(toy.HINGE, start=(0.0, 0.0), steps=10)
    assert still.sentence == "The slope is exactly 0 at the start, so no optimiser moves."
    assert len(still.x) == 11
    assert descend(toy.HINGE, start=(0.9, 0.0), steps=3).sentence == ""


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (
            (5.0, 0.0),
            r"^start must lie on the plane, x from -0\.8 to 1\.8 and y from -0\.8 to 1\.8, but is \(5, 0\)\.$",
        ),
        ((np.nan, 0.0), r"^start must lie on the plane, .* but is \(nan, 0\)\.$"),
        ((1.0,), r"^start must be two numbers, x and y, but is '\(1\.0,\)'\.$"),
        (None, r"^start must be two numbers, x and y, but is 'None'\.$"),
    ],
)
def test_a_start_off_the_plane_is_refused(start, sentence):
    with pytest.raises(ValueError, match=sentence):
        descend(TREND, start=start)


def test_what_is_unknown_or_out_of_limits_is_refused():
    with pytest.raises(ValueError, match=r"\(0\.1, 0\.8\) is one of the corners that it leaves out\.$"):
        descend(CATALOGUE["cce"], start=(0.1, 0.8))
    with pytest.raises(ParameterError, match="Optimizer must be one of adam, sgd"):
        descend(TREND, start=START, optimizer="newton")
    with pytest.raises(ParameterError, match="Learning rate must lie between"):
        descend(TREND, start=START, learning_rate=0.0)
    with pytest.raises(ParameterError, match="Steps must lie between 1 and 400"):
        descend(TREND, start=START, steps=401)
    assert (LEARNING_RATE.default, STEPS.default) == (0.1, 60)
