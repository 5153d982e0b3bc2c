"""How much faster a short run is than ``model.fit`` for the same epochs, data, order and weights.

Run with ``python -m benchmarks.training``. Both do the same work in turns in one process, compiled before the clock
starts; the run also scores and predicts the held-out parts after each epoch, which the bare fit does not.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

RESULT = Path(__file__).parent / "results" / "training.json"
EPOCHS = 200
FIT_EPOCHS = 40
ROUNDS = 3
RATE = 0.001


def measure() -> dict[str, Any]:
    """Return times per epoch in ms, their ratio (medians of alternating rounds) and the largest weight difference."""
    import keras

    from explorer.losses import CATALOGUE
    from explorer.tasks import TASKS
    from explorer.training import run

    task, spec = TASKS["forecast"](), CATALOGUE["mse"]
    setting = {"seed": 0, "learning_rate": RATE, "shuffle": False}
    model = task.build(0)
    model.compile(optimizer=keras.optimizers.Adam(RATE, name="adam"), loss="mse")
    model.optimizer.build(model.trainable_variables)
    start = [(variable, variable.numpy()) for variable in (*model.variables, *model.optimizer.variables)]

    def fit(epochs: int) -> float:
        for variable, value in start:
            variable.assign(value)
        began = perf_counter()
        model.fit(task.train.x, task.train.y_true, epochs=epochs, shuffle=False, verbose=0)
        return 1000 * (perf_counter() - began) / epochs

    def short_run(epochs: int) -> tuple[float, list[Any]]:
        began = perf_counter()
        one = run(spec, task=task, epochs=epochs, **setting)
        list(one)
        return 1000 * (perf_counter() - began) / epochs, one.weights

    fit(1), short_run(1)
    rounds = [(fit(FIT_EPOCHS), short_run(EPOCHS)[0]) for _ in range(ROUNDS)]
    fit(FIT_EPOCHS)
    pairs = zip(model.get_weights(), short_run(FIT_EPOCHS)[1], strict=True)
    slow, quick = (median(times) for times in zip(*rounds, strict=True))
    return {
        "samples": len(task.train),
        "batch size": 32,
        "fit, ms an epoch": slow,
        "run, ms an epoch": quick,
        "ratio": slow / quick,
        "lowest ratio of a round": min(a / b for a, b in rounds),
        "largest difference of weights": float(max(np.abs(a - b).max() for a, b in pairs)),
    }


def main() -> None:
    """Measure, print and keep the figures."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    figures = measure()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n")
    for name, value in figures.items():
        print(f"{name}: {value:.4g}")


if __name__ == "__main__":
    main()
