"""What a catalogue entry is: a loss with its facts, its parameters and the planes it is drawn over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter as Argument
from inspect import signature
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Choice, Number, Parameter, Value, clean

STATIC = {"from_logits"}
SHAPES = ("steps", "classes", "points", "masks")
PLACEHOLDER = re.compile(r"<(\w+)>")


class Placed(NamedTuple):
    """Samples that a plane puts on its nodes: what the loss is called with."""

    y_true: Any
    y_pred: Any
    context: Mapping[str, Any] = {}


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One thing that the model controls, with the range that is drawn."""

    label: str
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a loss was published."""

    author: str
    year: int
    title: str


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named setting with a story of one line."""

    title: str
    story: str
    values: Mapping[str, Any] = field(default_factory=dict)
    scene: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Split:
    """The loss is ``rest + parameter × something``: the two terms that a picture stacks.

    Parameters
    ----------
    parameter : str
        Name of the parameter in which the loss is linear; at 0 only ``rest`` is left.
    rest, term : str
        What the two terms are called.
    """

    parameter: str
    rest: str
    term: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Plane:
    """Two things that the model controls, and the scene that is held fixed.

    Parameters
    ----------
    key, title : str
        Name in a link, and what a person reads.
    x, y : Axis
        The two axes.
    place : callable
        ``place(x, y, *, <scene>) -> Placed``, in ``keras.ops``: ``x`` and ``y`` have shape ``(node,)``, each scene
        value is a scalar tensor (a `Choice` its position), and each node becomes one sample.
    target : callable, optional
        ``target(*, <scene>) -> (x, y)``: where the prediction is right; None where it lies outside the plane.
    scene : tuple of Number or Choice
        What is held fixed, with controls of its own.
    inside : callable, optional
        ``inside(x, y) -> bool array``: which nodes belong to the plane; all where it is not given.
    from_logits : bool
        Whether ``y_pred`` holds logits; only read by losses that take ``from_logits``.
    """

    key: str
    title: str
    x: Axis
    y: Axis
    place: Callable[..., Placed]
    target: Callable[..., tuple[float, float] | None] = lambda **_: None
    scene: tuple[Number | Choice, ...] = ()
    inside: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]] | None = None
    from_logits: bool = False

    def __post_init__(self) -> None:
        _same_names(f"plane {self.key}", self.place, {part.name for part in self.scene})

    def holds(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which points belong to the plane; ``x`` and ``y`` have one shape."""
        drawn = (x >= self.x.low) & (x <= self.x.high) & (y >= self.y.low) & (y <= self.y.high)
        return drawn & self.inside(x, y) if self.inside else drawn


@dataclass(frozen=True, kw_only=True, eq=False)
class LossSpec:
    """One loss of the catalogue; checks itself when it is made.

    Parameters
    ----------
    key : str
        Its name in links, tests and scripts: lower-case words joined by hyphens.
    family, form : str
        What it belongs to, and what this form of it is called; shown as written.
    title, story : str
        Full name, and one sentence that says what it is for or what is odd about it.
    formula : str
        LaTeX of the loss of one sample, with ``<name>`` where a parameter stands.
    parameters : tuple of Parameter
        What a person may set.
    context : tuple of str
        Names of further tensors that belong to the samples.
    function : callable
        ``function(y_true, y_pred, *, <context>, <parameters>) -> (sample,)`` in ``keras.ops``; where the samples of a
        batch see each other, (…, point). A classification loss also takes the static ``from_logits=False``.
    reference : callable
        The same in slow float64 NumPy, one sample at a time.
    shapes : str
        What its samples are: ``steps`` of a forecast (sample, step); ``classes``, one-hot and probabilities or logits
        (sample, class); ``points``, ids (…, point) and encodings (…, point, dim); ``masks`` of 0 and 1, and scores from
        0 to 1 or logits (sample, …).
    planes : tuple of Plane
        What it is drawn over; the first is shown first.
    smooth : bool
        Whether it has a continuous gradient wherever its planes are drawn.
    source : Source
        Where it was published.
    task : str
        Key of the data set that it trains on by default; empty where it has none.
    split : Split, optional
        The terms that a picture stacks.
    presets : tuple of Preset
        Named settings.
    """

    key: str
    family: str
    form: str
    title: str
    story: str
    formula: str
    parameters: tuple[Parameter, ...] = ()
    context: tuple[str, ...] = ()
    function: Callable[..., Any]
    reference: Callable[..., NDArray[np.float64]]
    shapes: str = "steps"
    planes: tuple[Plane, ...]
    smooth: bool
    source: Source
    task: str = ""
    split: Split | None = None
    presets: tuple[Preset, ...] = ()

    def __post_init__(self) -> None:
        names = {parameter.name for parameter in self.parameters}
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.key):
            raise TypeError(f"{self.key!r} is not a key: lower-case words joined by hyphens.")
        for function in (self.function, self.reference):
            _same_names(self.key, function, names | set(self.context))
        strange = set(PLACEHOLDER.findall(self.formula)) - names
        if strange:
            raise TypeError(f"{self.key}: the formula speaks of {sorted(strange)}, which are no parameters.")
        if len({plane.key for plane in self.planes}) != len(self.planes) or not self.planes:
            raise TypeError(f"{self.key}: needs planes with keys of their own.")
        if self.shapes not in SHAPES:
            raise TypeError(f"{self.key}: has samples of shape {self.shapes!r}, which is none of {', '.join(SHAPES)}.")
        if self.split and self.split.parameter not in names:
            raise TypeError(f"{self.key}: is split by {self.split.parameter!r}, which is no parameter.")
        for preset in self.presets:
            clean(self.parameters, preset.values)

    @property
    def takes_logits(self) -> bool:
        """Whether the function takes the static ``from_logits``."""
        return "from_logits" in signature(self.function).parameters

    def plane(self, key: str | None = None) -> Plane:
        """Return the plane called ``key``, the first one if none is named.

        Raises
        ------
        ValueError
            If there is no such plane.
        """
        if key is None:
            return self.planes[0]
        for plane in self.planes:
            if plane.key == key:
                return plane
        known = ", ".join(plane.key for plane in self.planes)
        raise ValueError(f"{self.key} has no plane {str(key)[:40]!r}; it has {known}.")

    def formula_with(self, values: Mapping[str, Value]) -> str:
        """Return the formula with the numbers of ``values`` in it; a table keeps its symbol."""
        by_name = {parameter.name: parameter for parameter in self.parameters}

        def written(match: re.Match[str]) -> str:
            parameter, value = by_name[match[1]], values.get(match[1])
            if isinstance(parameter, Number) and isinstance(value, int | float):
                return latex_number(value)
            return parameter.symbol or parameter.label

        return PLACEHOLDER.sub(written, self.formula)


def latex_number(value: float) -> str:
    """Return a number as LaTeX: at most four significant digits, powers of ten where they are shorter."""
    text = f"{value:.4g}"
    if "e" not in text and (value == 0 or abs(value) >= 1e-2):
        return text
    mantissa, exponent = f"{value:.3e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}\cdot {power}"


def _same_names(owner: str, function: Callable[..., Any], declared: set[str]) -> None:
    """Refuse a function whose keyword-only arguments are not the declared ones, or have defaults."""
    arguments = [a for a in signature(function).parameters.values() if a.kind is Argument.KEYWORD_ONLY]
    taken = {argument.name for argument in arguments} - STATIC
    if taken != declared:
        raise TypeError(f"{owner}: declares {sorted(declared)}, but {function.__name__} takes {sorted(taken)}.")
    defaults = [a.name for a in arguments if a.default is not Argument.empty and a.name not in STATIC]
    if defaults:
        raise TypeError(
            f"{owner}: {function.__name__} has its own default for {defaults}; defaults belong in the spec."
        )
