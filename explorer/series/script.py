"""Which encoding the letters of a file speak for, where it is not Unicode."""

from __future__ import annotations

import re

CODECS = (
    ("Windows-1252", "cp1252"),
    ("Windows-1250", "cp1250"),
    ("Windows-1254", "cp1254"),
    ("Shift-JIS", "cp932"),
    ("EUC-JP", "euc_jp"),
    ("GB18030", "gb18030"),
    ("Big5", "big5"),
    ("EUC-KR", "euc_kr"),
    ("Windows-1251", "cp1251"),
    ("Windows-1253", "cp1253"),
)
ALPHABETS = {
    # German; French; Spanish; Portuguese; Italian; Danish and Norwegian; Swedish and Finnish; Dutch
    "cp1252": ("äöüß", "éèêëàâçîïôùûü", "áéíóúüñ", "áâãàçéêíóôú", "àèéìòù", "æøåé", "äöåé", "ëéïèêö"),
    # Polish; Czech; Slovak; Hungarian; Croatian and Slovene; Romanian
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
    # Turkish
    "cp1254": ("çğıöşüi̇",),
}
SIGN = re.compile(r"[°€–’·ºª\u00a0«»±]|(?<=[mnt0-9])[²³]|µ(?=[a-z])|[£¿¡](?![a-zà-ÿ])|[œŒ](?=[ui])|õ(?=e)")
MIXED = 0.9
KOREAN = frozenset("날짜일자시간월년분기값매출액수량합계평균온강습도풍속금주가종코드이름지점번호단위데터")
GREEK = frozenset("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ")
# An accented letter stands among plain ones: at most two in a row in the West, three elsewhere.
ACCENTED = {
    codec: re.compile(rf"(?<![^\x00-\x7f])[^\x00-\x7f]{{1,{most}}}(?![^\x00-\x7f])")
    for codec, most in (("cp1252", 2), ("cp1250", 3), ("cp1254", 3))
}
# A capital begins a word or all of it is capitals; no plain letter stands beside it.
WORD_OF = {
    "cp1251": re.compile(r"(?<![A-Za-zА-яЁё])(?:[А-Яа-яЁё№][а-яё]+|[А-ЯЁ]{2,})(?![A-Za-zА-яЁё])"),
    "cp1253": re.compile(r"(?<![A-Za-zΆ-ώ])(?:[Ά-ώ][ά-ώΐ]+|[Ά-Ώ]{2,})(?![A-Za-zΆ-ώ])"),
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


def same_script(one: str, other: str) -> bool:
    """Tell whether two codecs differ at most in the accents of letters."""
    return one == other or (one in ALPHABETS and other in ALPHABETS)


def _score(glance: bytes, codec: str) -> float:
    """Return how usual the letters of a text are in one encoding, 0 to 1."""
    text = glance.decode(codec, "replace")
    total = max(sum(c > "\x7f" for c in text), 1)
    if codec in ALPHABETS:
        return _latin(text, codec) / total
    letters = "".join(WORD_OF[codec].findall(text)) if codec in WORD_OF else text
    return sum(_usual(c, codec) for c in letters if c > "\x7f") / total


def _latin(text: str, codec: str) -> float:
    """Return how many of the accented letters and signs one language has; a Western text may mix languages."""
    words = "".join(ACCENTED[codec].findall(SIGN.sub("", text))).lower()
    letters = [letter for letter in words if letter.isalpha()]
    known: list[float] = [sum(letter in alphabet for letter in letters) for alphabet in ALPHABETS[codec]]
    if codec == "cp1252":
        known.append(MIXED * sum(letter in "".join(ALPHABETS[codec]) for letter in letters))
    return len(SIGN.findall(text)) + max(known)


def _usual(letter: str, codec: str) -> float:
    """Return how usual a letter is in what is written in one encoding."""
    if codec == "cp1251":
        return 1.0 if letter in "ё№" or "а" <= letter <= "я" else 0.5
    if codec == "cp1253":
        return 1.0 if letter in GREEK else 0.5 * ("Ά" <= letter <= "Ώ")
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
