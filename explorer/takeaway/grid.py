"""A table of weights as text that a spreadsheet or a script reads back exactly."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

CORNER = r"true \ predicted"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(weights: Sequence[Sequence[float]], names: Sequence[str]) -> str:
    """Return a table of weights as CSV: a header with the predicted classes, and a row for each true class.

    Parameters
    ----------
    weights : sequence of sequence of float, shape (class, class)
        Rows are the true class, columns the predicted one.
    names : sequence of str
        Names of the classes; one that a spreadsheet would run as a formula gets an apostrophe in front.

    Raises
    ------
    ValueError
        If there is not one row and one column for each name.
    """
    _check(weights, names)
    safe = [cell(name) for name in names]
    rows: Iterator[list[str | float]] = ([name, *map(float, row)] for name, row in zip(safe, weights, strict=True))
    return lines([[CORNER, *safe], *rows])


def as_json(weights: Sequence[Sequence[float]], names: Sequence[str]) -> str:
    """Return a table of weights as JSON, ``{"names": […], "weights": [[…], …]}``; names and numbers are exact.

    Parameters
    ----------
    weights, names
        As for `as_csv`.

    Raises
    ------
    ValueError
        If there is not one row and one column for each name, or a weight is not finite.
    """
    _check(weights, names)
    rows = [[float(weight) for weight in row] for row in weights]
    return json.dumps({"names": list(names), "weights": rows}, allow_nan=False)


def cell(name: str) -> str:
    """Return a name that a spreadsheet shows and does not run, and that any encoding can hold."""
    name = name.encode("utf-8", "backslashreplace").decode()
    return "'" + name if name.startswith(FORMULA) else name


def lines(rows: Iterable[Iterable[str | float]]) -> str:
    """Return rows as CSV; text is quoted, numbers are not and keep every digit."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _check(weights: Sequence[Sequence[float]], names: Sequence[str]) -> None:
    if {len(weights), *map(len, weights)} != {len(names)}:
        raise ValueError(f"The table must have a row and a column for each of {len(names)} names.")
