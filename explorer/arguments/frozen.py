"""A number in a traced loss stays what it was when Keras traced it, until the model is compiled again."""

from __future__ import annotations

from typing import Any

import keras

from explorer.arguments import trial
from explorer.arguments.moment import CHANGED, COMPILED, EACH, RECOMPILED, Moment
from explorer.arguments.way import BY_KEY
from explorer.arguments.ways.closure import make_loss


def freeze(offset: float, second: float) -> list[Moment]:
    """Train a closure over a number, and one over a `keras.Variable`, at step length 0, so that nothing else moves.

    Both are compiled with ``offset``; then the number and the variable become ``second``; then both models are compiled
    anew.

    Returns
    -------
    list of Moment
        One an epoch.
    """
    number, variable = _Told(offset), _Told(keras.Variable(offset, trainable=False, name="offset"))
    moments: list[Moment] = []

    def look(phase: str) -> None:
        for _ in range(EACH):
            pair = [told.epoch() for told in (number, variable)]
            moments.append(Moment(len(moments) + 1, phase, *pair[0], *pair[1]))

    look(COMPILED)
    number.way.change(number.model, second)
    variable.held.assign(second)
    look(CHANGED)
    number.compile(second)
    variable.compile(variable.held)
    look(RECOMPILED)
    return moments


class _Told:
    """A model with a closure over something, and how often it has been traced."""

    def __init__(self, held: Any) -> None:
        self.way = BY_KEY["closure"].code
        self.held = held
        self.model = self.way.build(held)
        self.model.optimizer.learning_rate = 0.0
        self.traces = trial.counted(self.model)

    def compile(self, held: Any) -> None:
        self.model.compile(optimizer=keras.optimizers.SGD(0.0), loss=make_loss(held))

    def epoch(self) -> tuple[float, int]:
        """Train an epoch; return the loss that Keras reports, and all traces so far."""
        return trial.epoch(BY_KEY["closure"], self.model, 0.0)[0], self.traces()
