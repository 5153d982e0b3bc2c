"""Loss subclass: the argument is an attribute, get_config writes it down, and Keras knows the class by name."""

from typing import Any

import keras
from keras import losses

from explorer.arguments.ways.network import network


@keras.saving.register_keras_serializable("loss_explorer")
class OffsetCrossentropy(losses.Loss):  # type: ignore[misc]
    """Cross entropy plus an offset."""

    def __init__(self, offset: Any, **options: Any) -> None:
        super().__init__(**options)
        self.offset = offset

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the loss of each sample."""
        return losses.categorical_crossentropy(y_true, y_pred, from_logits=True) + self.offset

    def get_config(self) -> Any:
        """Return what remakes the loss."""
        return {**super().get_config(), "offset": float(self.offset)}


def build(offset: Any) -> Any:
    """Return a compiled model."""
    model = network()
    model.compile(optimizer="sgd", loss=OffsetCrossentropy(offset))
    return model


def feed(x: Any, y: Any, _: Any) -> Any:
    """Return what fit is given."""
    return x, y


def change(model: Any, offset: Any) -> None:
    """Give the loss another offset."""
    model.loss.offset = offset
