"""What was decided about a file can be overruled, one decision at a time."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.series import SeriesError, read

DAYS = [f"2024-01-{d:02}" for d in range(1, 11)]


def table(*columns, header, between=","):
    """Return rows of cells as a file's bytes."""
    return "\n".join([header, *(between.join(map(str, row)) for row in zip(*columns, strict=True))]).encode()


def decision(series, name):
    return next(d for d in series.decisions if d.name == name)


def test_day_or_month_first():
    data = table([f"{d:02}/02/2024" for d in range(1, 11)], range(10, 20), header="date,v")
    series = read(data, "d.csv")
    asked = decision(series, "dates")
    assert (asked.taken, asked.options, asked.sure) == ("day first", ("day first", "month first"), False)
    other = read(data, "d.csv", overrule={"dates": "month first"})
    assert other.time[1] == np.datetime64("2024-02-02")
    assert decision(other, "dates").sure
    assert not other.understood.assumed


def test_point_or_comma():
    data = table(DAYS, ["1.234", "5.678"] * 5, header="date;v", between=";")
    assert decision(read(data, "d.csv"), "decimal").options == ("point", "comma")
    assert read(data, "d.csv", overrule={"decimal": "comma"}).value[:2].tolist() == [1234, 5678]


def test_another_column_of_times_or_values():
    data = table(DAYS, [d.replace("2024", "2023") for d in DAYS], range(10), range(20, 30), header="a,b,v,w")
    series = read(data, "d.csv")
    assert decision(series, "time").options[:2] == ("a", "b")
    assert decision(series, "value").options == ("v", "w")
    other = read(data, "d.csv", overrule={"time": "b", "value": "w"})
    assert other.time[0] == np.datetime64("2023-01-01")
    assert other.value[0] == 20
    assert read(data, "d.csv", overrule={"time": "none: number the rows"}).time.dtype == np.int64


def test_one_of_several_series():
    data = table(DAYS * 2, ["Ulm"] * 10 + ["Bonn"] * 10, range(20), header="date,town,v")
    series = read(data, "d.csv")
    assert decision(series, "series").options == ("Ulm", "Bonn")
    assert not decision(series, "series").sure
    assert series.value.tolist() == list(range(10))
    assert read(data, "d.csv", overrule={"series": "Bonn"}).value.tolist() == list(range(10, 20))


def test_a_series_may_be_named_by_two_columns():
    keys = [(town, kind) for town in ("Ulm", "Bonn") for kind in ("rain", "snow")]
    rows = [(d, town, kind, 10 * i + j) for j, d in enumerate(DAYS) for i, (town, kind) in enumerate(keys)]
    data = table(*zip(*rows, strict=True), header="date,town,kind,v")
    series = read(data, "d.csv", overrule={"series": "Bonn · rain"})
    assert series.value.tolist() == list(range(20, 30))


def test_layout_and_totals():
    months = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
    rows = [f"{y}," + ",".join(str(100 * (y - 2000) + m) for m in range(12)) for y in range(2000, 2010)]
    data = "\n".join(["Year," + months, *rows, "Total," + "9," * 11 + "9"]).encode()
    series = read(data, "d.csv")
    assert len(series.value) == 120
    assert series.time[[0, -1]].tolist() == np.array(["2000-01-01", "2009-12-01"], "M8[s]").tolist()
    assert [row.line for row in series.left_out] == [12]
    plain = read(data, "d.csv", overrule={"layout": "a row for each time"})
    assert plain.value.tolist() == [100 * i for i in range(10)]
    assert plain.value_name == "Jan"


def test_many_rows_of_a_time_are_asked_about():
    data = table([d for d in DAYS for _ in "abc"], range(30), header="date,temperature")
    series = read(data, "d.csv")
    assert not decision(series, "duplicates").sure
    assert series.value[0] == 1
    for option, first in (("first", 0), ("last", 2), ("sum", 3), ("mean", 1)):
        assert read(data, "d.csv", overrule={"duplicates": option}).value[0] == first
    assert decision(read(data.replace(b"temperature", b"sales"), "d.csv"), "duplicates").taken == "sum"


def test_header():
    data = "\n".join(["2001,2002", *(f"{d},{i}" for i, d in enumerate(range(1990, 2000)))]).encode()
    assert read(data, "d.csv").value_name == "column 2"
    assert read(data, "d.csv", overrule={"header": "line 1"}).value_name == "2002"


def test_an_option_that_is_none_is_refused():
    data = table(DAYS, range(10), header="date,v")
    with pytest.raises(SeriesError, match=r"^Between two cells: 'dash' is not possible in this file; there is comma"):
        read(data, "d.csv", overrule={"separator": "dash"})
    assert read(data, "d.csv", overrule={"sheet": "of another file"}).value_name == "v"


def test_rows_that_are_left_out_say_why():
    rows = ["date,v", "2024-01-01,", *(f"{d},{i}" for i, d in enumerate(DAYS[1:])), "2024-01-05,12", "soon,5", "Sum,9"]
    series = read("\n".join(rows).encode(), "d.csv")
    assert [(row.line, row.value) for row in series.left_out] == [(2, None), (12, 12), (13, 5), (14, None)]
    assert series.left_out[1].time == np.datetime64("2024-01-05")
    assert "time had come before" in series.left_out[1].reason


def test_the_first_rows_are_shown_as_split():
    series = read(table(DAYS, range(10), header="date,v"), "d.csv")
    assert series.preview[:2] == (("date", "v"), ("2024-01-01", "0"))
    assert len(series.preview) == 7
