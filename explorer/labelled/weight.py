"""A table of weights for each sample: from a file, or from a column."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.labelled.column import BETWEEN_CELLS
from explorer.labelled.labelled import LabelledError
from explorer.parameters import Number
from explorer.series.decoding import decode
from explorer.series.number import Numbers, is_missing, numbers
from explorer.series.phrase import count
from explorer.series.series import SeriesError, plain
from explorer.series.table import Table, tabulate

LARGEST = 1000.0
STRENGTH = Number(
    name="strength",
    label="s · strength",
    default=3.0,
    low=0.0,
    high=20.0,
    slider=(0.0, 10.0),
    step=0.5,
    help="How much dearer mistakes are where the column is highest: 3 means four times as dear as where it is lowest.",
    symbol="s",
)


def tables(data: bytes, name: str, *, rows: int, classes: int) -> NDArray[np.float64]:
    """Read a CSV that holds a table of weights for each sample.

    Parameters
    ----------
    data : bytes
        The whole file: a row for each sample, and in it ``classes`` × ``classes`` weights, row by row of the table
        (``W[0, 0], W[0, 1], …``); a header may stand above.
    name : str
        Its name, for messages.
    rows, classes : int
        How many samples and classes the data have.

    Returns
    -------
    ndarray of shape (rows, classes, classes)

    Raises
    ------
    LabelledError
        If the file is no such table; the message says where.
    """
    try:
        text, _ = decode(data, name)
        table = tabulate(text, separators=BETWEEN_CELLS, totals=False)
    except SeriesError as error:
        raise LabelledError(str(error)) from error
    called = repr(plain(name)) if plain(name) else "The file"
    _check_shape(table, called, rows, classes)
    mark = "." if table.separator == "," or any("." in cell for cells in table.columns for cell in cells) else ","
    value = np.empty((rows, len(table.names)))
    for j, cells in enumerate(table.columns):
        value[:, j] = _weights(table, j, numbers(cells, table.separator, mark))
    return value.reshape(rows, classes, classes)


def by_column(weights: ArrayLike, column: ArrayLike, strength: float) -> NDArray[np.float64]:
    """Return a table for each sample, in which mistakes are the dearer the higher the sample's column is.

    Parameters
    ----------
    weights : array_like of shape (class, class)
        The table where the column is lowest.
    column : array_like of shape (sample,)
        What makes mistakes dear, in any unit; a constant column changes nothing.
    strength : float
        Weights beside the diagonal are multiplied by 1 + strength · u, where u is the column scaled to 0 … 1.

    Returns
    -------
    ndarray of shape (sample, class, class)

    Raises
    ------
    ParameterError
        If ``strength`` is out of its limits.
    LabelledError
        If the table is not square or the column is not a row of finite numbers.
    """
    table, given = np.asarray(weights, np.float64), np.asarray(column, np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise LabelledError(f"The table of weights must be square, but has shape {table.shape}.")
    if given.ndim != 1 or not np.isfinite(given).all():
        raise LabelledError("The column that makes mistakes dear must be one row of finite numbers.")
    factor = 1 + STRENGTH.clean(strength) * _scaled(given)
    return np.where(np.eye(len(table), dtype=bool), table, factor[:, None, None] * table)


def _scaled(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a column scaled to 0 … 1; zeros where it is constant."""
    if not len(column) or column.min() == column.max():
        return np.zeros(len(column))
    halved = column / 2 - column.min() / 2
    result: NDArray[np.float64] = halved / halved.max()
    return result


def _check_shape(table: Table, called: str, rows: int, classes: int) -> None:
    width, found = len(table.names), len(table.lines)
    if width != classes**2:
        raise LabelledError(
            f"{called} has {count(width, 'column')}, but a table for {classes} classes needs {classes**2}, row by row: "
            "W[0,0], W[0,1], …."
        )
    inside = [line for line in table.skipped if line > table.lines[0]]
    if inside:
        raise LabelledError(f"Line {inside[0]} of {called} does not hold {width} weights as the others do: mend it.")
    if found != rows:
        raise LabelledError(
            f"{called} has {count(found, 'row')} of weights, but the data have {count(rows, 'sample')}: give one row "
            "for each sample, in the same order."
        )


def _weights(table: Table, j: int, read: Numbers) -> NDArray[np.float64]:
    """Return a column of weights, or refuse it by line and column."""
    bad = np.flatnonzero(~(np.abs(read.value) <= LARGEST))
    if bad.size:
        i = int(bad[0])
        cell = plain(table.columns[j][i], 40)
        where = f"line {table.lines[i]}, column {j + 1}"
        if is_missing(cell):
            raise LabelledError(f"A weight is missing in {where}: every cell must hold a number.")
        if np.isnan(read.value[i]):
            raise LabelledError(f"{cell!r} in {where} is no finite number: every cell must hold a weight.")
        raise LabelledError(f"{cell!r} in {where} is out of limits: a weight lies between −1000 and 1000.")
    return read.value
