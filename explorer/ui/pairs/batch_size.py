"""The size of the batch: what it makes of the reported loss and of the forces, for all forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures.growth import growth as draw
from explorer.pairs.batch import SEED, SPREAD, USERS
from explorer.pairs.growth import FITTED_FROM, Growth, exponent
from explorer.ui import cached, frame, plot, score_table
from explorer.ui.pairs import table
from explorer.ui.pairs.rivals import COLOURS, FORMS
from explorer.ui.pairs.setup import PARAMETERS, Setup
from explorer.ui.words import setting

SHOWN = (4, 16, 64, 256, 1024)
NUMBERS = (
    ("loss", "What Keras reports", "loss"),
    ("force", "Force on a point, mean length", "force"),
    ("together", "Forces on all points, added up", "sum"),
)
STEADY = 0.1  # a power below this is no growth


def show(setup: Setup, *, phone: bool) -> None:
    """Draw loss and forces of all forms over the size of the batch."""
    losses = [(spec.key, setup.of(spec)) for spec in FORMS.values()]
    batch = {name: setup.scene[name] for name in ("users", "seed", "spread")}
    told = frame.attempt(lambda: cached.growth(losses, batch), theme.HEIGHT["line"])
    if told is None:
        return
    batch_said = setting((USERS, SPREAD, SEED), setup.scene)
    subtitle = f"{batch_said} · {setting(PARAMETERS, setup.values)}"
    columns = st.columns(len(NUMBERS), gap="small")
    for (name, title, y_title), column in zip(NUMBERS, columns, strict=True):
        lines = [(form, COLOURS[form], getattr(one, name)) for form, one in zip(FORMS, told, strict=True)]
        with column:
            figure = draw(told[0].size, lines, title=title, subtitle=subtitle, y_title=y_title)
            plot.draw(figure, f"growth-{name}")
    _table(told, phone=phone)
    for sentence in sentences(dict(zip(FORMS, told, strict=True))):
        st.markdown(sentence)
    st.caption(
        "Each number is the mean of several batches drawn alike. Weights that all points share feel the forces added "
        "up: where those grow with the batch, the best learning rate shrinks with it."
    )


def _table(told: Sequence[Growth], *, phone: bool) -> None:
    """Show the reported loss at some sizes, and the power of the size that each number grows with."""
    sizes = [int(size) for size in told[0].size if size in SHOWN]
    rows = []
    for form, one in zip(FORMS, told, strict=True):
        at = [f"{one.loss[np.flatnonzero(one.size == size)[0]]:.3g}" for size in sizes]
        powers = [f"{_power(one, name):.2f}" for name, _, _ in NUMBERS]
        rows.append(score_table.Row(form, [*at, *powers], COLOURS[form]))
    table.show(("loss at B =", *map(str, sizes), "power of B: loss", "force", "sum of forces"), rows, phone=phone)


def sentences(told: Mapping[str, Growth]) -> list[str]:
    """Return in words which forms grow with the batch and which do not."""
    powers = {form: _power(one, "loss") for form, one in told.items()}
    growing = [form for form, power in powers.items() if power > STEADY]
    steady = [form for form, power in powers.items() if abs(power) <= STEADY]
    said = []
    if growing:
        first = told[growing[0]]
        times = first.loss[-1] / first.loss[first.size == FITTED_FROM][0]
        said.append(
            f"**{', '.join(growing)}**: the loss grows with the batch, {times:.3g}-fold from {FITTED_FROM} points to "
            f"{first.size[-1]:,}; so do the forces added up."
        )
    if steady:
        said.append(f"**{', '.join(steady)}**: the loss keeps its size, whatever the batch.")
    return said


def _power(one: Growth, name: str) -> float:
    return exponent(one.size, getattr(one, name))
