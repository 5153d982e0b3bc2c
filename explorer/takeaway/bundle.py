"""A zip with all that a training needs away from here: the script, its data and the table of weights."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from explorer.labelled import Labelled
from explorer.spec import LossSpec
from explorer.takeaway import grid
from explorer.takeaway.source import PARTS, source, table_of_costs
from explorer.tasks import Classification
from explorer.training import Setting

LONG_AGO = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def bundle(
    spec: LossSpec,
    values: Mapping[str, Any],
    data: Labelled,
    task: Classification,
    setting: Setting,
    *,
    weights: Sequence[Sequence[float]] | None = None,
) -> bytes:
    """Return a zip with ``train.py``, ``data.csv``, ``grid.csv`` and ``grid.json``; equal input gives equal bytes.

    ``data.csv`` has the features in their own units, the class as a number and by name, the part (train, validation or
    test) and, where the samples have tables of their own, a column ``w_i_j`` for each weight. Its rows are the samples
    of the task, part by part and in the task's order. There is no grid where each sample has a table of its own and
    nobody named one for all.

    Parameters
    ----------
    spec, values, data, task, setting, weights
        As for `source`.

    Raises
    ------
    ValueError, TrainingError, ParameterError
        As for `source`.
    """
    files = {"train.py": source(spec, values, data, task, setting, weights=weights), "data.csv": _data(data, task)}
    costs = table_of_costs(spec, values, task, weights)
    if costs is not None:
        files |= {"grid.csv": grid.as_csv(costs, data.classes), "grid.json": grid.as_json(costs, data.classes)}
    return packed(files)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of texts and other contents by name; equal ones give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, READABLE
            archive.writestr(entry, content if isinstance(content, bytes) else content.encode())
    return out.getvalue()


def _data(data: Labelled, task: Classification) -> str:
    """Return the samples of the task as CSV."""
    k = len(data.classes)
    tables = [f"w_{i}_{j}" for i in range(k) for j in range(k)] if "weights" in task.train.context else []
    header = [*map(grid.cell, data.features), "class", "label", "part", *tables]
    return grid.lines([header, *_rows(data, task)])


def _rows(data: Labelled, task: Classification) -> Iterator[list[str | float]]:
    names = [grid.cell(name) for name in data.classes]
    for part, rows, batch in zip(PARTS, task.rows, (task.train, task.validation, task.test), strict=True):
        tables = batch.context.get("weights", np.zeros((len(batch), 0), "float32"))
        for row, table in zip(rows, tables, strict=False):
            label = int(data.label[row])
            # A float32 in its own shortest digits is the same float32 when it is read again.
            yield [*data.x[row].tolist(), label, names[label], part, *(float(str(w)) for w in table.ravel())]
