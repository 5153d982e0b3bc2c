"""A column of text → times, under one format that the whole column proves."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.series.frequency import evenness, frequency
from explorer.series.number import is_missing
from explorer.series.word import MONTHS

CLOCK = re.compile(r"(T|,? +)([0-9]{1,2}):[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?( ?[AaPp][Mm])?")
ZONE = re.compile(r"(:[0-9]{2}(?:[.,][0-9]{1,9})?) ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})$")
REST = r"(?P<rest>(?:T|,? +)[0-9]{1,2}:[0-9]{2}.*)?"
WORD, YEAR, DAY = r"(?P<word>[^\W\d_]{3,10})\.?", r"(?P<year>[0-9]{4}|(?<![0-9])[0-9]{2})", r"(?P<day>[0-9]{1,2})"
WORDED = tuple(
    re.compile(pattern + REST, re.I)
    for pattern in (
        rf"(?:[^\W\d_]{{2,10}}\.?,? +)?{DAY}(?:st|nd|rd|th|\.)?[ \-/.]*{WORD}[ \-/.,]*{YEAR}",
        rf"(?:[^\W\d_]{{2,10}}\.?,? +)?{WORD}[ \-/.]*{DAY}(?:st|nd|rd|th)?(?:, *| +)(?P<year>[0-9]{{4}})",
        rf"{WORD}[ \-/.,']*{YEAR}",
        rf"(?P<year>[0-9]{{4}})[ \-/.]*{WORD}(?:[ \-/.]*{DAY})?",
        r"(?P<year>[0-9]{4})[ \-/]?Q(?P<quarter>[1-4])",
        r"Q(?P<quarter>[1-4])[ \-/]?(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[ \-]?W(?P<week>[0-9]{1,2})",
    )
)
NUMERIC = (
    ("year first", re.compile(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"), "%Y{0}%m{0}%d"),
    ("year last", re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])"), "%d{0}%m{0}%Y"),
    ("year last", re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}(?![0-9])"), "%d{0}%m{0}%y"),
    ("month", re.compile(r"[0-9]{4}([-/])[0-9]{1,2}(?![0-9])"), "%Y{0}%m"),
    ("month", re.compile(r"[0-9]{1,2}([-/])[0-9]{4}(?![0-9])"), "%m{0}%Y"),
    ("month", re.compile(r"[0-9]{4}(M)[0-9]{1,2}(?![0-9])"), "%Y{0}%m"),
)
SHOWN = {
    "%Y": "year",
    "%y": "year",
    "%m": "month",
    "%d": "day",
    "%H": "hour",
    "%I": "hour",
    "%M": "minute",
    "%S": "second",
    "%f": "fraction",
    "%p": "am/pm",
}
TRIES = 12
SOME = 2000


@dataclass(frozen=True)
class Dates:
    """A column read as times.

    Attributes
    ----------
    time : ndarray of shape (n,)
        ``datetime64[us]``, NaT where a cell is not a time.
    form : str
        How the cells are written, in words.
    guess : str
        What was assumed where the cells allow two readings; empty where they do not.
    note : str
        What else a person should know; mostly empty.
    """

    time: NDArray[np.datetime64]
    form: str
    guess: str = ""
    note: str = ""


def shape(cell: str) -> tuple[str, str] | None:
    """Return the kind of a date and its ``strptime`` format, day before month; None where the cell is no date."""
    cell = cell.strip()
    if len(cell) > 60 or not any(c.isdigit() for c in cell):
        return None
    cell = ZONE.sub(r"\1", _worded(cell) or cell)
    for kind, pattern, layout in NUMERIC:
        if match := pattern.match(cell):
            clock = _clock(cell[match.end() :])
            return None if clock is None else (kind, layout.format(match[1]) + clock)
    return None


def dates(cells: Sequence[str]) -> Dates:
    """Read a column of dates, with or without a time of day.

    Whether the day or the month comes first is decided by the whole column: by what reads more cells, then by what
    gives regular steps, then by what runs in one direction; else the day is taken first, and `Dates.guess` says so.
    """
    text = pd.Series(cells, dtype="str").str.strip()
    sample = [cell for cell in text.iloc[:: max(1, len(text) // 99)] if shape(cell)]
    kinds = Counter(found[0] for cell in sample if (found := shape(cell)))
    if not kinds:
        return Dates(np.full(len(text), np.datetime64("NaT", "us"), "datetime64[us]"), "")
    if sum(_worded(cell) is not None for cell in sample) > len(sample) / 2:
        text = pd.Series([_worded(cell) or cell for cell in text], dtype="str")
    text, offset, note = _zoned(text, sample)
    kind = kinds.most_common(1)[0][0]
    if kind != "year last":
        time, form = _parsed(text, kind, swap=False)
        return Dates(time - offset, form, note=note)
    time, form, guess = _ordered(text)
    return Dates(time - offset, form, guess, note)


def _worded(cell: str) -> str | None:
    """Return a date with a month's name, a quarter or a week as ``year-month-day``; None where there is none."""
    for pattern in WORDED if len(cell) <= 60 else ():
        part = match.groupdict() if (match := pattern.fullmatch(cell)) else {}
        if not part or ("word" in part and part["word"].lower() not in MONTHS):
            continue
        year = int(part["year"]) + (0 if len(part["year"]) == 4 else 2000 if int(part["year"]) < 69 else 1900)
        if "week" in part:
            if year < 1 or not 1 <= int(part["week"]) <= 53:
                return None
            day = datetime.date(year, 1, 4) + datetime.timedelta(weeks=int(part["week"]) - 1)
            return f"{day - datetime.timedelta(days=day.weekday())}"
        month = MONTHS[part["word"].lower()] if "word" in part else 3 * int(part["quarter"]) - 2
        return f"{year:04}-{month:02}-{int(part.get('day') or 1):02}{part['rest'] or ''}"
    return None


def _clock(text: str) -> str | None:
    """Return the format of a time of day: empty for none, None where ``text`` is something else."""
    if not text:
        return ""
    match = CLOCK.fullmatch(text)
    if not match:
        return None
    gap, _, seconds, fraction, half = match.groups()
    hour = "%I" if half else "%H"
    second = ":%S" if seconds else ""
    return f"{gap}{hour}:%M{second}{fraction[0] + '%f' if fraction else ''}{half[:-2] + '%p' if half else ''}"


def _zoned(text: pd.Series, sample: list[str]) -> tuple[pd.Series, NDArray[np.timedelta64], str]:
    """Take time zones off; where they change within the column, return what turns each time into UTC."""
    none = np.zeros(len(text), "timedelta64[us]")
    if not any(ZONE.search(cell) for cell in sample):
        return text, none, ""
    bare = text.str.replace(ZONE.pattern, r"\1", regex=True)
    marks = text.str.replace(f"^.*{ZONE.pattern}", r"\2", regex=True).where(bare != text, "")
    zones = {mark: _minutes(mark) for mark in marks.unique()}
    if len({*zones} - {""}) == 1:
        return bare, none, f"Times are kept as written, in time zone {max(zones)}."
    minutes = marks.map(zones).to_numpy("timedelta64[m]")
    return bare, minutes.astype("timedelta64[us]"), "Times are written in changing time zones and were turned into UTC."


def _minutes(mark: str) -> int:
    if not mark or mark[0] not in "+-":
        return 0
    digits = mark[1:].replace(":", "")
    return (1 if mark[0] == "+" else -1) * (60 * int(digits[:2]) + int(digits[2:]))


def _parsed(text: pd.Series, kind: str, swap: bool) -> tuple[NDArray[np.datetime64], str]:
    """Read every cell of one kind, a format at a time: midnights and whole seconds are often written shorter."""
    time = np.full(len(text), np.datetime64("NaT", "us"), "datetime64[us]")
    left, tried = np.arange(len(text)), list[str]()
    for _ in range(TRIES):
        shapes = (shape(cell) for cell in text.iloc[left[:200]])
        layout = next((s[1] for s in shapes if s and s[0] == kind and s[1] not in tried), None)
        if layout is None:
            break
        tried.append(layout)
        order = _swapped(layout) if swap else layout
        read = pd.to_datetime(text.iloc[left], format=order, errors="coerce")
        time[left] = read.to_numpy("datetime64[us]")
        left = left[np.isnat(time[left])]
    form = min(tried, key=len) if tried else ""
    form = _swapped(form) if swap and form else form
    for code, word in SHOWN.items():
        form = form.replace(code, word)
    return time, form


def _swapped(layout: str) -> str:
    """Return a format that starts with the day as one that starts with the month."""
    return f"%m{layout[2]}%d{layout[5:]}"


def _ordered(text: pd.Series) -> tuple[NDArray[np.datetime64], str, str]:
    """Read dates day first or month first, whichever the whole column proves, and say so where it proves neither."""
    some = text.iloc[:: max(1, len(text) // SOME)]
    read = [int((~np.isnat(_parsed(some, "year last", swap)[0])).sum()) for swap in (False, True)]
    likely = read[1] > read[0]
    better = _parsed(text, "year last", likely)
    if read[0] != read[1] and not np.isnat(better[0]).any():
        return (*better, "")
    worse = _parsed(text, "year last", not likely)
    day, month = (worse, better) if likely else (better, worse)
    counts = [int((~np.isnat(time)).sum()) for time, _ in (day, month)]
    if counts[0] != counts[1]:
        return (*(day if counts[0] > counts[1] else month), "")
    known = [time[~np.isnat(time)] for time, _ in (day, month)]
    if bool((known[0] == known[1]).all()):
        return (*day, "")
    for quality in (_is_even, _is_regular, _is_directed):
        good = [quality(time) for time in known]
        if good[0] != good[1]:
            return (*(day if good[0] else month), "")
    cell = next(cell for cell in text if not is_missing(cell))
    return (*day, f"Ambiguous dates: {cell[:40]!r} was read as day first, but month first fits this file as well.")


def _is_even(time: NDArray[np.datetime64]) -> bool:
    return evenness(np.unique(time)) == 1


def _is_regular(time: NDArray[np.datetime64]) -> bool:
    return frequency(np.unique(time)) != "irregular"


def _is_directed(time: NDArray[np.datetime64]) -> bool:
    steps = np.diff(time).astype(np.int64)
    return bool((steps >= 0).all() or (steps <= 0).all())
