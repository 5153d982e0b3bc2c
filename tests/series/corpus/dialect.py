"""Separators, quotation marks, lines above and below, and rows that do not fit."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LEVEL, WHOLE, Case, Reading, beside, comma, lines

ENDS = ("2023-01-09", "2023-01-20")
DAYS = Reading(*ENDS, LEVEL)
ROWS = beside(DAYS_2023, LEVEL)
NOTED = beside(DAYS_2023, ['"rain, wind"'] * 12, LEVEL)

CASES = {
    "separator in the first line": Case(
        lines("sep=;", "Datum;Wert", *beside(DAYS_2023, map(comma, LEVEL), between=";")).encode(), DAYS
    ),
    "mark and separator in the first line": Case(
        lines("sep=\t", "Datum\tWert", *beside(DAYS_2023, map(comma, LEVEL), between="\t"), end="\r\n").encode(
            "utf-8-sig"
        ),
        DAYS,
    ),
    "bars": Case(lines("date|v", *beside(DAYS_2023, LEVEL, between="|")).encode(), DAYS),
    "table of Markdown": Case(
        lines(
            "| date | v |", "|------|---|", *[f"| {d} | {v} |" for d, v in zip(DAYS_2023, LEVEL, strict=True)]
        ).encode(),
        DAYS,
        refusable=True,
    ),
    "columns of fixed width": Case(
        lines("date             v", *[f"{d} {v:9.2f}" for d, v in zip(DAYS_2023, LEVEL, strict=True)]).encode(), DAYS
    ),
    "spaces, dates and times of day": Case(
        lines("date time v", *[f"2023-01-09 {h:02}:00:00 {v}" for h, v in enumerate(LEVEL)]).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", LEVEL),
    ),
    "no header": Case(lines(*ROWS).encode(), DAYS),
    "header that is a year and a number": Case(
        lines("2010,5.5", *beside(range(2011, 2022), LEVEL[:11])).encode(),
        Reading("2010-01-01", "2021-01-01", [5.5, *LEVEL[:11]]),
    ),
    "two lines of header": Case(
        lines(",Temperature,Temperature", "date,min,max", *beside(DAYS_2023, LEVEL, [v + 5 for v in LEVEL])).encode(),
        DAYS,
        may=frozenset({"value"}),
    ),
    "title, blank line, header": Case(lines("Sales of the shop in January 2023", "", "date,v", *ROWS).encode(), DAYS),
    "long preamble with numbers": Case(
        lines(
            "Report no. 4711",
            "Created;2023-05-01 12:33",
            "Station;10381",
            "Rows;12",
            "",
            "Datum;Wert",
            *beside(DAYS_2023, map(comma, LEVEL), between=";"),
        ).encode(),
        DAYS,
    ),
    "source below": Case(
        lines("date,v", *ROWS, "", "Source: own counting", "Notes: provisional, see text").encode(), DAYS
    ),
    "comments with hashes, percents and strokes": Case(
        lines(
            "# made by hand", "% units: m", "// end of the remarks", "date,v", *ROWS[:6], "# battery changed", *ROWS[6:]
        ).encode(),
        DAYS,
    ),
    "header again in the middle": Case(lines("date,v", *ROWS[:6], "date,v", *ROWS[6:]).encode(), DAYS, left_out=()),
    "blank rows between": Case(lines("date,v", *[r + "\n" for r in ROWS]).encode(), DAYS),
    "rows of separators between and below": Case(
        lines("date,v,,", *[r + ",," for r in ROWS[:6]], ",,,", *[r + ",," for r in ROWS[6:]], ",,,", ",,,").encode(),
        DAYS,
    ),
    "blank column in front": Case(lines(",date,v", *["," + r for r in ROWS]).encode(), DAYS),
    "comma behind the rows only": Case(lines("date,v", *[r + "," for r in ROWS]).encode(), DAYS),
    "short rows": Case(lines("date,v,note", *[r + ",ok" if i % 4 else r for i, r in enumerate(ROWS)]).encode(), DAYS),
    "a row that stops early": Case(
        lines("date,v", *ROWS[:5], DAYS_2023[5], *ROWS[6:]).encode(), Reading(*ENDS, [*LEVEL[:5], None, *LEVEL[6:]])
    ),
    "a row cut off at the end": Case(
        lines("date,a,v", *beside(DAYS_2023, WHOLE, LEVEL)).encode()[:-4], Reading(*ENDS, WHOLE)
    ),
    "one row with a cell too many": Case(
        lines("date,v", *ROWS[:5], ROWS[5].replace("2023", "x,2023"), *ROWS[6:]).encode(),
        Reading(*ENDS, LEVEL[:5] + LEVEL[6:]),
        refusable=True,
    ),
    "decimal commas without quotation marks": Case(
        lines("date,v", *beside(DAYS_2023, [comma(v) for v in LEVEL])).encode(), DAYS, refusable=True
    ),
    "commas within quotation marks": Case(lines("date,weather,v", *NOTED).encode(), DAYS),
    "line ends within quotation marks": Case(
        lines("date,note,v", *[r.replace("rain, wind", "rain\nwind") for r in NOTED]).encode(), DAYS
    ),
    "quotation marks doubled": Case(
        lines("date,note,v", *[r.replace("rain", '""rain""') for r in NOTED]).encode(), DAYS
    ),
    "quotation marks, single": Case(
        lines("date,v", *[f"'{d}',{v}" for d, v in zip(DAYS_2023, LEVEL, strict=True)]).encode(), DAYS, refusable=True
    ),
    "whole rows in quotation marks": Case(lines('"date,v"', *[f'"{r}"' for r in ROWS]).encode(), DAYS, refusable=True),
    "old line ends": Case(lines("date,v", *ROWS, end="\r").encode(), DAYS),
    "line ends of two kinds": Case((lines("date,v", *ROWS[:6], end="\r\n") + lines(*ROWS[6:])).encode(), DAYS),
    "double carriage returns": Case(lines("date,v", *ROWS, end="\r\r\n").encode(), DAYS),
    "one column": Case(lines("level", *map(str, LEVEL)).encode(), Reading("", "", LEVEL, "level")),
    "one column, no header": Case(lines(*map(str, LEVEL)).encode(), Reading("", "", LEVEL)),
    "one column, decimal commas": Case(lines("Pegel", *map(comma, LEVEL)).encode(), Reading("", "", LEVEL)),
    "one line of numbers": Case(",".join(map(str, LEVEL)).encode(), Reading("", "", LEVEL), refusable=True),
    "counted from one": Case(lines(",v", *beside(range(1, 13), LEVEL)).encode(), Reading("", "", LEVEL, "v")),
    "sum below one column": Case(lines("v", *map(str, LEVEL), "Total: 1505.75").encode(), Reading("", "", LEVEL)),
    "not sorted": Case(lines("date,v", *ROWS[6:], *ROWS[:6]).encode(), DAYS),
    "newest first": Case(lines("date,v", *ROWS[::-1]).encode(), DAYS),
    "days that are absent": Case(lines("date,v", *ROWS[:4], *ROWS[6:]).encode(), Reading(*ENDS, LEVEL[:4] + LEVEL[6:])),
    "names that are markup": Case(
        lines("date,<img src=x onerror=alert(1)>", *ROWS).encode(),
        Reading(*ENDS, LEVEL, "<img src=x onerror=alert(1)>"),
    ),
    "same name twice": Case(
        lines("date,v,v", *beside(DAYS_2023, LEVEL, WHOLE)).encode(), DAYS, may=frozenset({"value"})
    ),
    "zeros of a broken disk behind": Case(lines("date,v", *ROWS).encode() + bytes(64), DAYS, refusable=True),
    "named as a workbook": Case(lines("date,v", *ROWS).encode(), DAYS, name="table.xls"),
    "table of the web": Case(
        b"<html><body><table><tr><th>date</th><th>v</th></tr>"
        + "".join(f"<tr><td>{d}</td><td>{v}</td></tr>" for d, v in zip(DAYS_2023, LEVEL, strict=True)).encode()
        + b"</table></body></html>",
        DAYS,
        name="table.xls",
        refusable=True,
    ),
}
