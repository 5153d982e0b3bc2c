"""Files that no labelled samples can be read from: each is refused in one plain sentence."""

from __future__ import annotations

import pytest

from explorer.labelled import LabelledError, read


def rows(*cells, header="x,label"):
    """Return a number and a cell a line below a header."""
    return "\n".join([header, *(f"{i * 0.7:.1f},{cell}" for i, cell in enumerate(cells))]).encode()


AB = ["a", "b"] * 8
REFUSED = {
    "empty": (b"", "is empty"),
    "workbook": (b"PK\x03\x04" + bytes(50), "an Excel workbook"),
    "too large": (b"1,a\n" * 5_000_001, "20.0 MB"),
    "too many cells": (b"1,a\n" * 500_001, "500,001 rows of 2 columns, more than 1,000,000 cells"),
    "too many columns": (b"\n".join([b",".join([b"1"] * 1001)] * 12), "1,001 columns"),
    "one column": (b"a\nb\n" * 9, "a single column"),
    "too few": (rows(*AB[:9]), "There are 9 rows of data: at least 10"),
    "one row": (rows("a"), "There is 1 row of data"),
    "one class": (rows(*["a"] * 16), "'label' holds one class only, 'a'"),
    "no label": (rows(*["NA"] * 16), "'label' holds no label at all"),
    "one sample": (rows(*AB, "rare"), "Class 'rare' in column 'label' has one sample only: add more of it, or take"),
    "a thousand classes": (
        rows(*map("c{}".format, range(1000))),
        "'label' has 1,000 different values, more than 10 cl",
    ),
    "measured label": (rows(*(i / 7 for i in range(16))), "'label' has 16 different values"),
    "no label column": (
        rows(*(i / 7 for i in range(16)), header="x,z"),
        "No column of labels was found among 'x', 'z'",
    ),
    "no numbers": (
        "\n".join(["name,label", *(f"n{i},{c}" for i, c in enumerate(AB))]).encode(),
        "no column of numbers",
    ),
    "index only": (
        "\n".join(["n,label", *(f"{i},{c}" for i, c in enumerate(AB))]).encode(),
        "'n' only counts or names",
    ),
    "constant": ("\n".join(["x,z,label", *(f"4,5,{c}" for c in AB)]).encode(), r"No feature ever changes \('x', 'z'\)"),
    "gaps": (
        "\n".join(["x,z,label", *(f"{'' if i % 2 else i / 3},{i / 3 if i % 3 else ''},{c}" for i, c in enumerate(AB))]),
        "Only 5 of 16 rows have a label and a number for each feature \\('x', 'z'\\)",
    ),
    "one class left": (
        "\n".join(["x,label", *(f"{i / 3 if i < 12 else ''},{'ab'[i >= 12]}" for i in range(16))]),
        "Of the rows that have all features, all are of class 'a' in column 'label'",
    ),
    "two decimal marks": (
        "\n".join(["x;label", *(f"{i}{',.'[i % 2]}5;{AB[i // 2]}" for i in range(16))]),
        r"'x' has a decimal point in line 3 \('1.5'\) and a decimal comma in line 2",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence(name):
    data, sentence = REFUSED[name]
    with pytest.raises(LabelledError, match=sentence) as caught:
        read(data if isinstance(data, bytes) else data.encode(), "f.csv")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


FILE = "\n".join(
    ["x,word,few,label,gone", *(f"{i / 3},w{i},{'low' if i % 3 else i},{c}," for i, c in enumerate(AB))]
).encode()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"label": "species"}, "There is no column 'species'; there is 'x', 'word', 'few', 'label', 'gone'."),
        ({"label": "x"}, "Column 'x' has 16 different values"),
        ({"label": "gone"}, "Column 'gone' holds no label at all"),
        ({"label": "\x1b[31m\n" + "q" * 200}, "There is no column '.31m q{20,}…'"),
        ({"features": []}, "No feature is chosen"),
        ({"features": ["x", "z"]}, "There is no column 'z'"),
        ({"features": ["x", "label"]}, "Column 'label' holds the labels: it cannot be a feature"),
        ({"features": ["word"]}, r"Column 'word' holds text \(such as 'w0'\)"),
        ({"features": ["few"]}, r"Column 'few' holds text \(such as 'low'\)"),
        ({"features": ["gone"]}, "Column 'gone' holds no value at all"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(chosen, sentence):
    assert read(FILE, "f.csv").features == ("x",)
    with pytest.raises(LabelledError, match=sentence):
        read(FILE, "f.csv", **chosen)
