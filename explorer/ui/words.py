"""Text on its way to the page: numbers short, a person's words without Markdown."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Return text that Streamlit shows letter by letter, whatever Markdown, HTML or emoji code it holds."""
    return _MARKDOWN.sub(r"\\\1", text)


def short(number: float) -> str:
    """Return a number as short as it can be written: ``0.001``, ``1.5``, ``10``."""
    return f"{number:.10g}" if abs(number) >= 1e-4 or number == 0 else f"{number:g}"
