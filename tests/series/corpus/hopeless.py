"""Files that hold no time series, each with a word of the cause that the refusal must name."""

from __future__ import annotations

import gzip
import json
import pickle

import numpy as np

from tests.series.corpus.case import DAYS_2023, LEVEL, beside, lines
from tests.series.corpus.workbook import packed, xlsx

ROWS = beside(DAYS_2023, LEVEL)
PROSE = (
    "It was the best of times, it was the worst of times; nobody counted anything, and nothing was written down.\n" * 20
)

# name → bytes, what the sentence must say (a pattern, case is no matter)
FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blank lines": (b"\r\n \r\n\t\r\n" * 20, "empty"),
    "a mark and nothing behind": (b"\xef\xbb\xbf", "empty"),
    "header only": (b"date,price\r\n", "no rows|header"),
    "one row": (lines("date,v", ROWS[0]).encode(), "1 (value|row|point)|at least|only"),
    "seven rows": (lines("date,v", *ROWS[:7]).encode(), "7 (value|row|point)|at least"),
    "all missing": (lines("date,v", *[d + ",NA" for d in DAYS_2023]).encode(), "missing|no values"),
    "two of twelve present": (
        lines("date,v", *ROWS[:2], *[d + "," for d in DAYS_2023[2:]]).encode(),
        "at least|missing|2 ",
    ),
    "text only": (lines("name,town", *["Ann,Oslo", "Bob,Rome"] * 6).encode(), "number"),
    "prose": (PROSE.encode(), "number|table|column"),
    "dates only": (lines("date", *DAYS_2023).encode(), "value|number"),
    "numbers of customers only": (lines("date,customer_id", *beside(DAYS_2023, range(7001, 7013))).encode(), "id"),
    "row numbers only": (
        lines('"","name"', *[f'"{i}","{"ab"[i % 2]}{i}x"' for i in range(1, 13)]).encode(),
        "number|id|text",
    ),
    "mostly words": (
        lines("date,v", *beside(DAYS_2023, [v if i % 3 else "broken" for i, v in enumerate(LEVEL)])).encode(),
        "text|broken",
    ),
    "point and comma in one column": (
        lines(
            "date;v",
            *beside(DAYS_2023, [v if i % 2 else str(v).replace(".", ",") for i, v in enumerate(LEVEL)], between=";"),
        ).encode(),
        "decimal",
    ),
    "day first and month first in one column": (
        lines("date,v", *beside([f"{d}/01/2023" if d % 2 else f"01/{d}/2023" for d in range(13, 25)], LEVEL)).encode(),
        "date|day|month|time",
    ),
    "infinite throughout": (lines("date,v", *[d + ",inf" for d in DAYS_2023]).encode(), "infinite|missing|no values"),
    "a hundred thousand columns": (
        b",".join([b"a"] * 100_000) + b"\n" + b"\n".join([b",".join([b"1"] * 100_000)] * 9),
        "columns",
    ),
    "fifty-one megabytes": (b"2023-01-09,1\n" * 4_000_000, "MB"),
    "rows of every width": (
        lines(*[",".join("12345678"[: 1 + i * 5 % 8]) for i in range(24)]).encode(),
        "cells|column|line",
    ),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64), "PNG"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64), "JPEG"),
    "gzip of a good table": (gzip.compress(lines("date,v", *ROWS).encode()), "gzip"),
    "zip of a good table": (packed({"table.csv": lines("date,v", *ROWS)}), "zip"),
    "letter of a word processor": (
        packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}),
        "Word|zip|workbook",
    ),
    "workbook cut off": (
        xlsx({"Sheet1": [("date", "v"), ("2023-01-09", 1.5)]})[:900],
        "damaged|broken|cannot|breaks off|not",
    ),
    "workbook without cells": (xlsx({"Sheet1": []}), "empty|no "),
    "workbook that unpacks to a flood": (
        packed(
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": "<workbook/>",
                "xl/worksheets/sheet1.xml": b" " * 300_000_000,
            }
        ),
        "MB|large|unpack|bomb",
    ),
    "old workbook, damaged": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "workbook|Excel"),
    "parquet": (b"PAR1" + bytes(64) + b"PAR1", "Parquet"),
    "hdf5": (b"\x89HDF\r\n\x1a\n" + bytes(64), "HDF5"),
    "pickle": (pickle.dumps({"date": DAYS_2023, "v": LEVEL}), "pickle"),
    "pickle of an array": (pickle.dumps(np.arange(20.0), protocol=2), "pickle"),
    "numpy": (b"\x93NUMPY\x01\x00" + bytes(64), "NumPy"),
    "database": (b"SQLite format 3\x00" + bytes(64), "SQLite"),
    "page of the web without a table": (
        b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><p>Please log in</p></body></html>",
        "HTML",
    ),
    "feed": (b'<?xml version="1.0"?><rss><channel><item>1</item></channel></rss>', "XML"),
    "json": (json.dumps([{"date": d, "v": v} for d, v in zip(DAYS_2023, LEVEL, strict=True)]).encode(), "JSON"),
    "a json object a line": (
        lines(*[json.dumps({"date": d, "v": v}) for d, v in zip(DAYS_2023, LEVEL, strict=True)]).encode(),
        "JSON",
    ),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(range(256)) * 4, "program|text|binary"),
    "sound": (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(256)) * 4, "sound|text|binary|WAV"),
    "noise": (np.random.default_rng(7).bytes(4096), "text|binary"),
    "source code": (
        b"import numpy as np\n\n\ndef f(x, y):\n    return x + y\n\n\nprint(f(1, 2))\n" * 4,
        "number|column|table",
    ),
    "letter": (
        b"From: a@example.org\nTo: b@example.org\nSubject: the numbers\nDate: Mon, 9 Jan 2023 10:00:00 +0000\n\n"
        b"Dear B,\nplease find them attached.\n",
        "number|column|table|at least|value",
    ),
    "calendar": (
        b"BEGIN:VCALENDAR\nVERSION:2.0\n"
        + b"BEGIN:VEVENT\nDTSTART:20230109T100000Z\nSUMMARY:Tea\nEND:VEVENT\n" * 12
        + b"END:VCALENDAR\n",
        "number|column|table",
    ),
    "orders to a database": (
        b"CREATE TABLE t (d DATE, v REAL);\n"
        + b"".join(f"INSERT INTO t VALUES ('{d}', {v});\n".encode() for d, v in zip(DAYS_2023, LEVEL, strict=True)),
        "number|column|SQL|text",
    ),
    # from here on: made after the reader had been written
    "sleep in hours and minutes": (
        lines("date,sleep", *[f"{d},{6 + i % 3}h {7 * i % 60}m" for i, d in enumerate(DAYS_2023)]).encode(),
        "number|text",
    ),
    "pointer to a large file": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a2146" * 8 + b"\nsize 12345\n",
        "number|pointer|table|column",
    ),
    "not found": (b"404: Not Found", "number|row|value|table"),
    "denied, in XML": (b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>', "XML"),
    "settings": (
        b"name: test\nsteps:\n  - run: a\n  - run: b\nvalues:\n  first: 1\n  second: 2\n" * 3,
        "number|column|table|text|cells",
    ),
    "tar": (b"table.csv" + bytes(91) + b"0000644\x00" + bytes(149) + b"ustar\x0000" + bytes(200), "text|tar|binary"),
    "matlab": (
        b"MATLAB 5.0 MAT-file, Platform: GLNXA64" + bytes(90) + b"\x00\x01IM" + bytes(range(64)),
        "text|MATLAB|binary",
    ),
    "feather": (b"FEA1" + bytes(64), "text|Feather|binary"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(range(64)), "text|RAR|binary"),
    "fractions": (lines("date,v", *[f"{d},{i + 1} 1/2" for i, d in enumerate(DAYS_2023)]).encode(), "number|text"),
    "presentation": (xlsx({}).replace(b"xl/", b"pp/"), "archive|zip|workbook|damaged"),
    "times of day as values": (
        lines("date,sunrise", *[f"{d},07:{50 - i}" for i, d in enumerate(DAYS_2023)]).encode(),
        "number|text|value",
    ),
    "names with commas in them": (
        lines(
            "week (first, second, third),orders (urgent),orders", *[f"{i},{i + 7},{i * 2}" for i in range(12)]
        ).encode(),
        "names|header|cells|column",
    ),
    "row labels and words": (
        lines('"","name"', *[f'"{61617 + i * 3}","b{i}"' for i in range(12)]).encode(),
        "number|id|text",
    ),
    "dates of events only": (
        lines('"","date"', *[f'"{i}",{1851.2 + i * 0.37:.4f}' for i in range(1, 13)]).encode(),
        "value|number|id",
    ),
}
