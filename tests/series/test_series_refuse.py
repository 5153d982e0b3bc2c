"""Files that cannot be read: each is refused in one plain sentence that says what, where and what to do."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import zipfile

import pytest

from explorer.series import SeriesError, read

DAYS = [f"2024-01-{d:02}" for d in range(1, 21)]


def rows(*cells, header="date,v"):
    """Return a day and a cell a line below a header."""
    return "\n".join([header, *(f"{day},{cell}" for day, cell in zip(DAYS, cells, strict=False))]).encode()


def archive(*names):
    """Return the bytes of a zip archive of nearly empty files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name in names:
            packed.writestr(name, "<workbook/>")
    return buffer.getvalue()


REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \r\n\t\n", "is empty"),
    "mark only": (b"\xef\xbb\xbf", "is empty"),
    "header only": (b"date,v\n", "no rows of data after line 1"),
    "comments only": (b"# a\n# b\n", "no rows"),
    "one row": (b"date,v\n2024-01-01,5\n", "only one row"),
    "one value": (b"5\n", "only one row"),
    "seven values": (rows(*range(7)), "only 7 values: at least 8"),
    "no numbers": (rows(*"abcdefghij"), "'v' starts with 'a' in line 2"),
    "prose": (b"Dear all,\n\nthis is a letter.\nIt has no table.\n" * 5, "No numbers were found"),
    "dates only": ("\n".join(["date", *DAYS]).encode(), "no column of values beside the times in 'date'"),
    "all missing": (rows(*["NA"] * 10), "'v' holds no values at all"),
    "infinite only": (rows(*["inf"] * 10), "'v' holds no values at all"),
    "ids only": (
        "\n".join(["date,customer_id", *(f"{d},{7 * i}" for i, d in enumerate(DAYS))]).encode(),
        "looks like an id",
    ),
    "text in numbers": (rows(1, 2, "low", 4, "high", 6, 7, 8, 9, 10), r"in 2 of 10 rows \(first: line 4, 'low'\)"),
    "two decimal marks": (rows("1.5", '"2,5"', *range(8)), r"point in line 2 \('1\.5'\) and a decimal comma in line 3"),
    "decimal comma between commas": (
        rows("1,5", "2,5", "3,5", "4,5", "5,5", "6,5", "7,5", "8,5"),
        "Line 1 names 2 columns",
    ),
    "dates in two ways": (
        "\n".join(["date,v", *(f"{d},1" for d in DAYS[:7]), *(f"{i}/5/2024,1" for i in range(1, 5))]).encode(),
        r"4 of 11 cells cannot be read like the others \(first: line 9, '1/5/2024'\)",
    ),
    "too many columns": (b"\n".join([b",".join([b"1"] * 1001)] * 9), "1,001 columns"),
    "too large": (b"1\n" * 25_000_001, "50.0 MB"),
    "too many lines": (b"\n" + b"1\n" * 3_000_001, "lines"),
    "ragged": (("a,b\n" + "1,2\n1,2,3\n" * 9).encode(), "more cells than the 2"),
    "workbook that is none": (archive("xl/workbook.xml"), "an Excel workbook or zip archive that is damaged"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an Excel workbook or zip archive that is dam"),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "a PDF"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG picture"),
    "gzip": (gzip.compress(rows(*range(10))), "a gzip archive"),
    "zip": (archive("a.csv"), "a zip archive"),
    "word": (archive("word/document.xml"), "a Word document"),
    "numpy": (archive("x.npy"), "a NumPy archive"),
    "pickle": (pickle.dumps({"v": list(range(20))}), "a Python pickle, which is never opened"),
    "old pickle": (pickle.dumps([1.5] * 20, protocol=0), "a Python pickle"),
    "hdf5": (b"\x89HDF\r\n\x1a\n" + bytes(50), "an HDF5 file"),
    "parquet": (b"PAR1" + bytes(50), "a Parquet file"),
    "html": (b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>", "an HTML page"),
    "xml": (b'<?xml version="1.0"?><a/>', "an XML document"),
    "json": (json.dumps([{"date": d, "v": i} for i, d in enumerate(DAYS)], indent=1).encode(), "JSON"),
    "json numbers": (json.dumps([1.5, 2.5, 3.5]).encode(), "JSON"),
    "broken utf-16": (b"\xff\xfe1\x00,\x00\x00\xd8", "breaks off or is damaged"),
    "zero bytes": (b"a,b\n" + bytes(range(20)) * 20, "bytes that are not text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_one_sentence(case):
    data, reason = REFUSED[case]
    with pytest.raises(SeriesError, match=reason) as caught:
        read(data, "prices.csv")
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 300


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({"value": "w"}, "no column 'w'; there is date, town, v"),
        ({"time": "w"}, "no column 'w'"),
        ({"value": "town"}, "'town' starts with 'a0x'"),
        ({"time": "town"}, "'town' does not hold times"),
    ],
)
def test_a_named_column_must_be_there_and_fit(named, reason):
    data = "\n".join(["date,town,v", *(f"{d},a{i}x,{i}" for i, d in enumerate(DAYS))]).encode()
    with pytest.raises(SeriesError, match=reason):
        read(data, "t.csv", **named)


def test_a_file_name_is_shown_tamed():
    with pytest.raises(SeriesError, match=r"^'a b' is empty"):
        read(b"", "a\n\x1bb")
