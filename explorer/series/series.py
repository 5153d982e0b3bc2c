"""What the reader hands back: a time series, and what was understood of the file it came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.series.decision import Decision, LeftOut

LONGEST_NAME = 80


class SeriesError(ValueError):
    """A file that cannot be read as a time series; the message is one plain sentence."""


def plain(text: str, most: int = LONGEST_NAME) -> str:
    """Return ``text`` on one line, without control characters and at most ``most`` characters long."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    kept = " ".join(kept.split())
    return kept if len(kept) <= most else kept[: most - 1] + "…"


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What was understood of a file.

    Attributes
    ----------
    encoding : str
        How bytes were turned into text, as a person would call it.
    separator : str
        Word for what stands between two cells.
    decimal : str
        ``"."`` or ``","``.
    time_column : str or None
        Name of the column of times (names joined by ``" + "`` where several make up the time), None without one.
    time_format : str
        How its cells were read, such as ``"day/month/year"``; empty without a time column.
    frequency : str
        ``"yearly"``, ``"monthly"``, ``"daily"``, ``"every 15 minutes"``, …, ``"irregular"``; ``"none"`` without times.
    value_column : str
        Name of the column that was read.
    value_columns : tuple of str
        Names of the columns that could be read instead, this one included.
    rows, total : int
        Points in the series, and rows of data in the file.
    filled : int
        How many of the points are interpolated.
    duplicates : int
        Rows left out because their time had come before.
    skipped : tuple of int
        Numbers of the lines left out because they hold no data, first line 1.
    assumed : bool
        Whether the file allows another reading than the one taken; a note says which.
    """

    encoding: str
    separator: str
    decimal: str
    time_column: str | None
    time_format: str
    frequency: str
    value_column: str
    value_columns: tuple[str, ...]
    rows: int
    total: int
    filled: int
    duplicates: int
    skipped: tuple[int, ...]
    assumed: bool


@dataclass(frozen=True, eq=False)
class Series:
    """One value after another, in time.

    Attributes
    ----------
    time : ndarray of shape (n,)
        Increasing ``datetime64[s]`` (``[us]`` where the file has fractions of seconds), or positions ``0 … n − 1`` as
        int64 where it has no times.
    value : ndarray of shape (n,)
        Finite float64, in the unit of the file.
    filled : ndarray of shape (n,)
        True where the file has no value and the point lies on the line between its neighbours.
    value_name : str
        Name of the column.
    columns : tuple of str
        Names of all columns of the file.
    notes : tuple of str
        Plain sentences: what was understood, changed or skipped.
    understood : Understood
        The same in fields.
    decisions : tuple of Decision
        What was found out, each with what it can be overruled with.
    left_out : tuple of LeftOut
        The rows that are not in the series, in the order of their lines.
    preview : tuple of tuple of str
        The names of the columns and the first rows, as the file was split.
    """

    time: NDArray[np.datetime64] | NDArray[np.int64]
    value: NDArray[np.float64]
    filled: NDArray[np.bool_]
    value_name: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    understood: Understood
    decisions: tuple[Decision, ...]
    left_out: tuple[LeftOut, ...]
    preview: tuple[tuple[str, ...], ...]
