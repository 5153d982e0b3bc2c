"""A piece of an epoch in one XLA executable: a real Keras model, a real Keras optimizer, a loop over batches.

``model.fit`` goes through Python for every batch and traces anew for every model. Here the loop is compiled once, and
what differs between runs (weights, memory of the optimizer, data, order, parameters of the loss) is an argument:
runs that take turns share one executable and cannot touch each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from threading import Lock
from typing import Any, NamedTuple, TypeAlias

import keras
import tensorflow as tf
from numpy.typing import NDArray

from explorer.parameters import Choice, Parameter, Value
from explorer.tasks.task import Task
from explorer.training.packing import Packing
from explorer.training.plan import Plan, arrays
from explorer.training.setting import OPTIMIZERS
from explorer.training.snapshot import TrainingError

MOST_STEPS = 16
MOST_SEEDS = 64
FIRST_PACE = 4096
# Work is counted in uses of a weight by a sample; these are some 10 ms and 3 ms of a small dense net.
FIRST_WORK = 3e7
BLOCK_WORK = 1e7
MOST_EPOCHS = 16

State: TypeAlias = list[Any]


class Outcome(NamedTuple):
    """What a call of a step returns; all but the state means something for epochs that came to their end only.

    Attributes
    ----------
    state : State
        Where the run stands now.
    trail : list of tensor, shape (block, width)
        The state at the end of each epoch, as `Step.weights` takes it.
    report : tensor of float32, shape (block, 4)
        For each epoch mean training loss, validation loss, its rest (the split parameter at 0), and 1 if all weights
        are finite.
    y_pred : tensor of float32, shape (block, scored + kept, …)
        For each epoch predictions for the validation and the test part.
    """

    state: State
    trail: list[Any]
    report: Any
    y_pred: Any


def tensors(parameters: Sequence[Parameter], values: Mapping[str, Value]) -> list[Any]:
    """Return clean parameter values as tensors, in order: a choice as its position, all others as float32."""
    return [
        tf.constant(parameter.options.index(str(values[parameter.name])), "int32")
        if isinstance(parameter, Choice)
        else tf.constant(values[parameter.name], "float32")
        for parameter in parameters
    ]


@lru_cache(maxsize=MOST_STEPS)
def step(made_for: Plan) -> Step:
    """Return the step for a plan: the one made before, if it is among those used last."""
    return Step(made_for)


class Step:
    """A compiled piece of an epoch; it keeps nothing of a run between two calls.

    Attributes
    ----------
    block : int
        How many epochs a call can do: more than one where an epoch takes less time than a call.
    pace : int
        How many batches to ask for at once; callers adapt it to the time that a call took.
    traces : int
        How often Python went through the step: once it has been called, 1.
    """

    def __init__(self, made_for: Plan) -> None:
        self.plan = made_for
        self.model = made_for.build(0)
        kind, options = OPTIMIZERS[made_for.optimizer]
        self.optimizer = getattr(keras.optimizers, kind)(name=made_for.optimizer, **options)
        self.optimizer.build(self.model.trainable_variables)
        uses = max(1, _uses(self.model))
        samples = made_for.samples + made_for.scored + made_for.kept
        self.pace = int(min(FIRST_PACE, max(1, FIRST_WORK // (made_for.batch_size * uses))))
        self.block = max(1, int(min(MOST_EPOCHS, BLOCK_WORK // (samples * uses), self.pace // made_for.batches)))
        self.traces = 0
        self._fresh = [(variable, variable.numpy()) for variable in self.optimizer.variables]
        self.initial = lru_cache(maxsize=MOST_SEEDS)(lambda seed: [v.numpy() for v in made_for.build(seed).variables])
        self._variables = [*self.model.variables, *self.optimizer.variables]
        self._dtypes = sorted({variable.dtype for variable in self._variables})
        self._packings = [Packing([v.shape for v in self._variables if v.dtype == dtype]) for dtype in self._dtypes]
        self.row = Packing(made_for.row)
        self._compiled: Any = None
        self._lock = Lock()

    def start(self, seed: int, learning_rate: float) -> State:
        """Return the state of a run that has not begun: the weights of the seed, an optimizer without memory."""
        fresh = [learning_rate if v is self.optimizer.learning_rate else value for v, value in self._fresh]
        return [*self._packed([*self.initial(seed), *fresh]), tf.constant(0.0)]

    def weights(self, trail: list[Any], epoch: int) -> list[NDArray[Any]]:
        """Return the weights at the end of one epoch of a trail, in the order of ``model.get_weights()``."""
        values = self._unpacked([packed[epoch] for packed in trail])
        place = {id(variable): value for variable, value in zip(self._variables, values, strict=True)}
        return [place[id(weight)].numpy() for weight in self.model.weights]

    def data(self, task: Task) -> tuple[Any, Any]:
        """Return the training part, and the validation and test part in one, packed for a call."""
        parts = (task.train, task.validation, task.test)
        train, scored, kept = (self.row.pack(arrays(part, self.plan.spec), len(part)) for part in parts)
        return train, tf.concat([scored, kept], axis=0)

    def __call__(self, state: State, data: tuple[Any, Any], orders: Any, bounds: Any, theta: list[Any]) -> Outcome:
        """Train on some whole epochs, or on some batches of one.

        Parameters
        ----------
        state : State
            Where the run stands; it is not changed.
        data : tuple of tensor
            As `data` returns it.
        orders : tensor of int32, shape (block, samples)
            In which order each epoch takes the training samples.
        bounds : tensor of int32, shape (4,)
            First full batch, the one after the last, 1 if the epoch ends there (then the short last batch follows and
            the held-out parts are looked at), and the number of epochs.
        theta : list of tensor
            Parameters of the loss, in order.

        Raises
        ------
        TrainingError
            At the first call, if the loss does not give one number per sample or has no gradient.
        """
        with self._lock:
            if self._compiled is None:
                function = tf.function(self._advance, jit_compile=True, autograph=False)
                self._compiled = function.get_concrete_function(state, *data, orders, bounds, theta)
            return Outcome(*self._compiled(state, *data, orders, bounds, theta))

    def _advance(
        self, state: State, train: Any, held_out: Any, orders: Any, bounds: Any, theta: list[Any]
    ) -> tuple[Any, ...]:
        self.traces += 1
        for variable, value in zip(self._variables, self._unpacked(state[:-1]), strict=True):
            variable.assign(value)
        first, stop, last, epochs = tf.unstack(bounds)

        def epoch(e: Any, _: Any, *told: Any) -> tuple[Any, ...]:
            before = tf.where(first > 0, state[-1], 0.0)
            total, *news = self._epoch(train, held_out, orders[e], (first, stop, last, before), theta)
            news += self._packed([variable.value for variable in self._variables])
            return e + 1, total, *(array.write(e, new) for array, new in zip(told, news, strict=True))

        shapes = [(4,), self._said(held_out), *(tuple(packed.shape) for packed in state[:-1])]
        dtypes = [tf.float32, tf.float32, *(packed.dtype for packed in state[:-1])]
        told = [
            tf.TensorArray(dtype, self.block, element_shape=shape) for dtype, shape in zip(dtypes, shapes, strict=True)
        ]
        _, total, *told = tf.while_loop(lambda e, *_: e < epochs, epoch, (0, state[-1], *told))
        report, y_pred, *trail = (array.stack() for array in told)
        return [*self._packed([variable.value for variable in self._variables]), total], trail, report, y_pred

    def _epoch(
        self, train: Any, held_out: Any, order: Any, bounds: tuple[Any, Any, Any, Any], theta: list[Any]
    ) -> tuple[Any, Any, Any]:
        """Train on some batches; return the sum of their losses so far, the report and the predictions."""
        size, full = self.plan.batch_size, self.plan.batches * self.plan.batch_size
        batches, short = tf.reshape(order[:full], (-1, size)), order[full:]
        first, stop, last, total = bounds

        def batch(i: Any, total: Any) -> tuple[Any, Any]:
            return i + 1, total + size * self._descend(tf.gather(train, batches[i]), theta)

        def end() -> tuple[Any, ...]:
            left = short.shape[0]
            rest = left * self._descend(tf.gather(train, short), theta) if left else 0.0
            return total + rest, *self._look(held_out, theta)

        def pause() -> tuple[Any, ...]:
            return total, tf.constant(0.0), tf.constant(0.0), tf.zeros(self._said(held_out))

        _, total = tf.while_loop(lambda i, _: i < stop, batch, (first, total))
        total, loss, rest, y_pred = tf.cond(last > 0, end, pause)
        finite = [tf.reduce_all(tf.math.is_finite(variable.value)) for variable in self.model.trainable_variables]
        report = tf.stack([total / self.plan.samples, loss, rest, tf.cast(tf.reduce_all(finite), "float32")])
        return total, report, y_pred

    def _said(self, held_out: Any) -> tuple[int, ...]:
        """Return the shape of the predictions for the held-out parts."""
        return tuple(self.model.compute_output_shape((held_out.shape[0], *self.plan.row[0])))

    def _descend(self, rows: Any, theta: list[Any]) -> Any:
        """Take one step of the optimizer and return the loss before it."""
        x, *rest = self.row.unpack(rows)
        with tf.GradientTape() as tape:
            loss = self.loss(rest, self.model(x, training=True), theta)
        gradients = tape.gradient(loss, self.model.trainable_variables)
        if all(gradient is None for gradient in gradients):
            raise TrainingError(f"{self.plan.spec.title} has no gradient at all, so no model can be trained with it.")
        self.optimizer.apply(gradients, self.model.trainable_variables)
        return loss

    def _look(self, held_out: Any, theta: list[Any]) -> tuple[Any, Any, Any]:
        """Return the validation loss, its rest, and the predictions for both held-out parts."""
        x, *rest = self.row.unpack(held_out)
        y_pred = self.model(x, training=False)
        scored = [part[: self.plan.scored] for part in (*rest, y_pred)]
        split = self.plan.spec.split
        names = [parameter.name for parameter in self.plan.spec.parameters]
        bare = [tf.zeros_like(t) if split and split.parameter == n else t for n, t in zip(names, theta, strict=True)]
        return self.loss(scored[:-1], scored[-1], theta), self.loss(scored[:-1], scored[-1], bare), y_pred

    def loss(self, rest: list[Any], y_pred: Any, theta: list[Any]) -> Any:
        """Return the mean loss, the model's own penalties added as ``model.fit`` does."""
        spec, (y_true, *context) = self.plan.spec, rest
        arguments = dict(zip(spec.context, context, strict=True))
        arguments |= {parameter.name: tensor for parameter, tensor in zip(spec.parameters, theta, strict=True)}
        if spec.takes_logits:
            arguments["from_logits"] = self.plan.from_logits
        values = spec.function(y_true, y_pred, **arguments)
        if values.shape != y_true.shape[:1]:
            raise TrainingError(
                f"{spec.title} must give one number a sample, here {y_true.shape[:1]}, but gives shape {values.shape}."
            )
        return tf.reduce_mean(values) + sum(self.model.losses)

    def _packed(self, values: Sequence[Any]) -> list[Any]:
        kinds = [variable.dtype for variable in self._variables]
        return [
            packing.pack([value for value, kind in zip(values, kinds, strict=True) if kind == dtype])
            for packing, dtype in zip(self._packings, self._dtypes, strict=True)
        ]

    def _unpacked(self, packs: Sequence[Any]) -> list[Any]:
        groups = {
            dtype: iter(packing.unpack(packed))
            for packing, dtype, packed in zip(self._packings, self._dtypes, packs, strict=True)
        }
        return [next(groups[variable.dtype]) for variable in self._variables]


def _uses(model: Any) -> int:
    """Return how often one sample uses a weight: in a layer of many places each weight is used once for each place."""
    return sum(layer.count_params() * prod(layer.output.shape[1:-1]) for layer in model.layers if layer.weights)
