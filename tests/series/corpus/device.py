"""What phones, watches, sensors and databases hand out."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LEVEL, WHOLE, Case, Reading, beside, grouped, lines, quoted

SECOND = 1_673_222_400  # 2023-01-09T00:00:00Z
DAYS = Reading("2023-01-09", "2023-01-20", LEVEL)
HOURLY = Reading("2023-01-09T00", "2023-01-09T11", LEVEL)

CASES = {
    "watch, a word above": Case(
        lines(
            "Activities", "Date,Steps", *beside(quoted(DAYS_2023), quoted(grouped(w, places=0) for w in WHOLE))
        ).encode(),
        Reading("2023-01-09", "2023-01-20", WHOLE, "Steps"),
        may=frozenset({"decimal"}),
    ),
    "phone, version above, comma behind the rows": Case(
        lines(
            "com.example.health.step_daily_trend,6230011,5",
            "source_type,count,speed,day_time",
            *[
                f"0,{w},{v / 100},{(SECOND + 86400 * i) * 1000},"
                for i, (w, v) in enumerate(zip(WHOLE, LEVEL, strict=True))
            ],
        ).encode("utf-8-sig"),
        Reading("2023-01-09", "2023-01-20", WHOLE, "count"),
        may=frozenset({"value"}),
    ),
    "milliseconds since 1970": Case(
        lines("timestamp_ms,x", *beside([(SECOND + 3600 * h) * 1000 for h in range(12)], LEVEL)).encode(), HOURLY
    ),
    "seconds since 1970, with a fraction": Case(
        lines("t,x", *beside([f"{SECOND + 3600 * h}.000" for h in range(12)], LEVEL)).encode(), HOURLY
    ),
    "microseconds since 1970": Case(
        lines("ts,x", *beside([(SECOND + 3600 * h) * 10**6 for h in range(12)], LEVEL)).encode(), HOURLY
    ),
    "nanoseconds since 1970": Case(
        lines(
            "name,time,value", *beside(["cpu"] * 12, [(SECOND + 3600 * h) * 10**9 for h in range(12)], LEVEL)
        ).encode(),
        HOURLY,
    ),
    "serial days of a spreadsheet": Case(
        lines("Date,v", *beside(range(44935, 44947), LEVEL)).encode(), DAYS, may=frozenset({"dates"})
    ),
    "serial days with hours": Case(
        lines(
            "Datum;v", *beside([f"{44935 + h / 24:.10f}".replace(".", ",") for h in range(12)], WHOLE, between=";")
        ).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", WHOLE),
        may=frozenset({"dates"}),
        unit="h",
    ),
    "sensors under each other": Case(
        lines(
            "sensor;time;value",
            *beside(
                ["kitchen", "cellar"] * 12,
                [f"{d}T12:00" for d in DAYS_2023 for _ in "ab"],
                [v * f for v in LEVEL for f in (1, 2)],
                between=";",
            ),
        ).encode(),
        Reading("2023-01-09T12", "2023-01-20T12", LEVEL),
        asked="series",
        other=(Reading("2023-01-09T12", "2023-01-20T12", [v * 2 for v in LEVEL]),),
    ),
    "one sensor, its number in front": Case(
        lines("sensor_id,time,value", *beside([17] * 12, DAYS_2023, LEVEL)).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL, "value"),
    ),
    "number, time, value": Case(
        lines(*beside(range(4711, 4723), DAYS_2023, LEVEL)).encode(), DAYS, may=frozenset({"value"})
    ),
    "date and time of day apart": Case(
        lines(
            "Date;Time;Power", *beside(["16/12/2006"] * 12, [f"{h}:24:00" for h in range(12)], LEVEL, between=";")
        ).encode(),
        Reading("2006-12-16T00:24", "2006-12-16T11:24", LEVEL, "Power"),
    ),
    "time of day before the date": Case(
        lines(
            "Uhrzeit;Datum;Wert", *beside([f"{h:02}.00" for h in range(12)], ["09.01.2023"] * 12, WHOLE, between=";")
        ).encode(),
        Reading("2023-01-09T00", "2023-01-09T11", WHOLE, "Wert"),
        refusable=True,
    ),
    "afternoon, american": Case(
        lines(
            "Time,v",
            *beside([f"1/19/2023 {(h - 1) % 12 + 1}:00 {'AM' if h < 12 else 'PM'}" for h in range(6, 18)], LEVEL),
        ).encode(),
        Reading("2023-01-19T06", "2023-01-19T17", LEVEL),
    ),
    "hour 24": Case(
        lines("time,v", *beside([f"2023-01-09 {h:02}:00" for h in range(13, 25)], LEVEL)).encode(),
        Reading("2023-01-09T13", "2023-01-10T00", LEVEL),
    ),
    "summer time ends, offsets written": Case(
        lines(
            "time,v",
            *beside(
                [f"2023-10-28T{h}:00:00+02:00" for h in (22, 23)]
                + [f"2023-10-29T{h:02}:00:00+02:00" for h in (0, 1, 2)]
                + [f"2023-10-29T{h:02}:00:00+01:00" for h in range(2, 9)],
                LEVEL,
            ),
        ).encode(),
        Reading("2023-10-28T20", "2023-10-29T07", LEVEL),
    ),
    "summer time ends, nothing written": Case(
        lines(
            "time,v",
            *beside(
                [f"2023-10-28 {h}:00" for h in (22, 23)]
                + [f"2023-10-29 {h:02}:00" for h in (0, 1, 2, 2, 3, 4, 5, 6, 7, 8)],
                LEVEL,
            ),
        ).encode(),
        Reading("2023-10-28T22", "2023-10-29T08", LEVEL[:5] + LEVEL[6:]),
        left_out=(7,),
    ),
    "summer time begins, an hour is not there": Case(
        lines(
            "time,v", *beside([f"2023-03-26 {h:02}:00" for h in (0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)], LEVEL)
        ).encode(),
        Reading("2023-03-26T00", "2023-03-26T12", LEVEL),
    ),
    "time with the name of its zone": Case(
        lines("time,v", *beside([f"2023-01-09 {h:02}:00:00 CET" for h in range(12)], LEVEL)).encode(),
        HOURLY,
        refusable=True,
    ),
    "time of a server": Case(
        lines("time,v", *beside([f"09/Jan/2023:{h:02}:00:00 +0000" for h in range(12)], LEVEL)).encode(),
        HOURLY,
        refusable=True,
    ),
    "days as a letter has them": Case(
        lines("date,v", *beside([f'"Mon, {d:02} Jan 2023 00:00:00 GMT"' for d in range(9, 21)], LEVEL)).encode(), DAYS
    ),
    "weeks": Case(
        lines("week,v", *beside([f"2023-W{w:02}" for w in range(1, 13)], LEVEL)).encode(),
        Reading("2023-01-02", "2023-03-20", LEVEL),
    ),
    "weeks over the end of a long year": Case(
        lines(
            "week,v", *beside([f"2020-W{w}" for w in range(48, 54)] + [f"2021-W{w:02}" for w in range(1, 7)], LEVEL)
        ).encode(),
        Reading("2020-11-23", "2021-02-08", LEVEL),
    ),
    "weeks in two columns": Case(
        lines("Jahr;KW;Fälle", *beside([2023] * 12, range(1, 13), WHOLE, between=";")).encode(),
        Reading("2023-01-02", "2023-03-20", WHOLE, "Fälle"),
    ),
    "seconds elapsed": Case(
        lines("time_s,volt", *beside([f"{0.02 * i:.2f}" for i in range(12)], LEVEL)).encode(),
        Reading("", "", LEVEL, "volt"),
        may=frozenset({"dates"}),
    ),
    "times of day without a date": Case(
        lines("time,v", *beside([f"{8 + i // 4:02}:{15 * (i % 4):02}" for i in range(12)], LEVEL)).encode(),
        Reading("", "", LEVEL, "v"),
        may=frozenset({"dates"}),
        refusable=True,
    ),
    "one day for all": Case(
        lines("run,v", *[f"2023-01-09,{v}" for v in LEVEL]).encode(), Reading("", "", LEVEL, "v"), refusable=True
    ),
    "day and moment in two columns": Case(
        lines(
            '"date","ts","count"',
            *beside(["2023-01-09"] * 12, [f"2023-01-09 {h:02}:00:00" for h in range(12)], LEVEL),
            *beside(["2023-01-10"] * 12, [f"2023-01-10 {h:02}:00:00" for h in range(12)], LEVEL),
        ).encode(),
        Reading("2023-01-09T00", "2023-01-10T11", LEVEL + LEVEL, "count"),
    ),
    "days since the year 1": Case(
        lines("ordinal_date,level", *beside(range(738529, 738541), LEVEL)).encode(),
        Reading("", "", LEVEL, "level"),
        may=frozenset({"time", "dates"}),
    ),
    "row numbers that look like years": Case(
        lines('"","level"', *beside(quoted(range(1, 2401)), LEVEL * 200)).encode(),
        Reading("", "", LEVEL * 200, "level"),
    ),
    "fractions of seconds": Case(
        lines(
            "time,v", *beside([f"2023-01-09 00:00:00,{i:03}" for i in range(0, 240, 20)], LEVEL, between=";")
        ).encode(),
        Reading("2023-01-09T00:00:00", "2023-01-09T00:00:00.220", LEVEL),
        unit="ms",
    ),
}
