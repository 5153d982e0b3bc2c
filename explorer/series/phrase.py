"""Parts of the sentences that say what was found in a file."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 10


def count(number: int, thing: str) -> str:
    """Return a number of things in words."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def some(items: Sequence[int] | Sequence[str]) -> str:
    """Return the first of the items in words."""
    more = f" and {len(items) - SHOWN:,} more" if len(items) > SHOWN else ""
    return ", ".join(str(item) for item in items[:SHOWN]) + more
