"""What is trained against what: the chosen forms and the settings, as the card holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.training.setting import BATCH_SIZE, EPOCHS, LEARNING_RATE, OPTIMIZER, SEED
from explorer.ui import controls
from explorer.ui.masks import forms
from explorer.ui.words import short

EPOCHS_HERE = replace(EPOCHS, default=15, slider=(1, 60))
SETTINGS = (replace(BATCH_SIZE, default=16, slider=(4, 64)), LEARNING_RATE, OPTIMIZER, SEED)
PREFIX = "segment"


@dataclass(frozen=True, eq=False)
class Contest:
    """Forms that the same tiny net is trained with, from the same first weights and the same batches.

    Attributes
    ----------
    specs : sequence of LossSpec
        The forms.
    values : mapping
        Parameters of all forms.
    how : mapping
        Epochs, batch size, learning rate, optimizer and seed.
    """

    specs: Sequence[LossSpec]
    values: Mapping[str, Value]
    how: Mapping[str, Value]

    @property
    def names(self) -> list[str]:
        """What the forms are called."""
        return [forms.NAMES[spec.key] for spec in self.specs]

    @property
    def losses(self) -> list[tuple[str, dict[str, Value]]]:
        """The forms as the compute process takes them."""
        return forms.asked(self.specs, self.values)

    @property
    def title(self) -> str:
        """What was trained how, for the second line of pictures."""
        numbers = forms.all_numbers(self.specs, self.values)
        how = f"batch {short(float(self.how['batch_size']))} · seed {short(float(self.how['seed']))}"
        return " · ".join(filter(None, (numbers, how)))


def ask(specs: Sequence[LossSpec], values: Mapping[str, Value]) -> Contest:
    """Ask for epochs and settings."""
    return Contest(specs, values, controls.ask_how(EPOCHS_HERE, SETTINGS, PREFIX))
