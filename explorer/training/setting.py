"""What a training run may be told: epochs, batch size, seed, learning rate, optimizer, order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer.parameters import Choice, Number

OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "adam": ("Adam", {}),
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "rmsprop": ("RMSprop", {}),
}

EPOCHS = Number(
    name="epochs",
    label="Epochs",
    default=30,
    low=1,
    high=10_000,
    slider=(1, 200),
    step=1,
    whole=True,
    help="How often the network sees the whole training part.",
)
BATCH_SIZE = Number(
    name="batch_size",
    label="Batch size",
    default=32,
    low=1,
    high=65_536,
    slider=(1, 256),
    step=1,
    whole=True,
    unit="samples",
    help="How many samples share one step; the last batch of an epoch may be shorter.",
)
SEED = Number(
    name="seed",
    label="Seed",
    default=0,
    low=0,
    high=2**31 - 2,
    slider=(0, 99),
    step=1,
    whole=True,
    help="Decides the initial weights and the order of the samples.",
)
LEARNING_RATE = Number(
    name="learning_rate",
    label="Learning rate",
    default=1e-2,
    low=1e-8,
    high=1e6,
    slider=(1e-4, 1.0),
    log=True,
    help="How long a step is.",
)
OPTIMIZER = Choice(
    name="optimizer",
    label="Optimizer",
    options=tuple(OPTIMIZERS),
    default="adam",
    help="How the gradient becomes a step.",
)
PARAMETERS = (EPOCHS, BATCH_SIZE, SEED, LEARNING_RATE, OPTIMIZER)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a run is done, whatever the loss; each value is cleaned when the setting is made.

    Raises
    ------
    ParameterError
        If a value is out of its limits: one plain sentence.
    """

    epochs: int = 30
    batch_size: int = 32
    seed: int = 0
    learning_rate: float = 1e-2
    optimizer: str = "adam"
    shuffle: bool = True

    def __post_init__(self) -> None:
        for parameter in PARAMETERS:
            cleaned = parameter.clean(getattr(self, parameter.name))
            whole = isinstance(parameter, Number) and parameter.whole
            object.__setattr__(self, parameter.name, int(cleaned) if whole else cleaned)
