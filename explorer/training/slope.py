"""The gradient of some samples' shares in a loss, in one XLA executable: by their predictions and by the weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

import keras
import tensorflow as tf
from numpy.typing import NDArray

from explorer.tasks.task import Batch
from explorer.training.packing import Packing
from explorer.training.plan import Plan, arrays

MOST_SLOPES = 8


@lru_cache(maxsize=MOST_SLOPES)
def slope(made_for: Plan) -> Slope:
    """Return the gradient for a plan, for as many samples as a batch has: the one made before if it is kept."""
    return Slope(made_for)


class Slope:
    """A compiled gradient; it keeps nothing of a model between two calls.

    Attributes
    ----------
    traces : int
        How often Python went through it: once it has been called, 1.
    """

    def __init__(self, made_for: Plan) -> None:
        self.plan = made_for
        self.model = made_for.build(0)
        self.row = Packing(made_for.row)
        self.traces = 0
        self._compiled: Any = None
        self._lock = Lock()

    def data(self, part: Batch) -> Any:
        """Return the samples of a part, packed for a call once they are gathered."""
        return self.row.pack(arrays(part, self.plan.spec), len(part))

    def __call__(
        self, weights: Sequence[NDArray[Any]], rows: Any, share: NDArray[Any], theta: list[Any]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the slopes of the sum of the samples' losses, each times its share.

        Parameters
        ----------
        weights : sequence of ndarray
            In the order of ``model.get_weights()``.
        rows : tensor
            Packed samples, as many as a batch of the plan has.
        share : ndarray of shape (sample,)
            What each sample's loss counts; 1 / n for each sample of a batch of n.
        theta : list of tensor
            Parameters of the loss, in order.

        Returns
        -------
        by_prediction : ndarray of shape (sample, …)
            Slope by the prediction of each sample.
        by_weight : ndarray of shape (width,)
            Slope by all trainable weights in one row.
        """
        values = [tf.constant(weight) for weight in weights]
        arguments = (values, rows, tf.constant(share, "float32"), theta)
        with self._lock:
            if self._compiled is None:
                function = tf.function(self._slopes, jit_compile=True, autograph=False)
                self._compiled = function.get_concrete_function(*arguments)
            by_prediction, by_weight = self._compiled(*arguments)
        return by_prediction.numpy(), by_weight.numpy()

    def _slopes(self, weights: list[Any], rows: Any, share: Any, theta: list[Any]) -> tuple[Any, Any]:
        self.traces += 1
        spec = self.plan.spec
        x, y_true, *context = self.row.unpack(rows)
        arguments = dict(zip(spec.context, context, strict=True))
        arguments |= {parameter.name: tensor for parameter, tensor in zip(spec.parameters, theta, strict=True)}
        pairs = list(zip(self.model.weights, weights, strict=True))
        trained = [value for weight, value in pairs if weight.trainable]
        with tf.GradientTape() as tape, keras.StatelessScope(pairs):
            tape.watch(trained)
            y_pred = self.model(x, training=True)
            loss = tf.reduce_sum(share * spec.function(y_true, y_pred, **arguments))
        by_prediction, *by_weight = tape.gradient(loss, [y_pred, *trained])
        return by_prediction, tf.concat([tf.reshape(one, (-1,)) for one in by_weight], axis=0)
