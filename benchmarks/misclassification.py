"""A training step of each weighted cross entropy beside the built-in one, and 32 replicas beside 32 runs and 32 fits.

Run with ``python -m benchmarks misclassification``. A step is value, gradient and Adam on a small dense net, the
table an argument; both sides are compiled in the same way before the clock starts. The fits reuse one model that is
traced already, with weights and memory set back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.result import Row

FORMS = ("weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost")
BUILT_IN = "built-in"
CLASSES = (3, 10, 20)
BATCHES = (32, 4096)
FEATURES, HIDDEN = 5, 32
ROUNDS, ROUND_SECONDS = 60, 0.01
SEEDS = 32
EPOCHS = 30
FITS = 3
RATE = 0.01
VALUES = {"weights": ((1.0, 1.0, 8.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))}


def measure() -> dict[str, Any]:
    """Return rows of times and, as facts, sizes of graphs and how well the replicas agree with runs and fits."""
    rows = [
        row
        for compiled in (True, False)
        for batch in BATCHES
        for classes in CLASSES
        for row in _steps(classes, batch, compiled)
    ]
    longest = {form: max(row.ratio for row in rows if row.what.startswith(f"step, {form},")) for form in FORMS}
    sizes = {form: {classes: _operations(form, classes) for classes in CLASSES} for form in (*FORMS, BUILT_IN)}
    several, facts = _replicas()
    facts = {"largest ratio of a step": longest, "operations in the graph, by classes": sizes, **facts}
    return {"rows": [*rows, *several], **facts}


def _steps(classes: int, batch: int, compiled: bool) -> list[Row]:
    """Return each form beside the built-in cross entropy."""
    steps = {form: _step(form, classes, batch, compiled) for form in (BUILT_IN, *FORMS)}
    times = _alternate(steps)
    kind = "XLA" if compiled else "graph"
    return [
        Row(
            f"step, {form}, {classes} classes, batch {batch}, {kind}",
            times[form],
            "built-in cross entropy",
            times[BUILT_IN],
            "≤ 1.10 × as long",
            longer=True,
        )
        for form in FORMS
    ]


def _alternate(calls: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Return the median time in ms of each call, all taking turns for many short rounds."""
    began = perf_counter()
    for _ in range(20):
        calls[BUILT_IN]()
    count = max(1, int(ROUND_SECONDS * 20 / (perf_counter() - began)))
    times: dict[str, list[float]] = {name: [] for name in calls}
    names = list(calls)
    for turn in range(ROUNDS):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began = perf_counter()
            for _ in range(count):
                calls[name]()
            times[name].append(1000 * (perf_counter() - began) / count)
    return {name: median(taken) for name, taken in times.items()}


def _loss(form: str) -> Callable[..., Any]:
    """Return the mean loss of a batch: of labels, logits and, but for the built-in one, a table."""
    import keras

    from explorer.losses import CATALOGUE

    if form == BUILT_IN:
        return keras.losses.CategoricalCrossentropy(from_logits=True)
    spec = CATALOGUE[form]
    rest = {"beta": 1.0} if form == "expected-cost" else {}

    def loss(y_true: Any, y_pred: Any, weights: Any) -> Any:
        return keras.ops.mean(spec.function(y_true, y_pred, weights=weights, from_logits=True, **rest))

    return loss


def _step(form: str, classes: int, batch: int, compiled: bool) -> Callable[[], Any]:
    """Return a training step that is compiled already."""
    import keras
    import tensorflow as tf

    glorot = keras.initializers.GlorotUniform
    model = keras.Sequential(
        [
            keras.Input((FEATURES,)),
            keras.layers.Dense(HIDDEN, "relu", kernel_initializer=glorot(0), name="hidden"),
            keras.layers.Dense(classes, kernel_initializer=glorot(1), name="logits"),
        ],
        name="step",
    )
    optimizer = keras.optimizers.Adam(1e-3, name="adam")
    optimizer.build(model.trainable_variables)
    loss = _loss(form)

    @tf.function(jit_compile=compiled, autograph=False)
    def step(x: Any, y_true: Any, *table: Any) -> Any:
        with tf.GradientTape() as tape:
            value = loss(y_true, model(x, training=True), *table)
        optimizer.apply(tape.gradient(value, model.trainable_variables), model.trainable_variables)
        return value

    random = np.random.default_rng(0)
    x = tf.constant(random.normal(size=(batch, FEATURES)), "float32")
    y_true = tf.constant(np.eye(classes)[random.integers(classes, size=batch)], "float32")
    table = [] if form == BUILT_IN else [tf.constant(random.uniform(0.2, 4.0, (classes, classes)), "float32")]
    ready = step.get_concrete_function(x, y_true, *table)

    def call() -> Any:
        return ready(x, y_true, *table)

    call()
    return call


def _operations(form: str, classes: int) -> int:
    """Return how many operations the graph of value and gradient of the loss alone has."""
    import tensorflow as tf

    loss = _loss(form)

    @tf.function(autograph=False)
    def slope(y_true: Any, y_pred: Any, *table: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(y_pred)
            value = loss(y_true, y_pred, *table)
        return value, tape.gradient(value, y_pred)

    shapes = [(32, classes), (32, classes), *([] if form == BUILT_IN else [(classes, classes)])]
    return len(slope.get_concrete_function(*(tf.TensorSpec(shape) for shape in shapes)).graph.get_operations())


def _replicas() -> tuple[list[Row], dict[str, Any]]:
    """Return 32 replicas beside 32 runs and 32 fits, and how far apart their accuracies are in the end."""
    from explorer.losses import CATALOGUE
    from explorer.tasks import TASKS
    from explorer.training import run
    from explorer.training.replica import replicas

    spec, task = CATALOGUE["expected-cost"], TASKS["blobs"]()
    setting = {"epochs": EPOCHS, "learning_rate": RATE}

    def several() -> list[Any]:
        *_, last = replicas(spec, VALUES, task, seeds=range(SEEDS), **setting)
        return list(last.prediction)

    def one_by_one() -> list[Any]:
        return [list(run(spec, VALUES, task, seed=seed, **setting))[-1].prediction for seed in range(SEEDS)]

    fit, fit_in_order = _fits(spec, task)
    several(), one_by_one(), fit(0)
    gc.collect()
    rounds = [(_time(several), _time(one_by_one), _time(lambda seed=i: fit(seed))) for i in range(FITS)]
    quick, runs, fits = (median(times) for times in zip(*rounds, strict=True))
    what = f"{SEEDS} replicas, {EPOCHS} epochs"
    rows = [
        Row(what, quick, f"{SEEDS} model.fit ({FITS} measured, scaled)", SEEDS * fits, "≥ 500 × as fast"),
        Row(what, quick, f"{SEEDS} runs one after the other", runs, ""),
    ]
    side_by_side = _accuracies(task, several())
    facts = {
        "training samples": len(task.train),
        "mean accuracy of the replicas": float(side_by_side.mean()),
        "largest difference of accuracy to a run": _apart(side_by_side, _accuracies(task, one_by_one())),
        f"largest difference of accuracy to a fit in the same order, {FITS} seeds": _apart(
            side_by_side[:FITS], _accuracies(task, [fit_in_order(seed) for seed in range(FITS)])
        ),
    }
    return rows, facts


def _fits(spec: Any, task: Any) -> tuple[Callable[[int], Any], Callable[[int], Any]]:
    """Return a plain fit for a seed, and one that takes the samples in the order of a run, for its prediction."""
    import keras

    from explorer.training.adapter import CatalogueLoss

    model = task.build(0)
    model.compile(keras.optimizers.Adam(RATE, name="adam"), CatalogueLoss(spec.key, VALUES, from_logits=True))
    model.optimizer.build(model.trainable_variables)
    memory = [(variable, variable.numpy()) for variable in model.optimizer.variables]

    def reset(seed: int) -> None:
        model.set_weights(task.build(seed).get_weights())
        for variable, value in memory:
            variable.assign(value)

    def fit(seed: int) -> None:
        reset(seed)
        model.fit(task.train.x, task.train.y_true, epochs=EPOCHS, verbose=0)

    def fit_in_order(seed: int) -> Any:
        reset(seed)
        random = np.random.default_rng(seed)
        for _ in range(EPOCHS):
            order = random.permutation(len(task.train))
            model.fit(task.train.x[order], task.train.y_true[order], shuffle=False, verbose=0)
        return task.restore(model.predict(task.test.x, verbose=0))

    return fit, fit_in_order


def _accuracies(task: Any, predictions: Iterable[Any]) -> Any:
    """Return the share of right answers for the held-out samples, one for each prediction."""
    return np.array([(task.held_out(one).argmax(axis=-1) == task.truth).mean() for one in predictions])


def _apart(some: Sequence[float], others: Sequence[float]) -> float:
    return float(np.abs(np.subtract(some, others)).max())


def _time(call: Callable[[], Any]) -> float:
    """Return how many ms a call takes."""
    began = perf_counter()
    call()
    return 1000 * (perf_counter() - began)
