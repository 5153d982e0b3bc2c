"""How steep the loss is, and where it is steepest."""

from __future__ import annotations

import numpy as np

from explorer.doctor.report import Finding, spot, written
from explorer.doctor.subject import Subject

NAME = "slope"


def check(subject: Subject) -> Finding:
    """Say where the slope is largest among the nodes; the number is its length."""
    if not subject.has_gradient:
        return Finding(NAME, "warn", "There is no slope to measure.")
    surface = subject.surface
    length = np.hypot(
        *(np.nan_to_num(part, nan=0.0, posinf=0.0, neginf=0.0) for part in (surface.slope_x, surface.slope_y))
    )
    row, column = np.unravel_index(np.argmax(length), length.shape)
    where = float(surface.x[column]), float(surface.y[row])
    largest = float(length[row, column])
    return Finding(NAME, "ok", f"The largest slope is {written(largest)}, at {spot(where)}.", where, largest)
