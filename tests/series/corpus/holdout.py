"""Files that were made after the reader had been written: how it does on what it was not made for."""

from __future__ import annotations

from tests.series.corpus.case import (
    LARGE,
    LEVEL,
    MONTHS_2023,
    WHOLE,
    Case,
    Reading,
    beside,
    comma,
    grouped,
    lines,
    quoted,
)

HOURLY = Reading("2023-01-09T00", "2023-01-09T11", LEVEL)
MONTHLY = Reading("2023-01-01", "2023-12-01", LEVEL)
GERMAN = [f"{d:02}.01.23" for d in range(9, 21)]
GAUGED = [*LEVEL[:4], -200.0, *LEVEL[5:9], -200.0, *LEVEL[10:]]
BRAZILIAN = [
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
    *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

CASES = {
    "savings bank, short years, newest first": Case(
        lines(
            '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Betrag";"Waehrung";"Info"',
            *beside(
                ['"DE00123"'] * 12,
                quoted(GERMAN[::-1]),
                quoted(GERMAN[::-1]),
                ['"LASTSCHRIFT"'] * 12,
                quoted(grouped(-v, ".", ",") for v in LARGE),
                ['"EUR"'] * 12,
                ['"Umsatz gebucht"'] * 12,
                between=";",
            ),
        ).encode("cp1252"),
        Reading("2023-01-09", "2023-01-20", [-v for v in LARGE][::-1], "Betrag"),
    ),
    "payments, date, time and zone in columns": Case(
        lines(
            '"Date","Time","TimeZone","Name","Net"',
            *beside(
                [f'"{d}/01/2023"' for d in range(9, 21)],
                ['"10:22:11"'] * 12,
                ['"Europe/Berlin"'] * 12,
                ['"Shop, Ltd"'] * 12,
                quoted(grouped(v, ".", ",") for v in LARGE),
            ),
        ).encode("utf-8-sig"),
        Reading("2023-01-09T10:22:11", "2023-01-20T10:22:11", LARGE, "Net"),
    ),
    "grid, from and to": Case(
        lines(
            "Datum von;Datum bis;Photovoltaik [MWh] Originalauflösungen",
            *beside(
                [f"09.01.2023 {h:02}:00" for h in range(12)],
                [f"09.01.2023 {h + 1:02}:00" for h in range(12)],
                ["-" if i == 3 else grouped(v, ".", ",") for i, v in enumerate(LARGE)],
                between=";",
            ),
        ).encode("utf-8-sig"),
        Reading("2023-01-09T00", "2023-01-09T11", [*LARGE[:3], None, *LARGE[4:]]),
        may=frozenset({"time", "dates"}),
    ),
    "prices, each cell from and to": Case(
        lines(
            '"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]"',
            *beside([f'"09.01.2023 {h:02}:00 - 09.01.2023 {h + 1:02}:00"' for h in range(12)], quoted(LEVEL)),
        ).encode(),
        HOURLY,
        refusable=True,
        may=frozenset({"dates"}),
    ),
    "central bank, two columns of the same month": Case(
        lines(
            '"DATE","TIME PERIOD","Rate (MIR.M)"',
            *beside([f'"{m}-28"' for m in MONTHS_2023], [f'"2023{m}"' for m in MONTHS], quoted(LEVEL)),
        ).encode(),
        MONTHLY,
        unit="M",
        may=frozenset({"time"}),
    ),
    "federal bank, five lines above": Case(
        lines(
            '"";BBK01.WT1010;BBK01.WT1010_FLAGS',
            '"";Umlaufsrendite;',
            "Einheit;% p.a.;",
            "Dimension;Eins;",
            "Stand vom;09.05.2023 12:33:41;",
            *beside(MONTHS_2023, ["." if i == 4 else comma(v) for i, v in enumerate(LEVEL)], [""] * 12, between=";"),
        ).encode(),
        Reading("2023-01-01", "2023-12-01", [*LEVEL[:4], None, *LEVEL[5:]]),
    ),
    "bureau, periods with a thirteenth month": Case(
        lines(
            "Series ID,Year,Period,Label,Value",
            *[f"CUUR0000SA0,{y},M{m:02},{y} {MONTHS[m - 1]},{v}" for y in (2021, 2022) for m, v in enumerate(LEVEL, 1)],
        )
        .replace("CUUR0000SA0,2022,M01", "CUUR0000SA0,2021,M13,2021 Annual,125.48\nCUUR0000SA0,2022,M01")
        .encode(),
        Reading("2021-01-01", "2022-12-01", LEVEL + LEVEL, "Value"),
        left_out=(14,),
        refusable=True,
    ),
    "statistics, many codes before the value": Case(
        lines(
            '"REF_DATE","GEO","DGUID","UOM","UOM_ID","SCALAR_FACTOR","SCALAR_ID","VECTOR","COORDINATE","VALUE","STATUS"',
            *beside(
                quoted(MONTHS_2023),
                ['"Canada"'] * 12,
                ['"2016A000011124"'] * 12,
                ['"2002=100"'] * 12,
                ['"17"'] * 12,
                ['"units"'] * 12,
                ['"0"'] * 12,
                ['"v41690973"'] * 12,
                ['"2.2"'] * 12,
                quoted(LEVEL),
                ['""'] * 12,
            ),
        ).encode("utf-8-sig"),
        Reading("2023-01-01", "2023-12-01", LEVEL, "VALUE"),
    ),
    "years, quarters and months in one column": Case(
        lines(
            '"Title","CPI index"',
            '"CDID","D7BT"',
            *[f'"{y}","{v}"' for y, v in zip(range(2011, 2023), LEVEL, strict=True)],
            *[f'"{2020 + q // 4} Q{q % 4 + 1}","{v}"' for q, v in enumerate(LEVEL)],
            *[f'"2022 {m.upper()}","{v}"' for m, v in zip(MONTHS, LEVEL, strict=True)],
        ).encode(),
        Reading("2011-01-01", "2022-12-01", []),
        asked="dates",
        refusable=True,
    ),
    "brazilian months written out": Case(
        lines(
            "Mês;IPCA",
            *beside(
                [f"{m} 2023" for m in BRAZILIAN],
                map(comma, LEVEL),
                between=";",
            ),
        ).encode("cp1252"),
        MONTHLY,
    ),
    "shop, weekday and flags, newest first": Case(
        lines(
            '"Store","DayOfWeek","Date","Sales","Customers","Open","StateHoliday"',
            *[f'1,{(20 - i) % 7 + 1},2023-01-{20 - i:02},{w},{w // 9},1,"0"' for i, w in enumerate(WHOLE)],
        ).encode(),
        Reading("2023-01-09", "2023-01-20", WHOLE[::-1], "Sales"),
    ),
    "air quality, times with points, empty columns, minus two hundred": Case(
        lines(
            "Date;Time;CO(GT);PT08.S1(CO);;",
            *[f"10/03/2004;{h:02}.00.00;{comma(v)};{w};;" for h, v, w in zip(range(12), GAUGED, WHOLE, strict=True)],
            *[";;;;;"] * 6,
            end="\r\n",
        ).encode(),
        Reading("2004-03-10T00", "2004-03-10T11", GAUGED, "CO(GT)"),
        asked="missing",
        other=(Reading("2004-03-10T00", "2004-03-10T11", [None if v == -200 else v for v in GAUGED]),),
        may=frozenset({"dates"}),
    ),
    "tides, years with fractions, semicolons": Case(
        lines(*[f"  {1950 + (m + 0.5) / 12:.4f};{w:6};  0;000" for m, w in enumerate(WHOLE)]).encode(),
        Reading("1950-01", "1950-12", WHOLE),
        unit="M",
    ),
    "anomalies, year/month and spaces": Case(
        lines(*[f"1850/{m:02} {v / 100:7.4f} {v / 200:7.4f}" for m, v in enumerate(LEVEL, 1)]).encode(),
        Reading("1850-01-01", "1850-12-01", [round(v / 100, 4) for v in LEVEL]),
        may=frozenset({"value"}),
    ),
    "gas in the air, counts and flags before it, no names": Case(
        lines(
            "*" * 40,
            "*** Weekly averages of air samples   ***",
            "*" * 40,
            *[
                f"MLO    {year}{month:02}15   {4 + month % 4}    0         {315 + year - 58 + month / 8:.2f}"
                for year in (58, 59, 60)
                for month in range(1, 13)
            ],
        ).encode(),
        Reading(
            "1958-01-15",
            "1960-12-15",
            [float(f"{315 + year - 58 + month / 8:.2f}") for year in (58, 59, 60) for month in range(1, 13)],
        ),
        may=frozenset({"value"}),
    ),
    "satellite, header again below": Case(
        lines(
            " Year Mo Globe  Land Ocean",
            *[f" 1978 {m:2}  {v / 100:5.2f}  {v / 50:5.2f}  {v / 70:5.2f}" for m, v in enumerate(LEVEL, 1)],
            " Year Mo Globe  Land Ocean",
        ).encode(),
        Reading("1978-01-01", "1978-12-01", [float(f"{v / 100:5.2f}") for v in LEVEL], "Globe"),
    ),
    "gas in the air, commas, decimal date between": Case(
        lines(
            "# Use of these data",
            "year,month,decimal date,average,deseasonalized,ndays",
            *[f"2023,{m},{2023 + (m - 0.5) / 12:.4f},{v + 300},{v + 299},-1" for m, v in enumerate(LEVEL, 1)],
        ).encode(),
        Reading("2023-01", "2023-12", [v + 300 for v in LEVEL], "average"),
        unit="M",
    ),
    "japanese, weekday in brackets, yen": Case(
        lines(
            "日付,売上",
            *beside(
                [f"2023年01月{d:02}日({'月火水木金土日'[(d - 9) % 7]})" for d in range(9, 21)],
                [f'"￥{w:,}"' for w in WHOLE],
            ),
        ).encode("cp932"),
        Reading("2023-01-09", "2023-01-20", WHOLE),
        refusable=True,
        may=frozenset({"decimal"}),
    ),
}
