"""What an examination says: plain data, with the words that all findings share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["ok", "warn", "fail"]
Where: TypeAlias = tuple[float, float]
ORDER: tuple[Verdict, ...] = ("ok", "warn", "fail")


@dataclass(frozen=True)
class Finding:
    """What one check has found.

    Attributes
    ----------
    name : str
        Name of the check.
    verdict : "ok", "warn" or "fail"
        Whether it is as a loss should be.
    sentence : str
        The finding in one plain sentence, with its numbers.
    where : tuple of float or None
        The point of the plane that it is about.
    number : float or None
        Its one number; what it counts is said by the check.
    """

    name: str
    verdict: Verdict
    sentence: str
    where: Where | None = None
    number: float | None = None


@dataclass(frozen=True)
class Report:
    """All findings about one loss on one plane.

    Attributes
    ----------
    loss, plane : str
        Keys of what was examined.
    findings : tuple of Finding
        One a check, in the order of the checks.
    """

    loss: str
    plane: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of all."""
        return max((finding.verdict for finding in self.findings), key=ORDER.index)

    def finding(self, name: str) -> Finding:
        """Return what the check of this name has found.

        Raises
        ------
        ValueError
            If there is no such check.
        """
        for finding in self.findings:
            if finding.name == name:
                return finding
        known = ", ".join(finding.name for finding in self.findings)
        raise ValueError(f"There is no finding {name[:40]!r}; there is {known}.")


def written(number: float) -> str:
    """Return a number for a sentence: two decimals where they tell enough, else two digits; a true minus sign."""
    size = abs(number)
    text = f"{number:.2f}" if 0.01 <= size < 1000 else f"{number:.0f}" if 1000 <= size < 1e6 else f"{number + 0.0:.2g}"
    return text.replace("-", "−")


def spot(where: Where) -> str:
    """Return a point of the plane for a sentence: ``(0.50, −1.20)``."""
    return "({})".format(", ".join(f"{round(part, 2) + 0.0:.2f}".replace("-", "−") for part in where))


def percent(share: float) -> str:
    """Return a share for a sentence, never rounded to none or all of it."""
    if 0 < share < 0.005 or 0.995 < share < 1:
        return f"{100 * share:.2g} %" if share < 0.5 else "more than 99 %"
    return f"{100 * share:.0f} %"
