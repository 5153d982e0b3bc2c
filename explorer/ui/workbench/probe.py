"""One prediction, typed, slid or clicked, and how its loss comes about."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.losses.arithmetic import Arithmetic, arithmetic
from explorer.losses.crossentropy import HEIGHT
from explorer.parameters import TableValue, Value
from explorer.spec import LossSpec
from explorer.ui import plot, score_table
from explorer.ui.words import plain, short
from explorer.ui.workbench import forms
from explorer.ui.workbench.corner import Corners

KEY = "probe"
DEFAULT = (0.3, 0.28, 0.42)
LONGEST = 60


def ask(names: Sequence[str]) -> tuple[float, ...]:
    """Ask for the probabilities of the two or three classes that are drawn; they add up to 1."""
    text = st.text_input(
        "Probe · probabilities",
        key=KEY,
        bind="query-params",
        placeholder=_text(DEFAULT[: len(names)]),
        max_chars=LONGEST,
        help="Type them, as decimals or as 1/3; move the sliders; or click into a triangle.",
    )
    try:
        shares = _shares(text or "", len(names))
    except ValueError as error:
        st.error(f"{plain(str(error))} The usual point stands instead.")
        shares = _shares("", len(names))
    for place, (column, name) in enumerate(zip(st.columns(max(2, len(names) - 1), wrap=False), names, strict=False)):
        key = f"{KEY}.{place}"
        st.session_state[key] = round(shares[place], 2)
        with column:
            st.slider(f"p {plain(name)}", 0.0, 1.0, step=0.01, key=key, on_change=_slide, args=(place, shares))
    return shares


def _shares(text: str, count: int) -> tuple[float, ...]:
    """Return what was typed, made to add up to 1."""
    parts = [part for part in text.replace(";", ",").split(",") if part.strip()] or list(map(str, DEFAULT))
    numbers = [_number(part) for part in parts[:count]] + [0.0] * (count - len(parts))
    if sum(numbers) <= 0:
        raise ValueError("The probe must hold probabilities, but all of them are 0.")
    return tuple(number / sum(numbers) for number in numbers)


def _number(part: str) -> float:
    """Return a decimal or a fraction such as 1/3."""
    above, _, below = part.partition("/")
    try:
        number = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError, OverflowError):
        number = math.nan
    if not 0 <= number < math.inf:
        raise ValueError(f"The probe must hold probabilities such as 0.3 or 1/3, but holds {part.strip()[:20]!r}.")
    return number


def _text(shares: Sequence[float]) -> str:
    return ", ".join(f"{share:.4g}" for share in shares)


def _slide(place: int, before: Sequence[float]) -> None:
    """Give one class what its slider says, and the others the rest in their old proportion."""
    mine = st.session_state[f"{KEY}.{place}"]
    rest = sum(before) - before[place]
    others = [share / rest if rest else 1 / (len(before) - 1) for share in before]
    st.session_state[KEY] = _text([mine if i == place else (1 - mine) * other for i, other in enumerate(others)])


def to_centre(count: int) -> None:
    """Put the probe where all classes tie; for a button's callback."""
    st.session_state[KEY] = ", ".join([f"1/{count}"] * count)


def follow_click(key: str) -> None:
    """Put the probe where a triangle was clicked; for a picture's callback."""
    point = plot.clicked(key)
    if point:
        top = point["y"] / HEIGHT
        right = point["x"] - top / 2
        shares = [max(share, 0.0) for share in (top, 1 - top - right, right)]
        st.session_state[KEY] = _text([share / sum(shares) for share in shares])


def show(
    spec: LossSpec, beta: Mapping[str, Value], corners: Corners, shares: Sequence[float], weights: TableValue
) -> None:
    """Show how the loss of one prediction comes about, a line for each true class that is drawn.

    Parameters
    ----------
    spec, beta : LossSpec, mapping
        The form, and what any form may take besides the table.
    corners : Corners
        The classes that are drawn.
    shares : sequence of float
        Where the probe is between them.
    weights : tuple of tuple of float
        The table.
    """
    names, p = corners.names, corners.probabilities(shares)
    best = [names[j] for j, share in enumerate(p) if share == max(p)]
    tie = f"a tie of {' and '.join(best)}" if best[1:] else f"predicted {best[0]}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":small[:gray[◎ Probe, {plain(tie)}]]", width="stretch")
        st.button("Centre", key="probe.centre", type="tertiary", on_click=to_centre, args=(len(shares),))
    steps = [arithmetic(spec, forms.of(spec, {**beta, "weights": weights}), p, i) for i in corners.shown]
    rows = [score_table.Row(f"true {names[step.true_class]}", _words(step)) for step in steps]
    score_table.show(("", "cell", "weight and cross entropy", "loss"), rows)


def _words(step: Arithmetic) -> tuple[str, str, str]:
    """Return the cells that count, the steps and the loss."""
    cells = ", ".join(f"W[{step.true_class},{part.column}]" for part in step.parts) if len(step.parts) < 3 else "row"
    products = [
        short(part.weight) if part.share == 1 else f"{part.share:.2f}·{short(part.weight)}" for part in step.parts
    ]
    weight = " + ".join(products)
    if len(step.parts) > 4:
        weight = f"{step.weight:.3g}"
    elif len(step.parts) > 1:
        weight = f"({weight})"
    entropy = f"{step.entropy:.2f}"
    if step.beta is None:
        said = f"{weight} × {entropy}" if step.parts else f"−ln p = {entropy}"
    else:
        said = f"{entropy} + {short(step.beta)} × {weight}"
    return cells or "none", said, score_table.Best(f"{step.total:.2f}")
