"""The forms that are compared on masks: their names and colours, and which of them a person has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from explorer import theme
from explorer.losses import CATALOGUE
from explorer.losses.dice import SMOOTH, TEMPERATURE, THRESHOLD
from explorer.losses.mask_sum import WEIGHT
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui.words import setting

NAMES = {
    "dice-published": "hard",
    "dice-sharp": "sharp",
    "dice-soft": "soft",
    "dice-squared": "squared",
    "binary-ce": "BCE",
    "bce-dice-soft": "BCE + soft",
    "bce-dice-published": "BCE + hard",
}
STYLES = {
    "dice-published": (theme.B, "solid"),
    "dice-sharp": (theme.THIRD, "solid"),
    "dice-soft": (theme.A, "solid"),
    "dice-squared": (theme.FOURTH, "solid"),
    "binary-ce": (theme.BASELINE, "solid"),
    "bce-dice-soft": (theme.REGIONS[0], "8px,3px"),  # grey for many people, as BCE is
    "bce-dice-published": (theme.FIFTH, "4px,4px"),  # so that a curve which it covers can still be seen
}
SPECS = tuple(CATALOGUE[key] for key in NAMES)
FIRST = ("dice-published", "dice-soft", "binary-ce", "bce-dice-soft", "bce-dice-published")
PARAMETERS = (THRESHOLD, SMOOTH, TEMPERATURE, WEIGHT)
KEY = "masks.forms"


def ask() -> list[LossSpec]:
    """Ask which forms are compared; the first ones where a person has chosen none."""
    by_name = {name: CATALOGUE[key] for key, name in NAMES.items()}
    chosen = st.pills(
        "Forms",
        list(by_name),
        selection_mode="multi",
        default=[NAMES[key] for key in FIRST],
        key=KEY,
        bind="query-params",
    )
    return [by_name[name] for name in by_name if name in chosen] or [CATALOGUE[key] for key in FIRST]


def of(spec: LossSpec, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return those values that a form takes."""
    return {parameter.name: values[parameter.name] for parameter in spec.parameters}


def asked(specs: Sequence[LossSpec], values: Mapping[str, Value]) -> list[tuple[str, dict[str, Value]]]:
    """Return forms as the compute process takes them."""
    return [(spec.key, of(spec, values)) for spec in specs]


def numbers(spec: LossSpec, values: Mapping[str, Value]) -> str:
    """Return the numbers that a form takes, for titles."""
    return setting(spec.parameters, values)


def all_numbers(specs: Sequence[LossSpec], values: Mapping[str, Value]) -> str:
    """Return the numbers that any of the forms takes, for titles of pictures that they share."""
    taken = {parameter.name for spec in specs for parameter in spec.parameters}
    return setting([parameter for parameter in PARAMETERS if parameter.name in taken], values)
