"""One small file, and what a careful person reads in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LEVEL = [112.5, 118.25, 132.0, 129.75, 121.5, 135.0, 148.25, 148.5, 136.0, 119.75, 104.5, 118.0]
LARGE = [v * 100 + 0.25 for v in LEVEL]
WHOLE = [1120, 1180, 1320, 1297, 1215, 1350, 1482, 1485, 1360, 1197, 1045, 12345]
MONTHS_2023 = [f"2023-{m:02}" for m in range(1, 13)]
DAYS_2023 = [f"2023-01-{d:02}" for d in range(9, 21)]


@dataclass(frozen=True)
class Reading:
    """A series that a file holds.

    Attributes
    ----------
    first, last : str
        Its ends as ISO dates; empty where the rows have positions only.
    value : sequence of float or None
        Its values in the order of time, None where a value is missing between two others.
    name : str
        Name of the column, where only one is right.
    """

    first: str
    last: str
    value: Sequence[float | None]
    name: str = ""

    @property
    def filled(self) -> int:
        return sum(v is None for v in self.value)

    @property
    def total(self) -> float:
        return sum(v for v in self.value if v is not None)


@dataclass(frozen=True)
class Case:
    """A file that can be read.

    Attributes
    ----------
    data : bytes
        The whole file.
    expected : Reading
        What is to be read when nobody is asked.
    asked : str
        Name of the decision that must be marked as unsure; empty where the file proves everything.
    other : tuple of Reading
        Where something is asked: what else may be meant. `expected` or one of these is taken first, and an option of
        the decision gives each of the others.
    left_out : tuple of int
        Lines that hold times or values and must be listed as left out.
    refusable : bool
        Whether a refusal is an honest answer too.
    name : str
        Name of the file.
    value, time : str or None
        Columns that are asked for.
    unit : str
        How exact the times are, as NumPy calls it.
    may : frozenset of str
        Decisions that may be marked as unsure too, though the first choice is right.
    """

    data: bytes
    expected: Reading
    asked: str = ""
    other: tuple[Reading, ...] = ()
    left_out: tuple[int, ...] = ()
    refusable: bool = False
    name: str = "table.csv"
    value: str | None = None
    time: str | None = None
    unit: str = "s"
    may: frozenset[str] = field(default_factory=frozenset)


def lines(*rows: str, end: str = "\n") -> str:
    """Return rows as the text of a file."""
    return "".join(row + end for row in rows)


def beside(*columns: Iterable[object], between: str = ",") -> list[str]:
    """Return columns as rows of text, None being an empty cell."""
    return [between.join("" if cell is None else str(cell) for cell in row) for row in zip(*columns, strict=True)]


def grouped(value: float, mark: str = ",", point: str = ".", places: int = 2) -> str:
    """Return a number with a mark between thousands."""
    return f"{value:,.{places}f}".replace(",", "\0").replace(".", point).replace("\0", mark)


def comma(value: float) -> str:
    """Return a number with a decimal comma."""
    return str(value).replace(".", ",")


def quoted(cells: Iterable[object]) -> list[str]:
    """Return cells in quotation marks."""
    return [f'"{cell}"' for cell in cells]
