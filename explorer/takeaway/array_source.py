"""A training on points, masks or images as a Keras script that stands alone."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import partial
from typing import Any

from explorer.parameters import Table, Value, clean
from explorer.spec import LossSpec
from explorer.takeaway import array_script, script
from explorer.takeaway.excerpt import Excerpt, excerpt, imports
from explorer.takeaway.source import class_name, class_parts, names, optimizer
from explorer.tasks.task import Task
from explorer.training.run import check
from explorer.training.setting import Setting

STANDARD = ("from pathlib import Path", "from typing import Any")
OTHERS = ("import keras", "import numpy as np")


def array_source(spec: LossSpec, values: Mapping[str, Any], task: Task, setting: Setting) -> str:
    """Return a Keras script of exactly this loss and this training.

    It needs Keras, NumPy and the ``data.npz`` of `array_bundle`, and nothing of this project. It gives the same weights
    as `explorer.training.run` within the rounding of float32.

    Parameters
    ----------
    spec : LossSpec
        A loss that needs no context and no table.
    values : mapping
        Its parameters by name; the defaults where they are not given.
    task : Task
        What is trained.
    setting : Setting
        How the run is done.

    Raises
    ------
    ValueError
        If the loss needs a context or a table.
    ParameterError
        If a value is refused.
    TrainingError
        If loss and task do not fit together.
    """
    if spec.context or any(isinstance(parameter, Table) for parameter in spec.parameters):
        raise ValueError(f"{spec.title} needs more than arrays of samples: take it home from the page that trains it.")
    cleaned = clean(spec.parameters, values)
    check(spec, cleaned, task)
    function, given = _network(task)
    found = excerpt([spec.function, function])
    return "\n\n\n".join(
        [
            _head(spec, found) + "\n\n" + _constants(cleaned, given, found, setting),
            *found.functions,
            _loss(spec, task),
            array_script.READ,
            _main(spec, function.__name__, given, setting),
            script.TAIL,
        ]
    )


def _network(task: Task) -> tuple[Any, dict[str, Any]]:
    """Return the function that builds the network, and what it is given besides the seed."""
    if not isinstance(task.build, partial):
        return task.build, {}
    arguments = inspect.signature(task.build.func).parameters
    return task.build.func, dict(zip(arguments, task.build.args, strict=False))


def _head(spec: LossSpec, found: Excerpt) -> str:
    blocks = (imports([*STANDARD, *found.standard]), imports([*OTHERS, *found.others]))
    return array_script.HEAD.substitute(title=spec.title, imports="\n\n".join(blocks))


def _constants(values: Mapping[str, Value], given: Mapping[str, Any], found: Excerpt, setting: Setting) -> str:
    """Return what a reader may want to change, as literals."""
    return "\n".join(
        [
            *found.constants,
            *(f"{name.upper()} = {value!r}" for name, value in {**values, **given}.items()),
            f"EPOCHS = {setting.epochs}",
            f"BATCH_SIZE = {setting.batch_size}",
            f"LEARNING_RATE = {setting.learning_rate!r}",
            f"SEED = {setting.seed}  # of the initial weights and of the order of samples",
        ]
    )


def _loss(spec: LossSpec, task: Task) -> str:
    """Return the class of a loss: its parameters are its config."""
    passed = ["y_true", "y_pred", *(f"{name}=self.{name}" for name in names(spec))]
    return array_script.LOSS.substitute(
        class_parts(spec),
        passed=", ".join([*passed, "from_logits=True"] if spec.takes_logits and task.from_logits else passed),
    )


def _main(spec: LossSpec, network: str, given: Mapping[str, Any], setting: Setting) -> str:
    return array_script.MAIN.substitute(
        model=f"{network}({', '.join([*(name.upper() for name in given), 'SEED'])})",
        optimizer=optimizer(setting),
        loss=f"{class_name(spec)}({', '.join(name.upper() for name in names(spec))})",
        random="    random = np.random.default_rng(SEED)\n" if setting.shuffle else "",
        order="order = random.permutation(len(x))" if setting.shuffle else "order = np.arange(len(x))",
    )
