"""The samples that come with the project."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.series.sample import SAMPLES, sample


@pytest.mark.parametrize("key", SAMPLES)
def test_every_sample_is_read_without_a_doubt(key):
    series = sample(key)
    assert not series.understood.assumed
    assert not series.filled.any()
    assert series.understood.rows == series.understood.total


def test_sunspots():
    series = sample("sunspots")
    assert len(series.value) == 309
    assert series.time[0] == np.datetime64("1700-01-01")
    assert series.time[-1] == np.datetime64("2008-01-01")
    assert series.value[:3].tolist() == [5, 11, 16]
    assert series.value.max() == 190.2
    assert series.time[series.value.argmax()] == np.datetime64("1957-01-01")
    assert series.understood.frequency == "yearly"
    assert series.value_name == "sunspots"
