"""Lambdas made in a loop: all see the last value; beside them two ways that see their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from explorer.lazy import LazyModule
from explorer.losses.offset_crossentropy import OFFSET

losses: Any = LazyModule("keras.losses")

Y_TRUE, LOGITS = [[0.0, 1.0, 0.0]], [[0.5, 1.0, -0.5]]
MOST = 10


def in_a_loop(offsets: Sequence[float]) -> list[Any]:
    """Return a loss for each offset, or so it seems."""
    made = []
    for offset in offsets:
        made.append(lambda y, p: losses.categorical_crossentropy(y, p, from_logits=True) + offset)  # noqa: B023
    return made


def by_default_argument(offsets: Sequence[float]) -> list[Any]:
    """Return a loss for each offset: a default argument is looked up when the lambda is made."""
    made = []
    for offset in offsets:
        made.append(lambda y, p, offset=offset: losses.categorical_crossentropy(y, p, from_logits=True) + offset)
    return made


def by_partial(offsets: Sequence[float]) -> list[Any]:
    """Return a loss for each offset: partial binds the value that there is when it is called."""

    def loss(y: Any, p: Any, offset: float) -> Any:
        return losses.categorical_crossentropy(y, p, from_logits=True) + offset

    return [partial(loss, offset=offset) for offset in offsets]


MAKERS: dict[str, Callable[[Sequence[float]], list[Any]]] = {
    "lambda in a loop": in_a_loop,
    "default argument": by_default_argument,
    "functools.partial": by_partial,
}


@dataclass(frozen=True)
class Loop:
    """What losses made in a loop say of one sample.

    Attributes
    ----------
    offsets : tuple of float
        The values that the loop went through.
    entropy : float
        The loss of the sample without any offset.
    values : dict of str to tuple of float
        For each of `MAKERS` the loss of the sample, offset by offset.
    """

    offsets: tuple[float, ...]
    entropy: float
    values: dict[str, tuple[float, ...]]


def loop(offsets: Sequence[float]) -> Loop:
    """Return what the losses made in a loop over these offsets say.

    Raises
    ------
    ParameterError
        If an offset is out of its limits.
    ValueError
        If there are none, or more than 10.
    """
    if not 1 <= len(offsets) <= MOST:
        raise ValueError(f"The loop must go through 1 to {MOST} offsets, but there are {len(offsets)}.")
    given = tuple(OFFSET.clean(offset) for offset in offsets)
    y_true, y_pred = np.array(Y_TRUE, "float32"), np.array(LOGITS, "float32")

    def value(loss: Callable[..., Any]) -> float:
        return float(np.asarray(loss(y_true, y_pred))[0])

    said = {name: tuple(value(loss) for loss in make(given)) for name, make in MAKERS.items()}
    return Loop(given, value(by_default_argument([0.0])[0]), said)
