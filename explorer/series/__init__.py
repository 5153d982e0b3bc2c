"""A person's file of numbers over time, read into a series."""

from explorer.series.decision import Decision, LeftOut
from explorer.series.reader import read
from explorer.series.series import Series, SeriesError, Understood

__all__ = ["Decision", "LeftOut", "Series", "SeriesError", "Understood", "read"]
