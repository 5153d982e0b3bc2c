"""What a page asks about losses of masks, in one question for each of its views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.masks.batch import batch, reductions
from explorer.masks.disc import Pair, disc
from explorer.masks.gradient import Losses, pulls
from explorer.masks.sweep import WAYS, along, shifted
from explorer.parameters import Value

IMAGE, SWEEPS, BATCH = "image", "sweeps", "batch"


def look(view: str, losses: Losses, scene: Mapping[str, Value], pair: Pair | None = None) -> Any:
    """Return what one view shows of losses at a disc, or at a person's own pair of mask and scores.

    Parameters
    ----------
    view : str
        ``image`` gives a list of `Pull`, ``sweeps`` a `MaskSweep` for each way, ``batch`` a list of `Reduction`.
    losses : sequence of (LossSpec, mapping)
        What is compared, with parameter values.
    scene : mapping
        Values of `explorer.masks.disc.PARAMETERS`.
    pair : Pair, optional
        Mask and scores; the disc of the scene where it is not given.

    Raises
    ------
    ValueError
        If there is no such view, or a value is refused.
    """
    shown = disc(scene) if pair is None else pair
    if view == IMAGE:
        return pulls(losses, shown)
    if view == SWEEPS and pair is None:
        return {way: along(losses, scene, way) for way in WAYS}
    if view == SWEEPS:
        return {"offset": shifted(losses, shown)}
    if view == BATCH:
        return reductions(losses, batch(shown, scene))
    raise ValueError(f"There is no view {view[:40]!r}; there are {IMAGE}, {SWEEPS} and {BATCH}.")
