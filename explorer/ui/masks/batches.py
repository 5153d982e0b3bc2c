"""Dice image by image against Dice over the whole batch: what each image gets of the loss and of the gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from explorer import theme
from explorer.figures import mask as pictures
from explorer.masks.batch import Reduction, batch
from explorer.masks.look import BATCH
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui import cached, controls, frame, plot, score_table
from explorer.ui.masks import forms
from explorer.ui.masks.source import Given

WAYS = "per image", "over the batch"
SHOWN_FIRST = ("soft", "squared", "sharp")


def draw(given: Given, specs: Sequence[LossSpec], values: Mapping[str, Value], *, phone: bool) -> None:
    """Draw a small batch, what each form makes of it in both ways, and the gradients of one form."""
    asked = forms.asked(specs, values)
    images = batch(given.pair, given.scene)
    found = frame.attempt(lambda: cached.masks(BATCH, asked, given.scene, given.asked), theme.HEIGHT["small triangle"])
    if found is None:
        return
    true, score = (np.stack([getattr(pair, part) for pair in images.values()]) for part in ("true", "score"))
    left, right = st.columns([1, 1.25], gap="small")
    with left:
        figure = pictures.strip(
            score, true=true, titles=list(images), title="A batch of four", subtitle=given.title, width=460
        )
        plot.draw(figure, "batch")
    with right:
        _table(list(images), specs, found)
    _gradients(list(images), true, specs, found, values, phone=phone)


def _table(names: Sequence[str], specs: Sequence[LossSpec], found: Sequence[Reduction]) -> None:
    """Show the loss of each image, their mean, and the loss of the batch as one image."""
    rows = [
        score_table.Row(
            forms.NAMES[spec.key],
            [*(f"{one:.3g}" for one in told.each), f"{told.mean:.3g}", f"{told.whole:.3g}"],
            forms.STYLES[spec.key][0],
        )
        for spec, told in zip(specs, found, strict=True)
    ]
    score_table.show(("loss", *names, "mean", "over the batch"), rows)


def _gradients(
    names: Sequence[str],
    true: NDArray[Any],
    specs: Sequence[LossSpec],
    found: Sequence[Reduction],
    values: Mapping[str, Value],
    *,
    phone: bool,
) -> None:
    """Draw the gradient of one form for each image, in both ways, on one scale."""
    known = {forms.NAMES[spec.key]: (spec, told) for spec, told in zip(specs, found, strict=True) if told.shares}
    if not known:
        st.info("None of the chosen forms has a gradient; choose soft Dice to see how the two ways differ.")
        return
    options = sorted(known, key=lambda name: name not in SHOWN_FIRST)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Gradient of", width="content")
        name = controls.switch("Gradient of", options, "masks.reduced." + "|".join(options), width="content")
        st.caption("Above each image: its share of the whole gradient", width="content")
    spec, told = known[name]
    most = max(2 / true.size, float(np.abs(told.slope_whole).max()))
    for way, slopes, shares in zip(WAYS, (told.slope_mean, told.slope_whole), told.shares, strict=True):
        places = [place for _ in range(2 if phone else 1) for place in st.columns(2 if phone else 4, gap="small")]
        for place, called, slope, mask, share in zip(places, names, slopes, true, shares, strict=True):
            figure = pictures.gradient_map(
                slope,
                true=mask,
                reach=most,
                title=f"{called}: {share:.1%}",
                subtitle=" · ".join(filter(None, (way, name, forms.numbers(spec, values)))),
                colour=forms.STYLES[spec.key][0],
                narrow=True,
            )
            with place:
                plot.draw(figure, f"batch-{way}-{called}".replace(" ", "-"))
