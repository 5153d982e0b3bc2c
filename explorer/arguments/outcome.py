"""What became of a way."""

from __future__ import annotations

from dataclasses import dataclass

QUESTIONS = {
    "trains": "trains",
    "follows": "follows a number",
    "variable": "follows a Variable",
    "saves": "saves",
    "loads": "loads",
    "right": "loads right",
}


@dataclass(frozen=True)
class Finding:
    """One answer about a way.

    Attributes
    ----------
    verdict : bool or None
        Yes, no, or neither: it could not be asked.
    sentence : str
        What was measured, or what Keras said.
    """

    verdict: bool | None
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """All answers about a way.

    Attributes
    ----------
    key : str
        The way.
    trains : Finding
        Whether the loss falls.
    follows, variable : Finding
        Whether the loss follows a change of its argument without a retrace: a plain number, a `keras.Variable`.
    saves, loads, right : Finding
        Whether a file is written, whether `keras.models.load_model` reads it in a fresh process, and whether the model
        from the file has the loss of the model that was saved.
    seconds : float
        How long it all took.
    """

    key: str
    trains: Finding
    follows: Finding
    variable: Finding
    saves: Finding
    loads: Finding
    right: Finding
    seconds: float
