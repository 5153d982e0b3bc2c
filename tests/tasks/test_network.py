"""The small networks: each learns in one executable, and its text tells it from the others."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.tasks import forecast
from explorer.tasks.network import NETWORK
from explorer.training.replica import replicas
from explorer.training.run import Run
from explorer.training.setting import Setting

VALUE = np.sin(np.arange(160) / 3) * 5 + 20
SETTING = Setting(epochs=8)


@pytest.fixture(params=NETWORK.options)
def network(request):
    return request.param


def test_every_network_learns_in_one_executable(network):
    task = forecast(VALUE, 12, 3, 8, network=network)
    run = Run(CATALOGUE["trend-smooth"], {"lambda_trend": 0.1}, task, SETTING)
    snapshots = list(run)
    assert run._step.traces == 1
    assert snapshots[-1].loss < 0.7 * snapshots[0].loss
    assert snapshots[-1].prediction.shape == task.test.y_true.shape


def test_the_same_seed_gives_the_same_weights(network):
    task = forecast(VALUE, 12, 3, 8, network=network)
    one, same, other = (task.build(seed).get_weights() for seed in (3, 3, 4))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(one[0], other[0])
    names = [layer.name for layer in task.build(0).layers]
    assert names[-1] == "forecast"
    assert len(set(names)) == len(names)


def test_no_two_architectures_share_a_text():
    sizes = [(12, 3, 8), (12, 8, 3), (3, 12, 8), (12, 3, 9)]
    texts = [forecast(VALUE, *size, network=kind).architecture for kind in NETWORK.options for size in sizes]
    linear = texts[: len(sizes)]
    assert linear[0] == linear[3], "the linear network has no hidden layer"
    assert len(set(texts)) == len(texts) - 1


def test_the_shortest_window_suits_every_network(network):
    task = forecast(VALUE, 2, 1, 4, network=network)
    assert task.build(0).output_shape == (None, 1)


def test_copies_of_a_conv_network_train_side_by_side():
    task = forecast(VALUE, 12, 1, 8, network="conv")
    *_, told = replicas(CATALOGUE["mse"], {}, task, seeds=(5, 0), epochs=3)
    for place, seed in enumerate((5, 0)):
        alone = list(Run(CATALOGUE["mse"], {}, task, Setting(epochs=3, seed=seed)))[-1]
        np.testing.assert_allclose(told.prediction[place], alone.prediction, rtol=1e-4)
