"""What people write around a number: currency, unit, percent, brackets for minus, footnote marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from explorer.series.word import MISSING

CURRENCY = (
    r"(?:[a-z]{1,3}\$|[$€£¥￥₹₽₩₺฿₫₪]|usd|eur|gbp|chf|jpy|cny|rmb|inr|brl|aud|cad|sek|nok|dkk|pln|czk|huf|rub|krw|mxn|zar|try"
    r"|rs\.?|kr\.?|sfr\.?|fr\.)"
)
CORE = r"[^a-z$€£¥￥₹₽₩₺%‰]*?[0-9][.,]?"
AFFIX = re.compile(
    rf"(?P<sign>[-+]?)(?P<before>{CURRENCY}?)\s*(?P<core>{CORE})(?P<after>\s*[^0-9.,)\s+\-/:'’][^0-9:/]{{0,11}})?"
)
FLAG = re.compile(r"\s*(\*{1,3}|[†‡¹²³]|\([a-z*]{1,2}\)|\[[0-9a-z]\])|\s[a-z]{1,2}")
GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[ \u00a0\u2009\u202f'’][0-9]{3}){1,5}(?![0-9])")
GROUP_MARK = re.compile(r"[ \u00a0\u2009\u202f'’]")
SCALES = {"k": "e3", "tsd": "e3", "m": "e6", "mio": "e6", "mn": "e6", "b": "e9", "bn": "e9", "mrd": "e9"}
SCALED = re.compile(r".*[0-9](K|k|M|B| ?(?:Tsd|Mio|Mrd|mn|bn)\.?)")
ACCOUNTING = re.compile(r"\(([^()-]*)\)|([^-]*[0-9][^-0-9]{0,5})-")
MINUS = str.maketrans(
    {"−": "-", "–": "-", "－": "-", "﹣": "-", "＋": "+", "，": ",", "．": ".", "\u00a0": " ", "％": "%"}
)
GONE = re.compile(MISSING, re.I)
SCALE = ("", "letters for thousands, millions or more")
LONGEST = 60


def is_missing(cell: str) -> bool:
    """Tell whether a cell is empty or a word for a missing value."""
    return bool(GONE.fullmatch(cell.strip()))


def tidied(cell: str) -> str:
    """Return a number in plain letters: no spaces in groups, a plain minus in front."""
    text = cell.strip().lower().translate(MINUS)
    if len(text) > LONGEST:
        return text
    text = re.sub(r"^([-+]) +(?=[0-9])", r"\1", GROUPED.sub(lambda match: GROUP_MARK.sub("", match[0]), text))
    accounting = ACCOUNTING.fullmatch(text)
    return "-" + (accounting[1] or accounting[2]).strip() if accounting else text


def parted(cell: str) -> tuple[tuple[str, str], str] | None:
    """Return currency and unit of a cell, and the number between them; None where it is not made so."""
    match = AFFIX.fullmatch(tidied(cell)) if len(cell) < LONGEST else None
    if not match:
        return None
    core = tidied(match["core"])
    sign = match["sign"] if core[:1] not in "+-" else ""
    return (match["before"], (match["after"] or "").rstrip()), sign + core


def bare(cell: str, affix: tuple[str, str] | None = None) -> str:
    """Return a cell without its unit; where ``affix`` is given, only without that one, or without a footnote mark."""
    found = parted(cell)
    if found is None:
        return tidied(cell)
    around, core = found
    unit = around[1].strip()
    if affix == SCALE:
        return core + SCALES.get(unit.rstrip("."), "") if unit.rstrip(".") in ("", *SCALES) else tidied(cell)
    if affix is None or (around[0], unit) == affix or not any(around):
        return core
    return core if not affix[1] and around[0] in ("", affix[0]) and FLAG.fullmatch(around[1]) else tidied(cell)


def is_flagged(cell: str, affix: tuple[str, str]) -> bool:
    """Tell whether a number carries a mark that the others do not."""
    found = parted(cell)
    return found is not None and affix != SCALE and (found[0][0], found[0][1].strip()) != affix and any(found[0])


def usual(cells: Sequence[str]) -> tuple[str, str]:
    """Return currency and unit that most cells of a column carry; `SCALE` where letters stand for powers of ten."""
    shown = [cell for cell in cells[:: max(1, len(cells) // 200)] if not is_missing(cell)]
    scales = {match[1].strip() for cell in shown if (match := SCALED.fullmatch(cell.strip()))}
    if len(scales) > 1 or scales & {"K", "k", "Tsd", "Mio", "Mrd", "Tsd.", "Mio.", "Mrd."}:
        return SCALE
    pairs = Counter((found[0][0], found[0][1].strip()) for cell in shown if (found := parted(cell)))
    pair, count = pairs.most_common(1)[0] if pairs else (("", ""), 0)
    return pair if count > len(shown) / 2 else ("", "")
