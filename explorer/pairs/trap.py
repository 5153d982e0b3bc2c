"""Three traps of the published pairwise loss, each really run in Keras, beside its mended form."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule, ops

keras: Any = LazyModule("keras")

DIM = 2
EPSILON = 1e-7
FIRST_ID = 2**24  # from here on float32 cannot tell a whole number from the next one


@dataclass(frozen=True)
class Trap:
    """One trap and what became of it.

    Attributes
    ----------
    key, title : str
        Its name, and what a person reads.
    wrong, mended : str
        Code that ran into it, and code that did not.
    expected, got, after : str
        What should come out, what came out of the first, and what came out of the second.
    sentence : str
        Why.
    holds : bool
        Whether it went as the sentence says on the Keras that is installed.
    """

    key: str
    title: str
    wrong: str
    mended: str
    expected: str
    got: str
    after: str
    sentence: str
    holds: bool


def plain_root(ids: Any, encodings: Any) -> Any:
    """Return the published loss with the bare root."""
    difference = encodings[None, :, :] - encodings[:, None, :]
    distance = ops.sqrt(ops.sum(ops.square(difference), axis=-1))
    sign = ops.where(ids[None, :] == ids[:, None], 1.0, -1.0)
    return ops.sum(sign * distance, axis=-1) / 2


def rounded_root(ids: Any, encodings: Any) -> Any:
    """Return the published loss with ε under the root."""
    difference = encodings[None, :, :] - encodings[:, None, :]
    distance = ops.sqrt(ops.sum(ops.square(difference), axis=-1) + EPSILON)
    sign = ops.where(ids[None, :] == ids[:, None], 1.0, -1.0)
    return ops.sum(sign * distance, axis=-1) / 2


def reshaped(ids: Any, encodings: Any) -> Any:
    """Return the published loss of ids in any shape."""
    return rounded_root(ops.reshape(ids, (-1,)), encodings)


def as_they_come(model: Any, x: Any, ids: Any) -> Any:
    """Return the loss that Keras reports for the ids as they are."""
    return model.evaluate(x, ids, batch_size=len(ids), verbose=0)


def reindexed(model: Any, x: Any, ids: Any) -> Any:
    """Return the loss that Keras reports once the users are numbered from 0."""
    small = np.unique(ids, return_inverse=True)[1]  # 0, 1, 2, …
    return model.evaluate(x, small, batch_size=len(ids), verbose=0)


def traps() -> Iterator[Trap | None]:
    """Yield what became of each trap; each is run once by this process."""
    for spring in (root_of_nothing, merged_ids, column_of_ids):
        yield None
        yield spring()


@cache
def root_of_nothing() -> Trap:
    """Train one step on a batch whose two samples are equal, with the bare root and with ε under it."""
    x = np.ones((2, 3), "float32")
    ids = np.zeros(2, "int32")
    loss, weights = _one_step(plain_root, x, ids)
    other_loss, others = _one_step(plain_root, np.eye(2, 3, dtype="float32"), ids)
    mended_loss, mended = _one_step(rounded_root, x, ids)
    return Trap(
        "root",
        "The root of 0 has no slope",
        _source(plain_root),
        _source(rounded_root),
        "two equal samples of one user: a loss of 0 and weights that are numbers",
        f"{_said(loss, weights)}; with two different samples {_said(other_loss, others)}",
        _said(mended_loss, mended),
        "The slope of a root at 0 is infinite, times a slope of 0 it is NaN: after one step every weight is NaN, while "
        "the loss that Keras reports is finite. A point is at distance 0 from itself, so it happens to any batch.",
        bool(
            np.isfinite([loss, other_loss]).all()
            and np.isnan([*weights, *others]).all()
            and np.isfinite([mended_loss, *mended]).all()
        ),
    )


@cache
def merged_ids() -> Trap:
    """Report the loss of six points whose two users have neighbouring ids that float32 cannot tell apart."""
    ids = FIRST_ID + np.array([0, 1, 0, 1, 0, 1])
    x = _points(len(ids))
    model = _still(rounded_root)
    right = float(_rows(ids, x).mean())
    wrong, after = as_they_come(model, x, ids), reindexed(model, x, ids)
    arrived = np.unique(ids.astype(keras.config.floatx())).size
    known = np.unique(ids).size
    return Trap(
        "ids",
        "Large ids become one",
        f"ids = {ids.tolist()}\n\n\n{_source(as_they_come)}",
        _source(reindexed),
        f"{known} users, loss {right:.4f}",
        f"{arrived} user in {keras.config.floatx()}, loss {wrong:.4f}",
        f"{known} users, loss {after:.4f}",
        f"Keras hands y_true to a loss as float32, which cannot tell whole numbers apart above 2²⁴ = {FIRST_ID:,}: "
        "strangers become friends, and the loss has the wrong sign. Number the users 0, 1, 2, … first.",
        bool(arrived < known and not np.isclose(wrong, right, rtol=1e-3) and np.isclose(after, right, rtol=1e-5)),
    )


@cache
def column_of_ids() -> Trap:
    """Report the loss of points whose ids come as a column, taken as they come and reshaped."""
    ids = np.array([0, 1, 2, 0, 1, 2])
    x = _points(len(ids))
    right = float(_rows(ids, x).mean())
    wrong = as_they_come(_still(rounded_root), x, ids[:, None])
    after = as_they_come(_still(reshaped), x, ids[:, None])
    shape = ops.shape(rounded_root(ops.convert_to_tensor(ids[:, None]), ops.convert_to_tensor(x)))
    return Trap(
        "column",
        "A column of ids is compared with itself too often",
        _source(rounded_root),
        _source(reshaped),
        f"one number for each of {len(ids)} points, mean {right:.4f}",
        f"an array of shape {tuple(shape)}, mean {wrong:.4f}, and no error",
        f"mean {after:.4f}",
        f"Ids of shape ({len(ids)}, 1) make the comparison ({len(ids)}, {len(ids)}, 1), and the product with the "
        "distances is stretched to one axis more: every number is added up with the sign of another pair.",
        bool(not np.isclose(wrong, right, rtol=1e-3) and np.isclose(after, right, rtol=1e-5)),
    )


def _one_step(loss: Callable[..., Any], x: NDArray[Any], ids: NDArray[Any]) -> tuple[float, NDArray[np.float64]]:
    """Return the loss that `keras.Model.fit` reports of one step, and all weights after it."""
    start = keras.initializers.GlorotUniform(0)
    model = keras.Sequential(
        [keras.Input(x.shape[1:], name="x"), keras.layers.Dense(DIM, kernel_initializer=start, name="encoding")],
        name="trap",
    )
    model.compile(optimizer="sgd", loss=loss)
    history = model.fit(x, ids, batch_size=len(x), epochs=1, shuffle=False, verbose=0)
    return float(history.history["loss"][0]), np.concatenate([np.ravel(part) for part in model.get_weights()])


def _still(loss: Callable[..., Any]) -> Any:
    """Return a model that hands its input to the loss."""
    model = keras.Sequential([keras.Input((DIM,), name="x"), keras.layers.Identity(name="same")], name="still")
    model.compile(loss=loss)
    return model


def _points(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).normal(size=(count, DIM)).astype("float32")


def _rows(ids: NDArray[Any], x: NDArray[Any]) -> NDArray[np.float64]:
    """Return the rows of the loss, pair by pair in float64."""
    places = x.astype(np.float64)
    return (
        np.array(
            [
                sum(
                    (1 if a == b else -1) * np.sqrt(np.square(p - q).sum() + EPSILON)
                    for b, q in zip(ids, places, strict=True)
                )
                for a, p in zip(ids, places, strict=True)
            ]
        )
        / 2
    )


def _said(loss: float, weights: NDArray[Any]) -> str:
    """Return what a step came to, in words."""
    return f"reported loss {round(loss, 6)}, {int(np.isnan(weights).sum())} of {len(weights)} weights NaN"


def _source(function: Callable[..., Any]) -> str:
    """Return the code of a function as it ran."""
    return inspect.getsource(function).strip()
