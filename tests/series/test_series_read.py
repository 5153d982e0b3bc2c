"""Small files as people have them, each with the times and values it should give."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from explorer.series import SeriesError, read

VALUES = [1.5, 2.5, 4.0, 3.5, 5.25, 6.0, 5.5, 7.0, 8.5, 9.0]
COMMA = [str(v).replace(".", ",") for v in VALUES]
DAYS = [f"2024-01-{d:02}" for d in range(1, 11)]
MONTHS = [f"2023-{m:02}" for m in range(3, 13)]
DAY_FIRST = [f"{d:02}.01.2024" for d in range(8, 18)]
MONTH_FIRST = [f"01/{d:02}/2024" for d in range(8, 18)]


def table(*columns, header="", between=",", end="\n"):
    """Return rows of cells as a file's text."""
    rows = [between.join(map(str, row)) for row in zip(*columns, strict=True)]
    return end.join([*([header] if header else []), *rows]) + end


BASIC = table(DAYS, VALUES, header="date,price")
STAMPS = [f"2024-01-01T{h:02}:30:00" for h in range(10)]

# name → file, first time, last time; all hold VALUES
TIMES = {
    "iso date": (BASIC, "2024-01-01", "2024-01-10"),
    "no header": (table(DAYS, VALUES), "2024-01-01", "2024-01-10"),
    "no header, no zeros": (table([f"2024-1-{d}" for d in range(1, 11)], VALUES), "2024-01-01", "2024-01-10"),
    "windows line ends": (table(DAYS, VALUES, header="date,price", end="\r\n"), "2024-01-01", "2024-01-10"),
    "old mac line ends": (table(DAYS, VALUES, header="date,price", end="\r"), "2024-01-01", "2024-01-10"),
    "no last line end": (BASIC.rstrip(), "2024-01-01", "2024-01-10"),
    "semicolon": (table(DAYS, VALUES, header="date;price", between=";"), "2024-01-01", "2024-01-10"),
    "tab": (table(DAYS, VALUES, header="date\tprice", between="\t"), "2024-01-01", "2024-01-10"),
    "bar": (table(DAYS, VALUES, header="date|price", between="|"), "2024-01-01", "2024-01-10"),
    "spaces": (table(DAYS, VALUES, header="date price", between="   "), "2024-01-01", "2024-01-10"),
    "sep line": ("sep=;\n" + table(DAYS, VALUES, header="date;price", between=";"), "2024-01-01", "2024-01-10"),
    "decimal comma": (table(DAYS, COMMA, header="Datum;Preis", between=";"), "2024-01-01", "2024-01-10"),
    "decimal comma, tab": (table(DAYS, COMMA, header="Datum\tPreis", between="\t"), "2024-01-01", "2024-01-10"),
    "decimal comma, quoted": (table(DAYS, [f'"{c}"' for c in COMMA], header="d,v"), "2024-01-01", "2024-01-10"),
    "all quoted": (
        table([f'"{d}"' for d in DAYS], [f'"{v}"' for v in VALUES], header='"date","price"'),
        DAYS[0],
        DAYS[-1],
    ),
    "quoted comma in a text": (table(DAYS, ['"a, b"'] * 10, VALUES, header="date,note,price"), DAYS[0], DAYS[-1]),
    "quoted line end": (table(DAYS, ['"a\nb"'] * 10, VALUES, header="date,note,price"), DAYS[0], DAYS[-1]),
    "spaces around": (table(DAYS, VALUES, header="date , price", between=" , "), DAYS[0], DAYS[-1]),
    "trailing separators": (table(DAYS, VALUES, [""] * 10, header="date,price,"), DAYS[0], DAYS[-1]),
    "trailing separators, rows only": (table(DAYS, VALUES, [""] * 10, header="date,price"), DAYS[0], DAYS[-1]),
    "blank lines": (BASIC.replace("\n", "\n\n"), DAYS[0], DAYS[-1]),
    "datetime": (table(STAMPS, VALUES, header="t,v"), "2024-01-01T00:30", "2024-01-01T09:30"),
    "datetime and date": (table(["2024-01-01", *STAMPS[1:]], VALUES, header="t,v"), "2024-01-01", "2024-01-01T09:30"),
    "utc": (table([s + "Z" for s in STAMPS], VALUES, header="t,v"), "2024-01-01T00:30", "2024-01-01T09:30"),
    "zone kept as written": (table([s + "+05:30" for s in STAMPS], VALUES), "2024-01-01T00:30", "2024-01-01T09:30"),
    "zones that change": (
        table([f"2024-03-31T00:{m:02}:00+01:00" for m in range(9)] + ["2024-03-31T03:00:00+02:00"], VALUES),
        "2024-03-30T23:00",
        "2024-03-31T01:00",
    ),
    "fractions": (
        table([f"2024-01-01 00:00:00.{i}" for i in range(10)], VALUES),
        "2024-01-01",
        "2024-01-01T00:00:00.9",
    ),
    "date and clock apart": (
        table(["2024-01-01"] * 10, [f"{h}:15" for h in range(10)], VALUES, header="date,clock,v"),
        "2024-01-01T00:15",
        "2024-01-01T09:15",
    ),
    "date and hour apart": (
        table(["2024-01-01"] * 10, range(10), VALUES, header="date,hour,v"),
        "2024-01-01T00:00",
        "2024-01-01T09:00",
    ),
    "year-month": (table(MONTHS, VALUES, header="month,v"), "2023-03-01", "2023-12-01"),
    "month/year": (table([f"{m}/2023" for m in range(3, 13)], VALUES, header="m,v"), "2023-03-01", "2023-12-01"),
    "year": (table(range(1991, 2001), VALUES, header="year,v"), "1991-01-01", "2000-01-01"),
    "year without a header": (table(range(1991, 2001), VALUES), "1991-01-01", "2000-01-01"),
    "year as a float": (table([f"{y}.0" for y in range(1991, 2001)], VALUES, header="YEAR,v"), "1991", "2000"),
    "year and month": (
        table([2023] * 10, range(3, 13), VALUES, header="Year,Month,v"),
        "2023-03-01",
        "2023-12-01",
    ),
    "year, month, day": (
        table([2024] * 10, [1] * 10, range(1, 11), VALUES, header="year,mon,day,v"),
        "2024-01-01",
        "2024-01-10",
    ),
    "fraction of a year": (
        table([f"{1949 + m / 12:.3f}" for m in range(10)], VALUES, header="time,v"),
        "1949-01-01",
        "1949-10-01",
    ),
    "digits": (table([d.replace("-", "") for d in DAYS], VALUES, header="date,v"), DAYS[0], DAYS[-1]),
    "seconds since 1970": (
        table([1704067200 + 60 * i for i in range(10)], VALUES, header="timestamp,v"),
        "2024-01-01",
        "2024-01-01T00:09",
    ),
    "quarters": (
        table([f"{2020 + q // 4}-Q{q % 4 + 1}" for q in range(10)], VALUES, header="quarter,v"),
        "2020-01-01",
        "2022-04-01",
    ),
    "weeks": (table([f"2024-W{w:02}" for w in range(1, 11)], VALUES, header="week,v"), "2024-01-01", "2024-03-04"),
    "month names": (
        table(
            ["Mar-23", "Apr-23", "May-23", "Jun-23", "Jul-23", "Aug-23", "Sep-23", "Oct-23", "Nov-23", "Dec-23"],
            VALUES,
            header="m,v",
        ),
        "2023-03-01",
        "2023-12-01",
    ),
    "month names in words": (
        table([f'"January {d}, 2024"' for d in range(1, 11)], VALUES, header="date,v"),
        DAYS[0],
        DAYS[-1],
    ),
    "german months": (
        table([f"{d}. März 2024" for d in range(1, 11)], COMMA, header="Tag;Wert", between=";"),
        "2024-03-01",
        "2024-03-10",
    ),
    "day first, proven": (table(DAY_FIRST, COMMA, header="Datum;Wert", between=";"), "2024-01-08", "2024-01-17"),
    "month first, proven": (table(MONTH_FIRST, VALUES, header="date,v"), "2024-01-08", "2024-01-17"),
    "two-digit year": (table([d[:6] + d[8:] for d in DAY_FIRST], VALUES), "2024-01-08", "2024-01-17"),
    "day first, by equal steps": (
        table([f"01/{m:02}/2023" for m in range(3, 13)] + ["01/01/2024"], [*VALUES, 0], header="date,v"),
        "2023-03-01",
        "2024-01-01",
    ),
    "month first, by equal steps": (
        table([f"{m:02}/01/2023" for m in range(3, 13)] + ["01/01/2024"], [*VALUES, 0], header="date,v"),
        "2023-03-01",
        "2024-01-01",
    ),
    "afternoon": (
        table([f"1/20/2024 {h}:00 {x}M" for x in "AP" for h in (1, 2, 3, 4, 5)], VALUES, header="date,v"),
        "2024-01-20T01:00",
        "2024-01-20T17:00",
    ),
    "newest first": (table(DAYS[::-1], VALUES[::-1], header="date,price"), DAYS[0], DAYS[-1]),
    "shuffled": (table(DAYS[5:] + DAYS[:5], VALUES[5:] + VALUES[:5], header="date,price"), DAYS[0], DAYS[-1]),
    "comments": ("# source: me\n" + BASIC + "# end\n", DAYS[0], DAYS[-1]),
    "header in a comment": ("# made by hand\n#date,price\n" + table(DAYS, VALUES), DAYS[0], DAYS[-1]),
    "title above": ("Prices of January\n\n" + BASIC, DAYS[0], DAYS[-1]),
    "units below the header": (BASIC.replace("price\n", "price\nyyyy-mm-dd,EUR\n"), DAYS[0], DAYS[-1]),
    "total": (BASIC + "Total,52.75\n", DAYS[0], DAYS[-1]),
    "total without a word": (BASIC + ",52.75\n", DAYS[0], DAYS[-1]),
    "remark below": (BASIC + "\nSource: the office\n", DAYS[0], DAYS[-1]),
    "index column": (table(range(10), DAYS, VALUES, header=",date,price"), DAYS[0], DAYS[-1]),
    "header without the index": (table(range(1, 11), DAYS, VALUES, header="date,price"), DAYS[0], DAYS[-1]),
    "id before the value": (table(DAYS, [4711, 4712] * 5, VALUES, header="date,station_id,t"), DAYS[0], DAYS[-1]),
    "text before the value": (table(DAYS, ["Berlin"] * 10, VALUES, header="date,town,t"), DAYS[0], DAYS[-1]),
    "value before the date": (table(VALUES, DAYS, header="price,date"), DAYS[0], DAYS[-1]),
    "currency": (table(DAYS, [f"${v}" for v in VALUES], header="date,price"), DAYS[0], DAYS[-1]),
    "percent": (table(DAYS, [f"{v} %" for v in VALUES], header="date,share"), DAYS[0], DAYS[-1]),
    "open quotation mark": (table(DAYS, VALUES, ["k", "k", '"k', *"kkkkkkk"], header="date,v,note"), DAYS[0], DAYS[-1]),
    "powers": (table(DAYS, [f"{v:e}" for v in VALUES], header="date,price"), DAYS[0], DAYS[-1]),
    "same rows twice": (table(DAYS + DAYS, VALUES + VALUES, header="date,price"), DAYS[0], DAYS[-1]),
}


@pytest.mark.parametrize("case", TIMES)
def test_times_and_values(case):
    text, first, last = TIMES[case]
    series = read(text.encode(), "prices.csv")
    assert series.time[0] == np.datetime64(first)
    assert series.time[-1] == np.datetime64(last)
    assert series.value[:10].tolist() == VALUES
    assert len(series.time) == len(series.value) == len(series.filled)
    assert (np.diff(series.time).astype(int) > 0).all()
    assert not series.filled.any()
    assert not series.understood.assumed


PLAIN = {
    "one column": "value\n" + "\n".join(map(str, VALUES)),
    "one column, no header": "\n".join(map(str, VALUES)),
    "one column, decimal comma": "Wert\n" + "\n".join(COMMA),
    "one column, double spaced": "value\n" + "\n\n".join(map(str, VALUES)),
    "index only": table(range(1, 11), VALUES, header="id,value"),
    "unnamed index": table(range(10), VALUES, header=",0"),
    "text and value": table("abcdefghij", VALUES, header="town,value"),
    "total below a text": table("abcdefghij", VALUES, header="town,value") + "Total,52.75\n",
    "a place and a value": table([52.5] * 10, [13.4] * 10, VALUES, header="lat,lon,value"),
    "seconds elapsed": table([i / 4 for i in range(10)], VALUES, header="time,value"),
}


@pytest.mark.parametrize("case", PLAIN)
def test_positions_where_there_are_no_times(case):
    series = read(PLAIN[case].encode(), "values.csv")
    assert series.value.tolist() == VALUES
    assert series.time.dtype == np.int64
    assert series.time.tolist() == list(range(10))
    assert series.understood.frequency == "none"
    assert series.understood.time_column is None


ENCODINGS = {
    "utf-8": ("utf-8", "UTF-8"),
    "utf-8-sig": ("utf-8-sig", "UTF-8"),
    "utf-16": ("utf-16", "UTF-16"),
    "utf-16 without a mark": ("utf-16-le", "UTF-16"),
    "utf-16 big without a mark": ("utf-16-be", "UTF-16"),
    "utf-32": ("utf-32", "UTF-32"),
    "cp1252": ("cp1252", "Windows-1252"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_encoding(case):
    codec, shown = ENCODINGS[case]
    series = read(table(DAYS, COMMA, header="Datum;Wärme (°C)", between=";").encode(codec), "w.csv")
    assert series.value_name == "Wärme (°C)"
    assert series.columns == ("Datum", "Wärme (°C)")
    assert series.value.tolist() == VALUES
    assert series.understood.encoding == shown


FREQUENCIES = {
    "yearly": [f"{y}-01-01" for y in range(1990, 2002)],
    "quarterly": [f"{1990 + q // 4}-{3 * (q % 4) + 1:02}-01" for q in range(12)],
    "monthly": [str(np.datetime64("2023-01", "M") + np.timedelta64(m, "M")) for m in range(12)],
    "weekly": [str(np.datetime64("2023-01-04") + np.timedelta64(7 * w, "D")) for w in range(12)],
    "daily": [str(np.datetime64("2023-02-25") + np.timedelta64(d, "D")) for d in range(12)],
    "weekdays": [str(np.busday_offset("2023-02-27", d)) for d in range(12)],
    "hourly": [str(np.datetime64("2023-01-01T20:00") + np.timedelta64(60 * h, "m")) for h in range(12)],
    "every 15 minutes": [str(np.datetime64("2023-01-01T20:00") + np.timedelta64(15 * h, "m")) for h in range(12)],
    "every 2 years": [str(y) for y in range(1990, 2014, 2)],
    "irregular": [str(np.datetime64("2023-01-01") + np.timedelta64(d * d, "D")) for d in range(12)],
}


@pytest.mark.parametrize("word", FREQUENCIES)
def test_frequency(word):
    series = read(table(FREQUENCIES[word], range(5, 17), header="date,v").encode(), "f.csv")
    assert series.understood.frequency == word


def test_month_ends_are_monthly():
    ends = [np.datetime64("2023-02", "M") + np.timedelta64(m, "M") for m in range(12)]
    series = read(
        table([m.astype("M8[D]") - np.timedelta64(1, "D") for m in ends], range(5, 17), header="date,v").encode(),
        "f.csv",
    )
    assert series.understood.frequency == "monthly"


@pytest.mark.parametrize("word", ["", "NA", "N/A", "nan", "null", "-", ".", "?", "#N/A", "inf", "-Infinity", "1e999"])
def test_missing_is_interpolated_and_said(word):
    cells = [*map(str, VALUES), word]
    cells[2] = cells[3] = word
    series = read(table([*DAYS, "2024-01-11"], cells, header="date,price").encode(), "m.csv")
    assert series.value == pytest.approx([1.5, 2.5, 2.5 + 2.75 / 3, 2.5 + 5.5 / 3, *VALUES[4:]])
    assert series.filled.tolist() == [False, False, True, True] + [False] * 6
    assert series.understood.filled == 2
    assert any("2 missing values" in note and "2024-01-03, 2024-01-04" in note for note in series.notes)
    assert any("start or the end" in note for note in series.notes)


def test_irregular_times_are_interpolated_by_time():
    days = [0, 1, 10, 11, 15, 22, 23, 40, 41]
    cells = [0, "", 10, 11, 15, 22, 23, 40, 41]
    series = read(
        table([np.datetime64("2024-01-01") + np.timedelta64(d, "D") for d in days], cells, header="d,v").encode(),
        "i.csv",
    )
    assert series.value.tolist() == days


def test_blank_line_in_a_single_column_is_missing():
    series = read(b"v\n1\n2\n\n4\n5\n6\n7\n8\n9\n", "b.csv")
    assert series.value.tolist() == list(range(1, 10))
    assert np.flatnonzero(series.filled).tolist() == [2]


def test_duplicates_keep_the_first():
    series = read(table([*DAYS, DAYS[3]], [*VALUES, 99], header="date,price").encode(), "d.csv")
    assert series.value.tolist() == VALUES
    assert series.understood.duplicates == 1
    assert any("2024-01-04" in note and "come before" in note for note in series.notes)


def test_order_is_said():
    newest = read(table(DAYS[::-1], VALUES, header="date,price").encode(), "n.csv")
    mixed = read(table(DAYS[1:] + DAYS[:1], VALUES, header="date,price").encode(), "n.csv")
    assert any("turned round" in note for note in newest.notes)
    assert any("sorted" in note for note in mixed.notes)


def test_ambiguous_dates_are_said_first():
    series = read(table([f"{d:02}/02/2024" for d in range(1, 11)], VALUES, header="date,v").encode(), "a.csv")
    assert series.time[-1] == np.datetime64("2024-02-10")
    assert series.understood.assumed
    assert "Ambiguous" in series.notes[0]
    assert "day first" in series.notes[0]


NUMBERS = {
    "grouped": (['"1,234.5"', '"12,345.0"', "7.5"], ",", [1234.5, 12345, 7.5]),
    "grouped without decimals": (['"1,234"', '"12,345"', "999"], ",", [1234, 12345, 999]),
    "grouped by points": (["1.234,5", "12.345,0", "7,5"], ";", [1234.5, 12345, 7.5]),
    "grouped by spaces": (["1 234,5", "12\u00a0345,0", "7,5"], ";", [1234.5, 12345, 7.5]),
    "grouped by apostrophes": (["1'234.5", "12'345.0", "7.5"], ";", [1234.5, 12345, 7.5]),
    "millions": (['"1,234,567"', '"2,345,678"', '"999"'], ",", [1234567, 2345678, 999]),
    "three decimals": (["1.234", "0.345", "9.999"], ",", [1.234, 0.345, 9.999]),
    "three decimals, comma": (["1,234", "0,345", "9,999"], ";", [1.234, 0.345, 9.999]),
    "signs": (["-1.5", "+2", "−3.25"], ",", [-1.5, 2, -3.25]),
    "accounting": (["(1.5)", "2.0", "(3.25)"], ",", [-1.5, 2, -3.25]),
    "short": ([".5", "2.", "-.25"], ",", [0.5, 2, -0.25]),
    "euro": (["1,50 €", "2,00 €", "-3,25 €"], ";", [1.5, 2, -3.25]),
    "full precision": (
        ["0.1", "0.30000000000000004", "123456789.12345679"],
        ",",
        [0.1, 0.30000000000000004, 123456789.12345679],
    ),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers(case):
    cells, between, expected = NUMBERS[case]
    series = read(table(DAYS[:9], cells * 3, header=f"date{between}v", between=between).encode(), "n.csv")
    assert series.value.tolist() == expected * 3


def test_ambiguous_numbers_are_said_first():
    series = read(table(DAYS, ["1.234", "5.678"] * 5, header="date;v", between=";").encode(), "a.csv")
    assert series.value[:2].tolist() == [1.234, 5.678]
    assert series.understood.assumed
    assert "Ambiguous number: '1.234' was read as 1.234" in series.notes[0]


def test_lines_that_hold_no_data_are_numbered():
    text = "My prices,\ndate,price\nyyyy-mm-dd,EUR\n" + table(DAYS, VALUES) + "Total,52.75\n"
    series = read(text.encode(), "l.csv")
    assert series.columns == ("date", "price")
    assert series.value.tolist() == VALUES
    assert series.understood.skipped == (1, 3, 14)
    assert series.understood.rows == series.understood.total == 10
    assert any("Line 14 was skipped as a total" in note for note in series.notes)


def test_one_text_cell_in_many_is_missing_and_named():
    cells = [*map(str, VALUES), "10.0"]
    cells[4] = "broken"
    series = read(table([*DAYS, "2024-01-11"], cells, header="date,price").encode(), "t.csv")
    assert np.flatnonzero(series.filled).tolist() == [4]
    assert any("'broken'" in note and "line 6" in note for note in series.notes)


def test_rows_without_a_time_are_skipped_and_named():
    series = read(table([*DAYS[:4], "soon", *DAYS[5:], "2024-01-11"], range(11), header="date,price").encode(), "t.csv")
    assert 4 not in series.value
    assert series.understood.skipped == (6,)
    assert any("'soon'" in note and "line 6" in note for note in series.notes)


def test_absent_times_and_constants_are_said():
    series = read(table([*DAYS, "2024-01-13"], [3] * 11, header="date,price").encode(), "g.csv")
    assert any("2 times absent" in note for note in series.notes)
    assert any("All values are the same (3)" in note for note in series.notes)
    assert series.understood.frequency == "daily"


@pytest.mark.parametrize("code", ["-999", "-99.99", "9999", "-9999.0"])
def test_a_number_that_may_mean_missing_is_asked_about(code):
    data = table(DAYS, [*VALUES[:4], code, *VALUES[5:]], header="date,price").encode()
    series = read(data, "s.csv")
    decision = next(d for d in series.decisions if d.name == "missing")
    assert np.flatnonzero(series.filled).tolist() == [4]
    assert series.value[4] == 4.75
    assert not decision.sure
    assert decision.sentence in series.notes
    kept = read(data, "s.csv", overrule={"missing": decision.options[1]})
    assert kept.value[4] == float(code)
    assert not kept.understood.assumed
    assert not any(d.name == "missing" for d in read(BASIC.encode(), "s.csv").decisions)


def test_two_stray_quotation_marks_do_not_swallow_what_is_between():
    days = [np.datetime64("2024-01-01") + np.timedelta64(d, "D") for d in range(200)]
    marks = ['"k' if d in (5, 150) else "k" for d in range(200)]
    series = read(table(days, range(200), marks, header="date,v,note").encode(), "q.csv")
    assert series.value.tolist() == list(range(200))
    assert any("line 7 is not closed" in note for note in series.notes)


def test_another_column_can_be_named():
    text = table(DAYS, VALUES, range(10), MONTHS, header="date,a,b,month").encode()
    assert read(text, "c.csv").understood.value_columns == ("a", "b")
    other = read(text, "c.csv", value="b", time="month")
    assert other.value.tolist() == list(range(10))
    assert other.time[0] == np.datetime64("2023-03-01")
    assert other.value_name == "b"


def test_the_last_value_columns_are_ids_and_parts_of_a_date():
    text = table(DAYS, range(100, 110), [2, 3] * 5, VALUES, header="date,id,weekday,price").encode()
    series = read(text, "c.csv")
    assert series.value_name == "price"
    assert series.understood.value_columns == ("id", "weekday", "price")


def test_names_are_kept_but_tamed():
    name = '"a\x07\u202eb\n' + "x" * 100 + '"'
    series = read(table(DAYS, VALUES, VALUES, ["k"] * 10, header=f"date,{name},![](x),![](x)").encode(), "n.csv")
    assert series.columns == ("date", "ab " + "x" * 76 + "…", "![](x)", "![](x) (2)")
    assert len(series.value_name) == 80


def test_what_was_understood():
    text = "# x\n" + table(DAYS, COMMA, header="Datum;Wert", between=";") + "Summe;52,75\n"
    understood = read(text.encode("cp1252"), "u.csv").understood
    assert dataclasses.asdict(understood) == {
        "encoding": "UTF-8",
        "separator": "semicolon",
        "decimal": ",",
        "time_column": "Datum",
        "time_format": "year-month-day",
        "frequency": "daily",
        "value_column": "Wert",
        "value_columns": ("Wert",),
        "rows": 10,
        "total": 10,
        "filled": 0,
        "duplicates": 0,
        "skipped": (13,),
        "assumed": False,
    }


def test_the_error_names_its_line():
    with pytest.raises(SeriesError, match=r"line 4 .*'2,5'.*"):
        read(table(DAYS, [1, "1.5", "2,5", *range(7)], header="date;v", between=";").encode(), "e.csv")
