"""The samples that come with the project."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.series.sample import SAMPLES, sample
from explorer.tasks import forecast
from explorer.tasks.baseline import calendar_season

MEASURED = {"sunspots": 309, "co2": 521, "gdp": 203, "nile": 100}


@pytest.mark.parametrize("key", SAMPLES)
def test_every_sample_is_read_without_a_doubt(key):
    series = sample(key)
    assert not series.understood.assumed
    assert (~series.filled).sum() == MEASURED[key]
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


def test_co2_has_five_months_without_a_measurement():
    series = sample("co2")
    assert len(series.value) == 526
    lost = series.time[series.filled].astype("datetime64[M]").astype(str)
    assert lost.tolist() == ["1958-06", "1958-10", "1964-02", "1964-03", "1964-04"]
    assert (series.value[0], series.value[1]) == (316.1, pytest.approx((317.3 + 317.6 + 317.5 + 316.4) / 4, abs=0.1))
    assert series.understood.frequency == "monthly"


def test_gdp_rises():
    series = sample("gdp")
    assert (series.value[0], series.value[-1]) == (2710.349, 12990.341)
    assert series.time[-1] == np.datetime64("2009-07-01")
    assert (np.diff(series.value) > 0).mean() > 0.85
    assert series.understood.frequency == "quarterly"


def test_the_nile_is_noisy():
    series = sample("nile")
    assert series.value[:3].tolist() == [1120, 1160, 963]
    assert series.time[-1] == np.datetime64("1970-01-01")
    assert np.diff(series.value).std() > 0.8 * series.value.std()


@pytest.mark.parametrize(("key", "season"), [("sunspots", 11), ("co2", 12), ("gdp", None), ("nile", None)])
def test_a_season_is_found_where_there_is_one(key, season):
    assert forecast(sample(key).value).season == season


def test_the_calendar_knows_a_season():
    assert [calendar_season(sample(key).understood.frequency) for key in SAMPLES] == [None, 12, 4, None]


@pytest.mark.parametrize("network", ["linear", "gru"])
@pytest.mark.parametrize("key", SAMPLES)
def test_every_sample_can_be_foretold(key, network):
    task = forecast(sample(key).value, horizon=6, network=network)
    assert min(len(task.train), len(task.validation), len(task.test)) > 3
    assert task.scores(task.test, task.repeat_last(task.test))["mase"] > 0
