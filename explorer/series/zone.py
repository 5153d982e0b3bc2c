"""Time zones behind times: kept where there is one, turned into UTC where they change."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

NAMES = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "EST": -300, "EDT": -240, "CST": -360,
    "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
MARK = r"Z|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2}|" + "|".join(sorted(NAMES, key=len, reverse=True))
END = r"(?::|T[0-9]{4}|T[0-9]{2})[0-9]{2}(?:[.,][0-9]{1,9})?"
ZONE = re.compile(rf"({END}) ?(?:UTC|GMT)?({MARK})(?: ?\([A-Z]{{3,4}}\))?(?:\[[\w/]+\])?$")


def zoned(text: pd.Series, sample: list[str]) -> tuple[pd.Series, NDArray[np.timedelta64], str]:
    """Take time zones off; where they change within the column, return what turns each time into UTC."""
    none = np.zeros(len(text), "timedelta64[us]")
    if not any(ZONE.search(cell) for cell in sample):
        return text, none, ""
    found = text.str.extract(ZONE, expand=True)
    marks = found[1].fillna("")
    bare = text.where(marks == "", text.str.replace(ZONE, r"\1", regex=True))
    zones = {mark: _minutes(mark) for mark in marks.unique()}
    if len({*zones} - {""}) == 1:
        return bare, none, f"Times are kept as written, in time zone {max(zones)}."
    minutes = marks.map(zones).to_numpy("timedelta64[m]")
    return bare, minutes.astype("timedelta64[us]"), "Times are written in changing time zones and were turned into UTC."


def _minutes(mark: str) -> int:
    if not mark or mark[0] not in "+-":
        return NAMES.get(mark.upper(), 0)
    digits = mark[1:].replace(":", "").ljust(4, "0")
    return (1 if mark[0] == "+" else -1) * (60 * int(digits[:2]) + int(digits[2:]))
