"""compute_loss: the model says itself how prediction and label become a loss."""

from typing import Any

import keras
from keras import losses, ops

from explorer.arguments.ways.network import logits


@keras.saving.register_keras_serializable("loss_explorer")
class LossOfModel(keras.Model):  # type: ignore[misc]
    """A model with a loss of its own."""

    def __init__(self, offset: Any, **options: Any) -> None:
        super().__init__(**options)
        self.offset = offset
        self.logits = logits()

    def call(self, x: Any) -> Any:
        """Return the prediction."""
        return self.logits(x)

    def compute_loss(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ARG002
        """Return the loss of a batch."""
        values = losses.categorical_crossentropy(y, y_pred, from_logits=True) + self.offset
        if sample_weight is not None:
            values = values * sample_weight
        return ops.mean(values) + sum(self.losses)

    def get_config(self) -> Any:
        """Return what remakes the model."""
        return {**super().get_config(), "offset": float(self.offset)}


def build(offset: Any) -> Any:
    """Return a compiled model; it is compiled without a loss."""
    model = LossOfModel(offset)
    model.compile(optimizer="sgd")
    return model


def feed(x: Any, y: Any, _: Any) -> Any:
    """Return what fit is given."""
    return x, y


def change(model: Any, offset: Any) -> None:
    """Give the model another offset."""
    model.offset = offset
