"""A table of weights for each sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.labelled import STRENGTH, LabelledError, by_column, tables
from explorer.parameters import ParameterError
from explorer.tasks import classification

WEIGHT = st.floats(-1000, 1000).map(lambda w: round(w, 4) + 0.0) | st.integers(0, 9).map(float)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_of_weights_comes_back_as_it_was(data):
    classes, rows = data.draw(st.integers(2, 5)), data.draw(st.integers(2, 20))
    size = classes**2
    some = data.draw(st.lists(WEIGHT, min_size=4, max_size=12))
    weights = np.random.default_rng(rows).choice(some, (rows, size))
    separator, decimal = data.draw(st.sampled_from([(",", "."), (";", ","), (";", "."), ("\t", ","), ("|", ".")]))
    lines = [separator.join(f"{w:.10g}".replace(".", decimal) for w in row) for row in weights]
    if data.draw(st.booleans()):
        lines.insert(0, separator.join(f"W{i // classes}_to_{i % classes}" for i in range(size)))
    got = tables("\n".join(lines).encode(), "w.csv", rows=rows, classes=classes)
    np.testing.assert_array_equal(got.reshape(rows, size), weights)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(st.sampled_from([*"0123456789,.;-e\n\t ab"]), max_size=200).map(str.encode))
def test_any_bytes_give_tables_or_a_sentence(data):
    try:
        got = tables(data, "w.csv", rows=3, classes=2)
        sentence = "."
    except LabelledError as error:
        got, sentence = np.zeros((3, 2, 2)), str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert got.shape == (3, 2, 2)
    assert (np.abs(got) <= 1000).all()


def test_weights_are_written_row_by_row():
    got = tables(b"1,2,3,4\n5,6,7,8\n", "w.csv", rows=2, classes=2)
    assert got.tolist() == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]


def test_three_decimals_are_no_thousands():
    got = tables(b"1,250;2;3;8\n4;2;3;1,125\n", "w.csv", rows=2, classes=2)
    assert got[:, [0, 1], [0, 1]].tolist() == [[1.25, 8], [4, 1.125]]


GOOD = ["1,2,3,4"] * 20


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (GOOD[:18], "'w.csv' has 18 rows of weights, but the data have 20 samples: give one row for each"),
        ([*GOOD, *GOOD], "has 40 rows of weights, but the data have 20 samples"),
        (["1,2,3"] * 20, "has 3 columns, but a table for 2 classes needs 4, row by row"),
        (["1,2,3,4,5,6,7,8,9"] * 20, "has 9 columns, but a table for 2 classes needs 4"),
        (["1"] * 20, "has 1 column, but"),
        ([*GOOD[:7], "1,2,dear,4", *GOOD[8:]], "'dear' in line 8, column 3 is no finite number"),
        ([*GOOD[:7], "1,2,inf,4", *GOOD[8:]], "'inf' in line 8, column 3 is no finite number"),
        ([*GOOD[:7], "1,2,1e12,4", *GOOD[8:]], "'1e12' in line 8, column 3 is out of limits"),
        ([*GOOD[:7], "-1000.5,2,3,4", *GOOD[8:]], "'-1000.5' in line 8, column 1 is out of limits"),
        ([*GOOD[:7], "1,,3,4", *GOOD[8:]], "A weight is missing in line 8, column 2"),
        ([*GOOD[:7], "1,2,3", *GOOD[8:]], "A weight is missing in line 8, column 4"),
        ([*GOOD[:7], "1,2,3,4,5", *GOOD[7:]], "Line 8 of 'w.csv' does not hold 4 weights"),
        ([*GOOD[:7], "sorry", *GOOD[7:]], "Line 8 of 'w.csv' does not hold 4 weights"),
        ([], "is empty"),
        (["a,b,c,d"], "no rows of data"),
    ],
)
def test_weights_that_do_not_fit_are_refused(lines, sentence):
    with pytest.raises(LabelledError, match=sentence) as caught:
        tables("\n".join(lines).encode(), "w.csv", rows=20, classes=2)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_column_makes_mistakes_dear_and_leaves_the_diagonal():
    got = by_column([[1, 2], [4, 0.5]], [10.0, 20.0, 15.0], 3)
    np.testing.assert_allclose(got, [[[1, 2], [4, 0.5]], [[1, 8], [16, 0.5]], [[1, 5], [10, 0.5]]])


@pytest.mark.parametrize(("column", "strength"), [([7.0] * 4, 5), ([1.0, 2.0, 3.0, 4.0], 0)])
def test_a_constant_column_or_no_strength_change_nothing(column, strength):
    np.testing.assert_array_equal(by_column([[1, 2], [4, 1]], column, strength), np.tile([[1, 2], [4, 1]], (4, 1, 1)))


def test_a_column_of_any_size_is_scaled():
    got = by_column([[0, 1], [1, 0]], [-1.7e308, 0.0, 1.7e308], STRENGTH.default)
    np.testing.assert_allclose(got[:, 0, 1], [1, 2.5, 4])
    assert by_column([[0, 1], [1, 0]], [], 1).shape == (0, 2, 2)


@pytest.mark.parametrize(
    ("args", "error", "sentence"),
    [
        (([[1, 2]], [1, 2], 1), LabelledError, r"must be square, but has shape \(1, 2\)"),
        (([[1, 2], [3, 4]], [1, np.nan], 1), LabelledError, "one row of finite numbers"),
        (([[1, 2], [3, 4]], [[1, 2]], 1), LabelledError, "one row of finite numbers"),
        (([[1, 2], [3, 4]], [1, 2], 21), ParameterError, "strength must lie between 0 and 20"),
    ],
)
def test_what_gives_no_tables_is_refused(args, error, sentence):
    with pytest.raises(error, match=sentence):
        by_column(*args)


def test_a_table_of_a_sample_reaches_its_part_of_a_task():
    column = np.random.default_rng(0).normal(size=30)
    weights = by_column([[1, 2], [4, 1]], column, 2)
    task = classification(column[:, None], np.arange(30) % 2, 2, weights=weights)
    for part, rows in zip((task.train, task.validation, task.test), task.rows, strict=True):
        dear = part.context["weights"][:, 0, 1] / 2 - 1
        np.testing.assert_allclose(dear, 2 * (column[rows] - column.min()) / np.ptp(column), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(part.x[:, 0] * task.std + task.mean, column[rows], rtol=1e-5, atol=1e-6)
