"""The decisions about one file, while it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.series.decision import LABELS, Decision
from explorer.series.phrase import some
from explorer.series.series import SeriesError, plain


class Docket:
    """The decisions about one file, in the order they are taken."""

    def __init__(self, overrule: Mapping[str, str] | None = None) -> None:
        self._overrule = dict(overrule or {})
        self._decisions = dict[str, Decision]()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All that was decided so far."""
        return tuple(self._decisions.values())

    def asked(self, name: str, options: Sequence[str]) -> str | None:
        """Return what a person wants in place of what would be found out, None where nothing.

        Raises
        ------
        SeriesError
            If it is none of the options.
        """
        wanted = self._overrule.get(name)
        if wanted is not None and wanted not in options:
            there = plain(some(list(options)), 200) or "no choice"
            raise SeriesError(f"{LABELS[name]}: {plain(wanted)!r} is not possible in this file; there is {there}.")
        return wanted

    def wanted(self, name: str) -> str | None:
        """Return what a person wants, possible or not, None where nothing."""
        return self._overrule.get(name)

    def settle(self, name: str, taken: str, options: Sequence[str], sentence: str, *, sure: bool = True) -> None:
        """Record a decision; one that a person took is sure."""
        choice = tuple(dict.fromkeys(options)) if len(set(options)) > 1 else ()
        if name in self._overrule and choice:
            sure, sentence = True, f"Chosen by you: {taken}."
        self._decisions[name] = Decision(name, LABELS[name], taken, choice, sure, sentence)
