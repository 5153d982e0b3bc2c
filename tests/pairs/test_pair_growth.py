"""What the size of a batch makes of the forms."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.pairs.growth import SIZES, batches, exponent, growth

FORMS = ["pairwise-numpy", "pairwise-published", "pairwise-mean", "contrastive"]


@pytest.fixture(scope="module")
def told():
    sizes = [size for size in SIZES if size <= 256]
    return dict(zip(FORMS, growth([(CATALOGUE[key], {}) for key in FORMS], sizes=sizes), strict=True))


def test_published_grows_with_the_batch_and_the_others_do_not(told):
    for key in FORMS[:2]:
        assert exponent(told[key].size, told[key].loss) == pytest.approx(1.0, abs=0.03)
        assert exponent(told[key].size, told[key].force) == pytest.approx(0.0, abs=0.03)
        assert exponent(told[key].size, told[key].together) == pytest.approx(1.0, abs=0.03)
        assert (np.diff(told[key].loss) < 0).all()
    for key in FORMS[2:]:
        assert exponent(told[key].size, told[key].loss) == pytest.approx(0.0, abs=0.05)
        assert exponent(told[key].size, told[key].force) == pytest.approx(-1.0, abs=0.03)
        assert exponent(told[key].size, told[key].together) == pytest.approx(0.0, abs=0.03)


def test_numbers_are_those_of_the_batches_pair_by_pair(told):
    one = told["contrastive"]
    ids, points = batches(8, users=3, seed=0, spread=0.45)
    spec = CATALOGUE["contrastive"]
    assert one.loss[one.size == 8][0] == pytest.approx(spec.reference(ids, points, margin=1.0).mean())
    assert ids.shape == (32, 8)
    assert len(np.unique(points.round(9).reshape(-1, 2), axis=0)) == 256


def test_the_power_of_a_number_that_is_nothing_is_none():
    assert np.isnan(exponent(np.array([32, 64]), np.zeros(2)))
    assert exponent(np.array([2, 32, 64, 128]), -(np.array([9.0, 32, 64, 128]) ** 2)) == pytest.approx(2.0)
