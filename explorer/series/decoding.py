"""Bytes → text: which encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from explorer.series.docket import Docket
from explorer.series.kind import kind_of, markup_of
from explorer.series.script import likely, same_script
from explorer.series.series import SeriesError, plain

MOST_BYTES, MOST_OF_SAMPLES = 50_000_000, 20_000_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
GLANCE = 65_536
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def decode(data: bytes, name: str, docket: Docket | None = None, most: int = MOST_OF_SAMPLES) -> tuple[str, str]:
    r"""Return the text of a file, its lines ended by ``\n``, and what its encoding is called.

    Raises
    ------
    SeriesError
        If it is empty, larger than ``most`` bytes, of a kind that is no text table, or not readable as text.
    """
    called = called_file(name)
    check_size(data, called, most)
    if kind := kind_of(data):
        raise SeriesError(f"{called} is {kind}, not a text table: save it as CSV and upload that.")
    text, encoding = _text(data, called, docket or Docket())
    if not text.strip("\x00\x1a\ufeff \t\r\n"):
        raise SeriesError(f"{called} is empty: upload a CSV with a column of numbers.")
    if kind := markup_of(text):
        raise SeriesError(f"{called} is {kind}, not a text table: save it as CSV and upload that.")
    glance = text[:GLANCE]
    if len(CONTROL.findall(glance)) > len(glance) / 100:
        raise SeriesError(f"{called} holds bytes that are not text: save it as CSV in UTF-8 and upload that.")
    return text.rstrip("\x1a").replace("\r\n", "\n").replace("\r", "\n"), encoding


def called_file(name: str) -> str:
    """Return what a file is called at the start of a sentence."""
    return repr(plain(name)) if plain(name) else "The file"


def check_size(data: bytes, called: str, most: int = MOST_BYTES) -> None:
    """Refuse a file of more than ``most`` bytes."""
    if len(data) > most:
        size, limit = len(data) / 1e6, most / 1e6
        raise SeriesError(
            f"{called} has {size:.1f} MB, which is more than {limit:.0f} MB: upload a shorter part of it."
        )


def _text(data: bytes, called: str, docket: Docket) -> tuple[str, str]:
    """Return the text by its byte order mark, by its zero bytes, as UTF-8 or else by the letters it gives."""
    for mark, codec, encoding in MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                raise SeriesError(
                    f"{called} starts as {encoding} but breaks off or is damaged: save it again as CSV in UTF-8."
                ) from None
            docket.settle("encoding", encoding, (), f"The file starts with the mark of {encoding}.")
            return text, encoding
    for codec, encoding in (*_zero_pattern(data[:GLANCE]), ("utf-8", "UTF-8")):
        if (read := _strictly(data, codec)) is not None:
            docket.settle("encoding", encoding, (), f"All bytes of the file are text in {encoding}.")
            return read, encoding
    return _damaged(data, docket) or _by_letters(data, docket)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _damaged(data: bytes, docket: Docket) -> tuple[str, str] | None:
    """Return UTF-8 in which a few bytes are damaged, None where too many are."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if sum(character > "\x7f" for character in text[: 20 * GLANCE]) <= 10 * bad:
        return None
    docket.settle("encoding", "UTF-8", (), f"The file is text in UTF-8, but for {bad} damaged bytes.")
    return text, "UTF-8"


def _by_letters(data: bytes, docket: Docket) -> tuple[str, str]:
    """Return the text in the encoding that gives the likeliest letters."""
    found = [(score, encoding, codec) for score, encoding, codec in likely(data) if _strictly(data, codec) is not None]
    found = found or [(0.0, "Latin-1", "latin-1")]
    options = [encoding for _, encoding, _ in found]
    taken = docket.asked("encoding", options) or options[0]
    others = [score for score, _, codec in found if not same_script(codec, found[0][2])]
    sure = not others or found[0][0] > 1.5 * others[0]
    sentence = f"The file is no UTF-8; in {taken} its letters are the likeliest."
    docket.settle("encoding", taken, options, sentence, sure=sure)
    return data.decode({encoding: codec for _, encoding, codec in found}[taken]), taken


def _zero_pattern(glance: bytes) -> tuple[tuple[str, str], ...]:
    """Return UTF-16 without a mark where every other byte of Western text is zero."""
    even, odd = glance[::2].count(0), glance[1::2].count(0)
    if odd > 0.4 * len(glance) > 20 * even:
        return (("utf-16-le", "UTF-16"),)
    return (("utf-16-be", "UTF-16"),) if even > 0.4 * len(glance) > 20 * odd else ()
