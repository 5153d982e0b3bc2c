"""What the board holds: the forms with their numbers, the points of the batch, and how they are let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.losses.pairwise import EPSILON, MARGIN
from explorer.pairs import batch as points
from explorer.pairs import drift
from explorer.pairs.batch import Batch, draw, moved
from explorer.parameters import Value, clean
from explorer.spec import LossSpec, Preset
from explorer.ui import controls
from explorer.ui.pairs.rivals import COLOURS, FORMS
from explorer.ui.words import setting

PREFIX = "pairs"
FORMS_KEY = f"{PREFIX}.forms"
FIRST = ("published", "contrastive")
PARAMETERS = (EPSILON, MARGIN)
SCENE, PULL = points.PARAMETERS[:5], points.PARAMETERS[5:]
HOW = drift.PARAMETERS
EXTREMES = (
    Preset(title="1 user", story="No strangers, so nothing pushes.", scene={"users": 1, "each": 8}),
    Preset(title="Strangers", story="No friends, so nothing pulls.", scene={"users": 6, "each": 1}),
    Preset(
        title="Equal points",
        story="All points of a user are one: the root of 0 has no slope.",
        scene={"users": 3, "each": 4, "spread": 0.0},
    ),
)


@dataclass(frozen=True, eq=False)
class Setup:
    """A batch and the forms that are compared on it.

    Attributes
    ----------
    specs : sequence of LossSpec
        The forms.
    values : mapping
        Parameters of all forms.
    scene : mapping
        How the batch is drawn, and which point moves.
    how : mapping
        Optimizer, learning rate and steps.
    batch : Batch
        The points.
    drawn : tuple of float
        Where the point that moves was before it was pulled.
    moving : int
        Its place, from 0.
    """

    specs: Sequence[LossSpec]
    values: Mapping[str, Value]
    scene: Mapping[str, Value]
    how: Mapping[str, Value]
    batch: Batch
    drawn: tuple[float, float]
    moving: int

    def of(self, spec: LossSpec) -> dict[str, Value]:
        """Return those values that a form takes."""
        return {parameter.name: self.values[parameter.name] for parameter in spec.parameters}

    @property
    def losses(self) -> list[tuple[str, dict[str, Value]]]:
        """The forms as the compute process takes them."""
        return [(spec.key, self.of(spec)) for spec in self.specs]

    @property
    def asked(self) -> tuple[Any, ...]:
        """All that decides where the points go."""
        return self.losses, dict(self.scene), dict(self.how)

    @property
    def title(self) -> str:
        """The numbers of the batch, for the second line of pictures."""
        users, each, spread = (float(self.scene[name]) for name in ("users", "each", "spread"))  # type: ignore[arg-type]
        count = len(self.batch.ids)
        return f"{users:g} × {each:g} = {count} points · σ = {spread:g} · seed {self.scene['seed']:g}"

    def numbers(self, spec: LossSpec) -> str:
        """Return the numbers of a form, for titles."""
        return setting(spec.parameters, self.of(spec))

    def colour(self, spec: LossSpec) -> str:
        """Return the colour of a form."""
        return COLOURS[spec.form]


def ask_forms() -> list[LossSpec]:
    """Ask which forms are compared; the first ones where a person has chosen none."""
    chosen = st.pills(
        "Forms", list(FORMS), selection_mode="multi", default=list(FIRST), key=FORMS_KEY, bind="query-params"
    )
    return [FORMS[form] for form in FORMS if form in (chosen or FIRST)]


def ask_values() -> dict[str, Value]:
    """Ask for ε and the margin."""
    return controls.ask(PARAMETERS, PREFIX)


def ask(specs: Sequence[LossSpec], values: Mapping[str, Value]) -> Setup:
    """Ask for the batch, for the point that moves, and for the optimizer."""
    scene = controls.ask(SCENE[:4], PREFIX)
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        scene[SCENE[4].name] = controls.widget(SCENE[4], f"{PREFIX}.{SCENE[4].name}")
    with right, st.popover("Pull · descend", width="stretch", help="Where the point is pulled, and the optimizer."):
        scene |= controls.ask(PULL, PREFIX)
        how = controls.ask(HOW, PREFIX)
    return arrange(specs, values, scene, how)


def arrange(
    specs: Sequence[LossSpec], values: Mapping[str, Value], scene: Mapping[str, Value], how: Mapping[str, Value]
) -> Setup:
    """Return the setup of these values."""
    users, each, spread, seed, moving, right, up = (float(scene[p.name]) for p in points.PARAMETERS)  # type: ignore[arg-type]
    drawn = draw(users, each, seed=seed, spread=spread)
    batch, place = moved(drawn, moving, right, up)
    x, y = map(float, drawn.points[place])
    return Setup(specs, values, scene, clean(HOW, how), batch, (x, y), place)


def presets(spec: LossSpec, values: Mapping[str, Value], scene: Mapping[str, Value]) -> None:
    """Show the named settings of a form, and the extremes of a batch; the one that holds now is marked."""
    choices = (*spec.presets, *EXTREMES)
    now = {**values, **scene}
    holding = next((one for one in choices if all(now[n] == v for n, v in _all(one).items())), None)
    controls.presets(choices, holding, f"{PREFIX}.presets", lambda one: controls.set_values(PREFIX, _all(one)))


def _all(preset: Preset) -> dict[str, Any]:
    """Return what a preset sets: a batch that is not pulled, and spread out unless it says otherwise."""
    usual = {part.name: part.default for part in (points.SPREAD, points.RIGHT, points.UP)}
    return {**usual, **preset.values, **preset.scene}


def reset() -> None:
    """Set everything to its default; for a button's callback."""
    controls.set_values(PREFIX, {part.name: part.default for part in (*PARAMETERS, *points.PARAMETERS, *HOW)})
    controls.set_value(FORMS_KEY, list(FIRST))
