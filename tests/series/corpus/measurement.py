"""What stations, loggers and scientific archives hand out."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LEVEL, WHOLE, Case, Reading, beside, comma, lines, quoted

HOURS = [f"2023-01-09 {h:02}:00:00" for h in range(12)]
HOURLY = Reading("2023-01-09T00", "2023-01-09T11", LEVEL)
DAYS = Reading("2023-01-09", "2023-01-20", LEVEL)
HOLED = [*LEVEL[:3], -999.0, *LEVEL[4:8], -999.0, *LEVEL[9:]]
FILLED = [*LEVEL[:3], None, *LEVEL[4:8], None, *LEVEL[9:]]
SEASON = [-0.18, -0.25, -0.09, -0.16, -0.1, -0.21, -0.18, -0.1, -0.15, -0.23, -0.22, -0.17]
MONTH_NAMES = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"


def _wide(years: range, rows: list[list[object]], between: str = ",") -> list[str]:
    return [between.join(map(str, (year, *row))) for year, row in zip(years, rows, strict=True)]


CASES = {
    "german weather service, hours in digits": Case(
        lines(
            "STATIONS_ID;MESS_DATUM;QN_9;TT_TU;eor",
            *beside(
                ["         44"] * 12,
                [f"20230109{h:02}" for h in range(12)],
                ["    3"] * 12,
                [f"{v:7.2f}" for v in LEVEL],
                ["eor"] * 12,
                between=";",
            ),
        ).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", LEVEL, "TT_TU"),
    ),
    "days in eight digits": Case(
        lines(
            "STAID, DATE, TG, Q_TG",
            *beside(
                ["   169"] * 12,
                [f"1958032{i}" if i < 10 else f"195803{20 + i}" for i in range(12)],
                [f"{w:5}" for w in WHOLE],
                ["    0"] * 12,
            ),
        ).encode(),
        Reading("1958-03-20", "1958-03-31", WHOLE, "TG"),
    ),
    "logger with four lines of header": Case(
        lines(
            '"TOA5","CR1000","CR1000","12345","CR1000.Std.27"',
            '"TIMESTAMP","RECORD","AirTC_Avg","RH"',
            '"TS","RN","Deg C","%"',
            '"","","Avg","Smp"',
            *beside(quoted(HOURS), range(5231, 5243), LEVEL, range(60, 72)),
            end="\r\n",
        ).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", LEVEL, "AirTC_Avg"),
    ),
    "logger, missing as a quoted word": Case(
        lines(
            '"TIMESTAMP","RECORD","AirTC_Avg"',
            '"TS","RN","Deg C"',
            *beside(quoted(HOURS), range(12), [*LEVEL[:6], '"NAN"', *LEVEL[7:]]),
        ).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", [*LEVEL[:6], None, *LEVEL[7:]], "AirTC_Avg"),
    ),
    "units below the header": Case(
        lines("time,temperature,wind", "UTC,°C,m/s", *beside(HOURS, LEVEL, range(12))).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", LEVEL, "temperature"),
    ),
    "units above the header": Case(
        lines("[UTC];[mm]", "Zeit;Niederschlag", *beside(HOURS, map(comma, LEVEL), between=";")).encode(), HOURLY
    ),
    "sentinel": Case(
        lines("date,flow", *beside(DAYS_2023, HOLED)).encode(),
        Reading("2023-01-09", "2023-01-20", FILLED),
        asked="missing",
        other=(Reading("2023-01-09", "2023-01-20", HOLED),),
    ),
    "sentinel that is named above": Case(
        lines("# missing values are coded as -999", "date,flow", *beside(DAYS_2023, HOLED)).encode(),
        Reading("2023-01-09", "2023-01-20", FILLED),
        asked="missing",
        other=(Reading("2023-01-09", "2023-01-20", HOLED),),
    ),
    "gas in the air, comments and spaces": Case(
        lines(
            "# --------------------------------------------------------------------",
            "# USE OF DATA: freely available; mean of days, in micromol per mol",
            "# year month decimal_date average deseasonalized ndays sdev unc",
            *[
                f"  1958  {m:2}   {1958 + (m - 0.5) / 12:.4f}     {v + 200:.2f}     {v + 199:.2f}    -1   -9.99   -0.99"
                for m, v in enumerate(LEVEL, 1)
            ],
        ).encode(),
        Reading("1958-01", "1958-12", [v + 200 for v in LEVEL]),
        unit="M",
    ),
    "gas in the air, header and quoted remarks": Case(
        lines(
            '" Atmospheric CO2 concentrations (ppm) derived from flask air samples "',
            '" Use of these data: please, cite, the paper "',
            "  Yr, Mn,    Date,     CO2,seasonally",
            "    ,   ,   Excel,   [ppm],   adjusted",
            *[f"1958, {m:02}, {21200 + 30 * m}, {v + 200:.2f}, {v + 199:.2f}" for m, v in enumerate(LEVEL, 1)],
        ).encode(),
        Reading("1958-01", "1958-12", [v + 200 for v in LEVEL]),
        unit="M",
        refusable=True,
    ),
    "temperatures, years by months, seasons behind": Case(
        lines(
            "Land-Ocean: Global Means,,,,,,,,,,,,,,,",
            f"Year,{MONTH_NAMES},J-D,DJF,JJA",
            *_wide(range(1880, 1883), [[*SEASON, -0.17, "***", -0.15]] * 3),
            "1883," + ",".join(map(str, SEASON[:10])) + ",***,***,***,-.2,-.1",
        ).encode(),
        Reading("1880-01-01", "1883-10-01", SEASON * 3 + SEASON[:10]),
    ),
    "index of the sea, years by months, spaces": Case(
        lines(
            " 1948 1950",
            *[f"{y}  " + "  ".join(f"{v:6.2f}" for v in SEASON) for y in range(1948, 1951)],
            "  -99.99",
            "  index of the sea",
        ).encode(),
        Reading("1948-01-01", "1950-12-01", SEASON * 3),
        refusable=True,
    ),
    "air passengers as R prints them": Case(
        lines(
            "     " + MONTH_NAMES.replace(",", " "),
            *[
                f"{y} " + " ".join(map(str, [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118]))
                for y in (1949, 1950)
            ],
        ).encode(),
        Reading("1949-01-01", "1950-12-01", [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118] * 2),
    ),
    "year, month, day and hour apart, with a number in front": Case(
        lines(
            "No,year,month,day,hour,pm2.5,DEWP",
            *beside(range(1, 13), [2010] * 12, [1] * 12, [2] * 12, range(12), ["NA", "NA", *WHOLE[2:]], range(-21, -9)),
        ).encode(),
        Reading("2010-01-02T02", "2010-01-02T11", WHOLE[2:], "pm2.5"),
    ),
    "year and day of the year": Case(
        lines(
            "Year DOY Hour Bz", *[f"2023  {d:3}  0  {v}" for d, v in zip(range(25, 37), LEVEL, strict=True)]
        ).encode(),
        Reading("2023-01-25", "2023-02-05", LEVEL, "Bz"),
    ),
    "station, place and height in front": Case(
        lines(
            '"STATION","NAME","LATITUDE","LONGITUDE","ELEVATION","DATE","TMAX"',
            *beside(
                ['"USW00094728"'] * 12,
                ['"NEW YORK, NY US"'] * 12,
                ['"40.77"'] * 12,
                ['"-73.96"'] * 12,
                ['"42.7"'] * 12,
                quoted(DAYS_2023),
                quoted(WHOLE),
            ),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", WHOLE, "TMAX"),
    ),
    "water level, comments and a line of widths": Case(
        lines(
            "# ---------------------------------- WARNING ----------------------------------------",
            "# Some of the data may not have received approval.",
            "agency_cd\tsite_no\tdatetime\t85_00060\t85_00060_cd",
            "5s\t15s\t20d\t14n\t10s",
            *beside(["USGS"] * 12, ["01646500"] * 12, DAYS_2023, WHOLE, ["A"] * 12, between="\t"),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", WHOLE, "85_00060"),
    ),
    "sun spots, semicolons, minus one as missing": Case(
        lines(
            *[f"{1818 + i};01;08;{1818.021 + i:.3f}; {-1 if i == 4 else w:4}; -1.0;   0;1" for i, w in enumerate(WHOLE)]
        ).encode(),
        Reading("1818-01", "1829-01", [*WHOLE[:4], -1, *WHOLE[5:]]),
        unit="M",
        asked="missing",
        other=(Reading("1818-01", "1829-01", [*WHOLE[:4], None, *WHOLE[5:]]),),
        refusable=True,
    ),
    "electricity, hours across": Case(
        lines(
            "Date," + ",".join(f"{h:02}:00" for h in range(24)),
            *[f"2023-01-{d:02}," + ",".join(str(v + d) for v in LEVEL + LEVEL) for d in (9, 10, 11)],
        ).encode(),
        Reading("2023-01-09T00", "2023-01-11T23", [v + d for d in (9, 10, 11) for v in LEVEL + LEVEL]),
    ),
    "quality letters beside the values": Case(
        lines("date,value,flag", *beside(DAYS_2023, LEVEL, "AABAAAAABAAA")).encode(), DAYS
    ),
    "quality letters behind the numbers": Case(
        lines("date,value", *beside(DAYS_2023, [f"{v}e" if i == 7 else v for i, v in enumerate(LEVEL)])).encode(),
        Reading("2023-01-09", "2023-01-20", [*LEVEL[:7], None, *LEVEL[8:]]),
    ),
    "units in every cell": Case(lines("date,energy", *beside(DAYS_2023, [f"{v} kWh" for v in LEVEL])).encode(), DAYS),
}
