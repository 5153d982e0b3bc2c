"""A training on a series as a Keras script that stands alone."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import partial
from typing import Any

from explorer.parameters import Value, clean
from explorer.spec import LossSpec
from explorer.takeaway import forecast_script, script
from explorer.takeaway.excerpt import Excerpt, excerpt, imports
from explorer.takeaway.source import class_name, class_parts, names, optimizer
from explorer.tasks.forecast import Forecast
from explorer.training.run import check
from explorer.training.setting import Setting

FIRST = ("import csv", "from pathlib import Path", "from typing import Any")
SECOND = ("import keras", "import numpy as np")
MODEL = {
    "name": "ForetellingModel",
    "company": "the last known value",
    "inputs": "windows",
    "context": "y_last",
    "tensors": "last values",
    "says": "forecast",
    "own": "beside its own last value",
}


def forecast_source(spec: LossSpec, values: Mapping[str, Any], task: Forecast, setting: Setting) -> str:
    """Return a Keras script of exactly this loss and this training.

    It needs Keras, NumPy and the ``series.csv`` of `forecast_bundle`, and nothing of this project. It gives the same
    weights as `explorer.training.run` within the rounding of float32.

    Parameters
    ----------
    spec : LossSpec
        A loss of forecasts.
    values : mapping
        Its parameters by name; the defaults where they are not given.
    task : Forecast
        What is trained.
    setting : Setting
        How the run is done.

    Raises
    ------
    ValueError
        If the loss is none of forecasts.
    ParameterError
        If a value is refused.
    """
    if spec.task != task.key or spec.takes_logits:
        raise ValueError(f"{spec.title} is no loss of forecasts: take one of those that foretell a series.")
    cleaned = clean(spec.parameters, values)
    check(spec, cleaned, task)
    network: partial[Any] = task.build  # type: ignore[assignment]
    found = excerpt([spec.function, network.func])
    return "\n\n\n".join(
        [
            _head(spec, found) + "\n\n" + _constants(cleaned, task, setting),
            *found.constants,
            *found.functions,
            _loss(spec),
            *([script.MODEL.substitute(MODEL)] if spec.context else []),
            forecast_script.READ.substitute(scale=_scale(task)),
            forecast_script.WINDOWS,
            forecast_script.SCORES,
            _main(spec, network, setting),
            script.TAIL,
        ]
    )


def _head(spec: LossSpec, found: Excerpt) -> str:
    """Return the docstring and the imports, those that the loss needs among them."""
    others = [*SECOND, *found.others, *(["from keras import ops"] if spec.context else [])]
    blocks = (imports([*FIRST, *found.standard]), imports(others))
    return forecast_script.HEAD.substitute(title=spec.title, imports="\n\n".join(blocks))


def _constants(values: Mapping[str, Value], task: Forecast, setting: Setting) -> str:
    """Return what a reader may want to change, as literals."""
    return "\n".join(
        [
            *(f"{name.upper()} = {value!r}" for name, value in values.items()),
            f"WINDOW = {task.window}  # values seen",
            f"HORIZON = {task.horizon}  # values foretold",
            *([f"HIDDEN = {task.hidden}"] if "hidden" in _arguments(task.build) else []),
            f"BORDERS = {task.borders!r}  # rows where the validation part and the test part begin",
            f"EPOCHS = {setting.epochs}",
            f"BATCH_SIZE = {setting.batch_size}",
            f"LEARNING_RATE = {setting.learning_rate!r}",
            f"SEED = {setting.seed}  # of the initial weights and of the order of samples",
        ]
    )


def _arguments(build: Any) -> list[str]:
    return list(inspect.signature(build.func).parameters)


def _scale(task: Forecast) -> str:
    known = task.value[: task.borders[0]]
    usual = (float(known.mean()), float(known.std())) == (task.mean, task.std)
    return forecast_script.SCALE if usual else forecast_script.CONSTANT


def _loss(spec: LossSpec) -> str:
    """Return the class of a loss: its parameters are its config, the last value comes with the call."""
    by_name = [*(f"{name}={name}" for name in spec.context), *(f"{name}=self.{name}" for name in names(spec))]
    return forecast_script.LOSS.substitute(
        class_parts(spec),
        context="".join(f", {name}" for name in spec.context),
        passed=", ".join(["y_true", "y_pred", *by_name]),
    )


def _main(spec: LossSpec, network: partial[Any], setting: Setting) -> str:
    """Return the function that trains and tells."""
    travels = bool(spec.context)
    made = f"{network.func.__name__}({', '.join(name.upper() for name in _arguments(network))})"
    return forecast_script.MAIN.substitute(
        model=f"{MODEL['name']}({made})" if travels else made,
        optimizer=optimizer(setting),
        loss=f"{class_name(spec)}({', '.join(name.upper() for name in names(spec))})",
        random="    random = np.random.default_rng(SEED)\n" if setting.shuffle else "",
        order="order = random.permutation(len(x))" if setting.shuffle else "order = np.arange(len(x))",
        train_input='{"x": x[order], "y_last": last[order]}' if travels else "x[order]",
        validation_input='{"x": seen[0], "y_last": seen[2]}' if travels else "seen[0]",
    )
