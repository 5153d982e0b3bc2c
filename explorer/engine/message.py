"""What the app and the compute process say to each other: plain data, pickled over a private pipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ask:
    """A question that is answered at once, before any run goes on."""

    number: int
    task: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Start:
    """A run that is stepped, in turn with the others, until it ends."""

    number: int
    task: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Cancel:
    """The run is not stepped again."""

    number: int


@dataclass(frozen=True)
class Ready:
    """The compute process has its libraries and takes work."""


@dataclass(frozen=True)
class Full:
    """The compute process has nothing to do, and more memory than it should: what was compiled is never given back."""


@dataclass(frozen=True)
class Answer:
    """What was asked for."""

    number: int
    result: Any


@dataclass(frozen=True)
class Refusal:
    """The work is refused, or has ended, for a reason that a person can read."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Progress:
    """What a run has yielded since the last time, and whether it is over."""

    number: int
    items: list[Any]
    over: bool = False
