"""A zip with all that a training on arrays needs away from here."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from explorer.spec import LossSpec
from explorer.takeaway.array_source import array_source
from explorer.takeaway.bundle import packed
from explorer.takeaway.source import PARTS
from explorer.tasks.task import Task
from explorer.training.setting import Setting


def array_bundle(spec: LossSpec, values: Mapping[str, Any], task: Task, setting: Setting) -> bytes:
    """Return a zip with ``train.py`` and ``data.npz``; equal input gives equal bytes.

    ``data.npz`` holds ``x_train``, ``y_train`` and the same for ``validation`` and ``test``, as the network and the
    loss take them.

    Parameters
    ----------
    spec, values, task, setting
        As for `array_source`.

    Raises
    ------
    ValueError, TrainingError, ParameterError
        As for `array_source`.
    """
    data = io.BytesIO()
    arrays: dict[str, Any] = {}
    for part, batch in zip(PARTS, (task.train, task.validation, task.test), strict=True):
        arrays |= {f"x_{part}": batch.x, f"y_{part}": batch.y_true}
    np.savez_compressed(data, **arrays)
    return packed({"train.py": array_source(spec, values, task, setting), "data.npz": data.getvalue()})
