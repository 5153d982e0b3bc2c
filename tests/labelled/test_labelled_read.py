"""What is understood of a file of labelled samples, and what is said about it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.labelled import SAMPLES, read, sample


def table(*columns, header="", separator=","):
    """Return 18 rows of a file; each column is a function of the number of the row."""
    rows = [separator.join(str(column(i)) for column in columns) for i in range(18)]
    return "\n".join([*([header] if header else []), *rows]).encode()


def number(i):
    return (i * 7 % 18) / 4 + 0.5


def kind(i):
    return ("red", "green", "blue")[i % 3]


def classes_of(data, **chosen):
    got = read(data, "f.csv", **chosen)
    return got.understood.label_column, got.classes


def test_columns_labels_and_classes_are_found():
    got = read(table(number, kind, lambda i: -i * i, header="size,colour,depth"), "f.csv")
    assert got.features == ("size", "depth")
    assert got.classes == ("blue", "green", "red")
    np.testing.assert_array_equal(got.x, [[number(i), -i * i] for i in range(18)])
    assert [got.classes[c] for c in got.label] == [kind(i) for i in range(18)]
    assert got.notes == (
        "Read as UTF-8, comma-separated, decimal point.",
        "Labels: column 'colour'.",
        "Classes, in alphabetical order: blue (6), green (6), red (6).",
        "Features: 'size', 'depth'.",
    )
    assert (got.understood.rows, got.understood.total, got.understood.skipped) == (18, 18, ())


def test_a_file_without_header_has_numbered_columns():
    got = read(table(kind, number, number), "f.csv")
    assert got.features == ("column 2", "column 3")
    assert got.understood.label_column == "column 1"
    assert len(got.label) == 18


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("columns", [(number, kind), (kind, number), (number, kind, number)])
def test_a_decimal_comma_and_labels_do_not_confuse_the_separator(separator, columns):
    data = table(*columns, separator=separator).replace(b".", b",")
    got = read(data, "f.csv")
    np.testing.assert_array_equal(got.x[:, 0], [number(i) for i in range(18)])
    assert got.understood.decimal == ","
    assert got.classes == ("blue", "green", "red")


def test_one_column_proves_the_decimal_mark_of_another():
    data = table(lambda i: f"{number(i):.2f}".replace(".", ","), lambda i: f"{i + 1}.500", kind, separator=";")
    np.testing.assert_array_equal(read(data, "f.csv").x[:, 1], [(i + 1) * 1000 + 500 for i in range(18)])


@pytest.mark.parametrize(
    ("columns", "header", "expected"),
    [
        ((number, kind, kind), "x,species,colour", "species"),
        ((number, kind, kind), "x,colour,town", "town"),
        ((number, kind, lambda i: i % 2), "x,town,Target", "Target"),
        ((number, kind, lambda i: i % 2), "x,town,spots", "town"),
        ((number, lambda i: i % 4, lambda i: i % 2), "x,spots,legs", "legs"),
        ((kind, number, lambda i: i % 2), "Klasse (Art),x,y", "Klasse (Art)"),
        ((lambda i: f"name {i}", kind, number), "label,colour,x", "colour"),
    ],
)
def test_the_likeliest_column_is_the_label(columns, header, expected):
    got = read(table(*columns, header=header), "f.csv")
    assert got.understood.label_column == expected
    assert got.understood.label_column in got.understood.label_columns


def test_the_label_may_be_overruled():
    data = table(number, kind, lambda i: i % 2 + 7, header="x,colour,legs")
    assert classes_of(data) == ("colour", ("blue", "green", "red"))
    assert classes_of(data, label="legs") == ("legs", ("7", "8"))
    assert read(data, "f.csv").understood.label_columns == ("colour", "legs")


def test_features_may_be_overruled():
    data = table(number, kind, lambda i: i, header="x,colour,row")
    got = read(data, "f.csv")
    assert got.features == ("x",)
    assert "Not taken as a feature, because it only counts or names the rows: 'row'." in got.notes
    assert read(data, "f.csv", features=["row", "x", "row"]).features == ("row", "x")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["10", "9", "2"], ("2", "9", "10")),
        (["1", "0.0", "1.0"], ("0.0", "1")),
        (["class 10", "Class 9", "b"], ("b", "Class 9", "class 10")),
        (["1st", "2nd", "3rd"], ("1st", "2nd", "3rd")),
        (["+", "-", "+"], ("+", "-")),
        (["none", "mild", "void"], ("mild", "none", "void")),
        (["a  b", " a b ", "c"], ("a b", "c")),
        (["2", "1", "unsure"], ("1", "2", "unsure")),
    ],
)
def test_classes_are_ordered_as_people_count(cells, expected):
    data = table(number, lambda i: f'"{cells[i % 3]}"', header="x,label")
    assert read(data, "f.csv").classes == expected


def test_rows_with_a_gap_are_left_out_and_named():
    gaps = {2: "", 5: "NA", 7: "low"}
    data = table(lambda i: gaps.get(i, number(i)), number, lambda i: "?" if i == 11 else kind(i), header="x,z,colour")
    got = read(data, "f.csv")
    kept = [i for i in range(18) if i not in {2, 5, 7, 11}]
    np.testing.assert_array_equal(got.x[:, 1], [number(i) for i in kept])
    assert [got.classes[c] for c in got.label] == [kind(i) for i in kept]
    assert got.understood.skipped == (4, 7, 9, 13)
    assert got.notes[-2:] == (
        "1 row skipped, no label in column 'colour': line 13.",
        "3 rows skipped, a feature is missing or no number (first: 'low' in column 'x'): line 4, 7, 9.",
    )
    whole = read(data, "f.csv", features=["z"])
    assert len(whole.label) == 17


def test_columns_that_say_nothing_are_left_out_and_named():
    data = table(
        *(
            number,
            kind,
            lambda _: 5,
            lambda i: f"n{i}",
            lambda i: 3 * i + 100,
            lambda i: "" if i % 3 else i,
            lambda _: "",
            lambda i: i % 3,
        ),
        header="x,colour,five,name,Id,rare,void,colour_code",
    )
    got = read(data, "f.csv")
    assert got.features == ("x",)
    assert got.notes[4:] == (
        "Not taken as a feature, because it holds text: 'name'.",
        "Not taken as a feature, because it only counts or names the rows: 'Id'.",
        "Not taken as a feature, because it has gaps in more than half of the rows: 'rare'.",
        "Not taken as a feature, because it holds no value at all: 'void'.",
        "Not taken as a feature, because it only repeats the label: 'colour_code'.",
        "Not taken as a feature, because it never changes: 'five'.",
    )


def test_a_class_whose_rows_all_have_gaps_is_no_class():
    got = read(table(lambda i: "" if i % 6 == 1 else number(i), lambda i: i % 6, header="x,label"), "f.csv")
    assert got.classes == ("0", "2", "3", "4", "5")
    assert np.bincount(got.label).tolist() == [3] * 5


def test_rows_that_are_called_total_are_samples_here():
    got = read(table(lambda i: ("max", "min")[i % 2], number), "f.csv")
    assert len(got.label) == 18


def test_doubtful_classes_are_said():
    got = read(table(number, lambda i: ("none", "Cat", "cat")[i % 3], header="x,label"), "f.csv")
    assert got.notes[-2:] == (
        "'none' was taken for a class, not for a missing label.",
        "Classes 'Cat' and 'cat' differ only in capital letters.",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_units_are_taken_off(separator):
    got = read(table(lambda i: f"{number(i)} cm", kind, header=f"x{separator}colour", separator=separator), "f.csv")
    np.testing.assert_array_equal(got.x[:, 0], [number(i) for i in range(18)])
    assert "Taken off each number of 'x': 'cm'." in got.notes


@pytest.mark.parametrize("header", ["", "size weight colour"])
def test_spaces_separate_only_where_nothing_else_does(header):
    got = read(table(number, number, kind, header=header, separator="  "), "f.csv")
    assert got.x.shape == (18, 2)
    assert got.understood.separator == "space"
    with_units = read(table(lambda i: f"{number(i)} cm", kind, header=header.replace(" weight ", ",")), "f.csv")
    assert with_units.understood.separator == "comma"
    assert with_units.classes == ("blue", "green", "red")


def test_names_are_short_and_on_one_line():
    got = read(table(number, lambda i: f'"{kind(i)}\n{"x" * 200}"', header='"x\u202e\x07y",label'), "f.csv")
    assert got.features == ("xy",)
    assert all(len(name) <= 80 and name.isprintable() for name in got.classes)


def test_iris_is_there():
    got = sample("iris")
    assert set(SAMPLES) == {"iris"}
    assert got.x.shape == (150, 4)
    assert got.features == ("sepal_length", "sepal_width", "petal_length", "petal_width")
    assert got.classes == ("setosa", "versicolor", "virginica")
    assert np.bincount(got.label).tolist() == [50, 50, 50]
    assert got.x[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    assert got.understood is None
    with pytest.raises(KeyError):
        sample("tulips")
