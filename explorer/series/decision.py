"""What is decided about a file while it is read, and how a person can overrule it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LABELS = {
    "encoding": "Encoding",
    "sheet": "Sheet",
    "separator": "Between two cells",
    "header": "Names of the columns",
    "layout": "Layout",
    "series": "Series",
    "time": "Time",
    "dates": "Dates",
    "value": "Value",
    "decimal": "Decimal mark",
    "missing": "Codes for missing",
    "totals": "Rows below the data",
    "duplicates": "Rows of the same time",
}


@dataclass(frozen=True)
class Decision:
    """One thing that was found out about a file, and how it can be overruled.

    Attributes
    ----------
    name : str
        One of `LABELS`.
    label : str
        Words for it.
    taken : str
        The option that was taken.
    options : tuple of str
        What it may be overruled with, the one taken among them; empty where there is no choice.
    sure : bool
        False where two readings remain possible and the likelier was assumed.
    sentence : str
        Why, in one plain sentence.
    """

    name: str
    label: str
    taken: str
    options: tuple[str, ...]
    sure: bool
    sentence: str


@dataclass(frozen=True)
class LeftOut:
    """A row that is not in the series.

    Attributes
    ----------
    line : int
        Its line in the file, or row in the sheet, the first being 1.
    reason : str
        Why, in a few words.
    time : numpy.datetime64 or None
        Its time where it has one.
    value : float or None
        Its value where it has one.
    """

    line: int
    reason: str
    time: np.datetime64 | None = None
    value: float | None = None
