"""A tiny segmenter in training: what a threshold in the loss is worth."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.tasks.shapes import shapes
from explorer.training import run
from explorer.training.together import together

EPOCHS = 4
KEYS = ("binary-ce", "bce-dice-published", "dice-published", "bce-dice-soft")
HOW = {"epochs": EPOCHS, "batch_size": 16}


@pytest.fixture(scope="module")
def task():
    return shapes()


@pytest.fixture(scope="module")
def items(task):
    return list(together([(CATALOGUE[key], {}) for key in KEYS], task, **HOW))


@pytest.fixture(scope="module")
def told(items):
    found = {key: [] for key in KEYS}
    for step in filter(None, items):
        found[KEYS[step.which]].append(step)
    return found


def test_bce_and_hard_dice_train_as_bce_alone_to_the_last_bit(task, told):
    for one, other in zip(told["binary-ce"], told["bce-dice-published"], strict=True):
        np.testing.assert_array_equal(one.snapshot.prediction, other.snapshot.prediction)
        assert one.snapshot.metrics == other.snapshot.metrics
        assert one.snapshot.loss != other.snapshot.loss
    alone, both = (run(CATALOGUE[key], task=task, **HOW) for key in KEYS[:2])
    for _ in zip(alone, both, strict=True):
        for weight, same in zip(alone.weights, both.weights, strict=True):
            np.testing.assert_array_equal(weight, same)


def test_whatever_its_weight_and_threshold(task, told):
    values = {"weight": 5.0, "threshold": 0.3, "smooth": 1.0}
    *_, last = run(CATALOGUE["bce-dice-published"], values, task, **HOW)
    np.testing.assert_array_equal(last.prediction, told["binary-ce"][-1].snapshot.prediction)


def test_with_soft_dice_it_is_another_training(told):
    gap = told["binary-ce"][-1].snapshot.prediction - told["bce-dice-soft"][-1].snapshot.prediction
    assert np.abs(gap).max() > 0.05


def test_hard_dice_alone_is_refused_in_one_sentence(told):
    (only,) = told["dice-published"]
    assert only.snapshot is None
    assert only.sentence.endswith("has no gradient at all, so no model can be trained with it.")


def test_it_learns_to_find_shapes(told):
    scores = [step.snapshot.metrics for step in told["bce-dice-soft"]]
    assert [step.epoch for step in told["bce-dice-soft"]] == list(range(1, EPOCHS + 1))
    assert scores[-1]["iou"] > max(0.45, scores[0]["iou"])
    assert scores[-1]["bce"] < scores[0]["bce"]


def test_the_two_terms_are_told(told):
    for step in told["bce-dice-soft"]:
        terms = step.snapshot.terms
        assert terms["BCE"] == pytest.approx(step.snapshot.metrics["bce"], rel=1e-3)
        assert terms["BCE"] + terms["Dice"] == pytest.approx(step.snapshot.val_loss, rel=1e-5)


def test_a_caller_gets_a_turn_within_each_epoch(items):
    assert items.count(None) > EPOCHS * (len(KEYS) - 1)
