"""Dates with words in them — months, quarters, weeks, eras — as plain digits."""

from __future__ import annotations

import datetime
import re

from explorer.series.word import ERAS, MONTHS

REST = r"(?P<rest>(?:T|,? +|:)[0-9]{1,2}:[0-9]{2}.*)?"
WORD, DAY = r"(?P<word>[^\W\d_]{3,12})\.?", r"(?P<day>[0-9]{1,2})"
YEAR, LONG_YEAR = r"'?(?P<year>[0-9]{4}|(?<![0-9])[0-9]{2})", r"(?P<year>[0-9]{4})"
WEEKDAY, OF, GAP = r"(?:[^\W\d_]{2,12}\.?,? +)?", r"(?:(?:de|of|del|di) )?", r"[ \-/.]"
QUARTER, WEEK = (
    "(?:Q|T|Qtr\\.?|Quarter|Quartal|Trimestre|Trim\\.?)",
    "(?:W|KW|CW|wk|week|Woche|semaine|settimana|semana)",
)
OF_THE_YEAR = re.compile(r"(?<=[0-9]{4}) ?[гr]\.?(?=,? |$)")  # Russian and Polish write it behind
PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{WEEKDAY}{DAY}(?:st|nd|rd|th|er|º|\.)?{GAP}*{OF}{WORD}[ \-/.,]*{OF}{YEAR}{REST}",
        rf"{WEEKDAY}{WORD}{GAP}*{DAY}(?:st|nd|rd|th)?(?:, *| +|-){LONG_YEAR}{REST}",
        rf"{WORD}[ \-/.,]*{OF}{LONG_YEAR}{REST}",
        rf"{WORD}(?:[ \-/.,]+'?|'){OF}(?P<year>[0-9]{{2}})",
        rf"{LONG_YEAR}{GAP}*{WORD}(?:{GAP}*{DAY})?{REST}",
        rf"{WEEKDAY}{WORD} +{DAY}(?P<rest> [0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)(?: [A-Z]{{3,4}})? {LONG_YEAR}",
        rf"{LONG_YEAR}[ \-/.:,]*{QUARTER} ?0?(?P<quarter>[1-4])",
        rf"{QUARTER} ?(?P<quarter>[1-4])[ \-/.:,']*{YEAR}",
        rf"(?P<quarter>[1-4])(?:st|nd|rd|th|º|°|\.|er|e|è|ème)? ?{QUARTER}[ \-/.:,']*{YEAR}",
        rf"{LONG_YEAR}[ \-/.:,]*(?P<quarter>[1-4])(?:st|nd|rd|th|º|°|\.|er|e|è|ème)? ?{QUARTER}",
        rf"{LONG_YEAR}[ \-]?(?:H|S)(?P<half>[12])",
        rf"(?:H|S)(?P<half>[12])[ \-/]?{LONG_YEAR}",
        rf"{LONG_YEAR}[ \-/]*{WEEK}[ \-]?(?P<week>[0-9]{{1,2}})(?:-?(?P<weekday>[1-7]))?",
        rf"{WEEK}[ \-.]*(?P<week>[0-9]{{1,2}})[ \-/,]*{LONG_YEAR}",
        r"(?P<week>[0-9]{1,2})\.? ?(?:KW|Woche)[ \-/,]*(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[年년] *(?:(?P<month>[0-9]{1,2})[月월] *)?(?:(?P<day>[0-9]{1,2})[日일号號]?)?"
        r"(?: *[(（][^\W\d][)）])? *(?P<rest>[0-9]{1,2}:[0-9]{2}.*)?"
        r"(?:(?P<hour>[0-9]{1,2})[時时点시] *(?:(?P<minute>[0-9]{1,2})[分분] *)?(?:[0-9]{1,2}[秒초])?)?",
        r"(?P<era>令和|平成|昭和|大正|明治)(?P<in_era>元|[0-9]{1,2})[年./](?P<month>[0-9]{1,2})(?:[月./]"
        r"(?:(?P<day>[0-9]{1,2})日?)?)?",
        r"(?P<era>[RHSTM])(?P<in_era>[0-9]{1,2})(?P<mark>[./])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
    )
)
TURN = 69
LONGEST = 60


def worded(cell: str) -> str | None:
    """Return a date with a month's name, a quarter, a week or an era as ``year-month-day``; None where it is none."""
    if len(cell) > LONGEST or not re.search(r"[^\W\d_]", cell):
        return None
    cell = OF_THE_YEAR.sub("", cell)
    for pattern in PATTERNS:
        part = match.groupdict() if (match := pattern.fullmatch(cell)) else {}
        if not part or (part.get("word") and part["word"].lower() not in MONTHS):
            continue
        year = _year(part)
        return _of_week(year, part) if part.get("week") else _of_parts(year, part)
    return None


def _year(part: dict[str, str | None]) -> int:
    if part.get("era"):
        return ERAS[str(part["era"])] + (1 if part["in_era"] == "元" else int(part["in_era"] or 1))
    year = int(part["year"] or 0)
    return year if len(part["year"] or "") == 4 else year + (2000 if year < TURN else 1900)


def _of_week(year: int, part: dict[str, str | None]) -> str | None:
    week, weekday = int(part["week"] or 1), int(part.get("weekday") or 1)
    try:
        return f"{datetime.date.fromisocalendar(year, week, weekday)}"
    except ValueError:
        return None


def _of_parts(year: int, part: dict[str, str | None]) -> str:
    month = int(part.get("month") or 1)
    if part.get("word"):
        month = MONTHS[str(part["word"]).lower()]
    if part.get("quarter"):
        month = 3 * int(part["quarter"] or 1) - 2
    if part.get("half"):
        month = 6 * int(part["half"] or 1) - 5
    rest = (part.get("rest") or "").strip()
    rest = rest if not rest or rest[0] in "T,:" else f" {rest}"
    clock = f" {int(part['hour'] or 0):02}:{int(part.get('minute') or 0):02}" if part.get("hour") else rest
    return f"{year:04}-{month:02}-{int(part.get('day') or 1):02}{clock}"
