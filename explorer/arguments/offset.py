"""The offset experiment: the same network trained with several constants on top of its loss, from one seed."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.losses.offset_crossentropy import OFFSET, OFFSET_CROSSENTROPY
from explorer.tasks.digits import MNIST, Digits, DigitsError, digits
from explorer.training import run
from explorer.training.run import Run

FETCH_LIMIT = 120.0  # seconds that MNIST may take
PAUSE = 0.02

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Sheet:
    """What is trained on, and the few images that are shown.

    Attributes
    ----------
    offsets : tuple of float
        The constants, 0 among them, from small to large.
    images : ndarray of float32, shape (shown, side, side)
        Held-out images.
    truth : ndarray of int, shape (shown,)
        The digits on them.
    trained, held_out : int
        How many images are trained on, and how many the scores are of.
    """

    offsets: tuple[float, ...]
    images: NDArray[np.float32]
    truth: NDArray[np.intp]
    trained: int
    held_out: int
    epoch: int = 0


@dataclass(frozen=True, eq=False)
class Standing:
    """All runs at the end of an epoch, one entry for each offset.

    Attributes
    ----------
    epoch : int
        Number of the epoch.
    loss, val_loss, accuracy : ndarray of float64, shape (offset,)
        Mean loss of the epoch, loss of the held-out images, and the share of them that is read right.
    prediction : ndarray of float32, shape (offset, shown, 10)
        Probabilities of the shown images.
    apart : ndarray of float64, shape (offset,)
        Largest difference of a weight from the run without offset.
    same : ndarray of bool, shape (offset,)
        Whether all weights have the very bits of the run without offset.
    weights : int
        How many weights were compared.
    """

    epoch: int
    loss: NDArray[np.float64]
    val_loss: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    prediction: NDArray[np.float32]
    apart: NDArray[np.float64]
    same: NDArray[np.bool_]
    weights: int


def offsets(offset: Sequence[float], images: str, **setting: Any) -> Iterator[Sheet | Standing | None]:
    """Train the network once with each offset, all from the same first weights with the same batches.

    Parameters
    ----------
    offset : sequence of float
        The constants; 0 is always among them.
    images : str
        "Digits", which come with the project, or "MNIST".
    **setting
        As for `explorer.training.run`.

    Returns
    -------
    iterator of Sheet, Standing or None
        First what is trained on, then a standing an epoch; None where a caller may do something else.

    Raises
    ------
    ValueError
        If a value or a setting is refused, MNIST cannot be had, or a run diverges: one plain sentence.
    """
    given = compared(offset)
    task = (yield from _fetched()) if images == MNIST else digits(images)
    yield Sheet(given, task.images, task.truth, len(task.train), len(task.validation))
    runs = [run(OFFSET_CROSSENTROPY, {OFFSET.name: constant}, task, **setting) for constant in given]
    yield from _advance(runs, given.index(0.0))


def compared(offset: Sequence[float]) -> tuple[float, ...]:
    """Return the constants that are compared: each once, from small to large, 0 among them."""
    return tuple(sorted({0.0, *(OFFSET.clean(constant) for constant in offset)}))


def _advance(runs: Sequence[Run], plain: int) -> Iterator[Standing | None]:
    for _ in range(runs[0].setting.epochs):
        told = []
        for one in runs:
            while (snapshot := next(one.steps)) is None:
                yield None
            told.append(snapshot)
        flat = [np.concatenate([weight.ravel() for weight in one.weights]) for one in runs]
        yield Standing(
            epoch=told[0].epoch,
            loss=np.array([snapshot.loss for snapshot in told]),
            val_loss=np.array([snapshot.val_loss for snapshot in told]),
            accuracy=np.array([snapshot.metrics["accuracy"] for snapshot in told]),
            prediction=np.stack([snapshot.prediction for snapshot in told]),
            apart=np.array([np.abs(weights.astype("float64") - flat[plain]).max() for weights in flat]),
            same=np.array([weights.tobytes() == flat[plain].tobytes() for weights in flat]),
            weights=flat[plain].size,
        )


def _fetched() -> Generator[None, None, Digits]:
    """Return MNIST, fetched beside all else that goes on."""
    try:
        return (yield from within(FETCH_LIMIT, lambda: digits(MNIST)))
    except TimeoutError:
        raise DigitsError(
            f"MNIST could not be fetched in {FETCH_LIMIT:.0f} seconds; the shipped digits need no network."
        ) from None


def within(seconds: float, work: Callable[[], Result]) -> Generator[None, None, Result]:
    """Return what some work that waits for a network returns, done in a thread of its own; yields None meanwhile.

    Raises
    ------
    TimeoutError
        If it takes longer.
    """
    done: list[Result] = []
    failed: list[BaseException] = []

    def attempt() -> None:
        try:
            done.append(work())
        except Exception as error:  # noqa: BLE001 - raised again where the caller can hear it
            failed.append(error)

    thread = Thread(target=attempt, daemon=True, name="fetch")
    thread.start()
    end = time.monotonic() + seconds
    while thread.is_alive():
        if time.monotonic() > end:
            raise TimeoutError
        thread.join(PAUSE)
        yield None
    for error in failed:
        raise error
    return done[0]
