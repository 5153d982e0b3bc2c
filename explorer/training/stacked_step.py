"""A piece of an epoch for several copies of one model in one XLA executable.

The copies differ in weights and in the order of samples. Each variable holds all of them, ``(copy, …)``: loss and
gradient of one copy are written once and vectorised over that axis, and one Keras optimizer moves them all, which is
the same as one for each because those of `OPTIMIZERS` treat every weight by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from threading import Lock
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from explorer.tasks.task import Task
from explorer.training.packing import Packing
from explorer.training.plan import Plan
from explorer.training.setting import OPTIMIZERS
from explorer.training.snapshot import TrainingError
from explorer.training.step import MOST_EPOCHS, MOST_STEPS, State, step


@lru_cache(maxsize=MOST_STEPS)
def stacked_step(made_for: Plan, count: int) -> StackedStep:
    """Return the step for a plan and a number of copies: the one made before, if it is among those used last."""
    return StackedStep(made_for, count)


class StackedStep:
    """A compiled piece of an epoch of several copies; it keeps nothing of them between two calls.

    Attributes
    ----------
    block : int
        How many epochs a call can do: more than one where an epoch takes less time than a call.
    pace : int
        How many batches to ask for at once; callers adapt it to the time that a call took.
    traces : int
        How often Python went through the training: once it has been called, 1.
    """

    def __init__(self, made_for: Plan, count: int) -> None:
        self.plan, self.count = made_for, count
        self._single = step(made_for)
        self.pace = max(1, self._single.pace // count)
        self.block = max(1, min(MOST_EPOCHS, self.pace // made_for.batches))
        self.traces = 0
        self._weights = [
            keras.Variable(np.zeros((count, *v.shape)), dtype=v.dtype, trainable=v.trainable, name=f"{v.name}_stacked")
            for v in self._single.model.variables
        ]
        kind, options = OPTIMIZERS[made_for.optimizer]
        self.optimizer = getattr(keras.optimizers, kind)(name=f"{made_for.optimizer}_stacked", **options)
        self.optimizer.build([weight for weight in self._weights if weight.trainable])
        self._fresh = [(variable, variable.numpy()) for variable in self.optimizer.variables]
        variables = [*self._weights, *self.optimizer.variables]
        self._floats = [variable for variable in variables if variable.dtype == "float32"]
        self._others = [variable for variable in variables if variable.dtype != "float32"]
        self._packing = Packing([variable.shape for variable in self._floats])
        self._compiled: tuple[Any, Any] | None = None
        self._lock = Lock()

    def start(self, seeds: Sequence[int], learning_rate: float) -> State:
        """Return the state of copies that have not begun: the weights of each seed, an optimizer without memory."""
        initial = zip(*(self._single.initial(seed) for seed in seeds), strict=True)
        values = {id(weight): np.stack(alike) for weight, alike in zip(self._weights, initial, strict=True)}
        values |= {id(variable): value for variable, value in self._fresh}
        values[id(self.optimizer.learning_rate)] = np.array(learning_rate, "float32")
        floats = self._packing.pack([values[id(variable)] for variable in self._floats])
        return [floats, *(tf.constant(values[id(v)], v.dtype) for v in self._others), tf.zeros(self.count)]

    def data(self, task: Task) -> tuple[Any, Any]:
        """Return the training part, packed for `train`, and what the model sees of the test part, for `look`."""
        return self._single.data(task)[0], tf.constant(task.test.x)

    def train(self, state: State, train: Any, orders: Any, bounds: Any, theta: list[Any]) -> tuple[State, Any]:
        """Train every copy on some whole epochs, or on some batches of one.

        Parameters
        ----------
        state : State
            Where the copies stand; it is not changed.
        train : tensor
            As `data` returns it.
        orders : tensor of int32, shape (block, copy, samples)
            In which order each epoch of each copy takes the training samples.
        bounds : tensor of int32, shape (4,)
            First full batch, the one after the last, 1 if the epoch ends there (then the short last batch follows),
            and the number of epochs.
        theta : list of tensor
            Parameters of the loss, in order.

        Returns
        -------
        state : State
            Where the copies stand now.
        loss : tensor of float32, shape (block, copy)
            Mean training loss of each epoch that came to its end.

        Raises
        ------
        TrainingError
            At the first call, if the loss does not give one number per sample or has no gradient.
        """
        with self._lock:
            if self._compiled is None:
                self._compiled = self._compile(state, train, orders, bounds, theta)
            return self._compiled[0](state, train, orders, bounds, theta)  # type: ignore[no-any-return]

    def look(self, state: State, x: Any) -> Any:
        """Return what each copy says of the test part, ``(copy, kept, …)``; after the first `train` only."""
        with self._lock:
            assert self._compiled is not None
            return self._compiled[1](state, x)

    def _compile(self, state: State, train: Any, orders: Any, bounds: Any, theta: list[Any]) -> tuple[Any, Any]:
        # What the loss refuses would come out of vectorized_map wrapped in another error: one copy goes first, alone.
        values = [tf.TensorSpec(v.shape, v.dtype) for v in self._single.model.variables]
        rows = tf.TensorSpec((self.plan.batch_size, train.shape[1]))
        tf.function(self._slope, autograph=False).get_concrete_function(theta, (values, rows))
        compiled = (tf.function(f, jit_compile=True, autograph=False) for f in (self._train, self._look))
        x = tf.TensorSpec((self.plan.kept, *self.plan.row[0]))
        arguments = (state, train, orders, bounds, theta), (state, x)
        trained, looked = (f.get_concrete_function(*given) for f, given in zip(compiled, arguments, strict=True))
        return trained, looked

    def _train(self, state: State, train: Any, orders: Any, bounds: Any, theta: list[Any]) -> tuple[State, Any]:
        self.traces += 1
        self._load(state)
        first, stop, last, epochs = tf.unstack(bounds)

        def epoch(e: Any, before: Any, told: Any) -> tuple[Any, ...]:
            total = self._epoch(train, orders[e], (first, stop, last, tf.where(first > 0, before, 0.0)), theta)
            return e + 1, total, told.write(e, total / self.plan.samples)

        told = tf.TensorArray("float32", self.block, element_shape=(self.count,))
        _, total, told = tf.while_loop(lambda e, *_: e < epochs, epoch, (0, state[-1], told))
        floats = self._packing.pack([variable.value for variable in self._floats])
        return [floats, *(variable.value for variable in self._others), total], told.stack()

    def _epoch(self, train: Any, orders: Any, bounds: tuple[Any, Any, Any, Any], theta: list[Any]) -> Any:
        """Train on some batches; return the sum of the losses so far, ``(copy,)``."""
        size, full = self.plan.batch_size, self.plan.batches * self.plan.batch_size
        batches, short = tf.reshape(orders[:, :full], (self.count, -1, size)), orders[:, full:]
        first, stop, last, before = bounds

        def batch(i: Any, total: Any) -> tuple[Any, Any]:
            return i + 1, total + size * self._descend(tf.gather(train, batches[:, i]), theta)

        def end() -> Any:
            left = short.shape[1]
            return total + left * self._descend(tf.gather(train, short), theta) if left else total

        _, total = tf.while_loop(lambda i, _: i < stop, batch, (first, before))
        return tf.cond(last > 0, end, lambda: total)

    def _look(self, state: State, x: Any) -> Any:
        self._load(state)

        def one(values: list[Any]) -> Any:
            with keras.StatelessScope(zip(self._single.model.variables, values, strict=True)):
                return self._single.model(x, training=False)

        return tf.vectorized_map(one, [weight.value for weight in self._weights])

    def _load(self, state: State) -> None:
        values = [*self._packing.unpack(state[0]), *state[1:-1]]
        for variable, value in zip([*self._floats, *self._others], values, strict=True):
            variable.assign(value)

    def _descend(self, rows: Any, theta: list[Any]) -> Any:
        """Take one step of the optimizer with a batch for each copy and return the loss of each before it."""
        stacked = [weight.value for weight in self._weights]
        losses, gradients, values = tf.vectorized_map(partial(self._slope, theta), (stacked, rows))
        for weight, value in zip(self._weights, values, strict=True):
            if not weight.trainable:
                weight.assign(value)
        self.optimizer.apply(gradients, [weight for weight in self._weights if weight.trainable])
        return losses

    def _slope(self, theta: list[Any], one: tuple[list[Any], Any]) -> tuple[Any, list[Any], list[Any]]:
        """Return loss and gradient of one copy, and its variables after it saw the batch."""
        model, (values, rows) = self._single.model, one
        x, *rest = self._single.row.unpack(rows)
        trained = [value for value, weight in zip(values, self._weights, strict=True) if weight.trainable]
        with tf.GradientTape() as tape, keras.StatelessScope(zip(model.variables, values, strict=True)) as scope:
            tape.watch(trained)
            loss = self._single.loss(rest, model(x, training=True), theta)
        gradients = tape.gradient(loss, trained)
        if all(gradient is None for gradient in gradients):
            raise TrainingError(f"{self.plan.spec.title} has no gradient at all, so no model can be trained with it.")
        gradients = [tf.zeros_like(v) if g is None else g for g, v in zip(gradients, trained, strict=True)]
        return loss, gradients, [scope.get_current_value(variable) for variable in model.variables]
