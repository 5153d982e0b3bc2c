"""Samples that a person or a script brings: checked before a loss sees them, never broadcast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from explorer.parameters import Choice, Number, Parameter, Table, Value
from explorer.spec import LossSpec

Numbers: TypeAlias = NDArray[Any]
Shape: TypeAlias = tuple[int, ...]
SUM_TOLERANCE = 1e-5


class Samples(NamedTuple):
    """What a loss is called with: arrays of one float type, and the context and parameters by name."""

    y_true: Numbers
    y_pred: Numbers
    keywords: dict[str, Any]


def check(spec: LossSpec, y_true: Any, y_pred: Any, keywords: Mapping[str, Any]) -> Samples:
    """Return the samples and keywords as arrays that fit each other.

    Parameters
    ----------
    spec : LossSpec
        The loss that they are for.
    y_true, y_pred : array_like
        Truth and prediction, shaped as the loss says in ``shapes``; float32 predictions keep their type, all others
        become float64. Ids may be whole numbers of any size: they come back as 0, 1, 2, …
    keywords : mapping
        Context (needed), parameters (their default where missing; a table also as ``(sample, class, class)``) and, for
        a loss that takes it, ``from_logits``.

    Raises
    ------
    ValueError
        If a keyword is unknown or missing, a shape does not fit, or a value is not finite or out of its limits; the
        message names the argument, what is expected and what was received.
    """
    _known(spec, keywords)
    pred = _numbers("y_pred", y_pred)
    true = _ids(y_true) if spec.shapes == "points" else _numbers("y_true", y_true)
    _shaped(spec, true.shape, pred.shape)
    result: dict[str, Any] = {}
    if spec.takes_logits:
        result["from_logits"] = _flag(keywords.get("from_logits", False))
    if spec.shapes == "classes":
        _classes(true, pred, result["from_logits"])
    if spec.shapes == "masks":
        _masks(true, pred, spec.takes_logits, result.get("from_logits", False))
    dtype = pred.dtype
    result |= {name: _context(name, keywords[name], len(pred)).astype(dtype) for name in spec.context}
    for parameter in spec.parameters:
        value = keywords.get(parameter.name, parameter.default)
        result[parameter.name] = _parameter(parameter, value, pred.shape, dtype)
    return Samples(true.astype(dtype), pred, result)


def as_array(parameter: Parameter, value: Value, dtype: DTypeLike) -> Numbers:
    """Return a cleaned value as the array that a traced function takes: a `Choice` becomes its position."""
    if isinstance(parameter, Choice):
        return np.array(parameter.options.index(str(value)), np.int32)
    return np.array(value, dtype)


def check_table(name: str, size: int, classes: int) -> None:
    """Refuse a table that has not one row and one column for each class."""
    if size != classes:
        raise ValueError(
            f"{name} must be {classes} by {classes}, a row and a column for each class, but is {size} by {size}."
        )


def _known(spec: LossSpec, keywords: Mapping[str, Any]) -> None:
    """Refuse a keyword that the loss does not take, and a missing context."""
    known = [*spec.context, *(parameter.name for parameter in spec.parameters)]
    known += ["from_logits"] if spec.takes_logits else []
    for name in keywords:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise ValueError(f"{spec.key} has no argument {str(name)[:40]!r}; {takes}.")
    for name in spec.context:
        if name not in keywords:
            raise ValueError(f"{name} is missing: {spec.key} needs one number per sample, shape (sample, 1).")


def _array(name: str, value: Any) -> Numbers:
    """Return an array of numbers as they came, or refuse it by name."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be an array of numbers, but its rows differ in length.") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers, but holds {array.dtype}.")
    if not np.isfinite(array).all():
        place = _first(~np.isfinite(array))
        raise ValueError(f"{name} must be finite, but {name}{list(place)} is {array[place]}.")
    return array


def _numbers(name: str, value: Any) -> Numbers:
    """Return finite numbers as float32 or float64, or refuse them by name."""
    array = _array(name, value)
    return array if array.dtype == np.float32 else array.astype(np.float64)


def _ids(value: Any) -> Numbers:
    """Return ids as 0, 1, 2, …, compared as the whole numbers that they came as; floats must be able to tell them."""
    array = _array("y_true", value)
    if array.dtype.kind == "f":
        most = 2 ** (np.finfo(array.dtype).nmant + 1)
        wrong = (array != np.round(array)) | (np.abs(array) >= most)
        if wrong.any():
            place = _first(wrong)
            raise ValueError(
                f"y_true must hold ids, whole numbers (as {array.dtype} below {most}, as int64 of any size), "
                f"but y_true{list(place)} is {array[place]:.17g}."
            )
    return np.unique(array, return_inverse=True)[1].reshape(array.shape)


def _shaped(spec: LossSpec, true: Shape, pred: Shape) -> None:
    """Refuse truth and prediction whose shapes do not belong together."""
    if spec.shapes == "points":
        if len(pred) < 2 or 0 in pred:
            raise ValueError(f"y_pred must have the shape (…, point, dim) with at least one of each, but has {pred}.")
        if true != pred[:-1]:
            raise ValueError(f"y_true must have the shape {pred[:-1]}, one id per point, but has {true}.")
        return
    if true != pred:
        raise ValueError(f"y_true must have the shape of y_pred, {pred}, but has {true}.")
    last = {"steps": "step", "classes": "class", "masks": "…"}[spec.shapes]
    if 0 in pred or len(pred) < 2 or (len(pred) > 2 and spec.shapes != "masks"):
        raise ValueError(f"y_pred must have the shape (sample, {last}) with at least one of each, but has {pred}.")


def _first(wrong: NDArray[np.bool_]) -> Shape:
    """Return the position of the first True."""
    return tuple(int(i) for i in np.argwhere(wrong)[0])


def _flag(value: Any) -> bool:
    """Return ``from_logits``, or refuse what is not a plain True or False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"from_logits must be True or False, but is {str(value)[:40]!r}.")
    return bool(value)


def _classes(true: Numbers, pred: Numbers, from_logits: bool) -> None:
    """Refuse rows that are no class probabilities."""
    if pred.shape[1] < 2:
        raise ValueError(f"y_pred must have at least 2 classes, but has shape {pred.shape}.")
    if (true < 0).any():
        place = _first(true < 0)
        raise ValueError(f"y_true must be one-hot, but y_true{list(place)} is {true[place]:g}.")
    off = np.abs(true.sum(axis=1) - 1) > SUM_TOLERANCE
    if off.any():
        (row,) = _first(off)
        raise ValueError(f"y_true must be one-hot, but row {row} adds up to {true[row].sum():g}.")
    if not from_logits and (pred < 0).any():
        place = _first(pred < 0)
        raise ValueError(
            f"y_pred must hold probabilities (or say from_logits=True), but y_pred{list(place)} is {pred[place]:g}."
        )
    if not from_logits and (pred.sum(axis=1) == 0).any():
        (row,) = _first(pred.sum(axis=1) == 0)
        raise ValueError(f"y_pred must hold probabilities (or say from_logits=True), but row {row} adds up to 0.")


def _masks(true: Numbers, pred: Numbers, takes_logits: bool, from_logits: bool) -> None:
    """Refuse masks that hold something between 0 and 1, and scores that are none."""
    wrong = (true != 0) & (true != 1)
    if wrong.any():
        place = _first(wrong)
        raise ValueError(f"y_true must hold 0 and 1 only, but y_true{list(place)} is {true[place]:g}.")
    wrong = (pred < 0) | (pred > 1)
    if wrong.any() and not from_logits:
        place, way_out = _first(wrong), " (or say from_logits=True)" if takes_logits else ""
        raise ValueError(f"y_pred must hold scores from 0 to 1{way_out}, but y_pred{list(place)} is {pred[place]:g}.")


def _context(name: str, value: Any, samples: int) -> Numbers:
    """Return a context tensor, one number per sample."""
    array = _numbers(name, value)
    if array.shape != (samples, 1):
        raise ValueError(f"{name} must have the shape {(samples, 1)}, one number per sample, but has {array.shape}.")
    return array


def _parameter(parameter: Parameter, value: Any, shape: Shape, dtype: DTypeLike) -> Numbers:
    """Return a parameter within its limits, or refuse it by its keyword."""
    if isinstance(parameter, Table):
        value = np.asarray(_numbers(parameter.name, value), np.float64)
        if value.ndim == 3:
            return _tables(parameter, value, shape).astype(dtype)
    elif isinstance(parameter, Number) and np.ndim(value):
        raise ValueError(f"{parameter.name} must be one number, but has shape {np.shape(value)}.")
    try:
        cleaned = parameter.clean(value)
    except ValueError as error:
        raise ValueError(f"{parameter.name}: {error}") from None
    if isinstance(parameter, Table):
        check_table(parameter.name, len(value), shape[1])
    return as_array(parameter, cleaned, dtype)


def _tables(parameter: Table, tables: Numbers, shape: Shape) -> Numbers:
    """Return one table per sample, each entry within the limits."""
    wanted = (shape[0], shape[1], shape[1])
    if tables.shape != wanted:
        raise ValueError(f"{parameter.name} must have the shape {wanted}, a table per sample, but has {tables.shape}.")
    wrong = (tables < parameter.low) | (tables > parameter.high)
    if wrong.any():
        sample, row, column = _first(wrong)
        try:
            parameter.clean_entry(tables[sample, row, column], row, column)
        except ValueError as error:
            raise ValueError(f"{parameter.name} of sample {sample}: {error}") from None
    return tables
