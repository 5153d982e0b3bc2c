"""What a run has told so far, as one array a number: what curves are drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.training.snapshot import Snapshot
from explorer.training.together import Step

MOST_POINTS = 500


@dataclass(frozen=True, eq=False)
class History:
    """One run by epoch; long runs are thinned evenly, the last epoch kept.

    Attributes
    ----------
    epoch, loss, val_loss : ndarray of shape (point,)
        As in `Snapshot`.
    metrics, terms : dict of str to ndarray of shape (point,)
        As in `Snapshot`; NaN where an epoch has no such score.
    last : Snapshot or None
        The newest epoch, None before the first.
    sentence : str
        Why the run ended early, empty otherwise.
    """

    epoch: NDArray[np.int64]
    loss: NDArray[np.float64]
    val_loss: NDArray[np.float64]
    metrics: Mapping[str, NDArray[np.float64]]
    terms: Mapping[str, NDArray[np.float64]]
    last: Snapshot | None
    sentence: str


def histories(steps: Sequence[Step], count: int) -> list[History]:
    """Return the history of each of ``count`` runs from the steps of them all.

    Parameters
    ----------
    steps : sequence of Step
        As `explorer.training.together.together` yields them.
    count : int
        How many runs there are.
    """
    return [_history([step for step in steps if step.which == which]) for which in range(count)]


def _history(steps: Sequence[Step]) -> History:
    snapshots = [step.snapshot for step in steps if step.snapshot]
    sentence = next((step.sentence for step in steps if step.sentence), "")
    places = np.unique(np.linspace(0, len(snapshots) - 1, min(len(snapshots), MOST_POINTS)).round().astype(int))
    kept = [snapshots[place] for place in places]
    last = snapshots[-1] if snapshots else None
    return History(
        epoch=np.array([snapshot.epoch for snapshot in kept], dtype=np.int64),
        loss=np.array([snapshot.loss for snapshot in kept]),
        val_loss=np.array([snapshot.val_loss for snapshot in kept]),
        metrics={name: _numbers([s.metrics for s in kept], name) for name in (last.metrics if last else ())},
        terms={name: _numbers([s.terms for s in kept], name) for name in (last.terms if last else ())},
        last=last,
        sentence=sentence,
    )


def _numbers(rows: Sequence[Mapping[str, float]], name: str) -> NDArray[np.float64]:
    return np.array([row.get(name, np.nan) for row in rows])
