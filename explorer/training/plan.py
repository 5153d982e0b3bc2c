"""What a step is compiled for: code and shapes. All else that differs between runs is an argument of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from explorer.spec import LossSpec
from explorer.tasks.task import Batch, Task

Shape: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What a step is compiled for; runs whose plans are equal share one step.

    Attributes
    ----------
    spec : LossSpec
        The loss; another object is another loss, whatever its key.
    architecture, optimizer : str
        The model and the optimizer.
    batch_size, samples, scored, kept : int
        Samples of a full batch, and of the training, validation and test part.
    row : tuple of shape
        Shapes of what belongs to one sample: x, y_true and each context tensor of the loss.
    theta : tuple of shape
        Shapes of the parameters of the loss.
    from_logits : bool
        Whether the model says logits.
    build : callable
        Makes the model.
    """

    spec: LossSpec
    architecture: str
    optimizer: str
    batch_size: int
    samples: int
    scored: int
    kept: int
    row: tuple[Shape, ...]
    theta: tuple[Shape, ...]
    from_logits: bool
    build: Callable[[int], Any] = field(compare=False)

    @property
    def batches(self) -> int:
        """Full batches of an epoch; a shorter last one may come on top."""
        return self.samples // self.batch_size


def plan(task: Task, spec: LossSpec, theta: Sequence[Any], optimizer: str, batch_size: int) -> Plan:
    """Return the plan for a task, a loss and its parameters as tensors."""
    return Plan(
        spec=spec,
        architecture=task.architecture,
        optimizer=optimizer,
        batch_size=min(batch_size, len(task.train)),
        samples=len(task.train),
        scored=len(task.validation),
        kept=len(task.test),
        row=tuple(array.shape[1:] for array in arrays(task.train, spec)),
        theta=tuple(tuple(tensor.shape) for tensor in theta),
        from_logits=task.from_logits,
        build=task.build,
    )


def arrays(batch: Batch, spec: LossSpec) -> list[NDArray[np.float32]]:
    """Return what a loss needs of a batch: x, y_true and its context, in order."""
    return [batch.x, batch.y_true, *(batch.context[name] for name in spec.context)]
