"""More files that were made after the reader had been written: unusual forms of times and numbers."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LEVEL, MONTHS_2023, WHOLE, Case, Reading, beside, comma, lines, quoted
from tests.series.corpus.workbook import Cell, xlsx

DAYS = Reading("2023-01-09", "2023-01-20", LEVEL)
HOURLY = Reading("2023-01-09T00", "2023-01-09T11", LEVEL)
MONTHLY = Reading("2023-01-01", "2023-12-01", LEVEL)
DANISH = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

CASES = {
    "danish months": Case(
        lines(
            "Måned;Værdi",
            *beside(
                [f"{m}-23" for m in DANISH],
                map(comma, LEVEL),
                between=";",
            ),
        ).encode("cp1252"),
        MONTHLY,
        refusable=True,
    ),
    "provisional values with a star": Case(
        lines("month,v", *beside(MONTHS_2023, [f"{v}*" if i > 9 else v for i, v in enumerate(LEVEL)])).encode(),
        MONTHLY,
        refusable=True,
    ),
    "points between thousands, proven by a million": Case(
        lines(
            "Datum;Besucher",
            *beside(DAYS_2023, [f"{w:,}".replace(",", ".") for w in WHOLE[:11]] + ["1.234.567"], between=";"),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", [*WHOLE[:11], 1234567]),
    ),
    "total right below the header": Case(
        lines("date,v", "Total,1505.75", *beside(DAYS_2023, LEVEL)).encode(), DAYS, left_out=(2,)
    ),
    "american spreadsheet, short dates with hours": Case(
        lines("Time,v", *beside([f"1/19/23 {h}:00" for h in range(12)], LEVEL)).encode(),
        Reading("2023-01-19T00", "2023-01-19T11", LEVEL),
    ),
    "currencies, digits of day and time": Case(
        lines(*[f"20230109 {h:02}0000;{v};{v + 1};{v - 1};{v + 0.5};0" for h, v in enumerate(LEVEL)]).encode(),
        HOURLY,
        may=frozenset({"value"}),
    ),
    "trading terminal, date with points and time apart": Case(
        lines(*[f"2023.01.09,{h:02}:00,{v},{v + 1},{v - 1},{v + 0.5},123" for h, v in enumerate(LEVEL)]).encode(),
        HOURLY,
        may=frozenset({"value"}),
    ),
    "ticker, names in angle brackets": Case(
        lines(
            "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<CLOSE>,<VOL>",
            *[f"EURUSD,60,20230109,{h:02}0000,{v},{v + 1},0" for h, v in enumerate(LEVEL)],
        ).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", LEVEL, "<OPEN>"),
        may=frozenset({"value"}),
    ),
    "moments without marks": Case(
        lines("t,v", *beside([f"20230109T{h:02}0000Z" for h in range(12)], LEVEL)).encode(), HOURLY
    ),
    "offset without a colon": Case(
        lines(
            "t;v", *beside([f"2023-01-09T{h:02}:00:00.000+0000" for h in range(12)], map(comma, LEVEL), between=";")
        ).encode(),
        HOURLY,
    ),
    "watch, months in words and the morning": Case(
        lines("Date,Pulse", *beside([f'"Jan {d}, 2023 06:30 AM"' for d in range(9, 21)], WHOLE)).encode(),
        Reading("2023-01-09T06:30", "2023-01-20T06:30", WHOLE),
    ),
    "weeks in words": Case(
        lines("week,v", *beside([f'"Week {w}, 2023"' for w in range(1, 13)], LEVEL)).encode(),
        Reading("2023-01-02", "2023-03-20", LEVEL),
        refusable=True,
        may=frozenset({"dates"}),
    ),
    "half years": Case(
        lines("half,v", *beside([f"H{h % 2 + 1} {2017 + h // 2}" for h in range(12)], LEVEL)).encode(),
        Reading("2017-01-01", "2022-07-01", LEVEL),
        refusable=True,
    ),
    "hours from 1 to 24": Case(
        lines(
            "date,HE,load",
            *[f"2023-01-{d:02},{h},{v + d}" for d in (9, 10) for h, v in zip(range(1, 25), LEVEL * 2, strict=True)],
        ).encode(),
        Reading("2023-01-09T01", "2023-01-11T00", [v + d for d in (9, 10) for v in LEVEL * 2], "load"),
        refusable=True,
        may=frozenset({"time", "dates"}),
    ),
    "two levels of header as pandas writes them": Case(
        lines(",temp,temp", ",min,max", "date,,", *beside(DAYS_2023, LEVEL, [v + 5 for v in LEVEL])).encode(),
        DAYS,
        may=frozenset({"value"}),
    ),
    "dash as a minus": Case(
        lines("date,v", *beside(DAYS_2023, [f"–{v}" for v in LEVEL])).encode(),
        Reading("2023-01-09", "2023-01-20", [-v for v in LEVEL]),
        refusable=True,
    ),
    "degrees in each cell, german": Case(
        lines(
            "Datum;Temperatur",
            *beside([f"{d}.01.2023" for d in range(9, 21)], [comma(v) + " °C" for v in LEVEL], between=";"),
        ).encode("cp1252"),
        DAYS,
    ),
    "digits of another script": Case(
        lines("date,v", *beside(DAYS_2023, LEVEL)).translate({ord("0") + i: 0x0660 + i for i in range(10)}).encode(),
        DAYS,
        refusable=True,
    ),
    "year and month in numbers, german": Case(
        lines("Jahr;Monat;Wert", *beside([2023] * 12, range(1, 13), WHOLE, between=";")).encode(),
        Reading("2023-01-01", "2023-12-01", WHOLE, "Wert"),
    ),
    "workbook, months as text under four lines": Case(
        xlsx(
            {
                "Data": [
                    ("Index of prices",),
                    ("Source: office",),
                    (),
                    ("Month", "Index", "Change"),
                    *[(f"{m}-23", v, v / 100) for m, v in zip(MONTHS, LEVEL, strict=True)],
                    (),
                    ("Provisional",),
                ]
            }
        ),
        Reading("2023-01-01", "2023-12-01", LEVEL, "Index"),
        name="prices.xlsx",
        may=frozenset({"value"}),
    ),
    "workbook with an empty second sheet": Case(
        xlsx({"Data": [("Day", "Level"), *[(Cell(44935 + i, "date"), v) for i, v in enumerate(LEVEL)]], "Sheet2": []}),
        DAYS,
        name="levels.xlsx",
    ),
    "seasons of years across, three-month means": Case(
        lines(
            "Year DJF JFM FMA MAM AMJ MJJ JJA JAS ASO SON OND NDJ",
            *[f"{y} " + " ".join(f"{v / 100:.1f}" for v in LEVEL) for y in (1950, 1951, 1952)],
        ).encode(),
        Reading("1950-01-01", "1952-12-01", [float(f"{v / 100:.1f}") for v in LEVEL] * 3),
        refusable=True,
    ),
    "years of two digits in a column of numbers": Case(
        lines('"","year","price"', *beside(quoted(range(1, 13)), range(63, 75), LEVEL)).encode(),
        Reading("1963-01-01", "1974-01-01", LEVEL, "price"),
        refusable=True,
        may=frozenset({"dates", "time"}),
    ),
    "days in six digits": Case(
        lines("date,rate", *beside([f"8001{d:02}" for d in range(9, 21)], LEVEL)).encode(),
        Reading("1980-01-09", "1980-01-20", LEVEL, "rate"),
        refusable=True,
        may=frozenset({"dates", "time"}),
    ),
    "row labels that are no counter": Case(
        lines(
            '"","station","level"',
            *beside(quoted([193, 194, 195, 199, 200, 201, 207, 208, 209, 210, 230, 231]), ["a"] * 12, LEVEL),
        ).encode(),
        Reading("", "", LEVEL, "level"),
    ),
    "header of a name and numbers": Case(
        lines("turbine,0.0,0.5,1.0,1.5", *[f"T{i},{v},{v + 1},{v + 2},{v + 3}" for i, v in enumerate(LEVEL)]).encode(),
        Reading("", "", LEVEL),
        may=frozenset({"value", "layout", "series"}),
        refusable=True,
    ),
    "observation numbers that are not counted from one": Case(
        lines("obsno,choiceid,level", *beside([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], [1, 2, 3] * 4, LEVEL)).encode(),
        Reading("", "", LEVEL, "level"),
    ),
}
