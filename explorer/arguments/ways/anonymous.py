"""Lambda: a loss without a name, written where it is needed."""

from typing import Any

from keras import losses

from explorer.arguments.ways.network import network


def build(offset: Any) -> Any:
    """Return a compiled model."""
    model = network()
    model.compile(
        optimizer="sgd",
        loss=lambda y_true, y_pred: losses.categorical_crossentropy(y_true, y_pred, from_logits=True) + offset,
    )
    return model


def feed(x: Any, y: Any, _: Any) -> Any:
    """Return what fit is given."""
    return x, y


def change(model: Any, offset: Any) -> None:
    """Put another offset into what the lambda remembers."""
    model.loss.__closure__[0].cell_contents = offset
