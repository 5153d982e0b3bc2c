"""One image under each form: the scores, and in which direction each form pulls each pixel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures import mask as pictures
from explorer.figures.frame import shown
from explorer.masks.gradient import Pull, reach
from explorer.masks.look import IMAGE
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui import cached, frame, plot
from explorer.ui.masks import forms
from explorer.ui.masks.source import Given

ACROSS, PHONE = 4, 2
DEAD = 1e-2  # of the shared scale: a gradient below it is drawn as none


def draw(given: Given, specs: Sequence[LossSpec], values: Mapping[str, Value], *, phone: bool) -> None:
    """Draw the scores with the true mask, and beside them a map for each form, all on one scale."""
    asked = forms.asked(specs, values)
    found = frame.attempt(lambda: cached.masks(IMAGE, asked, given.scene, given.asked), theme.HEIGHT["small triangle"])
    if found is None:
        return
    places = _places(1 + len(specs), PHONE if phone else ACROSS)
    true, score = given.pair
    with places[0]:
        figure = pictures.scores(score, true=true, title="Predicted scores", subtitle=given.title, narrow=True)
        plot.draw(figure, "masks-scores")
    most = reach(found)
    for place, spec, pull in zip(places[1:], specs, found, strict=True):
        figure = pictures.gradient_map(
            pull.slope,
            true=true,
            reach=most,
            title=f"{forms.NAMES[spec.key]}: loss {shown(pull.value)}",
            subtitle=forms.numbers(spec, values),
            colour=forms.STYLES[spec.key][0],
            narrow=True,
        )
        with place:
            plot.draw(figure, f"masks-{spec.key}")
    st.caption(_words(specs, found, most))


def _places(count: int, across: int) -> list[st.delta_generator.DeltaGenerator]:
    rows = [st.columns(across, wrap=False, gap="small") for _ in range(0, count, across)]
    return [place for row in rows for place in row][:count]


def _words(specs: Sequence[LossSpec], found: Sequence[Pull], most: float) -> str:
    """Return what the maps show, in words."""
    said = ["Orange: a step raises the score; blue: it lowers it. All maps share one scale"]
    names = {spec.key: forms.NAMES[spec.key] for spec in specs}
    none = [names[spec.key] for spec, pull in zip(specs, found, strict=True) if pull.slope is None]
    weak = [
        names[spec.key]
        for spec, pull in zip(specs, found, strict=True)
        if pull.slope is not None and np.abs(pull.slope).max() < DEAD * most
    ]
    if none:
        said.append(f"{' and '.join(none)}: no gradient at all, the comparison with θ lets none pass")
    if weak:
        said.append(f"{' and '.join(weak)}: a gradient too small to be seen here")
    by_key = dict(zip(names, found, strict=True))
    both = [by_key.get(key) for key in ("binary-ce", "bce-dice-published")]
    if both[0] and both[1] and both[0].slope is not None and both[1].slope is not None:
        gap = float(np.abs(both[0].slope - both[1].slope).max())
        said.append(f"largest difference between the maps of BCE and BCE + hard: {gap:g}")
    return ". ".join(part[0].upper() + part[1:] for part in said) + "."
