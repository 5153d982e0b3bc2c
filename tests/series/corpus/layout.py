"""Tables in which a row is more than one moment, or a moment more than one row."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LEVEL, WHOLE, Case, Reading, beside, comma, lines

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
THREE_YEARS = LEVEL + [v + 10 for v in LEVEL] + [v + 20 for v in LEVEL]
TRIPLED = Reading("2020-01-01", "2022-12-01", THREE_YEARS)
QUARTERS = [1.5, 2.5, 4.0, 3.5]


def _years(form: str = "{}", extra: bool = False, between: str = ",") -> list[str]:
    rows = [[form.format(2020 + y), *(str(v + 10 * y) for v in LEVEL)] for y in range(3)]
    return [between.join([*row, *([str(sum(map(float, row[1:])))] if extra else [])]) for row in rows]


CASES = {
    "years by months": Case(lines("Year," + ",".join(MONTHS), *_years()).encode(), TRIPLED),
    "years by months, totals beside and below": Case(
        lines(
            "Year," + ",".join(MONTHS) + ",Total",
            *_years(extra=True),
            "Mean," + ",".join(str(v + 10) for v in LEVEL) + ",1625.75",
        ).encode(),
        TRIPLED,
    ),
    "years by months, german": Case(
        lines(
            "Jahr;Jan;Feb;Mrz;Apr;Mai;Jun;Jul;Aug;Sep;Okt;Nov;Dez;Summe",
            *[r.replace(".", ",") for r in _years(extra=True, between=";")],
        ).encode("cp1252"),
        TRIPLED,
    ),
    "years by numbered months": Case(lines("Year," + ",".join(map(str, range(1, 13))), *_years()).encode(), TRIPLED),
    "months by years": Case(
        lines(
            "Month,2020,2021,2022", *[f"{m},{v},{v + 10},{v + 20}" for m, v in zip(MONTHS, LEVEL, strict=True)]
        ).encode(),
        TRIPLED,
    ),
    "years by quarters": Case(
        lines(
            "Year,Q1,Q2,Q3,Q4", *[f"{2020 + y}," + ",".join(str(q + y) for q in QUARTERS) for y in range(4)]
        ).encode(),
        Reading("2020-01-01", "2023-10-01", [q + y for y in range(4) for q in QUARTERS]),
    ),
    "years by months, the last not over": Case(
        lines(
            "Year," + ",".join(MONTHS), *_years()[:2], "2022," + ",".join(str(v + 20) for v in LEVEL[:5]) + "," * 7
        ).encode(),
        Reading("2020-01-01", "2022-05-01", THREE_YEARS[:29]),
    ),
    "one row for a place, dates across": Case(
        lines("place," + ",".join(DAYS_2023), "Oslo," + ",".join(map(str, LEVEL))).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL),
    ),
    "dates across, two places": Case(
        lines(
            "place," + ",".join(DAYS_2023), "Oslo," + ",".join(map(str, LEVEL)), "Rome," + ",".join(map(str, WHOLE))
        ).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL),
        asked="series",
        other=(Reading("2023-01-09", "2023-01-20", WHOLE),),
    ),
    "american days across, place and position in front": Case(
        lines(
            "Province/State,Country/Region,Lat,Long," + ",".join(f"1/{d}/20" for d in range(22, 32)),
            ",Albania,41.1,20.1," + ",".join(map(str, WHOLE[:10])),
            ",Algeria,28.0,1.6," + ",".join(map(str, WHOLE[2:])),
        ).encode(),
        Reading("2020-01-22", "2020-01-31", WHOLE[:10]),
        asked="series",
        other=(Reading("2020-01-22", "2020-01-31", WHOLE[2:]),),
    ),
    "days by hours across with a sum": Case(
        lines(
            "Datum;" + ";".join(f"{h:02}:00" for h in range(24)) + ";Summe",
            *[f"{d}.01.2023;" + ";".join(comma(v) for v in LEVEL + LEVEL) + ";3011,5" for d in (20, 21)],
        ).encode(),
        Reading("2023-01-20T00", "2023-01-21T23", LEVEL * 4),
    ),
    "three columns of values": Case(
        lines("date,north,south,west", *beside(DAYS_2023, LEVEL, WHOLE, LEVEL[::-1])).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL, "north"),
        may=frozenset({"value"}),
    ),
    "three columns of values, one asked for": Case(
        lines("date,north,south,west", *beside(DAYS_2023, LEVEL, WHOLE, LEVEL[::-1])).encode(),
        Reading("2023-01-09", "2023-01-20", WHOLE, "south"),
        value="south",
    ),
    "kinds under each other": Case(
        lines(
            "date,kind,value",
            *[row for d, v in zip(DAYS_2023, LEVEL, strict=True) for row in (f"{d},rain,{v}", f"{d},snow,{v / 2}")],
        ).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL),
        asked="series",
        other=(Reading("2023-01-09", "2023-01-20", [v / 2 for v in LEVEL]),),
    ),
    "numbered series under each other": Case(
        lines("unique_id,ds,y", *beside([1] * 12 + [2] * 12, DAYS_2023 * 2, LEVEL + WHOLE)).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL),
        asked="series",
        other=(Reading("2023-01-09", "2023-01-20", WHOLE),),
    ),
    "table turned on its side": Case(
        lines(
            "date," + ",".join(DAYS_2023), "level," + ",".join(map(str, LEVEL)), "flow," + ",".join(map(str, WHOLE))
        ).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL),
        asked="series",
        other=(Reading("2023-01-09", "2023-01-20", WHOLE),),
    ),
    "groups with numbers as names": Case(
        lines("ts,00,10,11", *beside(DAYS_2023, LEVEL, WHOLE, WHOLE)).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL, "00"),
        may=frozenset({"value"}),
    ),
    "panel of two firms, numbered rows": Case(
        lines(
            '"","firm","year","sales"',
            *beside(range(1, 25), ['"A"'] * 12 + ['"B"'] * 12, list(range(2001, 2013)) * 2, LEVEL + WHOLE),
        ).encode(),
        Reading("2001-01-01", "2012-01-01", LEVEL),
        asked="series",
        other=(Reading("2001-01-01", "2012-01-01", WHOLE),),
    ),
    "text between time and value": Case(
        lines("date,town,v", *beside(DAYS_2023, ["Ulm", "Bonn", "Ulm"] * 4, LEVEL)).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL),
        may=frozenset({"series"}),
    ),
}
