"""Text on its way to the page: numbers short, a person's words without Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from explorer.parameters import Parameter, Table, Value

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Return text that Streamlit shows letter by letter, whatever Markdown, HTML or emoji code it holds."""
    return _MARKDOWN.sub(r"\\\1", text)


def short(number: float) -> str:
    """Return a number as short as it can be written: ``0.001``, ``1.5``, ``10``."""
    return f"{number:.10g}" if abs(number) >= 1e-4 or number == 0 else f"{number:g}"


def setting(parameters: Iterable[Parameter], values: Mapping[str, Value]) -> str:
    """Return the numbers and choices of a picture as its second line: ``λ = 1 · y₁ = 1 · y_last = 0``."""
    shown = [(p.sign, values[p.name]) for p in parameters if not isinstance(p, Table)]
    return " · ".join(f"{sign} = {short(value) if isinstance(value, float) else value}" for sign, value in shown)
