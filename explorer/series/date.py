"""A column of text → times, under one format that the whole column proves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.series.affix import is_missing
from explorer.series.frequency import evenness, frequency
from explorer.series.worded import worded
from explorer.series.zone import ZONE, zoned

CLOCK = re.compile(r"(T|,? +|:|-)([0-9]{1,2})[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?(?: ?([AaPp])[Mm])?")
COMPACT = re.compile(r"([T ])([0-9]{4})([0-9]{2})?")
RANGE = re.compile(r" +(?:-|–|to|bis|until|~)(?: +(?=[0-9])|$)")
LEAD = re.compile(r"(?:[^\W\d_]{2,10}\.?,? +)(?=[0-9])")
BEHIND = re.compile(r"\.(?= |$)| *[(（][^\W\d_]{1,3}\.?[)）]")
CLOCK_FIRST = re.compile(r"^([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?),? +(\S*[-/.].*)")
HALF = re.compile(r" ?([AaPp])\.? ?[Mm]\.?$")
MIDNIGHT = r"[T ]24:00(?::00)?$"
NUMERIC = (
    ("year first", re.compile(r"[0-9]{4}([-/.:])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"), "%Y{0}%m{0}%d"),
    ("year last", re.compile(r"[0-9]{1,2}([-/.:])[0-9]{1,2}\1[0-9]{4}(?![0-9])"), "%d{0}%m{0}%Y"),
    ("short", re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}(?![0-9])"), "%d{0}%m{0}%y"),
    ("day of the year", re.compile(r"[0-9]{4}(-)[0-9]{3}(?![0-9])"), "%Y{0}%j"),
    ("month", re.compile(r"[0-9]{4}([-/.:])[0-9]{1,2}(?![0-9.])"), "%Y{0}%m"),
    ("month", re.compile(r"[0-9]{1,2}([-/.])[0-9]{4}(?![0-9])"), "%m{0}%Y"),
    ("month", re.compile(r"[0-9]{4}(M)[0-9]{1,2}(?![0-9])"), "%Y{0}%m"),
    ("digits", re.compile(r"(?:1[5-9]|20|21)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?=()[T ])"), "%Y%m%d"),
)
ORDERS = {"day first": "dmy", "month first": "mdy", "year first": "ymd"}
SHOWN = {
    "%Y": "year",
    "%y": "year",
    "%m": "month",
    "%d": "day",
    "%j": "day of the year",
    "%H": "hour",
    "%I": "hour",
    "%M": "minute",
    "%S": "second",
    "%f": "fraction",
    "%p": "am/pm",
}
TRIES = 12
SOME = 2000
LONGEST = 60


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
    order, orders : str and tuple of str
        Which of `ORDERS` was taken where there was a choice, and among which.
    """

    time: NDArray[np.datetime64]
    form: str
    guess: str = ""
    note: str = ""
    order: str = ""
    orders: tuple[str, ...] = ()


def shape(cell: str) -> tuple[str, str] | None:
    """Return the kind of a date and its ``strptime`` format, day before month; None where the cell is no date."""
    cell = cell.strip()
    if len(cell) > LONGEST or not any(c.isdigit() for c in cell):
        return None
    cell = ZONE.sub(r"\1", _plain(cell))
    for kind, pattern, layout in NUMERIC:
        if match := pattern.match(cell):
            if not all(map(int, re.findall("[0-9]+", match[0])[:2])):
                return None
            clock = _clock(cell[match.end() :])
            return None if clock is None else (kind, layout.format(match[1]) + clock)
    return None


def is_date(cell: str) -> bool:
    """Tell whether a cell is a date, as far as it can be told from one; ``12.2023`` may be one and may not."""
    found = shape(cell)
    return found is not None and not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", cell.strip())


def dates(cells: Sequence[str], order: str = "") -> Dates:
    """Read a column of dates, with or without a time of day.

    Whether the day or the month comes first is decided by the whole column: by what reads more cells, then by what
    gives regular steps, then by what runs in one direction; else the day is taken first, and `Dates.guess` says so.

    Parameters
    ----------
    cells : sequence of str, length n
    order : str
        One of `ORDERS` where it is known; found out where it is empty.
    """
    text = pd.Series(cells, dtype="str").str.strip()
    sample = [cell for cell in text.iloc[:: max(1, len(text) // 99)] if shape(cell)]
    if not sample:
        return Dates(np.full(len(text), np.datetime64("NaT", "us"), "datetime64[us]"), "")
    if sum(_plain(cell) != cell for cell in sample) > len(sample) / 10:
        text = _mapped(text)
        sample = [_plain(cell) for cell in sample]
    text, offset, note = zoned(text, sample)
    text, later = _midnights(text)
    kinds = Counter(found[0] for cell in sample if (found := shape(cell)))
    kind = kinds.most_common(1)[0][0]
    if kind in ("year last", "short"):
        read = _ordered(text, kind, order)
        return Dates(read.time - offset + later, read.form, read.guess, note, read.order, read.orders)
    time, form = _parsed(text, kind)
    return Dates(time - offset + later, form, note=note)


def _plain(cell: str) -> str:
    """Return a date without words and other ornaments, as far as it is one."""
    if found := worded(cell):
        return found
    cell = RANGE.split(cell, maxsplit=1)[0]
    cell = HALF.sub(r" \1M", cell)
    cell = re.sub(r"(?<=[0-9]\.) (?=[0-9])", "", LEAD.sub("", cell, count=1))
    return CLOCK_FIRST.sub(r"\2 \1", BEHIND.sub("", cell))


def _mapped(text: pd.Series) -> pd.Series:
    """Return the cells without ornaments, each different cell looked at once."""
    codes, different = pd.factorize(text)
    plain = np.array([_plain(cell) for cell in different.tolist()] + [""], object)
    return pd.Series(plain[codes], dtype="str")


def _midnights(text: pd.Series) -> tuple[pd.Series, NDArray[np.timedelta64]]:
    """Turn 24:00 into 00:00, and return what then makes it the next day's."""
    none = np.zeros(len(text), "timedelta64[us]")
    late = text.str.contains(MIDNIGHT, regex=True).to_numpy(bool)
    if not late.any():
        return text, none
    text = text.copy()
    text[late] = text[late].str.replace("24:00", "00:00", regex=False)
    none[late] = np.timedelta64(1, "D")
    return text, none


def _clock(text: str) -> str | None:
    """Return the format of a time of day: empty for none, None where ``text`` is something else."""
    if not text:
        return ""
    match = CLOCK.fullmatch(text)
    if compact := COMPACT.fullmatch(text):
        return compact[1] + ("%H%M%S" if compact[3] else "%H%M")
    if not match:
        return None
    layout = "%I" if match[3] else "%H"
    for code, piece in zip(("%M", "%S", "%f"), re.findall(r"[:.,][0-9]+", text[len(match[1]) :]), strict=False):
        layout += piece[0] + code
    half = re.search(r" ?[AaPp][Mm]$", text)
    return match[1] + layout + (half[0].replace(half[0].strip(), "%p") if half else "")


def _parsed(text: pd.Series, kind: str, order: str = "dmy") -> tuple[NDArray[np.datetime64], str]:
    """Read every cell of one kind, a format at a time: midnights and whole seconds are often written shorter."""
    time = np.full(len(text), np.datetime64("NaT", "us"), "datetime64[us]")
    left, tried = np.arange(len(text)), list[str]()
    for _ in range(TRIES):
        shapes = (shape(cell) for cell in text.iloc[left[:200]])
        layout = next((s[1] for s in shapes if s and s[0] == kind and s[1] not in tried), None)
        if layout is None:
            break
        tried.append(layout)
        read = pd.to_datetime(text.iloc[left], format=_turned(layout, order), errors="coerce")
        time[left] = read.to_numpy("datetime64[us]")
        left = left[np.isnat(time[left])]
    form = _turned(min(tried, key=len), order) if tried else ""
    for code, word in SHOWN.items():
        form = form.replace(code, word)
    return time, form


def _turned(layout: str, order: str) -> str:
    """Return a format that starts with the day, the month and the year in another order."""
    if order == "dmy" or not layout.startswith("%d"):
        return layout
    mark, rest = layout[2], layout[8:]
    year = layout[7]
    return mark.join(f"%{year if part == 'y' else part}" for part in order) + rest


def _ordered(text: pd.Series, kind: str, wanted: str) -> Dates:
    """Read dates in the order that the whole column proves, and say so where it proves none."""
    possible = [*ORDERS] if kind == "short" else [*ORDERS][:2]
    some = text.iloc[:: max(1, len(text) // SOME)]
    read = {o: int((~np.isnat(_parsed(some, kind, ORDERS[o])[0])).sum()) for o in possible}
    most = max(read.values())
    left = [o for o in possible if read[o] == most]
    if wanted in possible:
        time, form = _parsed(text, kind, ORDERS[wanted])
        return Dates(_this_century(time, kind), form, order=wanted, orders=tuple({wanted, *left} & {*left, wanted}))
    whole = {o: _parsed(text, kind, ORDERS[o]) for o in left}
    whole = {o: (_this_century(time, kind), form) for o, (time, form) in whole.items()}
    counts = {o: int((~np.isnat(time)).sum()) for o, (time, _) in whole.items()}
    left = [o for o in left if counts[o] == max(counts.values())]
    best, guess = _likeliest(text, {o: whole[o][0] for o in left})
    return Dates(*whole[best], guess, order=best, orders=tuple(left))


def _likeliest(text: pd.Series, read: dict[str, NDArray[np.datetime64]]) -> tuple[str, str]:
    """Return the likeliest of several orders, and what is to be said where another is as likely."""
    left = list(read)
    known = {o: time[~np.isnat(time)] for o, time in read.items()}
    first = next(cell for cell in text if not is_missing(cell))
    if len(left) == 1 or all(np.array_equal(known[left[0]], known[o]) for o in left[1:]):
        return left[0], ""
    for quality in (_is_even, _is_regular, _is_directed):
        good = [o for o in left if quality(known[o])]
        left = good or left
        if len(left) == 1:
            return left[0], ""
    # Nobody writes the month first with points.
    if "." in first and "day first" in left:
        return "day first", ""
    others = " or ".join(o for o in left[1:])
    return left[0], f"Ambiguous dates: {first[:40]!r} was read as {left[0]}, but {others} fits this file as well."


def _this_century(time: NDArray[np.datetime64], kind: str) -> NDArray[np.datetime64]:
    """Return times of two-digit years so that they run on, where the turn of `strptime` tears them apart."""
    if kind != "short" or not len(time):
        return time
    year = time.astype("datetime64[Y]").astype(np.int64) + 1970
    late = ~np.isnat(time) & (year >= 2050)
    if not late.any():
        return time
    earlier = time.copy()
    months = time[late].astype("datetime64[M]")
    earlier[late] = (months - np.timedelta64(1200, "M")).astype("datetime64[us]") + (time[late] - months)
    return earlier


def _is_even(time: NDArray[np.datetime64]) -> bool:
    return evenness(np.unique(time)) == 1


def _is_regular(time: NDArray[np.datetime64]) -> bool:
    return frequency(np.unique(time)) != "irregular"


def _is_directed(time: NDArray[np.datetime64]) -> bool:
    steps = np.diff(time).astype(np.int64)
    return bool((steps >= 0).all() or (steps <= 0).all())
