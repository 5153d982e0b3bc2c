"""All forms while the predicted disc moves away or grows: where the hard one is a staircase without a slope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from explorer import theme
from explorer.figures import sweep_line as pictures
from explorer.figures.frame import span, span_of_most
from explorer.masks.disc import OFFSET, PARAMETERS, RADIUS, TRUE_RADIUS
from explorer.masks.look import SWEEPS
from explorer.masks.sweep import MaskSweep
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.ui import cached, frame, plot, score_table
from explorer.ui.masks import forms
from explorer.ui.masks.source import Given
from explorer.ui.words import setting

ALARM = "false alarm"
AXES = {"offset": "offset d, px", "radius": "radius r, px", ALARM: "radius r, px"}
TITLES = {
    "offset": "Loss against offset",
    "radius": "Loss against radius",
    ALARM: "Empty mask: loss against the false alarm's radius",
}
SPEAKS_OF = {"offset": OFFSET, "radius": RADIUS, ALARM: RADIUS}


def draw(given: Given, specs: Sequence[LossSpec], values: Mapping[str, Value]) -> None:
    """Draw the loss of each form along each way, with the numbers where the prediction is now."""
    asked = forms.asked(specs, values)
    found = frame.attempt(lambda: cached.masks(SWEEPS, asked, given.scene, given.asked), theme.HEIGHT["line"])
    if found is None:
        return
    values_of_all = [sweep.value for sweep in found.values()]
    limits = span_of_most(*values_of_all) or span(*values_of_all)
    for column, way in zip(st.columns(2, gap="small"), (way for way in found if way != ALARM), strict=False):
        with column:
            _way(way, found[way], limits, given, specs, values)
    left, right = st.columns([1, 1], gap="small")
    with left:
        if ALARM in found:
            _way(ALARM, found[ALARM], limits, given, specs, values)
        else:
            st.caption("Your pictures are moved by whole pixels; how a loss goes with the radius needs the discs.")
    with right:
        _table(found, given, specs)


def _way(
    way: str,
    sweep: MaskSweep,
    limits: tuple[float, float],
    given: Given,
    specs: Sequence[LossSpec],
    values: Mapping[str, Value],
) -> None:
    lost = ~np.isfinite(sweep.slope).any(axis=1)
    lines = [
        pictures.SweepLine(forms.NAMES[spec.key], *forms.STYLES[spec.key], sweep.value[place], bool(lost[place]))
        for place, spec in enumerate(specs)
    ]
    figure = pictures.sweep_lines(
        sweep.x,
        lines,
        x_title=AXES[way],
        y_title="loss",
        at=_now(way, given),
        limits=limits,
        title=TITLES[way],
        subtitle=f"{_held(way, given)} · {forms.all_numbers(specs, values)}",
    )
    plot.draw(figure, f"masks-{way.replace(' ', '-')}")


def _now(way: str, given: Given) -> float:
    return 0.0 if given.own else float(given.scene[SPEAKS_OF[way].name])


def _held(way: str, given: Given) -> str:
    """Return what stays as it is along a way."""
    if given.own:
        return given.title
    changes = {SPEAKS_OF[way].name} | ({TRUE_RADIUS.name} if way == ALARM else set())
    return setting([part for part in PARAMETERS if part.name not in changes], given.scene)


def _table(found: Mapping[str, MaskSweep], given: Given, specs: Sequence[LossSpec]) -> None:
    """Show for each form the loss where the prediction is now, and the slopes of its own gradient along each way."""
    here = {way: int(np.argmin(np.abs(sweep.x - _now(way, given)))) for way, sweep in found.items()}
    head, columns = [], []
    for way, sweep in found.items():
        value, slope = sweep.value[:, here[way]], sweep.slope[:, here[way]]
        if way != "radius":
            head.append("loss" if way == "offset" else "empty: loss")
            columns.append([f"{one:.3g}" for one in value])
        head.append(f"slope by {way}" if way != ALARM else "empty: slope")
        columns.append([f"{one:.2g}" if np.isfinite(one) else "none" for one in slope])
    rows = [
        score_table.Row(forms.NAMES[spec.key], [column[place] for column in columns], forms.STYLES[spec.key][0])
        for place, spec in enumerate(specs)
    ]
    score_table.show(("now", *head), rows)
    st.caption("Slope: by how much the loss grows per pixel, as its own gradient says. Training sees nothing else.")
