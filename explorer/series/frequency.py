"""How far apart the times of a series are, in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

REGULAR = 0.9
MONTHS = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
SECONDS = {1: "every second", 60: "every minute", 3600: "hourly", 86_400: "daily", 604_800: "weekly"}
UNITS = ((86_400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))
MICRO = 1_000_000


def frequency(time: NDArray[np.datetime64]) -> str:
    """Return the usual step between sorted times in words; ``"irregular"`` where fewer than nine in ten keep to it.

    Months, quarters and years count as equal steps although their lengths differ.
    """
    if len(time) < 3:
        return "irregular"
    month = time.astype("datetime64[M]")
    within = time.astype("datetime64[us]") - month.astype("datetime64[us]")
    months, month_share = _usual(_steps(month))
    step, share = _usual(_steps(time.astype("datetime64[us]")))
    calendar = months >= 1 and month_share >= REGULAR
    if calendar and bool((within == within[0]).all()):
        return _in_months(months)
    if share >= REGULAR and step > 0:
        return _in_seconds(step)
    if calendar:
        return _in_months(months)
    return "weekdays" if _weekdays(time) else "irregular"


def evenness(time: NDArray[np.datetime64]) -> float:
    """Return the share of steps between sorted times that are the usual one, months counted as equal; 0 below 3."""
    if len(time) < 3:
        return 0.0
    month = time.astype("datetime64[M]")
    within = time - month.astype(time.dtype)
    months, share = _usual(_steps(month))
    by_month = share if months >= 1 and bool((within == within[0]).all()) else 0.0
    return max(by_month, _usual(_steps(time))[1])


def absent(time: NDArray[np.datetime64]) -> int:
    """Return how many times are missing from sorted times of a regular frequency; 0 where it is not regular."""
    word = frequency(time)
    if word in ("irregular", "weekdays"):
        return 0
    monthly = word in MONTHS.values() or word.endswith(("months", "years"))
    steps = _steps(time.astype("datetime64[M]" if monthly else "datetime64[us]"))
    return int(np.maximum(np.round(steps / _usual(steps)[0]) - 1, 0).sum())


def _steps(time: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the distances of neighbours in the unit of ``time``."""
    count: NDArray[np.int64] = time.astype(np.int64)
    return count[1:] - count[:-1]


def _usual(steps: NDArray[np.int64]) -> tuple[int, float]:
    """Return the commonest step and its share."""
    values, counts = np.unique(steps, return_counts=True)
    best = int(np.argmax(counts))
    return int(values[best]), float(counts[best] / len(steps))


def _in_months(months: int) -> str:
    if months in MONTHS:
        return MONTHS[months]
    return f"every {months // 12} years" if months % 12 == 0 else f"every {months} months"


def _in_seconds(step: int) -> str:
    if step % MICRO:
        return f"every {step / MICRO:g} seconds"
    seconds = step // MICRO
    if seconds in SECONDS:
        return SECONDS[seconds]
    size, unit = next((size, unit) for size, unit in UNITS if seconds % size == 0)
    return f"every {seconds // size} {unit}"


def _weekdays(time: NDArray[np.datetime64]) -> bool:
    """Tell whether the days run from Monday to Friday, a holiday left out now and then."""
    day = time.astype("datetime64[D]")
    steps = np.busday_count(day[:-1], day[1:])
    return (
        bool(np.is_busday(day).all())
        and bool((np.diff(day) > np.timedelta64(0, "D")).all())
        and (float((steps == 1).mean()) >= REGULAR)
    )
