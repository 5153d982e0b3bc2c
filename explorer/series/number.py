"""A column of text → numbers, under one decimal mark that the whole column proves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.series.word import INFINITE, MISSING

SIGN, POWER = "[+-]?", "(e[+-]?[0-9]{1,4})?"
POINT = rf"{SIGN}(([0-9]+|[1-9][0-9]{{0,2}}(,[0-9]{{2,3}})*,[0-9]{{3}})(\.[0-9]*)?|\.[0-9]+){POWER}"
COMMA = rf"{SIGN}(([0-9]+|[1-9][0-9]{{0,2}}(\.[0-9]{{2,3}})*\.[0-9]{{3}})(,[0-9]*)?|,[0-9]+){POWER}"
EITHER = re.compile(f"{POINT}|{COMMA}|{INFINITE}")
GROUP_SPACE = r"([0-9])[ \u00a0\u2009\u202f'’]([0-9]{3})"
AFFIX = re.compile(r"((?:[$€£¥]|USD|EUR|GBP|CHF)?)\s*([^A-Za-z$€£¥]*?[0-9][.,]?)(\s*[^0-9.,)\s+\-/:'’][^0-9:/]{0,11})?")
GONE = re.compile(MISSING, re.I)
LARGEST = 1e300


@dataclass(frozen=True)
class Numbers:
    """A column read as numbers.

    Attributes
    ----------
    value : ndarray of shape (n,)
        Float64, NaN where there is none.
    bad, infinite : ndarray of shape (n,)
        Where the cell is text that is no missing word, and where it is infinite.
    decimal : str
        ``"."`` or ``","``.
    clash : tuple of int or None
        Positions of two cells that need different decimal marks.
    guess : str
        What was assumed where the cells allow two readings; empty where they do not.
    affix : str
        Unit or currency that was taken off.
    """

    value: NDArray[np.float64]
    bad: NDArray[np.bool_]
    infinite: NDArray[np.bool_]
    decimal: str
    clash: tuple[int, int] | None = None
    guess: str = ""
    affix: str = ""


def is_missing(cell: str) -> bool:
    """Tell whether a cell is empty or a word for a missing value."""
    return bool(GONE.fullmatch(cell.strip()))


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number under one decimal mark or the other, a unit left aside."""
    return len(cell) < 60 and bool(EITHER.fullmatch(_tidy(cell)) or EITHER.fullmatch(_tidy(_bare(cell))))


def is_bare_number(cell: str) -> bool:
    """Tell whether a cell is a number and nothing else."""
    return len(cell) < 60 and bool(EITHER.fullmatch(_tidy(cell)))


def numbers(cells: Sequence[str], separator: str = ",", decimal: str = "") -> Numbers:
    """Read a column of cells as numbers.

    Parameters
    ----------
    cells : sequence of str, length n
        The column as written.
    separator : str
        What stands between two cells of the file: it decides what ``1,234`` means where nothing else does.
    decimal : str
        The decimal mark where it is known; found out where it is empty.
    """
    text = pd.Series(cells, dtype="str").str.strip().str.lower()
    missing = text.str.fullmatch(MISSING).to_numpy(bool)
    affix = _affix(cells)
    odd = ~missing & ~text.str.fullmatch(f"{POINT}|{COMMA}").to_numpy(bool)
    if odd.any():
        text[odd] = [_tidy(_bare(cells[i], affix)) for i in np.flatnonzero(odd).tolist()]
    infinite = text.str.fullmatch(INFINITE).to_numpy(bool)
    point = text.str.fullmatch(POINT).to_numpy(bool) & ~missing
    comma = text.str.fullmatch(COMMA).to_numpy(bool) & ~missing
    decimal, guess = (decimal, "") if decimal else _decimal(text, point, comma, separator)
    good = point if decimal == "." else comma
    value = np.full(len(text), np.nan)
    value[good] = _floats(text[good], decimal)
    huge = np.abs(np.nan_to_num(value, posinf=np.inf, neginf=-np.inf)) > LARGEST
    value[huge] = np.nan
    only = (np.flatnonzero(point & ~comma), np.flatnonzero(comma & ~point))
    clash = (int(only[0][0]), int(only[1][0])) if len(only[0]) and len(only[1]) else None
    return Numbers(value, ~(good | missing | infinite), infinite | huge, decimal, clash, guess, " ".join(affix).strip())


def _tidy(cell: str) -> str:
    """Return a number in the letters that `POINT` and `COMMA` know: no spaces in groups, a plain minus in front."""
    text = cell.strip().lower().replace("−", "-").replace("\u00a0", " ")
    while (joined := re.sub(GROUP_SPACE, r"\1\2", text)) != text:
        text = joined
    accounting = re.fullmatch(r"\(([^()-]*)\)|([^-]*[0-9])-", text)
    return "-" + (accounting[1] or accounting[2]).strip() if accounting else text


def _bare(cell: str, affix: tuple[str, str] | None = None) -> str:
    """Return a cell without its unit; where ``affix`` is given, only without that one."""
    match = AFFIX.fullmatch(cell.strip()) if len(cell) < 60 else None
    if not match or (affix is not None and (match[1], (match[3] or "").strip()) != affix):
        return cell
    return match[2]


def _affix(cells: Sequence[str]) -> tuple[str, str]:
    """Return currency and unit that most cells of a column carry."""
    shown = [cell.strip() for cell in cells[:: max(1, len(cells) // 200)] if not is_missing(cell)]
    matches = [AFFIX.fullmatch(cell) for cell in shown if len(cell) < 60]
    pairs = Counter((match[1], (match[3] or "").strip()) for match in matches if match)
    pair, count = pairs.most_common(1)[0] if pairs else (("", ""), 0)
    return pair if count > len(shown) / 2 else ("", "")


def _decimal(text: pd.Series, point: NDArray[np.bool_], comma: NDArray[np.bool_], separator: str) -> tuple[str, str]:
    """Return the decimal mark that the column proves, or the likelier one with a sentence that says so."""
    alone = (point & ~comma).sum(), (comma & ~point).sum()
    if any(alone):
        return ("." if alone[0] >= alone[1] else ","), ""
    both = text[point & comma]
    dots, commas = both.str.contains(".", regex=False), both.str.contains(",", regex=False)
    if not dots.any() and not commas.any():
        return ".", ""
    bare = both[~(dots | commas)]
    grouped = len(bare) > 0 and not bool((bare.str.len() > 3).any())
    if commas.any():
        thousands = separator == "," or grouped
        return ("." if thousands else ","), _guess(both[commas].iloc[0], "," if thousands else "")
    if separator == ",":
        return ".", ""
    return ("," if grouped else "."), _guess(both[dots].iloc[0], "." if grouped else "")


def _guess(cell: str, group: str) -> str:
    meaning = "thousands are marked so" if group else "that is its decimal mark"
    return (
        f"Ambiguous number: {cell!r} was read as {cell.replace(group, '') if group else cell}, because {meaning} here."
    )


def _floats(text: pd.Series, decimal: str) -> NDArray[np.float64]:
    """Return numbers of one convention; ``float`` rounds each correctly."""
    if decimal == ",":
        text = text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    else:
        text = text.str.replace(",", "", regex=False)
    return np.fromiter(map(float, text.to_numpy(object)), np.float64, len(text))
