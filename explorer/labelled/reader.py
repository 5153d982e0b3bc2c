"""Bytes of a person's file → labelled samples, with a note for everything that was understood, changed or skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.labelled.choice import choose_features, choose_label, left_aside, may_be_label
from explorer.labelled.column import BETWEEN_CELLS, CLASS_WORDS, Column, columns
from explorer.labelled.labelled import Labelled, LabelledError, Understood
from explorer.series.choice import checked
from explorer.series.decoding import decode
from explorer.series.grid import SEPARATORS
from explorer.series.number import is_missing
from explorer.series.phrase import count, some
from explorer.series.series import SeriesError, plain
from explorer.series.table import Table, tabulate

FEWEST = 10
MOST_CELLS = 1_000_000


def read(data: bytes, name: str, *, label: str | None = None, features: Sequence[str] | None = None) -> Labelled:
    """Read a CSV, or another table of text, as samples with a label each.

    Encoding, separator, decimal mark, header, label column and features are found out from the file. A row whose label
    or one of whose features is missing is left out.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for messages.
    label : str, optional
        Name of the column of labels; found out where it is not given.
    features : sequence of str, optional
        Names of the columns of features; all columns of numbers but an index where they are not given.

    Returns
    -------
    Labelled
        At least 10 samples of 2 to 10 classes, each with two samples or more.

    Raises
    ------
    LabelledError
        If the file cannot be read without guessing blindly; the message says why, where and what to do.
    """
    try:
        return _read(data, name, label, features)
    except SeriesError as error:
        raise LabelledError(str(error)) from error


@dataclass(frozen=True, eq=False)
class _Choice:
    """Columns on their way to samples: which is the label, which are features, and their values (row, feature)."""

    table: Table
    columns: list[Column]
    label: Column
    features: list[Column]
    value: NDArray[np.float64]

    @property
    def labelled(self) -> NDArray[np.bool_]:
        return self.label.classes[1] >= 0

    @property
    def complete(self) -> NDArray[np.bool_]:
        complete: NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(self.value), axis=1)
        return complete

    @property
    def kept(self) -> NDArray[np.bool_]:
        kept: NDArray[np.bool_] = np.logical_and(self.labelled, self.complete)
        return kept


def _read(data: bytes, name: str, label: str | None, features: Sequence[str] | None) -> Labelled:
    text, encoding = decode(data, name)
    table = tabulate(text, separators=BETWEEN_CELLS, totals=False)
    _check_size(table)
    choice = _choice(table, label, features)
    kept = choice.kept
    varying = _varying(choice.features, choice.value[kept], len(kept))
    classes, place = _present(choice.label, kept)
    used = [choice.features[j] for j in varying]
    understood = _understood(choice, encoding, used)
    notes = (
        *_guesses(used),
        *_summary(understood, choice.label, classes, place, used),
        *table.notes,
        *(left_aside(choice.columns, choice.label) if features is None else ()),
        *_constants([column for column in choice.features if column not in used]),
        *_left_out(choice),
        *_remarks(classes),
    )
    return Labelled(choice.value[kept][:, varying], place, tuple(c.name for c in used), classes, notes, understood)


def _choice(table: Table, label: str | None, features: Sequence[str] | None) -> _Choice:
    found = columns(table)
    truth = choose_label(found, label)
    chosen = choose_features(found, truth, features)
    whole = [True] * len(table.lines)
    read_as = [checked(table, c.position, c.numbers, whole) for c in chosen if c.numbers is not None]
    return _Choice(table, found, truth, chosen, np.column_stack([one.value for one in read_as]))


def _understood(choice: _Choice, encoding: str, used: Sequence[Column]) -> Understood:
    table, truth = choice.table, choice.label
    lost = (table.lines[i] for i in np.flatnonzero(~choice.kept).tolist())
    return Understood(
        encoding=encoding,
        separator=SEPARATORS[table.separator],
        decimal="," if any(c.numbers and c.numbers.decimal == "," for c in used) else ".",
        label_column=truth.name,
        label_columns=tuple(c.name for c in choice.columns if may_be_label(c) or c is truth),
        numeric_columns=tuple(c.name for c in choice.columns if c.numbers is not None and c is not truth),
        rows=int(choice.kept.sum()),
        total=len(table.lines),
        kept=np.flatnonzero(choice.kept),
        skipped=tuple(sorted((*table.skipped, *lost))),
    )


def _check_size(table: Table) -> None:
    rows, width = len(table.lines), len(table.names)
    if rows * width > MOST_CELLS:
        raise LabelledError(
            f"The file has {rows:,} rows of {count(width, 'column')}, more than {MOST_CELLS:,} cells: upload a shorter "
            "part of it, or fewer columns."
        )
    if width < 2:
        raise LabelledError("The file has a single column: it needs a column of labels and columns of numbers.")
    if rows < FEWEST:
        raise LabelledError(
            f"There {'is' if rows == 1 else 'are'} {count(rows, 'row')} of data: at least {FEWEST} are needed."
        )


def _varying(chosen: Sequence[Column], left: NDArray[np.float64], rows: int) -> list[int]:
    """Return which of the features are not constant over the rows that are left."""
    names = some([repr(c.name) for c in chosen])
    if len(left) < FEWEST:
        raise LabelledError(
            f"Only {len(left)} of {count(rows, 'row')} have a label and a number for each feature ({names}): at least "
            f"{FEWEST} are needed, so choose features with fewer gaps."
        )
    varying = [j for j in range(left.shape[1]) if left[:, j].min() < left[:, j].max()]
    if not varying:
        raise LabelledError(f"No feature ever changes ({names}): at least one must differ from sample to sample.")
    return varying


def _present(label: Column, kept: NDArray[np.bool_]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Return the classes that have samples left, and the class of each sample among those."""
    names, place = label.classes
    left, again, sizes = np.unique(place[kept], return_inverse=True, return_counts=True)
    classes = tuple(names[i] for i in left.tolist())
    rare = plain(classes[int(sizes.argmin())], 40)
    if len(classes) < 2:
        raise LabelledError(
            f"Of the rows that have all features, all are of class {rare!r} in column {label.name!r}: at least two "
            "classes are needed."
        )
    if sizes.min() < 2:
        raise LabelledError(
            f"Class {rare!r} in column {label.name!r} has one sample only: add more of it, or take its row out of the "
            "file."
        )
    return classes, again.astype(np.intp)


def _guesses(used: Sequence[Column]) -> list[str]:
    return [column.numbers.guess for column in used if column.numbers and column.numbers.guess]


def _summary(
    understood: Understood, truth: Column, classes: tuple[str, ...], place: NDArray[np.intp], used: Sequence[Column]
) -> list[str]:
    """Say what the file is."""
    mark = "point" if understood.decimal == "." else "comma"
    others = [repr(name) for name in understood.label_columns if name != truth.name]
    more = f"; also possible: {some(others)}" if others else ""
    order = "the order of their numbers" if truth.is_whole else "alphabetical order"
    sizes = zip(classes, np.bincount(place).tolist(), strict=True)
    units = [(c.name, c.numbers.affix) for c in used if c.numbers is not None and c.numbers.affix]
    return [
        f"Read as {understood.encoding}, {understood.separator}-separated, decimal {mark}.",
        f"Labels: column {truth.name!r}{more}.",
        f"Classes, in {order}: " + ", ".join(f"{name} ({size:,})" for name, size in sizes) + ".",
        f"Features: {some([repr(c.name) for c in used])}.",
        *(f"Taken off each number of {name!r}: {affix!r}." for name, affix in units),
    ]


def _constants(constant: Sequence[Column]) -> list[str]:
    names = some([repr(c.name) for c in constant])
    return [f"Not taken as a feature, because it never changes: {names}."] if constant else []


def _left_out(choice: _Choice) -> list[str]:
    """Say which rows were not taken, and why."""
    notes = list[str]()
    unlabelled, incomplete = ~choice.labelled, choice.labelled & ~choice.complete
    odd = _odd_cell(choice.features, np.flatnonzero(incomplete).tolist())
    for rows, what in ((unlabelled, f"no label in column {choice.label.name!r}"), (incomplete, f"a feature is {odd}")):
        lines = [choice.table.lines[i] for i in np.flatnonzero(rows).tolist()]
        if lines:
            notes.append(f"{count(len(lines), 'row')} skipped, {what}: line {some(lines)}.")
    return notes


def _odd_cell(chosen: Sequence[Column], rows: Sequence[int]) -> str:
    """Return the first cell of the rows that is not simply missing, in words, or that all are."""
    for i in rows:
        for column in chosen:
            odd = column.numbers is not None and np.isnan(column.numbers.value[i])
            if odd and not is_missing(column.cells[i]):
                return f"missing or no number (first: {plain(column.cells[i], 40)!r} in column {column.name!r})"
    return "missing"


def _remarks(classes: tuple[str, ...]) -> list[str]:
    """Say what is odd about the classes."""
    notes = list[str]()
    words = [name for name in classes if name.lower() in CLASS_WORDS]
    if words:
        notes.append(f"{some([repr(word) for word in words])} was taken for a class, not for a missing label.")
    for i, name in enumerate(classes):
        twin = next((other for other in classes[:i] if other.casefold() == name.casefold()), None)
        if twin:
            notes.append(f"Classes {twin!r} and {name!r} differ only in capital letters.")
    return notes
