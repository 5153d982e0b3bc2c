"""What offices of statistics, central banks and open data sites hand out."""

from __future__ import annotations

from tests.series.corpus.case import LEVEL, MONTHS_2023, WHOLE, Case, Reading, beside, lines, quoted

MONTHLY = Reading("2023-01-01", "2023-12-01", LEVEL)
YEARS = list(range(2010, 2022))
YEARLY = Reading("2010-01-01", "2021-01-01", LEVEL)
DOUBLED = [v * 2 for v in LEVEL]
SUNDAYS = ["2023-01-01", "2023-01-08", "2023-01-15", "2023-01-22", "2023-01-29", "2023-02-05"]
WEEKS = [*SUNDAYS, "2023-02-12", "2023-02-19", "2023-02-26", "2023-03-05", "2023-03-12", "2023-03-19"]
SEARCHED = [75, 80, 62, 58, 100, 91, 88, 85, 77, 69, 72, 81]

CASES = {
    "central bank, a point where nothing is known": Case(
        lines("DATE,UNRATE", *beside([f"{m}-01" for m in MONTHS_2023], [*LEVEL[:4], ".", *LEVEL[5:]])).encode(),
        Reading("2023-01-01", "2023-12-01", [*LEVEL[:4], None, *LEVEL[5:]], "UNRATE"),
    ),
    "central bank, text with a preamble": Case(
        lines(
            "Title:               Unemployment Rate",
            "Series ID:           UNRATE",
            "Source:              Bureau of Labor",
            "Frequency:           Monthly",
            "Date Range:          2023-01-01 to 2023-12-01",
            "",
            "DATE          VALUE",
            *[f"{m}-01  {v:7.2f}" for m, v in zip(MONTHS_2023, LEVEL, strict=True)],
        ).encode(),
        MONTHLY,
    ),
    "union's office, one row, flags and colons": Case(
        lines(
            "freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"{y} " for y in YEARS),
            "A,PC,DE\t"
            + "\t".join([f"{v} " for v in LEVEL[:5]] + [": ", f"{LEVEL[6]} b"] + [f"{v} " for v in LEVEL[7:]]),
        ).encode(),
        Reading("2010-01-01", "2021-01-01", [*LEVEL[:5], None, *LEVEL[6:]]),
        may=frozenset({"missing"}),
    ),
    "union's office, two countries": Case(
        lines(
            "freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"{y} " for y in YEARS),
            "A,PC,AT\t" + "\t".join(f"{v} " for v in LEVEL),
            "A,PC,DE\t" + "\t".join(f"{v} " for v in DOUBLED),
        ).encode(),
        YEARLY,
        asked="series",
        other=(Reading("2010-01-01", "2021-01-01", DOUBLED),),
    ),
    "union's office, long, with the day of the update": Case(
        lines(
            "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG",
            *[f"ESTAT:TEST(1.0),13/02/24 23:00:00,M,PC,DE,{m},{v}," for m, v in zip(MONTHS_2023, LEVEL, strict=True)],
        ).encode(),
        Reading("2023-01-01", "2023-12-01", LEVEL, "OBS_VALUE"),
    ),
    "world's bank, one country": Case(
        lines(
            '"Data Source","World Development Indicators",',
            "",
            '"Last Updated Date","2023-12-18",',
            "",
            '"Country Name","Country Code","Indicator Name","Indicator Code",' + ",".join(quoted(YEARS)) + ",",
            '"Aruba","ABW","Urban population","SP.URB.TOTL",' + ",".join(quoted(LEVEL)) + ",",
            end="\r\n",
        ).encode("utf-8-sig"),
        YEARLY,
    ),
    "world's bank, three countries": Case(
        lines(
            '"Data Source","World Development Indicators",',
            "",
            '"Last Updated Date","2023-12-18",',
            "",
            '"Country Name","Country Code","Indicator Name","Indicator Code",' + ",".join(quoted(YEARS)) + ",",
            '"Aruba","ABW","Urban population","SP.URB.TOTL",' + ",".join(quoted(LEVEL)) + ",",
            '"Chad","TCD","Urban population","SP.URB.TOTL",' + ",".join(quoted(DOUBLED)) + ",",
            '"Nauru","NRU","Urban population","SP.URB.TOTL",' + ",".join(quoted(LEVEL[::-1])) + ",",
        ).encode(),
        YEARLY,
        asked="series",
        other=(Reading("2010-01-01", "2021-01-01", DOUBLED), Reading("2010-01-01", "2021-01-01", LEVEL[::-1])),
    ),
    "world's bank, databank footer": Case(
        lines(
            "Time,Time Code,Population",
            *beside(YEARS, [f"YR{y}" for y in YEARS], LEVEL),
            "",
            "",
            "Data from database: World Development Indicators",
            "Last Updated: 01/18/2024",
        ).encode(),
        YEARLY,
    ),
    "club of countries, long, one country": Case(
        lines(
            '"LOCATION","INDICATOR","FREQUENCY","TIME","Value","Flag Codes"',
            *beside(
                ['"AUS"'] * 12,
                ['"CPI"'] * 12,
                ['"Q"'] * 12,
                [f'"{2020 + q // 4}-Q{q % 4 + 1}"' for q in range(12)],
                LEVEL,
                [""] * 12,
            ),
        ).encode("utf-8-sig"),
        Reading("2020-01-01", "2022-10-01", LEVEL, "Value"),
    ),
    "the world in data, two places": Case(
        lines(
            "Entity,Code,Year,Coal use (TWh)",
            *beside(["Chile"] * 12, ["CHL"] * 12, YEARS, LEVEL),
            *beside(["Ghana"] * 12, ["GHA"] * 12, YEARS, DOUBLED),
        ).encode(),
        YEARLY,
        asked="series",
        other=(Reading("2010-01-01", "2021-01-01", DOUBLED),),
    ),
    "fund of the world, months with an M": Case(
        lines("TIME_PERIOD;VALUE", *beside([f"2023M{m:02}" for m in range(1, 13)], LEVEL, between=";")).encode(),
        MONTHLY,
    ),
    "searches by week": Case(
        lines("Category: All categories", "", "Week,python: (Worldwide)", *beside(WEEKS, SEARCHED)).encode(),
        Reading("2023-01-01", "2023-03-19", SEARCHED, "python: (Worldwide)"),
    ),
    "searches by week, less than one": Case(
        lines(
            "Category: All categories",
            "",
            "Week,abacus: (Worldwide)",
            *beside(WEEKS, [*SEARCHED[:5], "<1", *SEARCHED[6:]]),
        ).encode(),
        Reading("2023-01-01", "2023-03-19", [*SEARCHED[:5], None, *SEARCHED[6:]]),
    ),
    "quarters, number first": Case(
        lines("Quarter,GDP", *beside([f"Q{q % 4 + 1} {2020 + q // 4}" for q in range(12)], LEVEL)).encode(),
        Reading("2020-01-01", "2022-10-01", LEVEL),
    ),
    "quarters, german": Case(
        lines(
            "Quartal;BIP",
            *beside([f"{q % 4 + 1}. Quartal {2020 + q // 4}" for q in range(12)], map(str, WHOLE), between=";"),
        ).encode(),
        Reading("2020-01-01", "2022-10-01", WHOLE),
    ),
    "quarters, french": Case(
        lines(
            "Trimestre;PIB", *beside([f"T{q % 4 + 1} {2020 + q // 4}" for q in range(12)], map(str, WHOLE), between=";")
        ).encode(),
        Reading("2020-01-01", "2022-10-01", WHOLE),
    ),
    "quarters in a column of their own": Case(
        lines(
            "Year,Quarter,GDP", *beside([2020 + q // 4 for q in range(12)], [q % 4 + 1 for q in range(12)], LEVEL)
        ).encode(),
        Reading("2020-01-01", "2022-10-01", LEVEL, "GDP"),
    ),
    "year only in the first of its rows": Case(
        lines(
            "Year,Month,Births",
            *beside(
                ["2021", *[""] * 11, "2022", *[""] * 11],
                ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] * 2,
                LEVEL + DOUBLED,
            ),
        ).encode(),
        Reading("2021-01-01", "2022-12-01", LEVEL + DOUBLED, "Births"),
        refusable=True,
    ),
    "fiscal years": Case(
        lines("Year,Spending", *beside([f"{y}/{(y + 1) % 100:02}" for y in YEARS], LEVEL)).encode(),
        YEARLY,
        refusable=True,
        may=frozenset({"dates"}),
    ),
}
