"""Runs on a series as tables for a spreadsheet and as JSON for a script."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Value
from explorer.series import Series
from explorer.spec import LossSpec
from explorer.takeaway.grid import cell, lines
from explorer.tasks.forecast import Forecast
from explorer.training.history import History
from explorer.training.setting import Setting

FIELDS = ("epoch", "loss", "val_loss")
PACKAGES = ("numpy", "keras", "tensorflow", "tensorflow-cpu")


@dataclass(frozen=True, eq=False)
class Told:
    """What one run has told.

    Attributes
    ----------
    name : str
        What a person calls it.
    spec : LossSpec
        Its loss.
    values : dict
        Parameters of the loss.
    history : History
        Its epochs.
    """

    name: str
    spec: LossSpec
    values: Mapping[str, Value]
    history: History


def series_as_csv(series: Series) -> str:
    """Return a series as CSV: time, value, and whether the value is an interpolated one."""
    rows = zip(_times(series.time), series.value.tolist(), series.filled.tolist(), strict=True)
    header = ["time", cell(series.value_name), "filled"]
    return lines([header, *([time, value, int(filled)] for time, value, filled in rows)])


def history_as_csv(runs: Sequence[Told]) -> str:
    """Return a row for each epoch of each run: both losses, terms and scores; empty where a run has no such number."""
    tables = [_columns(run.history) for run in runs]
    names = list(dict.fromkeys(name for table in tables for name in table))
    rows: list[list[str | float]] = [["run", *map(cell, names)]]
    for run, table in zip(runs, tables, strict=True):
        blank: list[float] = [float("nan")] * len(run.history.epoch)
        columns = [table.get(name, blank) for name in names]
        rows += [[cell(run.name), *map(_number, row)] for row in zip(*columns, strict=True)]
    return lines(rows)


def forecasts_as_csv(series: Series, task: Forecast, runs: Sequence[Told]) -> str:
    """Return a row for each step of each forecast of the test part: what came, and what baselines and runs said.

    ``known`` is the time of the last value that was known, ``ahead`` how many values after it the forecast is for.
    """
    said = {"repeat last": task.repeat_last(task.test), "seasonal naive": task.seasonal_naive(task.test)}
    told = {name: prediction for name, prediction in said.items() if prediction is not None}
    columns = [*told.values(), *(run.history.last.prediction for run in runs if run.history.last)]
    ran = [cell(run.name) for run in runs if run.history.last]
    header = ["known", "time", "ahead", cell(series.value_name), *told, *ran]
    return lines([header, *_forecasts(_times(series.time), task, columns)])


def _forecasts(time: list[Any], task: Forecast, columns: Sequence[NDArray[Any]]) -> Iterator[list[str | float]]:
    for sample, row in enumerate(task.test_index.tolist()):
        for step, index in enumerate(row):
            said = (_number(column[sample, step]) for column in columns)
            yield [time[row[0] - 1], time[index], step + 1, float(task.value[index]), *said]


def run_as_json(series: Series, task: Forecast, setting: Setting, runs: Sequence[Told]) -> str:
    """Return settings, versions, scores of the test part and the whole course of each run as JSON.

    Numbers that are not finite become null.
    """
    said = {"repeat last": task.repeat_last(task.test), "seasonal naive": task.seasonal_naive(task.test)}
    baselines = {name: task.scores(task.test, told) for name, told in said.items() if told is not None}
    about = {
        "series": {"name": series.value_name, "values": len(series.value), "filled": int(series.filled.sum())},
        "task": {name: getattr(task, name) for name in ("window", "horizon", "network", "hidden", "season", "borders")}
        | {"mean": task.mean, "std": task.std},
        "setting": asdict(setting),
        "baselines": baselines,
        "runs": [_run(task, run) for run in runs],
        "versions": _versions(),
    }
    return json.dumps(_plain(about), allow_nan=False, indent=1, ensure_ascii=True)


def _run(task: Forecast, run: Told) -> dict[str, Any]:
    last = run.history.last
    return {
        "name": run.name,
        "loss": run.spec.key,
        "values": dict(run.values),
        "ended": run.history.sentence,
        "scores": task.scores(task.test, last.prediction) if last else {},
        "history": _columns(run.history),
    }


def _columns(history: History) -> dict[str, list[float]]:
    """Return everything that a history has told by name, one number an epoch."""
    told = {name: getattr(history, name).tolist() for name in FIELDS}
    return told | {name: column.tolist() for name, column in {**history.terms, **history.metrics}.items()}


def _times(time: NDArray[Any]) -> list[Any]:
    """Return times as text, days alone where all are at midnight; positions as numbers."""
    if not np.issubdtype(time.dtype, np.datetime64):
        return time.tolist()  # type: ignore[no-any-return]
    days = bool((time == time.astype("datetime64[D]")).all())
    unit: Any = "D" if days else np.datetime_data(time.dtype)[0]
    return [cell(text) for text in np.datetime_as_string(time, unit=unit).tolist()]


def _number(number: float) -> str | float:
    """Return a number, or an empty cell where there is none."""
    return float(number) if isfinite(number) else ""


def _versions() -> dict[str, str]:
    installed = {one.metadata["Name"].lower(): one.version for one in metadata.distributions() if one.metadata["Name"]}
    return {"python": platform.python_version()} | {name: installed[name] for name in PACKAGES if name in installed}


def _plain(value: Any) -> Any:
    """Return a value of plain lists, dicts, text and finite numbers."""
    if isinstance(value, Mapping):
        return {name: _plain(own) for name, own in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(own) for own in value]
    return None if isinstance(value, float) and not isfinite(value) else value
