"""A column of text → numbers, under one decimal mark that the whole column proves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.series.affix import bare, is_flagged, is_missing, tidied, usual
from explorer.series.word import INFINITE, MISSING

SIGN, POWER = "[+-]?", "(e[+-]?[0-9]{1,4})?"
POINT = rf"{SIGN}(([0-9]+|[1-9][0-9]{{0,2}}(,[0-9]{{2,3}})*,[0-9]{{3}})(\.[0-9]*)?|\.[0-9]+){POWER}"
COMMA = rf"{SIGN}(([0-9]+|[1-9][0-9]{{0,2}}(\.[0-9]{{2,3}})*\.[0-9]{{3}})(,[0-9]*)?|,[0-9]+){POWER}"
EITHER = re.compile(f"{POINT}|{COMMA}|{INFINITE}")
AS_POINT, AS_COMMA = re.compile(POINT), re.compile(COMMA)
ODD_LETTERS = re.compile(r"[^0-9+\-.,e\n]")
LARGEST = 1e300

__all__ = ["Numbers", "is_bare_number", "is_missing", "is_number", "numbers"]


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
    flagged : tuple of int
        Positions of cells from which another mark was taken off.
    """

    value: NDArray[np.float64]
    bad: NDArray[np.bool_]
    infinite: NDArray[np.bool_]
    decimal: str
    clash: tuple[int, int] | None = None
    guess: str = ""
    affix: str = ""
    flagged: tuple[int, ...] = ()


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number under one decimal mark or the other, a unit left aside."""
    return len(cell) < 60 and bool(EITHER.fullmatch(tidied(cell)) or EITHER.fullmatch(bare(cell)))


def is_bare_number(cell: str) -> bool:
    """Tell whether a cell is a number and nothing else."""
    return len(cell) < 60 and bool(EITHER.fullmatch(tidied(cell)))


def numbers(cells: Sequence[str], separator: str = ",", decimal: str = "", likely: str = "") -> Numbers:
    """Read a column of cells as numbers.

    Parameters
    ----------
    cells : sequence of str, length n
        The column as written.
    separator : str
        What stands between two cells of the file: it decides what ``1,234`` means where nothing else does.
    decimal : str
        The decimal mark where it is known; found out where it is empty.
    likely : str
        The decimal mark that the rest of the file proves; empty where it proves none.
    """
    return _plainly(cells, decimal) or _carefully(cells, separator, decimal, likely)


def _plainly(cells: Sequence[str], decimal: str) -> Numbers | None:
    """Read a column of plain numbers of one obvious decimal mark; None where it is not that plain."""
    joined = "\n".join(cells)
    if ODD_LETTERS.search(joined) or joined.count("\n") >= max(len(cells), 1):
        return None
    mark, other, proof = (",", ".", AS_POINT) if "," in joined else (".", ",", AS_COMMA)
    if other in joined or (decimal and decimal != mark and mark in joined):
        return None
    if mark in joined and not decimal and all(proof.fullmatch(cell) for cell in cells if cell):
        return None
    try:
        value = np.array([float(cell) if cell else np.nan for cell in joined.replace(",", ".").split("\n")], np.float64)
    except ValueError:
        return None
    infinite = np.abs(np.nan_to_num(value, posinf=np.inf, neginf=-np.inf)) > LARGEST
    value[infinite] = np.nan
    return Numbers(value, np.zeros(len(value), bool), infinite, decimal or mark)


def _carefully(cells: Sequence[str], separator: str, decimal: str, likely: str) -> Numbers:
    """Read a column in which numbers wear something, or some cells are none."""
    text = pd.Series(cells, dtype="str").str.strip().str.lower()
    missing = text.str.fullmatch(MISSING).to_numpy(bool)
    affix = usual(cells)
    odd = np.flatnonzero(~missing & ~text.str.fullmatch(f"{POINT}|{COMMA}").to_numpy(bool)).tolist()
    if odd:
        text.iloc[odd] = [bare(cells[i], affix) for i in odd]
    infinite = text.str.fullmatch(INFINITE).to_numpy(bool)
    point = text.str.fullmatch(POINT).to_numpy(bool) & ~missing
    comma = text.str.fullmatch(COMMA).to_numpy(bool) & ~missing
    decimal, guess = (decimal, "") if decimal else _decimal(text, point, comma, separator, likely)
    good = point if decimal == "." else comma
    value = np.full(len(text), np.nan)
    value[good] = _floats(text[good], decimal)
    huge = np.abs(np.nan_to_num(value, posinf=np.inf, neginf=-np.inf)) > LARGEST
    value[huge] = np.nan
    only = (np.flatnonzero(point & ~comma), np.flatnonzero(comma & ~point))
    clash = (int(only[0][0]), int(only[1][0])) if len(only[0]) and len(only[1]) else None
    flagged = tuple(i for i in odd if good[i] and is_flagged(cells[i], affix))
    bad = ~(good | missing | infinite)
    return Numbers(value, bad, infinite | huge, decimal, clash, guess, " ".join(affix).strip(), flagged)


def _decimal(
    text: pd.Series, point: NDArray[np.bool_], comma: NDArray[np.bool_], separator: str, likely: str
) -> tuple[str, str]:
    """Return the decimal mark that the column proves, or the likelier one with a sentence that says so."""
    alone = (point & ~comma).sum(), (comma & ~point).sum()
    if any(alone):
        return ("." if alone[0] >= alone[1] else ","), ""
    both = text[point & comma]
    dots, commas = both.str.contains(".", regex=False), both.str.contains(",", regex=False)
    if not dots.any() and not commas.any():
        return likely or ".", ""
    if likely:
        return likely, ""
    plain = both[~(dots | commas)].str.strip("+-")
    grouped = len(plain) > 0 and not bool((plain.str.len() > 3).any())
    mark, first = (",", both[commas].iloc[0]) if commas.any() else (".", both[dots].iloc[0])
    if grouped and len(plain) > 2:
        return ("." if mark == "," else ","), ""
    if mark == "." and separator in (",", "\x1f"):
        return ".", ""
    thousands = grouped or (mark == "," and separator == ",")
    other = "." if mark == "," else ","
    return (other if thousands else mark), _guess(str(first), mark if thousands else "")


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
