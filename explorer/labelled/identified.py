"""Bytes of a person's file → rows of users with an id each, and a note for all that was understood or skipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.labelled.column import BETWEEN_CELLS, Column, columns
from explorer.labelled.labelled import LabelledError
from explorer.series.choice import checked
from explorer.series.decoding import decode
from explorer.series.grid import SEPARATORS
from explorer.series.number import is_missing
from explorer.series.phrase import count, some
from explorer.series.series import SeriesError, plain
from explorer.series.table import Table, tabulate
from explorer.series.word import ID, all_words

# fmt: off
USER_WORDS = (
    "user", "users", "customer", "client", "account", "member", "person", "patient", "subject", "participant",
    "speaker", "player", "writer", "author", "driver", "nutzer", "benutzer", "kunde", "kundin", "kunden", "patientin",
    "usuario", "cliente", "utilisateur", "utente", "gebruiker", "klant", "uid", "identity", "device",
)
# fmt: on
FEWEST = 10
MOST_CELLS = 3_000_000
FEWEST_KNOWN = 0.5
FEWEST_EACH = 2.0  # rows of one id, on average, of a column whose ids come back
ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")


@dataclass(frozen=True, eq=False)
class Identified:
    """Rows of users, as they were found in a file.

    Attributes
    ----------
    x : ndarray of float64, shape (row, feature)
        The features, in the units of the data, all finite.
    ids : ndarray of str, shape (row,)
        To whom each row belongs, as it is written in the file: ids are never taken for numbers.
    features : tuple of str
        Name of each column of ``x``.
    id_column : str
        The column that holds the ids.
    id_columns, numeric_columns : tuple of str
        The columns that could hold the ids, and those that could be features.
    notes : tuple of str
        What was understood, changed or skipped, one sentence each.
    """

    x: NDArray[np.float64]
    ids: NDArray[np.str_]
    features: tuple[str, ...]
    id_column: str
    id_columns: tuple[str, ...]
    numeric_columns: tuple[str, ...]
    notes: tuple[str, ...]


def read(data: bytes, name: str, *, id_column: str | None = None, features: Sequence[str] | None = None) -> Identified:
    """Read a CSV, or another table of text, as rows of users.

    Encoding, separator, decimal mark, header, id column and features are found out from the file. The id column is one
    that is called so (user, customer, id, …) and whose ids come back. A row whose id or one of whose features is
    missing is left out.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for messages.
    id_column : str, optional
        Name of the column of ids; found out where it is not given.
    features : sequence of str, optional
        Names of the columns of features; all columns of numbers that name nothing where they are not given.

    Returns
    -------
    Identified
        At least 10 rows.

    Raises
    ------
    LabelledError
        If the file cannot be read without guessing blindly; the message says why, where and what to do.
    """
    try:
        text, encoding = decode(data, name)
        table = tabulate(text, separators=BETWEEN_CELLS, totals=False)
        _check_size(table)
        return _identified(table, encoding, id_column, features)
    except SeriesError as error:
        raise LabelledError(str(error)) from error


@dataclass(frozen=True, eq=False)
class _Ids:
    """A column on its way to ids, which are compared as they are written."""

    column: Column

    @cached_property
    def written(self) -> list[str]:
        """The id of each row, empty where it is missing."""
        shown = {cell: "" if is_missing(cell.strip()) else " ".join(cell.split()) for cell in set(self.column.cells)}
        return [shown[cell] for cell in self.column.cells]

    @cached_property
    def sizes(self) -> Counter[str]:
        """How many rows each id has."""
        sizes = Counter(self.written)
        del sizes[""]
        return sizes

    @property
    def come_back(self) -> bool:
        """Whether there are several ids, and most of them on more than one row."""
        return len(self.sizes) > 1 and self.sizes.total() >= FEWEST_EACH * len(self.sizes)

    @property
    def possible(self) -> bool:
        """Whether it may be taken for ids unasked: text or whole numbers that come back."""
        return (self.column.numbers is None or self.column.is_whole) and self.come_back

    @property
    def rank(self) -> int:
        """How early the words for a user have one of the column's name; an id of anything comes after them."""
        words = _words(self.column.name)
        first = next((i for i, word in enumerate(USER_WORDS) if word in words), len(USER_WORDS))
        return first if first < len(USER_WORDS) or words & ID else first + 1


def _words(name: str) -> set[str]:
    """Return the words of a column's name in lower case; ``userId`` and ``userid`` are two."""
    words = all_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    return words | {part for word in words if word[-2:] == "id" for part in (word[:-2], "id") if part}


def _identified(table: Table, encoding: str, wanted: str | None, features: Sequence[str] | None) -> Identified:
    found = columns(table)
    ids = _choose_ids(found, wanted)
    chosen = _choose_features(found, ids.column, features)
    every = [True] * len(table.lines)
    value = np.column_stack([checked(table, c.position, c.numbers, every).value for c in chosen if c.numbers])
    written = np.array(ids.written)
    complete, named = np.isfinite(value).all(axis=1), written != ""
    kept = complete & named
    if kept.sum() < FEWEST:
        raise LabelledError(
            f"Only {kept.sum()} of {count(len(kept), 'row')} have an id in {ids.column.name!r} and a number for each "
            f"feature ({_names(chosen)}): at least {FEWEST} are needed, so choose columns with fewer gaps."
        )
    varying = [j for j in range(len(chosen)) if np.ptp(value[kept, j] / 2) > 0]
    if not varying:
        raise LabelledError(f"No feature ever changes ({_names(chosen)}): at least one must differ from row to row.")
    used = [chosen[j] for j in varying]
    possible = tuple(c.name for c in found if c is ids.column or _Ids(c).possible)
    notes = (
        *_summary(table, encoding, ids, used, [name for name in possible if name != ids.column.name]),
        *table.notes,
        *(_left_aside(found, ids.column) if features is None else ()),
        *(f"Not taken as a feature, because it never changes: {c.name!r}." for c in chosen if c not in used),
        *_skipped(table, ~named, f"no id in column {ids.column.name!r}"),
        *_skipped(table, named & ~complete, "a feature is missing or no number"),
    )
    numeric = tuple(c.name for c in found if c.numbers is not None and c is not ids.column)
    names = tuple(c.name for c in used)
    return Identified(value[kept][:, varying], written[kept], names, ids.column.name, possible, numeric, notes)


def _check_size(table: Table) -> None:
    rows, width = len(table.lines), len(table.names)
    if rows * width > MOST_CELLS:
        raise LabelledError(
            f"The file has {rows:,} rows of {count(width, 'column')}, more than {MOST_CELLS:,} cells: upload a shorter "
            "part of it, or fewer columns."
        )
    if width < 2:
        raise LabelledError("The file has a single column: it needs a column of ids and columns of numbers.")
    if rows < FEWEST:
        raise LabelledError(f"The file has {count(rows, 'row')} of data: at least {FEWEST} are needed.")


def _choose_ids(found: Sequence[Column], wanted: str | None) -> _Ids:
    """Return the column of ids: the one wanted, or the best called of those that come back; text before numbers."""
    if wanted is not None:
        ids = _Ids(_called(found, wanted))
        _check_ids(ids)
        return ids
    every = [_Ids(column) for column in found]
    possible = [ids for ids in every if ids.possible]
    if possible:
        return min(possible, key=lambda ids: (ids.rank, ids.column.numbers is not None, ids.column.position))
    called = [ids for ids in every if ids.rank <= len(USER_WORDS)]
    if called:
        likely = min(called, key=lambda ids: ids.rank)
        _check_ids(likely)
        return likely
    raise LabelledError(
        f"No column of ids was found among {plain(_names(found), 200)}: add one that says for each row whose it is."
    )


def _check_ids(ids: _Ids) -> None:
    """Refuse a column that holds no id, one id, or another one in each row."""
    name, many = ids.column.name, len(ids.sizes)
    if many < 2:
        only = f"one id only, {plain(next(iter(ids.sizes)), 40)!r}" if many else "no id at all"
        raise LabelledError(f"Column {name!r} holds {only}: pairs need the rows of two users or more.")
    if ids.sizes.most_common(1)[0][1] == 1:
        raise LabelledError(
            f"Column {name!r} has another id in each row, so no two rows are of one user: choose a column whose ids "
            "come back."
        )


def _choose_features(found: Sequence[Column], ids: Column, wanted: Sequence[str] | None) -> list[Column]:
    """Return the columns that are features; where they are not named, all numbers that name nothing."""
    if wanted is None:
        features = [column for column in found if column is not ids and not _doubt(column)]
        if not features:
            raise LabelledError(
                f"There is no feature beside the ids in {ids.name!r}: add a column of numbers that tells users apart."
            )
        return features
    if not wanted:
        raise LabelledError("No feature is chosen: choose at least one column of numbers.")
    chosen = [_called(found, name) for name in dict.fromkeys(wanted)]
    for column in chosen:
        if column is ids:
            raise LabelledError(f"Column {column.name!r} holds the ids: it cannot be a feature as well.")
        if column.numbers is None:
            raise LabelledError(f"Column {column.name!r} holds text: a feature must hold numbers, choose others.")
    return chosen


def _doubt(column: Column) -> str:
    """Return why a column is not taken as a feature unasked; empty where it is."""
    if column.numbers is None:
        return "holds text" if column.distinct else "holds no value at all"
    if column.is_counting:
        return "only counts or names the rows"
    if column.is_whole and _words(column.name) & ID:
        return "is an id itself"
    return "has gaps in more than half of the rows" if np.isfinite(column.numbers.value).mean() < FEWEST_KNOWN else ""


def _called(found: Sequence[Column], name: str) -> Column:
    column = next((column for column in found if column.name == name), None)
    if column is None:
        raise LabelledError(f"There is no column {plain(name)!r}; there is {plain(_names(found), 200)}.")
    return column


def _names(found: Sequence[Column]) -> str:
    return some([repr(column.name) for column in found])


def _summary(table: Table, encoding: str, ids: _Ids, used: Sequence[Column], others: Sequence[str]) -> list[str]:
    """Say what the file is."""
    mark = "comma" if any(c.numbers and c.numbers.decimal == "," for c in used) else "point"
    more = f"; also possible: {some([repr(name) for name in others])}" if others else ""
    few, many = min(ids.sizes.values()), max(ids.sizes.values())
    rows = f"{few:,}" if few == many else f"{few:,} to {many:,}"
    notes = [
        f"Read as {encoding}, {SEPARATORS[table.separator]}-separated, decimal {mark}.",
        f"Ids: column {ids.column.name!r}, {len(ids.sizes):,} users of {rows} rows{more}.",
        f"Features: {_names(used)}.",
        *(c.numbers.guess for c in used if c.numbers and c.numbers.guess),
    ]
    rounded = next((one for one in ids.sizes if ROUNDED.fullmatch(one)), "")
    if rounded:
        notes.append(
            f"Ids are written as {plain(rounded, 40)!r}: a spreadsheet has rounded them, so users may be merged; "
            "export that column as text."
        )
    return notes


def _left_aside(found: Sequence[Column], ids: Column) -> list[str]:
    """Say which columns are no features, where nobody has chosen them by name."""
    reasons = dict[str, list[Column]]()
    for column in found:
        if column is not ids and (reason := _doubt(column)):
            reasons.setdefault(reason, []).append(column)
    return [f"Not taken as a feature, because it {reason}: {_names(aside)}." for reason, aside in reasons.items()]


def _skipped(table: Table, rows: NDArray[np.bool_], why: str) -> list[str]:
    """Say which rows were not taken, and why."""
    lines = [table.lines[i] for i in np.flatnonzero(rows).tolist()]
    return [f"{count(len(lines), 'row')} skipped, {why}: line {some(lines)}."] if lines else []
