"""What a run has told so far, epoch by epoch for each of the compared losses; each epoch is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from explorer.training.snapshot import Snapshot
from explorer.ui.trial import Trial

Look = TypeVar("Look")


class Epochs(Generic[Look]):
    """Looks at the epochs of a run, kept for as long as the run is.

    Parameters
    ----------
    count : int
        How many losses are compared.
    look : callable
        ``look(snapshot)`` returns what is to be kept of an epoch.

    Attributes
    ----------
    looks : list of list
        What was kept, by loss and epoch.
    sentences : dict
        Why a loss ended before its time, by its position.
    """

    def __init__(self, count: int, look: Callable[[Snapshot], Look]) -> None:
        self.looks: list[list[Look]] = [[] for _ in range(count)]
        self.sentences: dict[int, str] = {}
        self._look, self._taken = look, 0

    def take(self, going: Trial) -> None:
        """Look at the epochs that have come since the last time."""
        items = list(going.run.items)
        for step in items[self._taken :]:
            if step.snapshot:
                self.looks[step.which].append(self._look(step.snapshot))
            elif step.sentence:
                self.sentences[step.which] = step.sentence
        self._taken = len(items)

    @property
    def done(self) -> int:
        """The last epoch that any of the losses has come to."""
        return max(map(len, self.looks))

    def at(self, epoch: int) -> list[Look | None]:
        """Return what is kept of an epoch for each loss, as `at` does."""
        return [at(looks, epoch) for looks in self.looks]


def at(looks: Sequence[Look], epoch: int) -> Look | None:
    """Return what is kept of an epoch, of the last one if that came before; None before the first."""
    return looks[min(epoch, len(looks)) - 1] if looks else None
