"""functools.partial: a loss of three arguments, the third bound."""

from functools import partial
from typing import Any

from keras import losses

from explorer.arguments.ways.network import network


def loss(y_true: Any, y_pred: Any, offset: Any) -> Any:
    """Return the loss of each sample."""
    return losses.categorical_crossentropy(y_true, y_pred, from_logits=True) + offset


def build(offset: Any) -> Any:
    """Return a compiled model."""
    model = network()
    model.compile(optimizer="sgd", loss=partial(loss, offset=offset))
    return model


def feed(x: Any, y: Any, _: Any) -> Any:
    """Return what fit is given."""
    return x, y


def change(model: Any, offset: Any) -> None:
    """Bind another offset."""
    model.loss.keywords["offset"] = offset
