"""Whether there is a gradient, and where it is exactly zero."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.doctor.report import Finding, percent
from explorer.doctor.subject import Subject
from explorer.surface import Surface

NAME = "gradient"
SMALL = 0.005  # a smaller share of dead area is not worth a warning


def check(subject: Subject) -> Finding:
    """Say whether there is a gradient; the number is the share of the plane where it is exactly zero."""
    if not subject.has_gradient:
        return Finding(NAME, "fail", "There is no gradient here, so no optimiser can learn from this loss.")
    mask = dead(subject.surface)
    share = area(mask, subject.inside)
    if share == 1:
        return Finding(NAME, "fail", "The slope is exactly 0 on the whole plane, so nothing is learnt.", None, 1.0)
    if share > SMALL:
        rows, columns = np.nonzero(mask)
        middle = int(np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2))
        where = float(subject.surface.x[columns[middle]]), float(subject.surface.y[rows[middle]])
        sentence = f"The slope is exactly 0 on {percent(share)} of the plane, so nothing is learnt there."
        return Finding(NAME, "warn", sentence, where, share)
    for axis, slope in ((subject.plane.x, subject.surface.slope_x), (subject.plane.y, subject.surface.slope_y)):
        if not np.isfinite(slope).any():
            return Finding(NAME, "warn", f"There is no gradient along {axis.label}.", None, share)
    return Finding(NAME, "ok", "There is a gradient on the whole plane.", None, share)


def dead(surface: Surface) -> NDArray[np.bool_]:
    """Return where both slopes are exactly zero, ``(ny, nx)``; a missing slope does not count."""
    return np.asarray((surface.slope_x == 0) & (surface.slope_y == 0))


def area(mask: NDArray[np.bool_], inside: NDArray[np.bool_]) -> float:
    """Return the share of the plane that a mask covers: of its cells, those with all four corners in the mask.

    Counting nodes would call a minimum or an edge dead, which have no area.
    """
    cells = _all_corners(inside)
    return float((_all_corners(mask) & cells).sum() / max(1, cells.sum()))


def _all_corners(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return mask[1:, 1:] & mask[1:, :-1] & mask[:-1, 1:] & mask[:-1, :-1]
