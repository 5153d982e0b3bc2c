"""What is tried: the argument, its second value, the images and how they are trained on, as the card holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from explorer.losses.offset_crossentropy import OFFSET, OFFSET_CROSSENTROPY
from explorer.parameters import Value
from explorer.tasks.digits import IMAGES
from explorer.training.setting import BATCH_SIZE, EPOCHS, LEARNING_RATE, OPTIMIZER, SEED
from explorer.ui import catalogue, code, controls
from explorer.ui.words import short

PREFIX = catalogue.prefix(OFFSET_CROSSENTROPY)
SECOND = replace(
    OFFSET,
    name="second",
    label="c₂ · changed to",
    default=5.0,
    symbol="c_2",
    help="What the argument is changed to, and what the wrong closure holds.",
)
HOW = (BATCH_SIZE, replace(LEARNING_RATE, default=1e-3), OPTIMIZER, SEED)
EPOCHS_HERE = replace(EPOCHS, default=20, slider=(1, 60))


@dataclass(frozen=True, eq=False)
class Experiment:
    """What a person has set.

    Attributes
    ----------
    offset, second : float
        The argument, and what it is changed to.
    images : str
        What the offset experiment is trained on.
    how : mapping
        Epochs, batch size, learning rate, optimizer and seed.
    """

    offset: float
    second: float
    images: str
    how: Mapping[str, Value]

    @property
    def pair(self) -> dict[str, float]:
        """The two values as the compute process takes them."""
        return {"offset": self.offset, "second": self.second}

    @property
    def changed(self) -> str:
        """The two values, for the second line of pictures."""
        return f"c = {short(self.offset)} · changed to {short(self.second)}"

    @property
    def title(self) -> str:
        """How the digits are trained on, for the second line of pictures."""
        how = self.how
        numbers = f"batch {how['batch_size']:g} · step {how['learning_rate']:g} · seed {how['seed']:g}"
        return f"{self.images} · {how['optimizer']} · {numbers}"


def ask() -> Experiment:
    """Ask for all of it, with the presets on top."""
    values = controls.ask((OFFSET, SECOND), PREFIX)
    catalogue.presets(OFFSET_CROSSENTROPY, values)
    images = str(controls.widget(IMAGES, f"{PREFIX}.images"))
    how = controls.ask_how(EPOCHS_HERE, HOW, PREFIX)
    return Experiment(float(str(values["offset"])), float(str(values["second"])), images, how)


def show_formula(experiment: Experiment) -> None:
    """Show the loss with the current number in it."""
    catalogue.formula([("", OFFSET_CROSSENTROPY, {OFFSET.name: experiment.offset})])


def actions() -> None:
    """Show the buttons for code and reset."""
    defaults = {part.name: part.default for part in (OFFSET, SECOND, IMAGES, EPOCHS_HERE, *HOW)}
    code.actions([OFFSET_CROSSENTROPY], controls.set_values, PREFIX, defaults)
