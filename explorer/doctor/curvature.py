"""Which way the loss bends, from differences of its exact slopes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Finding, percent
from explorer.doctor.subject import Subject
from explorer.surface import Surface

NAME = "curvature"
FLAT = 1e-6  # of the strongest bend: less is rounding


def check(subject: Subject) -> Finding:
    """Say how much of the plane is convex; the number is that share."""
    if not subject.has_gradient:
        return Finding(NAME, "warn", "There is no slope, so no bend to measure.")
    bend = sign(subject.surface)
    convex, down, flat = (float((bend[subject.inside] == kind).mean()) for kind in (1, -1, 0))
    sentence = (
        f"The loss is bent upwards on {percent(convex)} of the plane, downwards somewhere on {percent(down)} of it, "
        f"and straight on {percent(flat)}."
    )
    return Finding(NAME, "ok", sentence, None, convex)


def sign(surface: Surface) -> NDArray[np.int8]:
    """Return the sign of the curvature, ``(ny, nx)``: +1 convex, −1 concave or a saddle, 0 straight or not known.

    The second derivatives are differences of the exact slopes; the sign is that of the lower eigenvalue, unless it
    is 0 and the other is not.
    """
    xy, xx = np.gradient(surface.slope_x, surface.y, surface.x)
    yy, yx = np.gradient(surface.slope_y, surface.y, surface.x)
    mixed = (xy + yx) / 2
    middle, spread = (xx + yy) / 2, np.hypot((xx - yy) / 2, mixed)
    low, high = (np.nan_to_num(part, nan=0.0, posinf=0.0, neginf=0.0) for part in (middle - spread, middle + spread))
    flat = FLAT * max(np.abs(low).max(), np.abs(high).max())
    return np.where(low < -flat, -1, np.where(high > flat, 1, 0)).astype(np.int8)
