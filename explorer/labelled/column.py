"""What the columns of a table hold: numbers, and classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from explorer.series.clock import sample, share
from explorer.series.number import Numbers, is_missing, is_number, numbers
from explorer.series.series import plain
from explorer.series.table import Table
from explorer.series.word import ID, all_words

Classes: TypeAlias = tuple[tuple[str, ...], NDArray[np.intp]]

BETWEEN_CELLS = (";", "\t", "|", ",")
MOST_CLASSES = 10
CLASS_WORDS = frozenset({"none", "nil", "void", "missing", "undefined"})
MOST_BAD = 0.1
LAST = 10**15


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a table.

    Attributes
    ----------
    position : int
        Its place, from 0.
    name : str
        What it is called.
    cells : sequence of str
        As written.
    numbers : Numbers or None
        The same as numbers; None where it holds text.
    """

    position: int
    name: str
    cells: Sequence[str]
    numbers: Numbers | None

    @cached_property
    def labels(self) -> list[str]:
        """Each cell on one line, empty where it is missing; ``none`` and the like are classes."""
        written = {cell: plain(cell) for cell in set(self.cells)}
        signs = set(written.values())
        shown = {cell: "" if _is_unlabelled(label, signs) else label for cell, label in written.items()}
        return [shown[cell] for cell in self.cells]

    @cached_property
    def known(self) -> NDArray[np.float64] | None:
        """Its numbers that are not missing; None where any other cell is not a finite number."""
        if self.numbers is None or self.numbers.bad.any() or self.numbers.infinite.any():
            return None
        return self.numbers.value[~np.isnan(self.numbers.value)]

    @cached_property
    def is_whole(self) -> bool:
        """Whether all its cells that are not missing are whole numbers."""
        return self.known is not None and bool((self.known == np.round(self.known)).all())

    @cached_property
    def distinct(self) -> int:
        """How many classes it holds if it is the label."""
        return len(set(self.labels) - {""}) if self.known is None else len(np.unique(self.known))

    @cached_property
    def classes(self) -> Classes:
        """Names of the classes, and the class of each row: −1 where the label is missing.

        Numbers are in their order, 1 and 1.0 being the same; text is in the order of the alphabet.
        """
        if self.numbers is not None and self.known is not None:
            rows = np.flatnonzero(~np.isnan(self.numbers.value))
            _, first, inverse = np.unique(self.known, return_index=True, return_inverse=True)
            place = np.full(len(self.cells), -1, np.intp)
            place[rows] = inverse
            return tuple(plain(self.cells[i]) for i in rows[first].tolist()), place
        names = sorted(set(self.labels) - {""}, key=_alphabet)
        place_of = {name: i for i, name in enumerate(names)} | {"": -1}
        return tuple(names), np.array([place_of[label] for label in self.labels], np.intp)

    @property
    def is_counting(self) -> bool:
        """Whether it only counts or names the rows: 0, 1, 2, …, or an id of which each row has its own."""
        if not self.is_whole or self.numbers is None:
            return False
        value = self.numbers.value
        if any(np.array_equal(value, np.arange(start, start + len(value))) for start in (0, 1)):
            return True
        named = all_words(self.name) & ID and len(all_words(self.name)) <= 2
        return bool(named) and len(np.unique(value)) == len(value)


def columns(table: Table) -> list[Column]:
    """Return the columns of a table, read under one decimal mark where it is certain."""
    read = [_numbers(cells, table.separator) for cells in table.columns]
    mark = known_mark(zip(table.columns, read, strict=True))
    if mark:
        read = [
            numbers(cells, table.separator, mark) if one and one.guess else one
            for cells, one in zip(table.columns, read, strict=True)
        ]
    named = zip(table.names, table.columns, read, strict=True)
    return [Column(j, name, cells, one) for j, (name, cells, one) in enumerate(named)]


def known_mark(read: zip[tuple[Sequence[str], Numbers | None]]) -> str:
    """Return the decimal mark that columns prove for those which allow two readings; empty where none does."""
    proven = {
        one.decimal
        for cells, one in read
        if one and not one.guess and any("." in cell or "," in cell for cell in cells)
    }
    return proven.pop() if len(proven) == 1 else ""


def _numbers(cells: Sequence[str], separator: str) -> Numbers | None:
    """Return a column as numbers, be it of two decimal marks; None where more than one in ten of its cells is text."""
    shown = sample(cells)
    if not shown or share(shown, is_number) < 0.5:
        return None
    read = numbers(cells, separator)
    if not read.bad.any():
        return read
    present = len(cells) - sum(map(is_missing, cells))
    mixed = read.clash is not None and share(shown, is_number) > 1 - MOST_BAD
    return read if mixed or read.bad.sum() <= MOST_BAD * present else None


def _is_unlabelled(label: str, signs: set[str]) -> bool:
    """Tell whether a label is missing; where some rows have a plus, a minus is a class as well."""
    if label.lower() in CLASS_WORDS or (label in "-−–" and label and "+" in signs):
        return False
    return is_missing(label)


def _alphabet(name: str) -> tuple[list[tuple[int, str]], str]:
    """Return what puts names in order: capitals do not matter, 2 comes before 10, and numbers before letters."""
    parts = re.findall(r"[0-9]{1,15}|[^0-9]+|[0-9]", name.casefold())
    return [(int(part), "") if part[0] in "0123456789" else (LAST, part) for part in parts], name
