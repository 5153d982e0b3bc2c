"""The one or two losses that a page shows: A, and B where somebody compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from explorer import theme
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui import catalogue, controls, grid

NONE = "nothing"
AGAIN = "same, other numbers"


@dataclass(frozen=True, eq=False)
class Side:
    """One of the losses, with its numbers.

    Attributes
    ----------
    letter, colour : str
        ``A`` or ``B``, and the colour that stands for it everywhere.
    spec, values : LossSpec, mapping
        The loss and its parameters.
    """

    letter: str
    colour: str
    spec: LossSpec
    values: Mapping[str, Value]

    @property
    def title(self) -> str:
        """What its pictures are called."""
        return f"{self.letter} · {self.spec.form}"


def ask(specs: Mapping[str, LossSpec]) -> list[Side]:
    """Ask for a loss, a form, what it is compared with, and the numbers of both."""
    family = catalogue.choose_family(specs)
    left, right = st.columns(2, wrap=False)
    with left:
        first = catalogue.choose_form(family, "A")
    prefix = catalogue.prefix(first)
    others = [NONE, *(form for form in family if form != first.form)]
    if first.parameters:
        others.append(AGAIN)
    with right:
        chosen = catalogue.one_of("B", others, f"{prefix}.b", "form")
    second = None if chosen == NONE else first if chosen == AGAIN else family[chosen]
    presets = st.container()
    table = catalogue.table_of(first)
    tables = {table.name: grid.ask(table, grid.numbers(table))} if table else {}
    shared = {p.name: p for spec in (first, second) if spec for p in spec.parameters}
    values = {**controls.ask(shared.values(), prefix), **tables}
    sides = [Side("A", theme.A, first, _of(first, values))]
    if second:
        if chosen == AGAIN:
            values |= controls.ask(first.parameters, f"{prefix}.b", lead="B · ")
        sides.append(Side("B", theme.B, second, _of(second, values)))
    with presets:
        grid.presets(first.presets) if table else catalogue.presets(first, sides[0].values)
    return sides


def _of(spec: LossSpec, values: Mapping[str, Value]) -> dict[str, Value]:
    return {parameter.name: values[parameter.name] for parameter in spec.parameters}
