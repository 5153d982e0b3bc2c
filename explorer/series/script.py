"""Which encoding the letters of a file speak for, where it is not Unicode."""

from __future__ import annotations

import re

CODECS = (
    ("Windows-1252", "cp1252"),
    ("Shift-JIS", "cp932"),
    ("EUC-JP", "euc_jp"),
    ("GB18030", "gb18030"),
    ("Big5", "big5"),
    ("EUC-KR", "euc_kr"),
    ("Windows-1251", "cp1251"),
)
WESTERN = frozenset("äöüßÄÖÜéèêëàâáãåçñíîïìóòôõøúùûœæÉÈÀÇÑÅØÆ°€£²³µ–’·ºª\u00a0«»¿¡±")
KOREAN = frozenset("날짜일자시간월년분기값매출액수량합계평균온강습도풍속금주가종코드이름지점번호단위데터")
WORD_OF = {
    "cp1252": re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f]{1,2}(?![^\x00-\x7f])"),
    "cp1251": re.compile("[А-яЁё№]{2,}"),
}
JAPANESE = frozenset(
    "日付年月時刻分秒気温値売上高数量合計平均最低降水湿度風速東京大阪株価終始出来前比金額残単位円曜名称番号地点店"
)
SIMPLIFIED = frozenset(
    "日期年月时间分秒气温值销售额数量合计平均最高低降水湿度风速北京上海股价收盘开成交金余单位元星名称编号地区点"
)
TRADITIONAL = frozenset("日期年月時間分秒氣溫值銷售額數量合計平均最高低降水濕度風速臺台北股價收盤開成交金餘單位元")
HIGH = re.compile(rb"[\x80-\xff]")
GLANCE = 65_536
LIKELY = 0.3


def likely(data: bytes) -> list[tuple[float, str, str]]:
    """Return score, name and codec of the encodings whose letters are likely, the likeliest first."""
    found = ((line, HIGH.search(line)) for line in data[: 50 * GLANCE].splitlines())
    lines = [line[max(0, high.start() - 100) :][:2000] for line, high in found if high][:400]
    glance = b"\n".join(lines)
    scored = [(score, encoding, codec) for encoding, codec in CODECS if (score := _score(glance, codec)) > LIKELY]
    return sorted(scored, key=lambda one: -one[0]) or [(LIKELY, "Windows-1252", "cp1252")]


def _score(glance: bytes, codec: str) -> float:
    """Return how usual the letters of a text are in one encoding, 0 to 1."""
    text = glance.decode(codec, "replace")
    total = sum(c > "\x7f" for c in text)
    # Accents stand alone among plain letters, Cyrillic letters stand together.
    letters = "".join(WORD_OF[codec].findall(text)) if codec in WORD_OF else text
    return sum(_usual(c, codec) for c in letters if c > "\x7f") / max(total, 1)


def _usual(letter: str, codec: str) -> float:
    """Return how usual a letter is in what is written in one encoding."""
    if codec == "cp1252":
        return float(letter in WESTERN)
    if codec == "cp1251":
        return 1.0 if letter in "ё№" or "а" <= letter <= "я" else 0.5
    if codec == "euc_kr":
        return 1.0 if letter in KOREAN else 0.3 * float("가" <= letter <= "힣")
    if "\uff61" <= letter <= "\uff9f" or letter == "\ufffd":
        return -0.2
    if codec in ("cp932", "euc_jp"):
        return 1.0 if letter in JAPANESE or "\u3041" <= letter <= "\u30fe" else _ideograph(letter)
    return 1.0 if letter in (SIMPLIFIED if codec == "gb18030" else TRADITIONAL) else _ideograph(letter)


def _ideograph(letter: str) -> float:
    """Return how usual a letter is that no list names: full width and marks more than ideographs."""
    return (
        0.6 if "\u3000" <= letter <= "\u3020" or "\uff01" <= letter <= "\uff5e" else 0.4 * float("一" <= letter <= "龥")
    )
