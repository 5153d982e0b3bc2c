"""Runs that take turns: each goes on until it has something to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from explorer.training.snapshot import TrainingError

Told = TypeVar("Told")


def in_turn(runs: Sequence[Iterator[Told | None]]) -> Iterator[tuple[int, Told | str] | None]:
    """Yield what each run tells with its position, the runs in turn.

    A run that ends before its time tells why, as one sentence, and the others go on. None is passed on: it says that
    a caller may do something else in between.
    """
    going = dict(enumerate(runs))
    while going:
        for which, run in list(going.items()):
            try:
                while (told := next(run)) is None:
                    yield None
                yield which, told
            except StopIteration:
                del going[which]
            except TrainingError as error:
                del going[which]
                yield which, str(error)
