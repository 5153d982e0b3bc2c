"""The end of the card: the formula with its numbers, and the buttons for code and reset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui import catalogue, code
from explorer.ui.pairs import setup


def formulas(specs: Sequence[LossSpec], values: Mapping[str, Value]) -> None:
    """Show the formula of a row of the batch for each form."""
    catalogue.formula([(rf"{spec.form}:", spec, values) for spec in specs])


def buttons(specs: Sequence[LossSpec]) -> None:
    """Show the buttons for code and reset."""
    code.actions(specs, setup.reset)
