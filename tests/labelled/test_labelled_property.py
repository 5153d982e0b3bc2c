"""Whatever the dialect, samples come back as they were; whatever the bytes, the answer is samples or a sentence."""

from __future__ import annotations

import csv
import io
import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.labelled import LabelledError, read, sample

WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCÄÖÜéß +-_/'"), min_size=1, max_size=12).map(str.strip)
MISSING = {"na", "n/a", "nan", "null", "inf"}
# A line that begins with // is a comment, whatever follows.
CLASS = WORDS.filter(lambda w: any(map(str.isalpha, w)) and w.lower() not in MISSING and not w.startswith("//"))
VALUE = st.floats(-1e12, 1e12).map(lambda v: round(v, 6) + 0.0) | st.floats(-1e3, 1e3)
HEADER = ("length", "width", "weight", "height")


@st.composite
def written(draw):
    """Return features, names of classes, the class of each sample, and a file that holds them in a random dialect."""
    features = draw(st.integers(1, 4))
    numeric = draw(st.booleans())
    names = draw(
        st.lists(st.integers(0, 99).map(str), min_size=2, max_size=5, unique=True)
        if numeric
        else st.lists(CLASS, min_size=2, max_size=10, unique_by=str.casefold)
    )
    names = sorted(names, key=int if numeric else str)
    label = np.arange(draw(st.integers(2 * max(len(names), 6), 40))) % len(names)
    label = label[draw(st.permutations(range(len(label))))]
    random = np.random.default_rng(draw(st.integers(0, 99)))
    x = random.normal(size=(len(label), features)).round(5)
    x[:, 0] = draw(st.lists(VALUE, min_size=len(label), max_size=len(label)))
    x[0, 0], x[1, 0] = 0.5, -0.25
    separator, decimal = draw(st.sampled_from([(s, d) for s in ",;\t|" for d in ".," if s + d != ",,"]))
    rows = [[repr(v).replace(".", decimal) for v in row] for row in x.tolist()]
    place = draw(st.integers(0, features))
    for row, c in zip(rows, label.tolist(), strict=True):
        row.insert(place, names[c])
    if numeric or draw(st.booleans()):
        header = [*HEADER[:features]]
        header.insert(place, draw(st.sampled_from(["label", "Class", "Klasse", "species", "the target"])))
        rows.insert(0, header)
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return x, names, label, out.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])))


@settings(max_examples=120, deadline=None)
@given(written())
def test_round_trip(case):
    x, names, label, data = case
    got = read(data, "r.csv")
    np.testing.assert_array_equal(got.x, x)
    assert set(got.classes) == {" ".join(name.split()) for name in names}
    assert [got.classes[c] for c in got.label] == [" ".join(names[c].split()) for c in label]
    assert got.understood.total == got.understood.rows == len(label)


def outcome(data, **chosen):
    """Read bytes; check that the answer is sound or one sentence, in time."""
    begun = time.monotonic()
    try:
        got, sentence = read(data, "x.csv", **chosen), "."
    except LabelledError as error:
        got, sentence = None, str(error)
    assert time.monotonic() - begun < 5
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 500
    if got:
        assert got.x.dtype == np.float64
        assert np.isfinite(got.x).all()
        assert got.x.shape == (len(got.label), len(got.features))
        assert len(got.label) >= 10
        assert (np.ptp(got.x, axis=0) > 0).all()
        assert 2 <= len(got.classes) == len(set(got.classes)) <= 10
        assert (np.bincount(got.label, minlength=len(got.classes)) >= 2).all()
        assert got.understood.label_column in got.understood.label_columns
        assert set(got.features) <= set(got.understood.numeric_columns)
        assert got.understood.rows == len(got.label)
        assert all(note.endswith(".") and "\n" not in note for note in got.notes)
    return got


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data):
    outcome(data)


CELL = st.sampled_from(
    ["a", "b", "a", "b", "none", "1", "2", "1.5", "2,5", "-3", "NA", "", "+", "-", "1st", "1e999", "5 cm"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=10, max_size=30),
    st.sampled_from([*",;\t| "]),
    st.sampled_from([None, "column 1", "a", "x"]),
    st.sampled_from([None, ["column 2"], ["b"], ["x"], []]),
)
def test_any_likely_table(rows, separator, label, features):
    text = "\n".join(separator.join(row) for row in rows)
    outcome(text.encode(), label=label, features=features)


IRIS = sample("iris")
ROWS = [[*map(str, x), IRIS.classes[c]] for x, c in zip(IRIS.x[::5].tolist(), IRIS.label[::5], strict=True)]
FILE = "\n".join(",".join(row) for row in [[*IRIS.features, "species"], *ROWS]).encode()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["flip", "cut", "insert", "repeat"]), st.integers(0, 10**6), st.binary(max_size=3)),
        max_size=6,
    )
)
def test_damaged_files(damage):
    data = FILE
    for kind, where, extra in damage:
        at = where % (len(data) + 1)
        if kind == "flip":
            data = data[:at] + extra + data[at + len(extra) :]
        elif kind == "cut":
            data = data[:at] + data[at + where % 40 :]
        elif kind == "insert":
            data = data[:at] + extra + data[at:]
        else:
            data = data[:at] + data[max(0, at - where % 40) :]
    got = outcome(data)
    assert damage or got.classes == IRIS.classes


def test_the_largest_files_are_answered_in_time():
    outcome(b"x,label\n" + b"1.5,a\n2.5,b\n" * 250_000)
    outcome(b"1.5,a\n" * 3_000_000)
    outcome(b"1.5,a" + b"x" * 2_000_000)
    outcome(b"\n".join(b"%d,name%d" % (i % 7, i) for i in range(100_000)))
