"""Numbers such as −999 that stand for a missing value."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from explorer.series.docket import Docket
from explorer.series.phrase import count, some

ROUND = frozenset({-100.0, -200.0, -500.0, -1000.0, -7777.0, -8888.0, -9000.0})
NINES = re.compile(r"-?(9{2,}(\.9+)?|32768|9\.96921e\+36|1e\+(20|30|34))")
FEW = 6


def sentinels(value: NDArray[np.float64]) -> list[float]:
    """Return the values at the ends that look like a code for missing and lie far from all others."""
    found, left = list[float](), value[np.isfinite(value)]
    for _ in range(FEW):
        code = (
            next((end for end in (left.min(), left.max()) if _is_code(left, float(end))), None) if len(left) else None
        )
        if code is None:
            break
        found.append(float(code))
        left = left[left != code]
    return found


def _is_code(value: NDArray[np.float64], end: float) -> bool:
    others = value[value != end]
    if end == -1:
        return len(others) > 0 and float(others.min()) >= 10
    if end in ROUND:
        return len(others) > 0 and float(others.min()) >= 0 and len(value) - len(others) > 1
    if not len(others) or not NINES.fullmatch(f"{end:g}"):
        return False
    far = float(np.abs(others - end).min()) > 2 * float(np.ptp(others))
    return far or (end < 0 <= float(others.min()))


def without_sentinels(value: NDArray[np.float64], docket: Docket) -> tuple[NDArray[np.float64], list[str]]:
    """Return the values with such codes as NaN, or as they are where a person says so, and what is worth saying."""
    codes = sentinels(value)
    if not codes:
        return value, []
    shown = some([f"{code:g}" for code in codes])
    options = (f"{shown} is missing", f"{shown} is a value")
    taken = docket.asked("missing", options) or options[0]
    times = count(int(np.isin(value, codes).sum()), "time")
    sentence = f"{shown} comes {times}, far from all other values, and was taken for a missing value."
    docket.settle("missing", taken, options, sentence, sure=False)
    if taken == options[1]:
        return value, [f"{shown} comes {times} and was kept as a value."]
    return np.where(np.isin(value, codes), np.nan, value), [sentence]
