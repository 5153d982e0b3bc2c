"""The golden facts of the misclassification-weighted forms."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.losses.weighted_crossentropy import PRESETS
from explorer.surface import evaluate, value_and_slope

FORMS = ["weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost"]
LOG3 = np.log(3.0)
TABLES = {preset.title: np.array(preset.values["weights"]) for preset in PRESETS}


def loss_of(key, y_true, y_pred, **keywords):
    return value_and_slope(CATALOGUE[key], y_true, y_pred, **keywords)[0]


def some_classes(k, samples=40, seed=0):
    rng = np.random.default_rng(seed)
    y_true = np.eye(k)[rng.integers(0, k, samples)]
    return y_true, rng.normal(0.0, 2.0, (samples, k)), rng.uniform(0.2, 4.0, (samples, k, k))


def softmax(logits):
    parts = np.exp(logits - logits.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("weighted-ce-published", 3 * LOG3),
        ("weighted-ce-argmax", LOG3),
        ("weighted-ce-soft", LOG3),
        ("expected-cost", LOG3 + 2 / 3),
    ],
)
@pytest.mark.parametrize("from_logits", [False, True])
def test_at_a_three_way_tie_the_published_form_counts_three_times(key, expected, from_logits):
    thirds = np.zeros((3, 3)) if from_logits else np.full((3, 3), 1 / 3)
    values = loss_of(key, np.eye(3), thirds, weights=np.ones((3, 3)), from_logits=from_logits)
    np.testing.assert_allclose(values, expected, rtol=1e-9)


def test_the_tie_is_the_published_number():
    value = loss_of("weighted-ce-published", [[1, 0, 0]], [[1 / 3, 1 / 3, 1 / 3]])
    assert round(float(value[0]), 3) == 3.296


def test_of_a_tie_the_argmax_form_takes_the_first():
    weights = np.arange(1.0, 10.0).reshape(3, 3)
    value = loss_of("weighted-ce-argmax", [[0, 0, 1]], [[0.2, 0.4, 0.4]], weights=weights)
    assert value[0] == pytest.approx(8 * -np.log(0.4))


def test_rows_are_the_truth_and_columns_the_prediction():
    weights = np.arange(1.0, 10.0).reshape(3, 3)
    scores = np.array([[0.1, 0.2, 0.7], [0.6, 0.3, 0.1]])
    y_true = np.eye(3)[[0, 1]]
    factors = np.array([weights[0, 2], weights[1, 0]])
    for key in ("weighted-ce-published", "weighted-ce-argmax"):
        np.testing.assert_allclose(loss_of(key, y_true, scores, weights=weights), factors * -np.log([0.1, 0.3]))
    soft = np.array([weights[0] @ scores[0], weights[1] @ scores[1]])
    np.testing.assert_allclose(loss_of("weighted-ce-soft", y_true, scores, weights=weights), soft * -np.log([0.1, 0.3]))


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("k", [2, 3, 7, 20])
@pytest.mark.parametrize("from_logits", [False, True])
def test_a_table_per_sample_is_a_loop_over_samples(key, k, from_logits):
    y_true, logits, tables = some_classes(k)
    y_pred = logits if from_logits else softmax(logits)
    together = loss_of(key, y_true, y_pred, weights=tables, from_logits=from_logits)
    alone = [
        loss_of(key, y_true[s : s + 1], y_pred[s : s + 1], weights=tables[s], from_logits=from_logits)[0]
        for s in range(len(y_true))
    ]
    np.testing.assert_allclose(together, alone, rtol=1e-12)
    spec = CATALOGUE[key]
    rest = {"beta": 1.0} if key == "expected-cost" else {}
    expected = spec.reference(y_true, y_pred, weights=tables, from_logits=from_logits, **rest)
    np.testing.assert_allclose(together, expected, rtol=1e-9)
    first_for_all = loss_of(key, y_true, y_pred, weights=tables[0], from_logits=from_logits)
    assert not np.allclose(together, first_for_all)


@pytest.mark.parametrize("key", [*FORMS, "cce"])
def test_logits_and_probabilities_agree_where_nothing_is_clipped(key):
    y_true, logits, _ = some_classes(3)
    from_scores = loss_of(key, y_true, softmax(logits))
    np.testing.assert_allclose(loss_of(key, y_true, logits, from_logits=True), from_scores, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", [*FORMS, "cce"])
def test_probabilities_are_divided_by_their_sum(key):
    y_true, logits, _ = some_classes(3)
    scores = softmax(logits)
    np.testing.assert_allclose(loss_of(key, y_true, 7 * scores), loss_of(key, y_true, scores), rtol=1e-12)


@pytest.mark.parametrize("key", [*FORMS, "cce"])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_extreme_logits_are_exact_and_finite(key, kind):
    logits = np.array([[80, -80, 0], [-80, 80, 0], [-80, -80, 80]], kind)
    values, slope = value_and_slope(CATALOGUE[key], np.eye(3)[[0, 0, 0]], logits, from_logits=True)
    assert np.isfinite(slope).all()
    extra = np.array([0.0, 1.0, 1.0]) if key == "expected-cost" else 0.0
    np.testing.assert_allclose(values, np.array([0.0, 160.0, 160.0]) + extra, rtol=1e-6, atol=1e-6)


def test_probabilities_are_clipped_as_keras_does():
    values, slope = value_and_slope(CATALOGUE["cce"], [[1, 0, 0], [1, 0, 0]], [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    np.testing.assert_allclose(values, [-np.log(1e-7), -np.log(1 - 1e-7)], rtol=1e-9)
    np.testing.assert_array_equal(slope, 0.0)


@pytest.mark.parametrize("key", FORMS[:3])
def test_all_ones_are_plain_cross_entropy(key):
    y_true, logits, _ = some_classes(3)
    plain = loss_of("cce", y_true, softmax(logits))
    np.testing.assert_allclose(loss_of(key, y_true, softmax(logits)), plain, rtol=1e-12)


def test_the_argmax_form_lengthens_the_gradient_and_never_turns_it():
    y_true, logits, _ = some_classes(3)
    weights = TABLES["One dear mistake"]
    _, plain = value_and_slope(CATALOGUE["cce"], y_true, logits, from_logits=True)
    _, slope = value_and_slope(CATALOGUE["weighted-ce-argmax"], y_true, logits, weights=weights, from_logits=True)
    factor = weights[y_true.argmax(axis=1), logits.argmax(axis=1)]
    np.testing.assert_allclose(slope, plain * factor[:, None], rtol=1e-9)
    assert set(factor) == {1.0, 8.0}
    _, soft = value_and_slope(CATALOGUE["weighted-ce-soft"], y_true, logits, weights=weights, from_logits=True)
    cosine = np.sum(soft * plain, axis=1) / np.linalg.norm(soft, axis=1) / np.linalg.norm(plain, axis=1)
    assert cosine.min() < 0.99


def test_the_diagonal_counts_as_0_in_the_expected_cost():
    y_true, logits, _ = some_classes(3)
    weights = np.array([[1.0, 2.0, 8.0], [3.0, 1.0, 1.0], [0.5, 4.0, 1.0]])
    values = loss_of("expected-cost", y_true, logits, weights=weights, from_logits=True)
    dear = loss_of("expected-cost", y_true, logits, weights=weights + 500 * np.eye(3), from_logits=True)
    np.testing.assert_array_equal(values, dear)
    other = loss_of("expected-cost", y_true, logits, weights=weights + 1 - np.eye(3), from_logits=True)
    assert (other > values).all()


@pytest.mark.parametrize("key", FORMS)
def test_every_cell_of_the_true_row_is_felt(key):
    for i in range(3):
        scene = {"true_class": str(i)}
        before = evaluate(CATALOGUE[key], {}, scene, points=9).value
        for j in range(3):
            weights = np.ones((3, 3))
            weights[i, j] = 3.0
            change = np.nanmax(np.abs(evaluate(CATALOGUE[key], {"weights": weights}, scene, points=9).value - before))
            assert (change > 0.1) != (key == "expected-cost" and i == j)
            weights = weights.T if i != j else np.roll(weights, 1, axis=0)
            np.testing.assert_array_equal(evaluate(CATALOGUE[key], {"weights": weights}, scene, points=9).value, before)


def test_the_presets_hold_the_published_cells():
    def raised(title):
        table = TABLES[title]
        return {(int(i), int(j)): float(table[i, j]) for i, j in np.argwhere(table != 1)}

    assert list(TABLES) == ["All ones", "As the text says", "As the published code", "One dear mistake"]
    assert raised("All ones") == {}
    assert raised("As the text says") == {(0, 1): 2.0, (0, 2): 2.0, (1, 0): 1.2, (2, 0): 1.2}
    assert raised("As the published code") == {(2, 1): 1.2, (1, 2): 2.0, (2, 2): 2.0}
    assert raised("One dear mistake") == {(0, 2): 8.0}
    assert all(CATALOGUE[key].presets == PRESETS for key in FORMS)


def test_the_published_code_makes_the_loss_jump_up_on_the_way_to_the_right_class():
    table = TABLES["As the published code"]
    wrong, right = [0.501, 0.0, 0.499], [0.499, 0.0, 0.501]
    values = loss_of("weighted-ce-argmax", np.eye(3)[[2, 2]], [wrong, right], weights=table)
    assert values[1] > 1.9 * values[0]
