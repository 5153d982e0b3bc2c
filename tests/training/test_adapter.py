import keras
import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.tasks import blobs, forecast
from explorer.training.adapter import CatalogueLoss, ContextModel

SAVING = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras itself, when it saves
TABLE = ((1.0, 2.0, 8.0), (1.0, 1.0, 1.0), (3.0, 1.0, 1.0))


def trend_model(network):
    model = ContextModel(network)
    loss = CatalogueLoss("trend-described", {"lambda_trend": 0.5})
    model.compile(optimizer=keras.optimizers.SGD(0.1, name="sgd"), loss=loss)
    return model


def dear_model(network):
    model = ContextModel(network)
    loss = CatalogueLoss("weighted-ce-published", {"weights": TABLE}, from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.1, name="sgd"), loss=loss, metrics=["accuracy"])
    return model


@pytest.fixture(scope="module")
def swing():
    return forecast(np.sin(np.arange(90) / 3), window=5, hidden=4, season=0)


def sample_losses(task, network):
    spec = CATALOGUE["trend-described"]
    part = task.validation
    return spec.reference(part.y_true, network(part.x).numpy(), **part.context, lambda_trend=0.5)


def test_a_loss_survives_its_config():
    loss = CatalogueLoss("weighted-ce-soft", {"weights": TABLE}, from_logits=True)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(loss))
    assert again.values == {"weights": TABLE}
    assert again.get_config() == loss.get_config()
    part = blobs().validation
    y_pred = np.float32(np.random.default_rng(0).normal(size=part.y_true.shape))
    assert float(again(part.y_true, y_pred)) == float(loss(part.y_true, y_pred))
    reference = CATALOGUE["weighted-ce-soft"].reference(part.y_true, y_pred, weights=np.array(TABLE), from_logits=True)
    assert float(loss(part.y_true, y_pred)) == pytest.approx(reference.mean(), rel=1e-5)


@SAVING
def test_a_saved_model_brings_its_loss_back_right(tmp_path):
    task = blobs()
    model = task.build(0)
    loss = CatalogueLoss("weighted-ce-argmax", {"weights": TABLE}, from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.01, name="adam"), loss=loss)
    model.fit(task.train.x, task.train.y_true, epochs=1, verbose=0)
    before = model.evaluate(task.test.x, task.test.y_true, verbose=0)
    model.save(tmp_path / "blobs.keras")
    again = keras.saving.load_model(tmp_path / "blobs.keras")
    assert again.loss.values == {"weights": TABLE}
    assert again.evaluate(task.test.x, task.test.y_true, verbose=0) == pytest.approx(before, rel=1e-5)


@SAVING
def test_a_saved_context_model_brings_all_back(tmp_path, swing):
    model = trend_model(swing.build(2))
    inputs = {"x": swing.test.x, **swing.test.context}
    model.fit({"x": swing.train.x, **swing.train.context}, swing.train.y_true, epochs=1, verbose=0)
    before = model.evaluate(inputs, swing.test.y_true, verbose=0)
    model.save(tmp_path / "swing.keras")
    again = keras.saving.load_model(tmp_path / "swing.keras")
    assert again.evaluate(inputs, swing.test.y_true, verbose=0) == pytest.approx(before, rel=1e-5)
    np.testing.assert_allclose(again.predict({"x": swing.test.x}, verbose=0), model.network(swing.test.x), rtol=1e-5)


@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_sample_weights_count(swing, shape):
    network, part = swing.build(0), swing.validation
    weight = np.linspace(0, 3, len(part))
    got = trend_model(network).evaluate(
        {"x": part.x, **part.context}, part.y_true, sample_weight=weight.reshape(shape), batch_size=len(part), verbose=0
    )
    assert got == pytest.approx((sample_losses(swing, network) * weight).mean(), rel=1e-5)


def test_penalties_of_the_network_count(swing):
    network = keras.Sequential(
        [keras.Input((5,)), keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(0.3), name="only")]
    )
    part = swing.validation
    got = trend_model(network).evaluate({"x": part.x, **part.context}, part.y_true, batch_size=99, verbose=0)
    penalty = 0.3 * np.square(network.get_weights()[0]).sum()
    assert penalty > 0.01
    assert got == pytest.approx(sample_losses(swing, network).mean() + penalty, rel=1e-5)


def test_predict_needs_neither_label_nor_context(swing):
    network = swing.build(0)
    model = trend_model(network)
    expected = network(swing.test.x).numpy()
    for inputs in ({"x": swing.test.x}, swing.test.x):
        np.testing.assert_allclose(model.predict(inputs, verbose=0), expected, rtol=1e-5)


def test_unknown_losses_and_values_are_refused():
    with pytest.raises(ValueError, match="The catalogue has no loss 'mean'"):
        CatalogueLoss("mean")
    with pytest.raises(ValueError, match="must lie between"):
        CatalogueLoss("trend-described", {"lambda_trend": -1})


def test_what_would_not_reach_the_loss_is_refused(swing):
    part, model = swing.validation, trend_model(swing.build(0))
    with pytest.raises(ValueError, match="needs y_last for each sample: put it into the dict beside 'x'"):
        model.evaluate({"x": part.x}, part.y_true, verbose=0)
    with pytest.raises(ValueError, match="takes no 'y_lats' for each sample: leave it out"):
        model.evaluate({"x": part.x, **part.context, "y_lats": part.x}, part.y_true, verbose=0)
    with pytest.raises(ValueError, match="takes no 'lambda_trend' for each sample"):
        model.evaluate({"x": part.x, **part.context, "lambda_trend": part.x[:, :1]}, part.y_true, verbose=0)


@pytest.mark.parametrize("shape", [(3, 2), (9,), (1, 1), (4, 4)])
def test_tables_of_another_shape_are_refused(shape):
    part = blobs().validation
    model = dear_model(blobs().build(0))
    with pytest.raises(ValueError, match=r"weights must have the shape \(sample, 3, 3\), but has"):
        model.evaluate({"x": part.x, "weights": np.ones((len(part), *shape))}, part.y_true, verbose=0)


def test_a_table_per_sample_takes_the_place_of_the_table_of_the_loss():
    part, network = blobs().validation, blobs().build(0)
    weights = np.random.default_rng(0).integers(1, 9, size=(len(part), 3, 3))
    weight, model = np.linspace(0, 3, len(part)), dear_model(network)
    spec, y_pred = CATALOGUE["weighted-ce-published"], network(part.x).numpy()
    for own, table in (({}, np.array(TABLE)), ({"weights": weights}, weights)):
        losses = spec.reference(part.y_true, y_pred, weights=table, from_logits=True)
        loss, accuracy = model.evaluate({"x": part.x, **own}, part.y_true, batch_size=32, verbose=0)
        assert loss == pytest.approx(losses.mean(), rel=1e-6)
        assert accuracy == pytest.approx((y_pred.argmax(1) == part.y_true.argmax(1)).mean())
    inputs = {"x": part.x, "weights": weights}
    heavy = model.evaluate(inputs, part.y_true, sample_weight=weight, batch_size=len(part), verbose=0)[0]
    assert heavy == pytest.approx((losses * weight).mean(), rel=1e-6)


@SAVING
def test_a_saved_model_with_tables_per_sample_brings_all_back(tmp_path):
    part = blobs().validation
    inputs = {"x": part.x, "weights": np.random.default_rng(0).uniform(0, 9, size=(len(part), 3, 3))}
    model = dear_model(blobs().build(0))
    model.fit(inputs, part.y_true, epochs=1, verbose=0)
    before = model.evaluate(inputs, part.y_true, verbose=0)
    model.save(tmp_path / "dear.keras")
    again = keras.saving.load_model(tmp_path / "dear.keras")
    assert again.evaluate(inputs, part.y_true, verbose=0) == pytest.approx(before, rel=1e-5)
    assert again.loss.values == {"weights": TABLE}
    np.testing.assert_allclose(again.predict({"x": part.x}, verbose=0), model.network(part.x), rtol=1e-4, atol=1e-6)
