"""Means over days, weeks, months, quarters and years."""

import numpy as np
import pytest

from explorer.series import SeriesError
from explorer.series.resample import SPANS, resample


def days(first, last):
    return np.arange(first, last, dtype="datetime64[D]").astype("datetime64[s]")


def test_months_are_means_of_their_days():
    time = days("2023-01-01", "2023-04-01")
    value = np.arange(90.0)
    told = resample(time, value, "monthly")
    assert told.time.astype("datetime64[D]").astype(str).tolist() == ["2023-01-01", "2023-02-01", "2023-03-01"]
    assert told.count.tolist() == [31, 28, 31]
    np.testing.assert_allclose(told.value, [value[:31].mean(), value[31:59].mean(), value[59:].mean()])
    assert not told.filled.any()
    assert told.note == "90 values became 3 monthly means of 28 to 31 values each."


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("weekly", ["2020-12-28", "2021-01-04", "2021-01-11"]),
        ("quarterly", ["2020-10-01", "2021-01-01"]),
        ("yearly", ["2020-01-01", "2021-01-01"]),
    ],
)
def test_a_span_begins_where_the_calendar_says(every, expected):
    time = days("2020-12-30", "2021-01-12")
    told = resample(time, np.ones(len(time)), every)
    assert told.time.astype("datetime64[D]").astype(str).tolist() == expected
    assert told.count.sum() == len(time)


def test_before_1970_and_fractions_of_seconds():
    time = np.array(["1969-12-31T23:59:59.9", "1970-01-01T00:00:00.1", "1970-01-01T08", "1970-01-02"], "datetime64[us]")
    told = resample(time, np.array([1.0, 2.0, 4.0, 8.0]), "daily")
    assert told.value.tolist() == [1, 3, 8]
    assert told.time[0] == np.datetime64("1969-12-31")


def test_a_gap_is_flagged_and_lies_on_the_line():
    time = np.concatenate([days("2023-01-01", "2023-02-01"), days("2023-04-01", "2023-05-01")])
    told = resample(time, np.repeat([1.0, 4.0], [31, 30]), "monthly")
    assert told.value.tolist() == [1, 2, 3, 4]
    assert told.filled.tolist() == [False, True, True, False]
    assert told.count.tolist() == [31, 0, 0, 30]
    assert told.note.endswith("; 2 months without a value lie on the line between the neighbours.")


def test_what_is_only_interpolated_goes_into_no_mean():
    time, value = days("2023-01-01", "2023-01-08"), np.array([1.0, 1, 1, 1, 1, 1, 99])
    filled = value > 1
    told = resample(time, value, "yearly", filled)
    assert (told.value.tolist(), told.count.tolist()) == ([1.0], [6])


def test_one_value_a_span_stays_as_it_is():
    time = np.arange("2000-01", "2003-01", dtype="datetime64[M]").astype("datetime64[s]")
    told = resample(time, np.arange(36.0), "monthly")
    np.testing.assert_array_equal(told.value, np.arange(36))
    np.testing.assert_array_equal(told.time, time)
    assert told.note == "36 values became 36 monthly means of 1 value each."


@pytest.mark.parametrize(
    ("time", "every", "sentence"),
    [
        (np.arange("2000-01", "2003-01", dtype="datetime64[M]"), "weekly", "less than one value a week"),
        (np.arange("2000", "2030", dtype="datetime64[Y]"), "quarterly", "less than one value a quarter"),
        (np.arange(30), "monthly", "The rows have no times"),
        (days("2020-01-01", "2020-02-01"), "hourly", "daily, weekly, monthly, quarterly, yearly, but not 'hourly'"),
    ],
)
def test_finer_than_the_data_is_refused(time, every, sentence):
    with pytest.raises(SeriesError, match=sentence) as caught:
        resample(time, np.ones(len(time)), every)
    assert str(caught.value).endswith(".")


def test_a_million_rows_take_no_time():
    time = np.arange(1_000_000).astype("datetime64[s]")
    for every in SPANS:
        assert resample(time, np.ones(len(time)), every).count.sum() == len(time)
