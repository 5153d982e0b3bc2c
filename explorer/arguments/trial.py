"""Trying one way: really trained, its argument changed, saved; and really loaded. Plain Keras, no shortcuts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from explorer.arguments.outcome import Finding
from explorer.arguments.way import BY_KEY, Way
from explorer.arguments.ways.network import CLASSES, FEATURES

SAMPLES = 32
EPOCHS = 5
LONGEST = 200
ROUNDING = 1e-4


def samples() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return 32 fixed samples: features and one-hot labels."""
    random = np.random.default_rng(0)
    x = random.normal(size=(SAMPLES, FEATURES)).astype("float32")
    return x, np.eye(CLASSES, dtype="float32")[(x[:, 0] > 0).astype(int) + (x[:, 1] > 0)]


def try_out(key: str, offset: float, second: float, path: str) -> dict[str, Finding | float]:
    """Train a way, change its argument as a number and as a `keras.Variable`, and save it.

    Parameters
    ----------
    key : str
        The way.
    offset, second : float
        The argument, and what it is changed to.
    path : str
        Where the model is saved.

    Returns
    -------
    dict
        ``trains``, ``follows``, ``variable`` and ``saves``, and ``value``: the loss of the saved model.
    """
    way = BY_KEY[key]
    try:
        model, trains = _trained(way, offset)
    except Exception as error:  # noqa: BLE001 - what Keras says is the finding
        nothing = Finding(None, "There is no trained model.")
        rest = dict.fromkeys(("follows", "variable", "saves"), nothing)
        return {"trains": Finding(False, sentence_of(error)), **rest, "value": 0.0}
    value = loss_of(way, model, offset)
    saves = _saved(model, path)
    follows = _followed(way, model, offset, second, lambda: way.code.change(model, second))
    return {
        "trains": trains,
        "saves": saves,
        "value": value,
        "follows": follows,
        "variable": _variable(way, offset, second),
    }


def load(key: str, path: str, offset: float, handed: float | None = None) -> tuple[float | None, str]:
    """Load a saved model and return its loss on the fixed samples, or None and why not.

    ``handed`` is the argument of the loss that is handed over as ``custom_objects``, where loading asks for it.
    """
    way = BY_KEY[key]
    code: Any = way.code  # imported before anything is loaded: what it registers is known by then
    given = None if handed is None else code.custom_objects(handed)
    try:
        return loss_of(way, keras.models.load_model(path, custom_objects=given), offset), ""
    except Exception as error:  # noqa: BLE001 - what Keras says is the finding
        return None, sentence_of(error)


def loss_of(way: Way, model: Any, offset: Any) -> float:
    """Return the loss that Keras reports for the fixed samples."""
    x, y = way.code.feed(*samples(), offset)
    return float(model.evaluate(x, y, batch_size=SAMPLES, verbose=0))


def epoch(way: Way, model: Any, offset: Any, epochs: int = 1) -> list[float]:
    """Train some epochs of one batch and return the loss that Keras reports for each."""
    x, y = way.code.feed(*samples(), offset)
    told = model.fit(x, y, batch_size=SAMPLES, epochs=epochs, shuffle=False, verbose=0)
    return [float(value) for value in told.history["loss"]]


def counted(model: Any) -> Callable[[], int]:
    """Return what tells how often the training step of a model has been traced; it must not have been trained yet."""
    step, passes = model.train_step, [0]

    def counting(data: Any) -> Any:
        passes[0] += 1
        return step(data)

    model.train_step = counting
    return lambda: passes[0]


def sentence_of(error: Exception) -> str:
    """Return the first one or two sentences of an error, without addresses, folders and the rest of its story."""
    text = re.sub(r" at 0x\w+|/\S*/", "", " ".join(str(error).split())) or type(error).__name__
    first, *more = re.split(r"(?<=[.!?])\s", text)
    two = " ".join([first, *more[:1]])
    said = two if len(two) <= LONGEST else first
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"


def _trained(way: Way, offset: float) -> tuple[Any, Finding]:
    model = way.code.build(offset)
    history = epoch(way, model, offset, EPOCHS)
    fell = history[-1] < history[0]
    return model, Finding(fell, f"The loss went from {history[0]:.4f} to {history[-1]:.4f} in {EPOCHS} epochs.")


def _saved(model: Any, path: str) -> Finding:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            model.save(path)
        except Exception as error:  # noqa: BLE001 - what Keras says is the finding
            left = " A file is left behind all the same." if Path(path).exists() else ""
            return Finding(False, sentence_of(error) + left)
    warned = [str(one.message) for one in told if issubclass(one.category, UserWarning)]
    size = Path(path).stat().st_size
    said = f"A file of {size:,} bytes was written."
    return Finding(True, f"{said} Keras warns: {sentence_of(UserWarning(warned[0]))}" if warned else said)


def _variable(way: Way, offset: float, second: float) -> Finding:
    if way.key == "packed":
        return Finding(None, "There is no number in the loss that a keras.Variable could stand for.")
    held = keras.Variable(offset, trainable=False, name="offset")
    model = way.code.build(held)
    return _followed(way, model, offset, second, lambda: held.assign(second))


def _followed(way: Way, model: Any, offset: float, second: float, change: Callable[[], Any]) -> Finding:
    """Tell whether the loss moves by exactly the change, and what Keras traced for it.

    The step length is 0 from here on, so that nothing else moves the loss.
    """
    model.optimizer.learning_rate = 0.0
    model.train_function = None
    traces = counted(model)
    before, traced = epoch(way, model, offset)[0], traces()
    began = perf_counter()
    change()
    after = epoch(way, model, second)[0]
    seconds, new = perf_counter() - began, traces() - traced
    moved, want = after - before, second - offset
    right = abs(moved - want) < ROUNDING * max(1.0, abs(want))
    anew = f"{new} new traces" if new else "no new trace"
    return Finding(
        right and not new,
        f"Changed from {offset:g} to {second:g} the loss should move by {want:+g}: it moved by {moved:+.4f}, "
        f"with {anew}, in {seconds:.2f} s.".replace("-", "−"),
    )
