"""Workbooks."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LEVEL, WHOLE, Case, Reading, comma
from tests.series.corpus.workbook import Cell, ods, xlsx

MONDAY = 44935  # 2023-01-09
DATES = [Cell(MONDAY + i, "date") for i in range(12)]
ROWS = list(zip(DATES, LEVEL, strict=True))
TABLE = [("Date", "Level"), *ROWS]
DAYS = Reading("2023-01-09", "2023-01-20", LEVEL, "Level")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _book(data: bytes, expected: Reading, **told: object) -> Case:
    return Case(data, expected, **{"name": "table.xlsx", **told})  # type: ignore[arg-type]


CASES = {
    "workbook": _book(xlsx({"Sheet1": TABLE}), DAYS),
    "workbook, texts in the cells": _book(xlsx({"Sheet1": TABLE}, shared=False), DAYS),
    "workbook with hours": _book(
        xlsx({"Sheet1": [("Time", "Level"), *[(Cell(MONDAY + h / 24, "datetime"), v) for h, v in enumerate(LEVEL)]]}),
        Reading("2023-01-09T00", "2023-01-09T11", LEVEL, "Level"),
    ),
    "workbook that counts from 1904": _book(
        xlsx(
            {"Sheet1": [("Date", "Level"), *[(Cell(MONDAY - 1462 + i, "date"), v) for i, v in enumerate(LEVEL)]]},
            since_1904=True,
        ),
        DAYS,
    ),
    "workbook with a title, a blank row and a total": _book(
        xlsx(
            {
                "Sheet1": [
                    ("Levels of 2023",),
                    (),
                    ("Date", "Level"),
                    *ROWS,
                    ("Total", Cell(1505.75, formula="SUM(B4:B15)")),
                ]
            }
        ),
        DAYS,
        left_out=(16,),
    ),
    "workbook with a table away from the corner": _book(
        xlsx({"Sheet1": [(), (), (None, None, "Date", "Level"), *[(None, None, *row) for row in ROWS]]}), DAYS
    ),
    "workbook of formulas": _book(
        xlsx({"Sheet1": [("Date", "Level"), *[(d, Cell(v, formula=f"C{i}*2")) for i, (d, v) in enumerate(ROWS)]]}), DAYS
    ),
    "workbook with errors and empty cells": _book(
        xlsx(
            {
                "Sheet1": [
                    ("Date", "Level"),
                    *ROWS[:3],
                    (DATES[3], Cell("#N/A", error=True)),
                    ROWS[4],
                    (DATES[5], None),
                    *ROWS[6:],
                ]
            }
        ),
        Reading("2023-01-09", "2023-01-20", [*LEVEL[:3], None, LEVEL[4], None, *LEVEL[6:]]),
    ),
    "workbook of texts, german": _book(
        xlsx(
            {
                "Tabelle1": [
                    ("Datum", "Pegel"),
                    *[(f"{d:02}.03.2023", comma(v)) for d, v in zip(range(9, 21), LEVEL, strict=True)],
                ]
            }
        ),
        Reading("2023-03-09", "2023-03-20", LEVEL, "Pegel"),
    ),
    "workbook, percent": _book(
        xlsx({"Sheet1": [("Date", "Share"), *[(d, Cell(v / 1000, "percent")) for d, v in ROWS]]}),
        Reading("2023-01-09", "2023-01-20", [v / 1000 for v in LEVEL], "Share"),
    ),
    "workbook, read-me sheet in front": _book(
        xlsx({"Read me": [("This workbook holds the levels.",), ("Ask before use.",)], "Data": TABLE}),
        DAYS,
        may=frozenset({"sheet"}),
    ),
    "workbook of two tables": _book(
        xlsx({"North": TABLE, "South": [("Date", "Level"), *zip(DATES, WHOLE, strict=True)]}),
        DAYS,
        asked="sheet",
        other=(Reading("2023-01-09", "2023-01-20", WHOLE, "Level"),),
    ),
    "workbook, years by months": _book(
        xlsx({"Sheet1": [("Year", *MONTHS), *[(2020 + y, *[v + 10 * y for v in LEVEL]) for y in range(3)]]}),
        Reading("2020-01-01", "2022-12-01", [v + 10 * y for y in range(3) for v in LEVEL]),
    ),
    "workbook, dates across": _book(
        xlsx({"Sheet1": [("Place", *DATES), ("Oslo", *LEVEL)]}), Reading("2023-01-09", "2023-01-20", LEVEL)
    ),
    "workbook with true and false": _book(
        xlsx({"Sheet1": [("Date", "Open", "Level"), *[(d, i % 2 == 0, v) for i, (d, v) in enumerate(ROWS)]]}), DAYS
    ),
    "workbook with serial days that are no dates": _book(
        xlsx({"Sheet1": [("Date", "Level"), *[(MONDAY + i, v) for i, v in enumerate(LEVEL)]]}),
        DAYS,
        may=frozenset({"dates"}),
    ),
    "workbook named as text": _book(xlsx({"Sheet1": TABLE}), DAYS, name="table.csv"),
    "workbook of years": _book(
        xlsx({"Sheet1": [("Year", "Level"), *zip(range(1900, 1912), LEVEL, strict=True)]}),
        Reading("1900-01-01", "1911-01-01", LEVEL, "Level"),
    ),
    "open document": Case(ods([("Date", "Level"), *zip(DAYS_2023, LEVEL, strict=True)]), DAYS, name="table.ods"),
}
