"""Several losses trained on one task in step: the same initial weights, the same batches, an epoch each in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.spec import LossSpec
from explorer.tasks.task import Task
from explorer.training.run import steps
from explorer.training.snapshot import Snapshot
from explorer.training.turn import in_turn


@dataclass(frozen=True, eq=False)
class Step:
    """What one of the runs says after an epoch, or why it ended before its time.

    Attributes
    ----------
    which : int
        Position of the run.
    snapshot : Snapshot or None
        The end of the epoch; None where the run ended early.
    sentence : str
        Why it ended early, empty otherwise.
    """

    which: int
    snapshot: Snapshot | None
    sentence: str = ""

    @property
    def epoch(self) -> int:
        """How far the run has come; 0 where it ended early."""
        return self.snapshot.epoch if self.snapshot else 0


def together(losses: Sequence[tuple[LossSpec, Mapping[str, Any]]], task: Task, **setting: Any) -> Iterator[Step | None]:
    """Yield what each run says, epoch by epoch; None between the chunks of a long epoch.

    Parameters
    ----------
    losses : sequence of (LossSpec, dict)
        What is compared, with parameter values.
    task : Task
        What all of them are trained on.
    **setting
        As for `explorer.training.run`, the same for all.

    Raises
    ------
    ValueError
        If a value or a setting is refused.
    """
    for turn in in_turn([steps(spec, values, task, **setting) for spec, values in losses]):
        if turn is None:
            yield None
        else:
            which, told = turn
            yield Step(which, None, told) if isinstance(told, str) else Step(which, told)
