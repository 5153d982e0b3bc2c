"""Whether being right is the cheapest."""

from __future__ import annotations

from math import hypot

import numpy as np

from explorer.doctor.report import Finding, spot, written
from explorer.doctor.subject import Subject

NAME = "target"
# In diagonals of the plane: what is nearer cannot be told from the target, what is further off is a failing.
TOLD, FAR = 1e-4, 1e-2


def check(subject: Subject) -> Finding:
    """Say whether the target is the minimiser; the number is the distance of the two."""
    if subject.right is None:
        return Finding(NAME, "ok", "No point of this plane is the target.")
    (target, cost), lowest = subject.right, subject.lowest
    if lowest is None or not np.isfinite(cost):
        return Finding(NAME, "fail", f"The loss is not finite at the target {spot(target)}.", target)
    distance = hypot(lowest.where[0] - target[0], lowest.where[1] - target[1])
    across, upward = subject.plane.x, subject.plane.y
    share = distance / hypot(across.high - across.low, upward.high - upward.low)
    if share < TOLD:
        return Finding(NAME, "ok", f"The target {spot(target)} is the minimiser.", target, 0.0)
    sentence = (
        f"The minimum lies at {spot(lowest.where)}, {written(distance)} from the target; "
        f"being right costs {written(cost)}."
    )
    return Finding(NAME, "fail" if share > FAR else "warn", sentence, lowest.where, distance)
