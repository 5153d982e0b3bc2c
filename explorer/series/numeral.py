"""Columns of plain numbers that are times: years, 20240131, seconds since 1970, serial days of a spreadsheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.series.date import Dates, dates
from explorer.series.frequency import evenness, frequency
from explorer.series.table import sample, share

DIGITS = {4: "%Y", 6: "%Y%m", 7: "%Y%j", 8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
FORMS = {4: "year", 6: "year month", 7: "year and day of the year", 8: "year month day", 10: "year month day hour"}
EPOCHS = {
    "seconds since 1970": 1.0,
    "milliseconds since 1970": 1e3,
    "microseconds since 1970": 1e6,
    "nanoseconds since 1970": 1e9,
}
SERIALS = {"days since 1900, as Excel counts": "1899-12-30", "days since 1904, as Excel counts on a Mac": "1904-01-01"}
TURN = 30
YEARS = (1000, 2200)
EPOCH_SPAN = (1e8, 4.2e9)
SERIAL_SPAN = (14_000, 80_000)
WEEK_NAMES = frozenset({"week", "yearweek", "woche", "kw", "semaine"})


def numerals(
    cells: Sequence[str], *, named: bool, yearly: bool = False, weekly: bool = False, order: str = ""
) -> Dates | None:
    """Read a column of numbers as times; None where most cells are not of one such kind.

    Parameters
    ----------
    cells : sequence of str
    named : bool
        Whether the column is called a time: serial days are believed only then, or where they go up in equal steps.
    yearly : bool
        Whether it is called a year: 63 is 1963 then.
    weekly : bool
        Whether it is called a week: 202405 is the fifth week then.
    order : str
        One of `SERIALS` where it is known.
    """
    text = pd.Series(cells, dtype="str").str.strip().str.replace(r"\.0+$", "", regex=True)
    shown = sample(text.tolist())
    length = Counter(map(len, shown)).most_common(1)[0][0] if shown else 0
    if share(shown, lambda cell: re.fullmatch(f"[0-9]{{{length}}}", cell)) >= 0.5 and length in DIGITS:
        read = _weeks(text) if weekly and length == 6 else _calendar(text, length)
        read = _short_days(text) if read is None and length == 6 else read
        if read is not None:
            return read
    number = pd.to_numeric(text.str.replace(",", ".", regex=False), errors="coerce").to_numpy(np.float64)
    if yearly and (years := _short_years(number)):
        return years
    return _decimal_years(number) or _since_1970(number) or _serial(number, named=named, order=order)


def is_even(time: NDArray[np.datetime64]) -> bool:
    """Tell whether times come at equal steps, each once."""
    known = time[~np.isnat(time)]
    once = np.unique(known)
    return len(once) > 0.9 * len(known) and frequency(once) != "irregular"


def _calendar(text: pd.Series, length: int) -> Dates | None:
    """Read digits such as 20240131."""
    right = text.where(text.str.fullmatch(f"[0-9]{{{length}}}"), "")
    read = pd.to_datetime(right, format=DIGITS[length], errors="coerce").to_numpy("datetime64[us]").copy()
    year = read.astype("datetime64[Y]").astype(np.int64) + 1970
    read[(year < YEARS[0]) | (year > YEARS[1])] = np.datetime64("NaT", "us")
    needed = 0.9 if length == 4 else 0.5
    return Dates(read, FORMS.get(length, "digits")) if (~np.isnat(read)).mean() > needed else None


def _short_days(text: pd.Series) -> Dates | None:
    """Read digits such as 800131; noughts in front may be lost."""
    digits = text.where(text.str.fullmatch("[0-9]{3,6}"), "").str.zfill(6)
    read = dates((digits.str[:2] + "-" + digits.str[2:4] + "-" + digits.str[4:]).tolist(), "year first")
    return Dates(read.time, "year month day, two digits each") if (~np.isnat(read.time)).mean() > 0.9 else None


def _short_years(number: NDArray[np.float64]) -> Dates | None:
    """Read years of two digits, those below `TURN` as of this century."""
    known = number[~np.isnan(number)]
    if not len(known) or known.min() < 0 or known.max() > 99 or known.max() < TURN or (known % 1).any():
        return None
    whole = np.where(np.isnan(number), 0, number).astype(np.int64)
    time = (np.where(whole < TURN, 30, -70) + whole).astype("datetime64[Y]").astype("datetime64[us]")
    time[np.isnan(number)] = np.datetime64("NaT", "us")
    first = int(known[0])
    return Dates(
        time, "year of two digits", note=f"The year {first} was read as {1900 + first + 100 * (first < TURN)}."
    )


def _weeks(text: pd.Series) -> Dates | None:
    right = text.where(text.str.fullmatch("[0-9]{6}"), "") + "1"
    read = pd.to_datetime(right, format="%G%V%u", errors="coerce").to_numpy("datetime64[us]")
    return Dates(read, "year week") if (~np.isnat(read)).mean() > 0.5 else None


def _since_1970(number: NDArray[np.float64]) -> Dates | None:
    known = number[~np.isnan(number)]
    for form, size in EPOCHS.items():
        low, high = (bound * size for bound in EPOCH_SPAN)
        if len(known) > len(number) / 2 and ((known >= low) & (known < high)).mean() > 0.9:
            micro = np.where(np.isnan(number), 0, number) * (1e6 / size)
            time = np.round(np.clip(micro, -1e17, 1e17)).astype(np.int64).astype("datetime64[us]")
            time[np.isnan(number)] = np.datetime64("NaT", "us")
            return Dates(time, form)
    return None


def _serial(number: NDArray[np.float64], *, named: bool, order: str) -> Dates | None:
    """Read days counted from 1900 or 1904, the fraction being the time of day."""
    known = number[~np.isnan(number)]
    low, high = SERIAL_SPAN
    if len(known) < max(2, len(number) / 2) or ((known < low) | (known > high)).mean() > 0.1:
        return None
    forms = tuple(SERIALS)
    form = order if order in forms else forms[0]
    seconds = np.round(np.where(np.isnan(number), 0.0, np.clip(number, -1e6, 1e6)) * 86400)
    time = (np.datetime64(SERIALS[form], "us") + (seconds * 1e6).astype(np.int64).astype("timedelta64[us]")).astype(
        "datetime64[us]"
    )
    time[np.isnan(number)] = np.datetime64("NaT", "us")
    if not named and not evenness(np.unique(time[~np.isnat(time)])) > 0.9:
        return None
    guess = f"Ambiguous numbers: {known[0]:g} was read as {form}, but may be a plain number." if not named else ""
    return Dates(time, form, guess, order=form, orders=forms)


def _decimal_years(number: NDArray[np.float64]) -> Dates | None:
    """Read years with a fraction, such as 1949.083, rounded to a month where all lie near one."""
    known = ~np.isnan(number) & (number >= YEARS[0]) & (number < YEARS[1])
    year = number[known]
    if known.mean() <= 0.5 or not bool((np.diff(year) > 0).all()) or bool((year == np.floor(year)).all()):
        return None
    time = np.full(len(number), np.datetime64("NaT", "us"), "datetime64[us]")
    months = (year - 1970) * 12
    middle = months - 0.5
    for exact in (months, middle):
        if np.abs(exact - np.round(exact)).max() < 0.03 and (np.diff(np.round(exact)) > 0).all():
            time[known] = np.round(exact).astype("datetime64[M]")
            return Dates(time, "year with a fraction", note="Fractions of a year were rounded to the month.")
    start = np.floor(year).astype(np.int64) - 1970
    first, after = (
        s.astype("datetime64[Y]").astype("datetime64[s]").astype(np.int64)
        for s in (start, start + np.timedelta64(1, "Y"))
    )
    time[known] = (first + np.round((year % 1) * (after - first)).astype(np.int64)).astype("datetime64[s]")
    return Dates(time, "year with a fraction")
