"""Real images of handwritten digits, and the small network that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.parameters import Choice
from explorer.tasks.classification import probabilities
from explorer.tasks.task import Batch, Scores, Task

keras: Any = LazyModule("keras")
mnist: Any = LazyModule("keras.datasets.mnist")

FILE = Path(__file__).resolve().parents[2] / "data" / "digits.csv"
SIGNS = "0123456789abcdefg"
DIGITS, MNIST = "Digits", "MNIST"
IMAGES = Choice(
    name="images",
    label="Images",
    options=(DIGITS, MNIST),
    default=DIGITS,
    help="1,797 digits of 8×8 pixels come with the project; MNIST, 70,000 of 28×28, is fetched when it is trained on.",
)
CLASSES, HIDDEN = 10, 64
HELD_OUT = 0.2
SHOWN = 24


class DigitsError(ValueError):
    """Images that cannot be had; the message is one plain sentence."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Digits(Task):
    """The task to read digits; the test part is the few images that are shown.

    Attributes
    ----------
    images : ndarray of float32, shape (shown, side, side)
        Held-out images to be shown, 0 for paper to 1 for ink.
    truth : ndarray of int, shape (shown,)
        The digits on them.
    """

    images: NDArray[np.float32]
    truth: NDArray[np.intp]


def digits(kind: str = DIGITS, seed: int = 0) -> Digits:
    """Return the task to read handwritten digits: pixels → 64 relu → 10 logits.

    Of the shipped digits 80 % are trained on and 20 % held out, drawn by chance; MNIST has parts of its own.

    Parameters
    ----------
    kind : str
        One of `IMAGES`: "Digits" is in ``data/``; "MNIST" is fetched by Keras where this machine does not have it yet.
    seed : int
        Of the split; the model's seed is the run's.

    Returns
    -------
    Digits
        ``x`` (sample, pixel) from 0 to 1, ``y_true`` one-hot (sample, 10); the model says logits, predictions are
        probabilities. The held-out samples are the validation part, the first 24 of them the test part.

    Raises
    ------
    ParameterError
        If there are no such images.
    DigitsError
        If MNIST cannot be fetched.
    """
    if IMAGES.clean(kind) == MNIST:
        return _task(*_mnist())
    pixels, digit = shipped()
    order = np.random.default_rng(seed).permutation(len(digit))
    held = int(HELD_OUT * len(digit))
    train, rest = order[held:], order[:held]
    return _task((pixels[train], digit[train]), (pixels[rest], digit[rest]))


@lru_cache(maxsize=1)
def shipped() -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return the images of ``data/digits.csv``, (1797, 64) from 0 to 1, and the digits on them."""
    lines = FILE.read_text(encoding="ascii").split()[1:]
    signs = np.frombuffer("".join(line[2:] for line in lines).encode(), np.uint8)
    ink = np.zeros(128, np.float32)
    ink[np.frombuffer(SIGNS.encode(), np.uint8)] = np.arange(len(SIGNS)) / (len(SIGNS) - 1)
    pixels, digit = ink[signs].reshape(len(lines), -1), np.array([int(line[0]) for line in lines])
    pixels.setflags(write=False)
    digit.setflags(write=False)
    return pixels, digit


def _mnist() -> tuple[tuple[NDArray[np.float32], NDArray[np.intp]], ...]:
    """Return the two parts of MNIST, as Keras keeps or fetches them."""
    try:
        parts = mnist.load_data()
    except Exception as error:  # noqa: BLE001 - whatever a network does wrong
        raise DigitsError(
            f"MNIST could not be fetched ({_reason(error)}); the shipped digits need no network."
        ) from None
    return tuple(
        (image.reshape(len(image), -1).astype("float32") / 255, digit.astype(np.intp)) for image, digit in parts
    )


def _reason(error: Exception) -> str:
    """Return the last words of what a network says went wrong, in one short line."""
    return " ".join(str(error).split(" -- ")[-1].split()).rstrip(".")[:80] or type(error).__name__


def _task(known: tuple[NDArray[Any], NDArray[Any]], held: tuple[NDArray[Any], NDArray[Any]]) -> Digits:
    count = known[0].shape[1]
    side = round(count**0.5)
    train, validation = (Batch(pixels, np.eye(CLASSES, dtype="float32")[digit]) for pixels, digit in (known, held))
    return Digits(
        key="digits",
        architecture=f"digits-{count}-{HIDDEN}",
        train=train,
        validation=validation,
        test=Batch(validation.x[:SHOWN], validation.y_true[:SHOWN]),
        build=partial(_build, count),
        scores=_scores,
        restore=probabilities,
        from_logits=True,
        images=held[0][:SHOWN].reshape(-1, side, side),
        truth=held[1][:SHOWN],
    )


def _build(pixels: int, seed: int) -> Any:
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((pixels,), name="pixels"),
            keras.layers.Dense(HIDDEN, "relu", kernel_initializer=glorot(seed), name="hidden"),
            keras.layers.Dense(CLASSES, kernel_initializer=glorot(seed + 1), name="logits"),
        ],
        name="digits",
    )


def _scores(part: Batch, prediction: NDArray[Any]) -> Scores:
    """Return the share of digits that are read right."""
    return {"accuracy": float((prediction.argmax(axis=-1) == part.y_true.argmax(axis=-1)).mean())}
