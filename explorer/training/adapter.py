"""Keras classes that train a loss of the catalogue by plain ``compile`` and ``fit``, and save with the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
from keras import ops

from explorer.losses import CATALOGUE
from explorer.parameters import Table, clean

PACKAGE = "loss_explorer"


@keras.saving.register_keras_serializable(PACKAGE)
class CatalogueLoss(keras.losses.Loss):  # type: ignore[misc]
    """A loss of the catalogue as Keras takes it.

    Parameters
    ----------
    key : str
        Key of the loss in the catalogue.
    values : mapping, optional
        Its parameters by name; the defaults where they are not given.
    from_logits : bool
        Whether the model says logits; only read by losses that take ``from_logits``.
    name, reduction, dtype
        As for any `keras.losses.Loss`.

    Raises
    ------
    ValueError
        If the catalogue has no such loss, or a value is refused.
    """

    def __init__(
        self, key: str, values: Mapping[str, Any] | None = None, from_logits: bool = False, **keras_options: Any
    ) -> None:
        if key not in CATALOGUE:
            raise ValueError(f"The catalogue has no loss {str(key)[:40]!r}.")
        super().__init__(**{"name": key.replace("-", "_"), **keras_options})
        self.spec = CATALOGUE[key]
        self.values = clean(self.spec.parameters, values or {})
        self.from_logits = from_logits

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """Return the reduced loss; ids of users are told apart before Keras makes float32 of them."""
        told = _places(y_true, y_pred) if self.spec.shapes == "points" else y_true
        return super().__call__(told, y_pred, sample_weight)

    def call(self, y_true: Any, y_pred: Any, **context: Any) -> Any:
        """Return the loss of each sample, ``(sample,)``.

        Context tensors come by keyword. A table per sample, ``(sample, class, class)``, takes the place of the one
        that the loss was made with.

        Raises
        ------
        ValueError
            If context is missing, unknown, or no table per sample.
        """
        self._check(context, y_pred.shape[-1])
        static = {"from_logits": self.from_logits} if self.spec.takes_logits else {}
        own = {name: ops.cast(tensor, y_pred.dtype) for name, tensor in context.items()}
        return self.spec.function(y_true, y_pred, **{**self.values, **own}, **static)

    def get_config(self) -> dict[str, Any]:
        """Return what remakes the loss: plain numbers, text and lists."""
        return {**super().get_config(), "key": self.spec.key, "values": self.values, "from_logits": self.from_logits}

    def _check(self, context: Mapping[str, Any], classes: int) -> None:
        """Refuse what would not reach the loss, or would be broadcast against the samples."""
        tables = [parameter.name for parameter in self.spec.parameters if isinstance(parameter, Table)]
        for name in self.spec.context:
            if name not in context:
                raise ValueError(f"{self.spec.title} needs {name} for each sample: put it into the dict beside 'x'.")
        for name, tensor in context.items():
            if name not in (*self.spec.context, *tables):
                raise ValueError(f"{self.spec.title} takes no {str(name)[:40]!r} for each sample: leave it out.")
            if name in tables and tuple(tensor.shape[1:]) != (classes, classes):
                wanted = f"(sample, {classes}, {classes})"
                raise ValueError(f"{name} must have the shape {wanted}, but has {tuple(tensor.shape)}.")


def _places(ids: Any, encodings: Any) -> Any:
    """Return for each point (batch,) the place of the first one of its user: float32 merges ids above 2**24."""
    row = ops.reshape(ids, ops.shape(encodings)[:1])
    return ops.argmax(ops.equal(row[:, None], row[None, :]), axis=1)


@keras.saving.register_keras_serializable(PACKAGE)
class ContextModel(keras.Model):  # type: ignore[misc]
    """A model whose loss sees more of a sample than label and prediction.

    It takes a dict: ``x`` goes through the network, all else (such as ``y_last``, or ``weights`` with a table for each
    sample) only reaches the loss. `predict` needs neither the label nor the context.

    Parameters
    ----------
    network : keras.Model
        What is trained.
    name, dtype
        As for any `keras.Model`.
    """

    def __init__(self, network: Any, **keras_options: Any) -> None:
        super().__init__(**keras_options)
        self.network = network

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """Return the network's prediction for ``inputs["x"]``, or for ``inputs`` itself where it is no dict."""
        return self.network(inputs["x"] if isinstance(inputs, dict) else inputs, training=training)

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, **_: Any
    ) -> Any:
        """Return the mean loss, weighted where the samples have weights, plus the network's own penalties."""
        context = {name: own for name, own in x.items() if name != "x"} if isinstance(x, dict) else {}
        values = self.loss.call(y, y_pred, **context)
        if sample_weight is not None:
            values = values * ops.reshape(ops.cast(sample_weight, values.dtype), ops.shape(values))
        return ops.mean(values) + sum(self.losses)

    def get_config(self) -> dict[str, Any]:
        """Return what remakes the model: its network."""
        return {**super().get_config(), "network": keras.saving.serialize_keras_object(self.network)}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> ContextModel:
        """Return the model that a config describes."""
        network = keras.saving.deserialize_keras_object(config["network"], custom_objects=custom_objects)
        return cls(**{**config, "network": network})
