"""add_loss: the label comes in as an input, and the model adds its loss while it is called."""

from typing import Any

import keras
from keras import losses, ops

from explorer.arguments.ways.network import logits


@keras.saving.register_keras_serializable("loss_explorer")
class LossInCall(keras.Model):  # type: ignore[misc]
    """A model that is given the label and makes its own loss."""

    def __init__(self, offset: Any, **options: Any) -> None:
        super().__init__(**options)
        self.offset = offset
        self.logits = logits()

    def call(self, inputs: Any) -> Any:
        """Return the prediction, and add the loss on the way."""
        x, y_true = inputs
        y_pred = self.logits(x)
        entropy = losses.categorical_crossentropy(y_true, y_pred, from_logits=True)
        self.add_loss(ops.mean(entropy + self.offset))
        return y_pred

    def get_config(self) -> Any:
        """Return what remakes the model."""
        return {**super().get_config(), "offset": float(self.offset)}


def build(offset: Any) -> Any:
    """Return a compiled model; it is compiled without a loss."""
    model = LossInCall(offset)
    model.compile(optimizer="sgd")
    return model


def feed(x: Any, y: Any, _: Any) -> Any:
    """Return what fit is given: the label is an input."""
    return (x, y), None


def change(model: Any, offset: Any) -> None:
    """Give the model another offset."""
    model.offset = offset
