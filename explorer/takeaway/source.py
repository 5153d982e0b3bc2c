"""A training of the workbench as a Keras script that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from explorer.labelled import Labelled
from explorer.losses.crossentropy import CCE
from explorer.losses.weighted_crossentropy import WEIGHTS
from explorer.parameters import TableValue, Value, clean
from explorer.spec import LossSpec
from explorer.takeaway import script
from explorer.takeaway.excerpt import excerpt
from explorer.tasks import Classification
from explorer.training import Setting
from explorer.training.run import check
from explorer.training.setting import OPTIMIZERS

PARTS = ("train", "validation", "test")
INPUTS = ("order", "validation")
SHORT, LONGEST_LINE = 100, 120
MODEL = {
    "name": "TabledModel",
    "company": "a table of weights that belongs to the sample",
    "inputs": "features",
    "context": "weights",
    "tensors": "tables",
    "says": "logits",
    "own": "under its own table",
}


def source(
    spec: LossSpec,
    values: Mapping[str, Any],
    data: Labelled,
    task: Classification,
    setting: Setting,
    *,
    weights: Sequence[Sequence[float]] | None = None,
) -> str:
    """Return a Keras script of exactly this loss and this training.

    It needs Keras, NumPy and the ``data.csv`` of `bundle`, and nothing of this project. It gives the same weights as
    `explorer.training.run` within the rounding of float32.

    Parameters
    ----------
    spec : LossSpec
        Plain cross entropy, a loss with a table of weights, or one that `per_sample` made of it.
    values : mapping
        Its parameters by name; the defaults where they are not given.
    data : Labelled
        The samples that the task was made of; the names are read from here.
    task : Classification
        What is trained. Where its samples have tables of their own, mistakes are counted by them.
    setting : Setting
        How the run is done.
    weights : sequence of sequence of float, shape (class, class), optional
        What mistakes cost where the samples have no tables of their own; the table of the loss if it is not given,
        ones if the loss has none.

    Raises
    ------
    ValueError
        If the loss is another one, or data and task are not of each other.
    ParameterError
        If a value is refused.
    TrainingError
        If loss and task do not fit together.
    """
    cleaned = _checked(spec, values, data, task)
    own = "weights" in task.train.context
    costs = None if own else table_of_costs(spec, values, task, weights)
    constants = {**cleaned} if costs in (None, cleaned.get("weights")) else {**cleaned, "costs": costs}
    return "\n\n\n".join(
        [
            _head(spec) + "\n\n" + _constants(constants, data, task, setting),
            *([] if spec is CCE else [*excerpt([spec.function]).functions, _loss(spec)]),
            *([script.MODEL.substitute(MODEL)] if "weights" in spec.context else []),
            script.NETWORK,
            _read(data, task, own=own),
            _main(spec, setting, own=own, costs="COSTS" if "costs" in constants else "WEIGHTS"),
            script.TAIL,
        ]
    )


def table_of_costs(
    spec: LossSpec, values: Mapping[str, Any], task: Classification, weights: Sequence[Sequence[float]] | None
) -> TableValue | None:
    """Return the one table that mistakes cost by; None where each sample has its own and nobody named one for all.

    Raises
    ------
    ParameterError
        If a value is refused.
    ValueError
        If the table is for another number of classes.
    """
    classes = task.train.y_true.shape[1]
    if weights is None:
        weights = clean(spec.parameters, values).get("weights")  # type: ignore[assignment]
    if weights is None and "weights" in task.train.context:
        return None
    table = WEIGHTS.clean([[1.0] * classes] * classes if weights is None else weights)
    if len(table) != classes:
        raise ValueError(f"The table of weights is for {len(table)} classes, but the data have {classes}.")
    return table


def _checked(spec: LossSpec, values: Mapping[str, Any], data: Labelled, task: Classification) -> dict[str, Value]:
    """Return clean values of a loss, data and a task that fit together."""
    cleaned = clean(spec.parameters, values)
    if spec is not CCE and "weights" not in (*cleaned, *spec.context):
        raise ValueError(f"{spec.title} has no table of weights: take plain cross entropy or a loss with a table away.")
    check(spec, cleaned, task)
    shape = (task.given, len(task.mean), task.train.y_true.shape[1])
    if (*data.x.shape, len(data.classes)) != shape or (data.label[task.rows[2]] != task.truth).any():
        raise ValueError("The samples are not those that the task was made of: make the task anew.")
    return cleaned


def _head(spec: LossSpec) -> str:
    plain = spec is CCE
    return script.HEAD.substitute(
        title=spec.title,
        typing="" if plain else "from typing import Any\n",
        ops="" if plain else "from keras import ops\n",
    )


def _constants(values: Mapping[str, Value], data: Labelled, task: Classification, setting: Setting) -> str:
    """Return what a reader may want to change, as literals."""
    return "\n".join(
        [
            f"FEATURES = {_listed(data.features)}",
            f"CLASSES = {_listed(data.classes)}",
            *(_constant(name, value) for name, value in values.items()),
            f"HIDDEN = {task.architecture.split('-')[-2]}",
            f"EPOCHS = {setting.epochs}",
            f"BATCH_SIZE = {setting.batch_size}",
            f"LEARNING_RATE = {setting.learning_rate!r}",
            f"SEED = {setting.seed}  # of the initial weights and of the order of samples",
        ]
    )


def _constant(name: str, value: Value) -> str:
    if not isinstance(value, tuple):
        return f"{name.upper()} = {value!r}"
    what = {"weights": "what a mistake counts in the loss", "costs": "what a mistake costs in the end"}[name]
    table = _block(f"[{', '.join(map(repr, row))}]" for row in value)
    return f"# Row: true class, column: predicted class, entry: {what}.\n{name.upper()} = {table}"


def _listed(names: Sequence[str]) -> str:
    """Return names as a list of literals, on one line if it is short."""
    line = f"[{', '.join(map(_text, names))}]"
    return line if len(ascii(line)) <= SHORT else _block(map(_text, names))


def _text(name: str) -> str:
    """Return a name as a literal, in double quotes where it holds none."""
    literal = repr(name)
    return literal if '"' in name else f'"{literal[1:-1]}"'


def _block(literals: Iterable[str]) -> str:
    """Return a list of literals, a line for each."""
    lines = (f"    {literal}," for literal in literals)
    # Width in columns is at most that of the escaped line: wide letters take two.
    marked = (line + "  # noqa: E501" if len(ascii(line)) > LONGEST_LINE else line for line in lines)
    return "\n".join(["[", *marked, "]"])


def _loss(spec: LossSpec) -> str:
    """Return the class of a loss: its parameters are its config, a table per sample comes with the call."""
    own = names(spec)
    by_name = {name: name if name == "weights" else f"self.{name}" for name in (*own, *spec.context)}
    return script.LOSS.substitute(
        class_parts(spec),
        per_sample=", weights" if "weights" in spec.context else "",
        prepare=script.PREPARE if "weights" in own else "",
        passed=", ".join(f"{name}={value}" for name, value in by_name.items()),
    )


def class_parts(spec: LossSpec) -> dict[str, str]:
    """Return what the class of every loss is made of: its name, title and function, and what keeps its parameters."""
    own = names(spec)
    assignments = "\n".join(f"        self.{name} = {name}" for name in own)
    entries = ", ".join(f'"{name}": self.{name}' for name in own)
    return {
        "name": class_name(spec),
        "title": spec.title,
        "function": spec.function.__name__,
        "init": script.INIT.substitute(arguments=", ".join(own), assignments=assignments) if own else "",
        "config": script.CONFIG.substitute(entries=entries) if own else "",
    }


def names(spec: LossSpec) -> list[str]:
    """Return the names of a loss's parameters, in order."""
    return [parameter.name for parameter in spec.parameters]


def class_name(spec: LossSpec) -> str:
    """Return what the class of a loss is called in a script."""
    return "".join(word.capitalize() for word in spec.function.__name__.split("_"))


def _read(data: Labelled, task: Classification, *, own: bool) -> str:
    """Return the function that reads the data; constant features are spoken of only where there are some."""
    known = data.x[task.rows[0]]
    usual = np.array_equal(known.mean(axis=0), task.mean) and np.array_equal(known.std(axis=0), task.std)
    return script.READ.substitute(
        returned="features, class, part and table of weights" if own else "features, class and part",
        tables=script.TABLES if own else "",
        constant="" if usual else script.CONSTANT,
        and_tables=", tables" if own else "",
    )


def _main(spec: LossSpec, setting: Setting, *, own: bool, costs: str) -> str:
    """Return the function that trains and tells."""
    travels = "weights" in spec.context
    arguments = ", ".join(name.upper() for name in names(spec))
    told = {part: f'{{"x": x[{part}], "weights": tables[{part}]}}' if travels else f"x[{part}]" for part in INPUTS}
    return script.MAIN.substitute(
        and_tables=", tables" if own else "",
        model="TabledModel(build())" if travels else "build()",
        optimizer=optimizer(setting),
        loss=script.PLAIN if spec is CCE else f"{class_name(spec)}({arguments})",
        random="    random = np.random.default_rng(SEED)\n" if setting.shuffle else "",
        order="order = random.permutation(train)" if setting.shuffle else "order = train",
        train_input=told["order"],
        validation_input=told["validation"],
        cost="tables[test, label[test], predicted]" if own else f"np.array({costs})[label[test], predicted]",
    )


def optimizer(setting: Setting) -> str:
    """Return the call that makes the optimizer of a run."""
    kind, options = OPTIMIZERS[setting.optimizer]
    return f"{kind}({', '.join(['LEARNING_RATE', *(f'{name}={value!r}' for name, value in options.items())])})"
