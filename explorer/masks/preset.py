"""Named scenes of masks, each with what it shows."""

from __future__ import annotations

from explorer.losses.dice import SMOOTH
from explorer.masks.disc import OFFSET, RADIUS, TRUE_RADIUS
from explorer.spec import Preset


def _preset(title: str, story: str, smooth: float, true_radius: float, radius: float, offset: float) -> Preset:
    scene = {TRUE_RADIUS.name: true_radius, RADIUS.name: radius, OFFSET.name: offset}
    return Preset(title=title, story=story, values={SMOOTH.name: smooth}, scene=scene)


PRESETS = (
    _preset(
        "Half right",
        "The discs overlap: each form knows where to go but the hard one, which has no gradient at all.",
        1e-5, 8.0, 7.0, 5.0,
    ),
    _preset(
        "Missed",
        "The discs do not touch: Dice is at its worst and nearly flat, only the cross entropy still pulls hard.",
        1e-5, 5.0, 5.0, 13.0,
    ),
    _preset(
        "Empty mask",
        "Nothing is there to find: with a small s any false alarm costs all, and no gradient of Dice leads back.",
        1e-5, 0.0, 4.0, 0.0,
    ),
    _preset(
        "Empty mask, s = 100",
        "A large s makes a false alarm cost the more the larger it is: the gradient is back.",
        100.0, 0.0, 4.0, 0.0,
    ),
)  # fmt: skip
