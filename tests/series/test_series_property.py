"""Whatever the dialect, a series comes back as it was; whatever the bytes, the answer is a series or a sentence."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from explorer.series import SeriesError, read
from explorer.series.sample import FOLDER
from tests.series.corpus.workbook import packed, xlsx

STEPS = {
    "D": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y"),
    "h": ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y %H:%M:%S"),
    "M": ("%Y-%m", "%Y-%m-%d", "%b %Y", "%m/%Y"),
    "Y": ("%Y", "%Y-%m-%d"),
}
VALUE = st.floats(-1e12, 1e12).map(lambda v: round(v, 6) + 0.0) | st.floats(allow_nan=False, allow_infinity=False)
SERIES = st.lists(VALUE.filter(lambda v: abs(v) < 1e300), min_size=40, max_size=80)


@st.composite
def written(draw):
    """Return times, values (NaN for a gap inside), and a file that holds them in a random dialect."""
    value = draw(SERIES)
    unit = draw(st.sampled_from(sorted(STEPS)))
    start = np.datetime64("1970-01", "M") + np.timedelta64(draw(st.integers(-120, 480)), "M")
    times = (start.astype(f"M8[{unit}]") + np.arange(len(value))).astype("M8[s]")
    layout = draw(st.sampled_from(STEPS[unit]))
    separator, decimal = draw(
        st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), ("|", ".")])
    )
    gaps = draw(st.sets(st.integers(1, len(value) - 2), max_size=5))
    word = draw(st.sampled_from(["", "NA", "n/a", "NaN", "null", "-", "?"]))
    cells = [word if i in gaps else repr(v).replace(".", decimal) for i, v in enumerate(value)]
    rows = [[t.item().strftime(layout), c] for t, c in zip(times, cells, strict=True)]
    if draw(st.booleans()):
        rows = [[row[0], f"note {i % 3}", row[1]] for i, row in enumerate(rows)]
    if draw(st.booleans()):
        rows.insert(0, ["date", "note", "value"][: len(rows[0])] if len(rows[0]) == 3 else ["date", "value"])
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    value = np.array([np.nan if i in gaps else v for i, v in enumerate(value)])
    return times, value, out.getvalue().encode(codec)


@settings(max_examples=150, deadline=None)
@given(written())
def test_round_trip(case):
    times, value, data = case
    series = read(data, "r.csv")
    known = ~np.isnan(value)
    assert np.array_equal(series.time, times)
    assert np.array_equal(series.value[known], value[known])
    assert np.array_equal(series.filled, ~known)
    assert np.isfinite(series.value).all()


NAMES = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
# What stands between thousands, the decimal mark, and what stands before and behind.
DIALECTS = (
    (",", ".", "$", ""), (".", ",", "", " €"), (" ", ",", "", ""), ("\u202f", ",", "", " €"), ("’", ".", "CHF ", ""),
    (".", ",", "R$ ", ""), ("", ".", "", "%"), ("", ",", "", " %"), (",", ".", "₹ ", ""),
)  # fmt: skip


@st.composite
def dressed(draw):
    """Return monthly times, values, and a file with months in words and numbers with marks, in one of its layouts."""
    years = draw(st.integers(2, 5))
    start = draw(st.integers(1950, 2020))
    cents = draw(st.lists(st.integers(-(10**9), 10**9), min_size=12 * years, max_size=12 * years))
    group, point, before, behind = draw(st.sampled_from(DIALECTS))
    brackets = draw(st.booleans()) and not behind

    def shown(cent):
        text = f"{abs(cent) // 100:,}.{abs(cent) % 100:02}".replace(",", "\0").replace(".", point).replace("\0", group)
        minus = ("(", ")") if brackets else ("-", "")
        return f"{minus[0]}{before}{text}{behind}{minus[1]}" if cent < 0 else before + text + behind

    cells, names = [shown(cent) for cent in cents], NAMES[draw(st.sampled_from(sorted(NAMES)))].split()
    times = np.datetime64(str(start), "M") + np.arange(12 * years)
    layout = draw(st.sampled_from(["worded", "wide", "turned", "long", "epoch", "split"]))
    if layout == "wide":
        rows = [["Year", *names], *([str(start + y), *cells[12 * y : 12 * y + 12]] for y in range(years))]
    elif layout == "turned":
        rows = [["", *(str(start + y) for y in range(years))], *([names[m], *cells[m::12]] for m in range(12))]
        assume(years > 2)
    elif layout == "long":
        rows = [
            ["date", "town", "x"],
            *([str(t), k, c] for k in ("Ulm", "Bonn") for t, c in zip(times, cells, strict=True)),
        ]
    elif layout == "epoch":
        seconds = times.astype("M8[s]").astype(np.int64)
        assume(seconds[0] > 2e8)
        rows = [["timestamp", "x"], *([f"{1000 * t}", c] for t, c in zip(seconds.tolist(), cells, strict=True))]
    elif layout == "split":
        rows = [["year", "month", "x"], *([str(t)[:4], str(t)[5:], c] for t, c in zip(times, cells, strict=True))]
    else:
        words = [f"{names[i % 12]} {start + i // 12}" for i in range(12 * years)]
        rows = [["month", "x"], *([t, c] for t, c in zip(words, cells, strict=True))]
    out = io.StringIO()
    csv.writer(out, delimiter=draw(st.sampled_from(";\t|")), lineterminator="\n").writerows(rows)
    return times, np.array(cents) / 100, out.getvalue().encode()


@settings(max_examples=150, deadline=None)
@given(dressed())
def test_round_trip_in_words_and_marks(case):
    times, value, data = case
    series = read(data, "r.csv")
    assume(all(decision.name != "missing" for decision in series.decisions))
    assert np.array_equal(series.time.astype("M8[M]"), times)
    assert np.array_equal(series.value, value)


def outcome(data):
    """Read bytes; check that the answer is a sound series or one sentence, in time."""
    begun = time.monotonic()
    try:
        series, sentence = read(data, "x.csv"), "."
    except SeriesError as error:
        series, sentence = None, str(error)
    assert time.monotonic() - begun < 5
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 400
    if series:
        assert series.value.dtype == np.float64
        assert np.isfinite(series.value).all()
        assert len(series.value) == len(series.time) == len(series.filled) >= 8
        assert (np.diff(series.time).astype(np.int64) > 0).all()
        assert series.value_name in series.columns
        assert all(len(name) <= 90 and name.isprintable() for name in series.columns)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data):
    outcome(data)


ALPHABET = st.sampled_from(
    [*'0123456789.,;-/:"\t \n#TZQWeE+%ä€', "2024-01-01", "inf", "nan", "1e999", "Jan", "12:00", "\r\n"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ALPHABET, max_size=120).map("".join))
def test_any_likely_text(text):
    outcome(text.encode())


SEEDS = (
    (Path(FOLDER) / "sunspots.csv").read_bytes()[:400],
    "\n".join(["Datum;Uhrzeit;Wert", *(f"{d:02}.03.2024;{d}:00;{d},5" for d in range(1, 20))]).encode("utf-8-sig"),
    "\n".join(["t,v,w", *(f"2024-01-{d:02}T00:00:00+01:00,{d}.5,{d}" for d in range(1, 20))]).encode("utf-16"),
    "\n".join(["year month v", *(f"2024 {m} {m / 7}" for m in range(1, 13))]).encode(),
    "\n".join(['"m"\t"v"', *(f'"{2000 + q // 4}-Q{q % 4 + 1}"\t"{q},25"' for q in range(20))]).encode(),
)


DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "repeat", "join"]), st.integers(0, 10**6), st.binary(max_size=3)
    ),
    max_size=6,
)


def damaged(data, damage):
    """Return bytes that were flipped, cut, inserted, repeated, or joined with those of another file."""
    for kind, where, extra in damage:
        at = where % (len(data) + 1)
        if kind == "flip":
            data = data[:at] + extra + data[at + len(extra) :]
        elif kind == "cut":
            data = data[:at] + data[at + where % 40 :]
        elif kind == "insert":
            data = data[:at] + extra + data[at:]
        elif kind == "repeat":
            data = data[:at] + data[max(0, at - where % 40) :]
        else:
            data = data[:at] + SEEDS[where % len(SEEDS)]
    return data


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), DAMAGE)
def test_damaged_files(data, damage):
    outcome(damaged(data, damage))


BOOK = xlsx({"A": [("date", "v"), *((f"2024-01-{d:02}", d / 4) for d in range(1, 20))], "B": [("x",)]})


@settings(max_examples=40, deadline=None)
@given(st.booleans(), DAMAGE)
def test_damaged_workbooks(inside, damage):
    if not inside:
        outcome(damaged(BOOK, damage))
        return
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = sorted(parts)[len(damage) % len(parts)]
    outcome(packed({**parts, name: damaged(parts[name], damage)}))


def test_a_cell_without_an_end():
    outcome(b'a,b\n1,"' + b"x" * 2_000_000)
    outcome(b"1" * 2_000_000)
    outcome(b"1," * 1_000_000)
    outcome(("2024-01-01" * 100_000 + "\n").encode() * 9)
    outcome(b"date,v\n" + b'"' * 1_000_001)


def test_a_million_rows():
    value = np.round(np.random.default_rng(0).normal(size=1_000_000), 4)
    times = (np.datetime64("2020-01-01T00:00:00") + 60 * np.arange(len(value))).astype(str)
    data = "\n".join(["time,value", *map(",".join, zip(times, value.astype(str), strict=True))]).encode()
    begun = time.monotonic()
    series = read(data, "m.csv")
    assert time.monotonic() - begun < 30
    assert np.array_equal(series.value, value)
    assert series.time[-1] == np.datetime64(times[-1])


CORNERS = ((1, "A1"), (1048576, "XFD1048576"))


def test_a_sheet_that_spans_more_than_it_holds():
    cells = "".join(f'<row r="{row}"><c r="{at}"><v>1</v></c></row>' for row, at in CORNERS)
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with pytest.raises(SeriesError, match="spans more than 5,000,000 cells"):
        read(packed({**parts, "xl/worksheets/sheet1.xml": sheet.encode()}), "b.xlsx")
