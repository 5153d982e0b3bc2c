"""The classes at the corners of the triangles, and what the others hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.losses.triple import REST, SHOWN
from explorer.parameters import Value
from explorer.ui import controls

CORNERS = 3


@dataclass(frozen=True)
class Corners:
    """Which classes are drawn, and what the others hold.

    Attributes
    ----------
    names : sequence of str
        Names of all classes.
    shown : tuple of int
        The classes at the corners: top, left, right; two of them where there are only two classes.
    rest : float
        What each other class holds, as a part of an even share.
    """

    names: Sequence[str]
    shown: tuple[int, ...]
    rest: float = 0.0

    def probabilities(self, shares: Sequence[float]) -> list[float]:
        """Return the probability of every class where those at the corners have these shares of what is left."""
        classes = len(self.names)
        each = self.rest / classes
        left = 1 - (classes - len(self.shown)) * each
        by_class = dict(zip(self.shown, shares, strict=True))
        return [left * by_class[c] if c in by_class else each for c in range(classes)]

    def scene(self, true_class: int) -> dict[str, Value]:
        """Return the scene of the plane that they are corners of."""
        scene: dict[str, Value] = {"true_class": str(true_class)}
        if len(self.names) > CORNERS:
            scene |= {name: str(c) for name, c in zip(SHOWN, self.shown, strict=True)}
            scene["rest"] = self.rest
        return scene

    @property
    def said(self) -> str:
        """What the others hold, in words; nothing where there are none or they hold nothing."""
        count = len(self.names) - len(self.shown)
        return f"{count} others, p = {self.rest / len(self.names):.2g} each" if count and self.rest else ""


def ask(names: Sequence[str]) -> Corners:
    """Ask for the three classes that are drawn, if there are more."""
    if len(names) <= CORNERS:
        return Corners(names, tuple(range(len(names))))
    numbers = list(range(len(names)))
    chosen = st.multiselect(
        "Corners · three of the classes",
        numbers,
        default=numbers[:CORNERS],
        format_func=lambda c: names[c],
        max_selections=CORNERS,
        key=f"corners.{len(names)}",
    )
    shown = [*chosen, *(c for c in numbers if c not in chosen)][:CORNERS]
    rest = controls.widget(REST, "corners.rest")
    return Corners(names, tuple(shown), float(rest))
