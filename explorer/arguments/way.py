"""The ways that are tried: their names, their code, and what each can do."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

FOLDER = Path(__file__).parent / "ways"
TO_LINTERS = re.compile(r" *# (noqa|type: ignore).*")


class Code(Protocol):
    """What the module of a way can do; the argument is a number or a `keras.Variable`."""

    def build(self, offset: Any) -> Any:
        """Return a compiled model with the argument."""

    def feed(self, x: Any, y: Any, offset: Any) -> Any:
        """Return inputs and labels as the model is given them."""

    def change(self, model: Any, offset: Any) -> None:
        """Give the model another argument without compiling it anew."""


@dataclass(frozen=True)
class Way:
    """A way to hand a loss an argument.

    Attributes
    ----------
    key : str
        Name of its module in ``ways``.
    title : str
        What people call it.
    story : str
        One sentence: where the argument is kept.
    """

    key: str
    title: str
    story: str

    @property
    def code(self) -> Code:
        """The module; asking for it imports Keras."""
        return cast(Code, importlib.import_module(f"explorer.arguments.ways.{self.key}"))

    @property
    def source(self) -> str:
        """The text of the module as it is run, without its remarks to linters; Keras is not imported."""
        return TO_LINTERS.sub("", (FOLDER / f"{self.key}.py").read_text(encoding="utf-8"))


WAYS = (
    Way("closure", "Closure", "The argument is remembered by the function that was made with it."),
    Way("partial", "functools.partial", "The argument is bound to a loss of three arguments."),
    Way("anonymous", "Lambda", "The argument is remembered by a function without a name."),
    Way("loss_class", "Loss subclass, registered", "The argument is an attribute that get_config writes down."),
    Way("added", "add_loss in call", "The argument belongs to the model, which is given the label as an input."),
    Way("override", "compute_loss", "The argument belongs to the model, which makes its own loss."),
    Way("packed", "Packed into y_true", "The argument travels with each sample, as one more column of its label."),
)
BY_KEY = {way.key: way for way in WAYS}
