"""The true mask and the scores that are looked at: two discs, or a person's own PNG for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from explorer.masks.disc import PARAMETERS, Pair, disc
from explorer.masks.image import ImageError, Picture, mask_of, read, scores_of
from explorer.parameters import Value
from explorer.ui import catalogue, controls
from explorer.ui.words import plain, setting

DISC, OWN = "Disc", "Your PNG"
PREFIX = "masks"
KEPT = {"true": "masks.kept.true", "score": "masks.kept.score"}
LABELS = {"true": "True mask · PNG, white is object", "score": "Prediction · PNG, brightness is score"}
MOST_MEGABYTES = 5


@dataclass(frozen=True, eq=False)
class Given:
    """What is looked at.

    Attributes
    ----------
    pair : Pair
        True mask and scores.
    scene : mapping
        Values of `explorer.masks.disc.PARAMETERS`.
    own : bool
        Whether a person's pictures are in it.
    title : str
        What it is, for the second line of pictures.
    notes : tuple of str
        What was done to a person's pictures.
    """

    pair: Pair
    scene: Mapping[str, Value]
    own: bool
    title: str
    notes: tuple[str, ...] = ()

    @property
    def asked(self) -> Pair | None:
        """The pair as the compute process takes it: None where it makes the discs itself."""
        return self.pair if self.own else None


def ask() -> Given:
    """Ask for discs or for two pictures; a picture that cannot be read leaves the one before it in place."""
    if catalogue.one_of("Image", [DISC, OWN], "masks.image") == DISC:
        scene = controls.ask(PARAMETERS, PREFIX)
        return Given(disc(scene), scene, own=False, title=setting(PARAMETERS, scene))
    scene = {part.name: part.default for part in PARAMETERS}
    true, score = (_kept(part) for part in KEPT)
    stand_in, notes = disc(scene), ()
    mask = stand_in.true
    if true:
        mask, notes = mask_of(true)
    scores, more = scores_of(score or Picture(stand_in.score, ()), mask.shape)
    missing = [word for word, one in (("true mask", true), ("prediction", score)) if one is None]
    if missing:
        st.caption(f"No {' and no '.join(missing)} yet: a disc stands in.")
    said = (*notes, *(more if score else ()))
    for word, sentences in (("True mask", notes), ("Prediction", more if score else ())):
        if sentences:
            st.caption(plain(f"{word}: {' '.join(sentences)}"))
    title = f"your PNG, {mask.shape[1]} × {mask.shape[0]} pixels" if true or score else "two discs"
    return Given(Pair(mask, scores), scene, own=True, title=title, notes=said)


def _kept(part: str) -> Picture | None:
    """Ask for a picture and return the last one that could be read."""
    upload = st.file_uploader(LABELS[part], type=["png"], key=f"masks.upload.{part}", max_upload_size=MOST_MEGABYTES)
    if upload is not None:
        try:
            st.session_state[KEPT[part]] = read(upload.getvalue())
        except ImageError as error:
            st.error(plain(str(error)), icon=":material/error:")
    kept: Picture | None = st.session_state.get(KEPT[part])
    return kept
