import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.losses.arithmetic import arithmetic
from explorer.surface import value_and_slope

KEYS = ["cce", "weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("classes", [2, 3, 6])
def test_the_steps_add_up_to_the_loss(key, classes):
    spec, random = CATALOGUE[key], np.random.default_rng(classes)
    values = {}
    if key != "cce":
        values["weights"] = random.uniform(-1, 8, size=(classes, classes)).tolist()
    if key == "expected-cost":
        values["beta"] = 1.7
    tied = np.full(classes, 1 / classes)
    for p in [*random.dirichlet(np.ones(classes), size=20), tied, np.eye(classes)[0]]:
        for true in range(classes):
            got = arithmetic(spec, values, p, true)
            want, _ = value_and_slope(spec, np.eye(classes)[[true]], p[None], **values)
            assert got.total == pytest.approx(want[0], rel=1e-6, abs=1e-6)
            steps = got.weight * got.entropy if got.beta is None else got.entropy + got.beta * got.weight
            assert got.total == pytest.approx(steps)
            if got.parts:
                assert got.weight == pytest.approx(sum(part.share * part.weight for part in got.parts))


def test_three_winners_weigh_three_times_as_much_as_published():
    values = {"weights": np.ones((3, 3)).tolist()}
    published = arithmetic(CATALOGUE["weighted-ce-published"], values, [1 / 3] * 3, 0)
    one = arithmetic(CATALOGUE["weighted-ce-argmax"], values, [1 / 3] * 3, 0)
    assert (len(published.parts), published.weight, one.weight) == (3, 3.0, 1.0)
    assert (round(published.total, 3), round(one.total, 3)) == (3.296, 1.099)
