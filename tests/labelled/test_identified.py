"""What is understood of a file of users' rows, and what is said about it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.labelled import LabelledError
from explorer.labelled.identified import read


def table(header, *columns, separator=",", rows=24):
    """Return a file; each column is a function of the number of the row."""
    lines = [separator.join(str(column(i)) for column in columns) for i in range(rows)]
    return "\n".join([separator.join(header.split(",")), *lines]).encode()


def user(i):
    return ("ann", "bob", "cleo")[i % 3]


def number(i):
    return (i * 7 % 24) / 4 + 0.5


def whole(i):
    return i * 5 % 11


def test_ids_and_features_are_found():
    got = read(table("speed,customer,note,clicks", number, user, lambda i: f"n{i}", whole), "f.csv")
    assert got.id_column == "customer"
    assert got.ids.tolist() == [user(i) for i in range(24)]
    assert got.features == ("speed", "clicks")
    np.testing.assert_array_equal(got.x, [[number(i), whole(i)] for i in range(24)])
    assert got.notes == (
        "Read as UTF-8, comma-separated, decimal point.",
        "Ids: column 'customer', 3 users of 8 rows; also possible: 'clicks'.",
        "Features: 'speed', 'clicks'.",
        "Not taken as a feature, because it holds text: 'note'.",
    )


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_and_a_decimal_comma(separator):
    data = table("user,a", user, number, separator=separator).replace(b".", b",")
    got = read(data, "f.csv")
    np.testing.assert_array_equal(got.x[:, 0], [number(i) for i in range(24)])
    assert got.ids[1] == "bob"


def test_ids_of_sixteen_digits_stay_apart():
    got = read(table("user_id,a", lambda i: 9007199254740992 + i % 3, number), "f.csv")
    assert sorted(set(got.ids)) == ["9007199254740992", "9007199254740993", "9007199254740994"]
    assert got.features == ("a",)


def test_ids_are_compared_as_they_are_written():
    ids = ("007", "7", "x" * 80 + "1", "x" * 80 + "2", "Müller, A")
    got = read(table("id,a", lambda i: f'"{ids[i % 5]}"', number), "f.csv")
    assert set(got.ids) == set(ids)


@pytest.mark.parametrize(
    ("header", "columns", "expected"),
    [
        ("id,user,a", (lambda i: i, user, number), "user"),
        ("id,userId,a", (lambda i: i, lambda i: i % 4, number), "userId"),
        ("order_id,customer_id,a", (lambda i: i // 2, lambda i: i % 4, number), "customer_id"),
        ("group,id,a", (user, lambda i: i % 4, number), "id"),
        ("colour,age,a", (user, lambda i: 30 + i % 4, number), "colour"),
        ("user,who,a", (lambda i: f"u{i}", user, number), "who"),
        ("clicks,kunde,a", (lambda i: i % 2, lambda i: i % 5, number), "kunde"),
    ],
)
def test_the_id_column_is_told_by_its_name_and_by_coming_back(header, columns, expected):
    assert read(table(header, *columns), "f.csv").id_column == expected


def test_both_choices_can_be_overruled():
    data = table("user,group,a,b", user, lambda i: i % 4, number, whole)
    assert set(read(data, "f.csv", id_column="group").ids) == {"0", "1", "2", "3"}
    got = read(data, "f.csv", features=["group", "b"])
    assert got.features == ("group", "b")
    assert got.numeric_columns == ("group", "a", "b")
    assert got.id_columns == ("user", "group", "b")


def test_other_ids_and_counters_are_no_features():
    got = read(table("row,user,session_id,a", lambda i: i + 1, user, lambda i: i // 3, number), "f.csv")
    assert got.features == ("a",)
    assert "Not taken as a feature, because it only counts or names the rows: 'row'." in got.notes
    assert "Not taken as a feature, because it is an id itself: 'session_id'." in got.notes


def test_rows_with_gaps_are_left_out_and_said():
    data = table(
        "user,a,b",
        lambda i: "" if i in (3, 9) else user(i),
        lambda i: "" if i in (3, 5) else number(i),
        lambda i: "NaN" if i == 7 else whole(i),
    )
    got = read(data, "f.csv")
    assert len(got.ids) == len(got.x) == 20
    assert np.isfinite(got.x).all()
    assert "" not in got.ids
    assert got.notes[-2:] == (
        "2 rows skipped, no id in column 'user': line 5, 11.",
        "2 rows skipped, a feature is missing or no number: line 7, 9.",
    )


def test_a_feature_that_never_changes_is_left_aside():
    got = read(table("user,a,b", user, number, lambda _: 4), "f.csv")
    assert got.features == ("a",)
    assert got.notes[-1] == "Not taken as a feature, because it never changes: 'b'."


def test_ids_that_a_spreadsheet_rounded_are_told():
    got = read(table("user,a", lambda i: ("9.0072E+15", "8.1E+15")[i % 2], number), "f.csv")
    assert any("a spreadsheet has rounded them, so users may be merged" in note for note in got.notes)


@pytest.mark.parametrize(
    ("data", "chosen", "sentence"),
    [
        (table("user,a", lambda _: "ann", number), {}, "Column 'user' holds one id only, 'ann'"),
        (table("user,a", lambda i: f"u{i}", number), {}, "Column 'user' has another id in each row"),
        (table("user,a", lambda _: "", number), {}, "Column 'user' holds no id at all"),
        (table("x,a", number, number), {}, "No column of ids was found among 'x', 'a'"),
        (table("user,a", user, user), {}, "There is no feature beside the ids in 'user'"),
        (table("user,a", user, lambda _: 3), {}, r"No feature ever changes \('a'\)"),
        (table("user,a", user, number), {"id_column": "usr"}, "There is no column 'usr'; there is 'user', 'a'"),
        (table("user,a", user, number), {"features": ["user"]}, "Column 'user' holds the ids"),
        (table("user,a", user, number), {"features": []}, "No feature is chosen"),
        (table("user,n,a", user, user, number), {"features": ["n"]}, "Column 'n' holds text"),
        (table("user,a", user, lambda i: number(i) if i < 5 else ""), {}, "There is no feature beside the ids"),
        (
            table("user,a,b", user, lambda i: number(i) if i < 13 else "", lambda i: number(i) if i > 10 else ""),
            {},
            "Only 2 of 24 rows",
        ),
        (table("user", user), {}, "single column"),
        (table("user,a", user, number, rows=4), {}, "The file has 4 rows of data: at least 10"),
        (b"", {}, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", {}, "f.csv"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data, chosen, sentence):
    with pytest.raises(LabelledError, match=sentence) as caught:
        read(data, "f.csv", **chosen)
    assert str(caught.value).endswith(".")


def test_too_large_a_file_is_refused():
    line = "u1," + ",".join(["1"] * 150)
    data = "\n".join([",".join(["user", *(f"f{i}" for i in range(150))]), *[line] * 20_000]).encode()
    with pytest.raises(LabelledError, match="more than 3,000,000 cells"):
        read(data, "f.csv")
