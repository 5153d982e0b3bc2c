"""Dates as people write them, proven by the whole column or not at all."""

from __future__ import annotations

from tests.series.corpus.case import LEVEL, MONTHS_2023, Case, Reading, beside, lines, quoted

SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHLY = Reading("2023-01-01", "2023-12-01", LEVEL)
TEN = LEVEL[:10]


def _days(*cells: str, between: str = ",") -> bytes:
    return lines(f"date{between}v", *beside(cells, LEVEL[: len(cells)], between=between)).encode()


CASES = {
    "month or day, both regular": Case(
        _days(*[f"{d:02}/03/2023" for d in range(1, 11)]),
        Reading("2023-03-01", "2023-03-10", TEN),
        asked="dates",
        other=(Reading("2023-01-03", "2023-10-03", TEN),),
    ),
    "month or day, both irregular": Case(
        _days("01/02/23", "02/03/23", "04/04/23", "05/06/23", "07/08/23", "08/09/23", "10/11/23", "11/12/23"),
        Reading("2023-02-01", "2023-12-11", LEVEL[:8]),
        asked="dates",
        other=(Reading("2023-01-02", "2023-11-12", LEVEL[:8]),),
    ),
    "day first, because only so the rows are in order": Case(
        _days(
            "01/02/2023",
            "03/02/2023",
            "04/02/2023",
            "05/03/2023",
            "09/03/2023",
            "11/03/2023",
            "02/04/2023",
            "08/04/2023",
        ),
        Reading("2023-02-01", "2023-04-08", LEVEL[:8]),
        may=frozenset({"dates"}),
    ),
    "month first, proven by one late cell": Case(
        _days(
            "01/02/2023",
            "01/03/2023",
            "01/04/2023",
            "01/05/2023",
            "01/06/2023",
            "01/09/2023",
            "01/10/2023",
            "01/13/2023",
        ),
        Reading("2023-01-02", "2023-01-13", LEVEL[:8]),
    ),
    "day first, proven by one late cell": Case(
        _days(
            "02/01/2023",
            "03/01/2023",
            "04/01/2023",
            "05/01/2023",
            "06/01/2023",
            "09/01/2023",
            "10/01/2023",
            "13/01/2023",
        ),
        Reading("2023-01-02", "2023-01-13", LEVEL[:8]),
    ),
    "points are day first": Case(
        _days(*[f"{d:02}.03.2023" for d in range(1, 11)]),
        Reading("2023-03-01", "2023-03-10", TEN),
        may=frozenset({"dates"}),
    ),
    "first of each month or first days of the year": Case(
        _days(*[f"01/{m:02}/2023" for m in range(1, 13)]),
        MONTHLY,
        asked="dates",
        other=(Reading("2023-01-01", "2023-01-12", LEVEL),),
    ),
    "first of each month over two years, day first": Case(
        lines("date,v", *beside([f"01/{m:02}/{y}" for y in (2022, 2023) for m in range(1, 13)], LEVEL * 2)).encode(),
        Reading("2022-01-01", "2023-12-01", LEVEL * 2),
    ),
    "ends of months": Case(
        _days("1/31/2023", "2/28/2023", "3/31/2023", "4/30/2023", "5/31/2023", "6/30/2023", "7/31/2023", "8/31/2023"),
        Reading("2023-01-31", "2023-08-31", LEVEL[:8]),
    ),
    "three pairs of digits": Case(
        _days("01/02/03", "02/02/03", "03/02/03", "04/02/03", "05/02/03", "06/02/03", "07/02/03", "08/02/03"),
        Reading("2003-02-01", "2003-02-08", LEVEL[:8]),
        asked="dates",
        other=(Reading("2003-01-02", "2003-08-02", LEVEL[:8]),),
        refusable=True,
    ),
    "two digits of the last century": Case(
        _days(*[f"01-{m}-95" for m in SHORT]), Reading("1995-01-01", "1995-12-01", LEVEL)
    ),
    "month and two-digit year": Case(
        _days(*[f"{m}-{y}" for y in (19, 20) for m in SHORT][:12]), Reading("2019-01-01", "2019-12-01", LEVEL)
    ),
    "month and two-digit year, at the turn of the century": Case(
        lines(
            "m,v", *beside([f"{m}-{y}" for y in ("98", "99", "00", "01") for m in ("Jan", "Apr", "Jul")], LEVEL)
        ).encode(),
        Reading("1998-01-01", "2001-07-01", LEVEL),
    ),
    "year-month": Case(
        lines('"Month","Passengers"', *beside([f'"1949-{m:02}"' for m in range(1, 13)], LEVEL)).encode(),
        Reading("1949-01-01", "1949-12-01", LEVEL),
    ),
    "year and month in six digits": Case(_days(*[f"2023{m:02}" for m in range(1, 13)]), MONTHLY),
    "month number.year": Case(
        _days(*[f"{m:02}.2023" for m in range(1, 13)], between=";"), MONTHLY, may=frozenset({"dates"})
    ),
    "month name and day, comma": Case(
        _days(*[f'"Mar {d}, 2023"' for d in range(9, 21)]), Reading("2023-03-09", "2023-03-20", LEVEL)
    ),
    "weekday in front": Case(
        _days(*[f'"{WEEKDAYS[(d - 9) % 7]} {d} Jan 2023"' for d in range(9, 21)]),
        Reading("2023-01-09", "2023-01-20", LEVEL),
    ),
    "year and month name": Case(_days(*[f"2023 {m}" for m in SHORT]), MONTHLY),
    "month name, day, year": Case(_days(*[f"{m}-1-2023" for m in SHORT]), MONTHLY),
    "month name and day without a year": Case(
        lines("temp,date", *beside(LEVEL, [f"Oct{d}" for d in range(18, 30)])).encode(),
        Reading("", "", LEVEL, "temp"),
        refusable=True,
    ),
    "years with fractions, the first a whole one": Case(
        lines(
            '"","time","level"',
            *beside(quoted(range(1, 13)), [f"{1903 + m / 12:.11f}".rstrip("0").rstrip(".") for m in range(12)], LEVEL),
        ).encode(),
        Reading("1903-01", "1903-12", LEVEL, "level"),
        unit="M",
    ),
    "years before the common one": Case(
        lines("year,v", *beside(range(1500, 1512), LEVEL)).encode(), Reading("1500-01-01", "1511-01-01", LEVEL)
    ),
    "year.month as a number": Case(
        _days(*[f"2023.{m:02}" for m in range(1, 13)]), MONTHLY, refusable=True, may=frozenset({"dates"})
    ),
    "months without a year": Case(
        lines("Month,Sales", *beside(SHORT, LEVEL)).encode(), Reading("", "", LEVEL, "Sales"), refusable=True
    ),
    "year of a series that is not known": Case(
        lines('"Month","Sales"', *beside([f'"{y}-{m:02}"' for y in (1, 2) for m in range(1, 7)], LEVEL)).encode(),
        Reading("", "", LEVEL, "Sales"),
        asked="dates",
        refusable=True,
    ),
    "one cell of another form": Case(
        lines(
            "date,v",
            *beside(
                [f"{m}-01" for m in MONTHS_2023[:6]] + ["Jul 1 2023"] + [f"{m}-01" for m in MONTHS_2023[7:]], LEVEL
            ),
        ).encode(),
        Reading("2023-01-01", "2023-12-01", LEVEL[:6] + LEVEL[7:]),
        left_out=(8,),
    ),
    "a day that is not": Case(
        lines("date,v", *beside([f"2023-02-{d:02}" for d in range(19, 31)], LEVEL)).encode(),
        Reading("2023-02-19", "2023-02-28", TEN),
        left_out=(12, 13),
        refusable=True,
    ),
}
