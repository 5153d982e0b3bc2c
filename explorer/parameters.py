"""What a person may set: numbers, choices and tables, each with its limits, unit and help."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

TableValue: TypeAlias = tuple[tuple[float, ...], ...]
Value: TypeAlias = float | str | TableValue
LOG_STOPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
BETWEEN = " · "  # a label is a sign and its words: "λ · penalty"


class ParameterError(ValueError):
    """A value that a parameter does not take; the message is one plain sentence."""


def _finite(value: object, what: str) -> float:
    """Return ``value`` as a finite float, or refuse it by name."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        shown = (
            "nothing" if value is None or value == "" else f"{value!r:.40}" if isinstance(value, str) else f"{value}"
        )
        raise ParameterError(f"{what} must be a finite number, but got {shown}.")
    return number


def _within(number: float, low: float, high: float, what: str) -> float:
    """Return ``number`` if it lies in ``[low, high]``, or refuse it by name."""
    if not low <= number <= high:
        raise ParameterError(f"{what} must lie between {low:g} and {high:g}, but is {number:g}.")
    return number


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number with hard limits, and the usual range that its slider shows.

    Parameters
    ----------
    name : str
        Keyword of the loss (or scene) that takes it; also its name in a link.
    label : str
        What a person reads beside the control: a short sign, then `` · `` and its words.
    default : float
        Value before anybody has touched it.
    low, high : float
        Hard limits, both included: what lies outside is refused.
    slider : tuple of float, optional
        Range that the slider shows; the hard limits where it is not given.
    step : float
        Distance of two slider positions; unused on a logarithmic slider.
    log : bool
        Whether the slider is logarithmic: six stops a decade.
    whole : bool
        Whether only whole numbers are taken.
    unit, help : str
        Unit, and one sentence for the tooltip.
    symbol : str
        LaTeX symbol in formulas; the label where it is empty.
    """

    name: str
    label: str
    default: float
    low: float
    high: float
    slider: tuple[float, float] | None = None
    step: float = 0.1
    log: bool = False
    whole: bool = False
    unit: str = ""
    help: str = ""
    symbol: str = ""

    def __post_init__(self) -> None:
        self.clean(self.default)
        for end in self.range:
            self.clean(end)
        if self.log and self.range[0] <= 0:
            raise ParameterError(f"{self.name}: a logarithmic slider needs a range above 0.")

    @property
    def sign(self) -> str:
        """Its short sign, for the titles of pictures."""
        return self.label.split(BETWEEN)[0]

    @property
    def range(self) -> tuple[float, float]:
        """Lowest and highest value that the slider shows."""
        return self.slider or (self.low, self.high)

    @property
    def stops(self) -> tuple[float, ...]:
        """Positions of a logarithmic slider, lowest first, ends included."""
        low, high = self.range
        decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        between = {float(f"{stop}e{decade}") for decade in decades for stop in LOG_STOPS}
        return tuple(sorted({low, high, float(self.default)} | {s for s in between if low <= s <= high}))

    def clean(self, value: object) -> float:
        """Return ``value`` as a float within the hard limits.

        Raises
        ------
        ParameterError
            If it is not a finite number, not whole where it must be, or out of the limits.
        """
        number = _within(_finite(value, self.label), self.low, self.high, self.label)
        if self.whole and number != round(number):
            raise ParameterError(f"{self.label} must be a whole number, but is {number:g}.")
        return number


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a few named options; a traced function gets its position as an integer.

    Parameters
    ----------
    name, label, help, symbol : str
        As for `Number`.
    options : tuple of str
        What may be chosen, in the order shown.
    default : str
        The option before anybody has touched it.
    """

    name: str
    label: str
    options: tuple[str, ...]
    default: str
    help: str = ""
    symbol: str = ""

    def __post_init__(self) -> None:
        self.clean(self.default)

    @property
    def sign(self) -> str:
        """Its short sign, for the titles of pictures."""
        return self.label.split(BETWEEN)[0]

    def clean(self, value: object) -> str:
        """Return ``value`` if it is one of the options.

        Raises
        ------
        ParameterError
            If it is not.
        """
        if not isinstance(value, str) or value not in self.options:
            raise ParameterError(f"{self.label} must be one of {', '.join(self.options)}, but is {str(value)[:40]!r}.")
        return value


@dataclass(frozen=True, kw_only=True)
class Table:
    """A square table of numbers: rows are the true class, columns the predicted one.

    Parameters
    ----------
    name, label, help, symbol : str
        As for `Number`.
    default : tuple of tuple of float
        The table before anybody has touched it, ``(class, class)``.
    low, high : float
        Hard limits of each entry, both included.
    """

    name: str
    label: str
    default: TableValue
    low: float
    high: float
    help: str = ""
    symbol: str = ""

    MOST_CLASSES = 20

    def __post_init__(self) -> None:
        self.clean(self.default)

    def clean(self, value: object) -> TableValue:
        """Return ``value`` as a square tuple of tuples of floats within the hard limits.

        Raises
        ------
        ParameterError
            If it is not square, has an unusable size, or an entry is refused; the message names the entry.
        """
        rows = [list(row) for row in self._rows(value)]
        size = len(rows)
        if not 2 <= size <= self.MOST_CLASSES or any(len(row) != size for row in rows):
            shape = f"{size} rows of {sorted({len(row) for row in rows})} entries"
            raise ParameterError(
                f"{self.label} must be a square table for 2 to {self.MOST_CLASSES} classes, but has {shape}."
            )
        return tuple(tuple(self.clean_entry(entry, i, j) for j, entry in enumerate(row)) for i, row in enumerate(rows))

    def clean_entry(self, entry: object, row: int, column: int) -> float:
        """Return one entry as a float within the hard limits, or refuse it as ``W[row, column]``."""
        what = f"{self.symbol or self.label}[{row}, {column}]"
        return _within(_finite(entry, what), self.low, self.high, what)

    def _rows(self, value: object) -> Iterable[Iterable[object]]:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, list | tuple) or not all(isinstance(row, list | tuple) for row in value):
            raise ParameterError(f"{self.label} must be a table of rows, but got {type(value).__name__}.")
        return value


Parameter: TypeAlias = Number | Choice | Table


def clean(parameters: Iterable[Parameter], values: Mapping[str, Any]) -> dict[str, Value]:
    """Return a full set of values: what was given, cleaned, and the default of what was not.

    Raises
    ------
    ParameterError
        If a name is unknown or a value is refused.
    """
    known = {parameter.name: parameter for parameter in parameters}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ParameterError(f"There is no parameter {unknown[0]!r}; there is {', '.join(known) or 'none'}.")
    return {name: parameter.clean(values.get(name, parameter.default)) for name, parameter in known.items()}
