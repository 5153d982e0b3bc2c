"""What was found in a file, before its rows become points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.series.calendar import Clock
from explorer.series.decision import LeftOut
from explorer.series.number import Numbers
from explorer.series.points import Points
from explorer.series.table import Table


@dataclass(frozen=True)
class Reading:
    """A table with its columns of times and values.

    Attributes
    ----------
    encoding : str
        How bytes were turned into text.
    table : Table
        A row for each time.
    clock : Clock or None
        The times of its rows; None where it has none.
    chosen : int
        The column of values.
    possible : list of int
        All columns that may be.
    numbers : Numbers
        The values as they stand in the file.
    """

    encoding: str
    table: Table
    clock: Clock | None
    chosen: int
    possible: list[int]
    numbers: Numbers

    @property
    def name(self) -> str:
        """Name of the column of values."""
        return self.table.names[self.chosen]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rows have a time; all where there is no column of times."""
        return known_rows(self.table, self.clock)

    def points(self, value: NDArray[np.float64]) -> Points:
        """Return the rows that have a time, with these values."""
        known = self.known
        time = self.clock.dates.time[known] if self.clock else None
        line = np.asarray(self.table.lines, np.int64)[known]
        return Points(time, value[known], line, np.zeros(len(line), bool), left_out=self._lost())

    def _lost(self) -> tuple[LeftOut, ...]:
        """Return the rows that are not among the data, or have no time."""
        known = self.known
        where = f"no time in column {self.clock.name!r}" if self.clock else ""
        value = [None if np.isnan(v) else v for v in self.numbers.value[~known].tolist()]
        lines = [self.table.lines[i] for i in np.flatnonzero(~known).tolist()]
        return (*self.table.left_out, *(LeftOut(line, where, None, v) for line, v in zip(lines, value, strict=True)))


def known_rows(table: Table, clock: Clock | None) -> NDArray[np.bool_]:
    """Return which rows of a table have a time; all where there is no column of times."""
    return ~np.isnat(clock.dates.time) if clock else np.ones(len(table.lines), bool)
