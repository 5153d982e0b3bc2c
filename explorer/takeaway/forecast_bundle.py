"""A zip with all that a training on a series needs away from here, and what it told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.series import Series
from explorer.takeaway.bundle import packed
from explorer.takeaway.forecast_source import forecast_source
from explorer.takeaway.forecast_table import Told, forecasts_as_csv, history_as_csv, run_as_json, series_as_csv
from explorer.tasks.forecast import Forecast
from explorer.training.setting import Setting


def forecast_bundle(series: Series, task: Forecast, setting: Setting, runs: Sequence[Told], which: int = -1) -> bytes:
    """Return a zip with ``train.py``, ``series.csv``, ``history.csv``, ``forecasts.csv`` and ``run.json``.

    ``train.py`` is the run at position ``which``; the tables hold all runs.

    Parameters
    ----------
    series : Series
        What the task was made of; where it was resampled, the means.
    task : Forecast
        What was trained.
    setting : Setting
        How.
    runs : sequence of Told
        What was compared.
    which : int
        The run whose script it is.

    Raises
    ------
    ValueError
        If series and task are not of each other, or the loss is none of forecasts.
    """
    if not np.array_equal(series.value, task.value):
        raise ValueError("The series is not the one that the task was made of: make the task anew.")
    chosen = runs[which]
    return packed(
        {
            "train.py": forecast_source(chosen.spec, chosen.values, task, setting),
            "series.csv": series_as_csv(series),
            "history.csv": history_as_csv(runs),
            "forecasts.csv": forecasts_as_csv(series, task, runs),
            "run.json": run_as_json(series, task, setting, runs),
        }
    )
