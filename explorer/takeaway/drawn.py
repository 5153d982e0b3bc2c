"""The numbers that pictures are drawn of, as tables."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.takeaway.grid import cell, lines

HEADER = ("picture", "trace", "name", "x", "y", "z")


def drawn_as_csv(pictures: Mapping[str, go.Figure]) -> str:
    """Return what some pictures draw as CSV, a row for each point: picture, trace, its name, x, y and z.

    Parameters
    ----------
    pictures : mapping of str to plotly.graph_objects.Figure
        The pictures by name. A trace over a lattice gives a row for each node; what is not drawn is left empty.
    """
    return lines([HEADER, *(row for name, figure in pictures.items() for row in _rows(name, figure))])


def drawn_as_json(pictures: Mapping[str, go.Figure]) -> str:
    """Return what some pictures draw as JSON: for each picture its traces with name, type, x, y and z.

    Parameters
    ----------
    pictures : mapping of str to plotly.graph_objects.Figure
        The pictures by name; a number that is not finite becomes null.
    """
    told = {name: [_trace(trace) for trace in figure.data] for name, figure in pictures.items()}
    return json.dumps({"pictures": told}, allow_nan=False, ensure_ascii=False)


def _rows(picture: str, figure: go.Figure) -> Iterator[list[str | float]]:
    for place, trace in enumerate(figure.data):
        head: list[str | float] = [cell(picture), place, cell(str(trace.name or ""))]
        for point in zip(*_columns(trace), strict=True):
            yield [*head, *map(_entry, point)]


def _columns(trace: Any) -> list[list[Any]]:
    """Return x, y and z of each point of a trace; a lattice is told row by row."""
    x, y, z = (_array(trace, name) for name in ("x", "y", "z"))
    if z is not None and z.ndim == 2:
        rows, columns = z.shape
        x = np.arange(columns) if x is None else x
        y = np.arange(rows) if y is None else y
        # A 3-D picture may have been given the place of each node.
        x = x if x.ndim == 2 else np.tile(x, (rows, 1))
        y = y if y.ndim == 2 else np.tile(y[:, None], (1, columns))
        return [x.ravel().tolist(), y.ravel().tolist(), z.ravel().tolist()]
    known = [part for part in (x, y, z) if part is not None]
    count = max((len(part) for part in known), default=0)
    return [part.tolist() if part is not None and len(part) == count else [None] * count for part in (x, y, z)]


def _array(trace: Any, name: str) -> NDArray[Any] | None:
    value = trace.to_plotly_json().get(name)
    if value is None:
        return None
    array = np.asarray(value)
    return array.astype(str) if array.dtype.kind == "M" else array


def _entry(value: Any) -> str | float:
    """Return a value as CSV takes it: text that no spreadsheet runs, numbers in their own digits."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return float(value) if isinstance(value, int | float) else cell(str(value))


def _trace(trace: Any) -> dict[str, Any]:
    columns = {name: _array(trace, name) for name in ("x", "y", "z")}
    return {
        "name": trace.name or "",
        "type": trace.type,
        **{name: _finite(column.tolist()) for name, column in columns.items() if column is not None},
    }


def _finite(values: Any) -> Any:
    if isinstance(values, list):
        return [_finite(value) for value in values]
    return None if isinstance(values, float) and not math.isfinite(values) else values
