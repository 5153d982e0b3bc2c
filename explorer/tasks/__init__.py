"""Data sets with the small models that fit them: one file a task, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from explorer.tasks.blobs import blobs
from explorer.tasks.classification import Classification, classification
from explorer.tasks.forecast import Forecast, default_forecast, forecast
from explorer.tasks.intake import ClassificationError
from explorer.tasks.task import Batch, Task

TASKS: dict[str, Callable[[], Task]] = {"blobs": blobs, "forecast": default_forecast}

__all__ = [
    "TASKS",
    "Batch",
    "Classification",
    "ClassificationError",
    "Forecast",
    "Task",
    "blobs",
    "classification",
    "forecast",
]
