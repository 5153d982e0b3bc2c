"""Bytes → text: which encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from explorer.series.series import SeriesError, plain

MOST_BYTES = 20_000_000
KINDS = (
    (b"PK\x03\x04", "an Excel workbook or zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"CDF", "a NetCDF file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
MARKUP = (
    (re.compile(r"\s*<\?xml", re.I), "an XML document"),
    (re.compile(r"\s*<(!doctype|html|head|body|table|div|script|!--)", re.I), "an HTML page"),
    (re.compile(r'\s*(\{\s*["}]|\[\s*[\[{"\]]|\[\s*-?[0-9.]+\s*[,\]])'), "JSON"),
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
GLANCE = 65_536
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def decode(data: bytes, name: str) -> tuple[str, str]:
    r"""Return the text of a file, its lines ended by ``\n``, and what its encoding is called.

    Raises
    ------
    SeriesError
        If it is empty, larger than `MOST_BYTES`, of a kind that is no text table, or not readable as text.
    """
    called = repr(plain(name)) if plain(name) else "The file"
    if len(data) > MOST_BYTES:
        size, most = len(data) / 1e6, MOST_BYTES / 1e6
        raise SeriesError(f"{called} has {size:.1f} MB, which is more than {most:.0f} MB: upload a shorter part of it.")
    for start, kind in KINDS:
        if data.startswith(start):
            raise SeriesError(f"{called} is {kind}, not a text table: save it as CSV and upload that.")
    text, encoding = _text(data, called)
    if not text.strip("\x00\x1a \t\r\n"):
        raise SeriesError(f"{called} is empty: upload a CSV with a column of numbers.")
    for start_of, kind in MARKUP:
        if start_of.match(text):
            raise SeriesError(f"{called} is {kind}, not a text table: save it as CSV and upload that.")
    glance = text[:GLANCE]
    if len(CONTROL.findall(glance)) > len(glance) / 100:
        raise SeriesError(f"{called} holds bytes that are not text: save it as CSV in UTF-8 and upload that.")
    return text.rstrip("\x1a").replace("\r\n", "\n").replace("\r", "\n"), encoding


def _text(data: bytes, called: str) -> tuple[str, str]:
    """Return the text by its byte order mark, by its zero bytes, as UTF-8 or else as Windows-1252."""
    for mark, codec, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec), encoding
            except UnicodeDecodeError:
                raise SeriesError(
                    f"{called} starts as {encoding} but breaks off or is damaged: save it again as CSV in UTF-8."
                ) from None
    for codec, encoding in (*_zero_pattern(data[:GLANCE]), ("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return data.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "Latin-1"


def _zero_pattern(glance: bytes) -> tuple[tuple[str, str], ...]:
    """Return UTF-16 without a mark where every other byte of Western text is zero."""
    even, odd = glance[::2].count(0), glance[1::2].count(0)
    if odd > 0.4 * len(glance) > 20 * even:
        return (("utf-16-le", "UTF-16"),)
    return (("utf-16-be", "UTF-16"),) if even > 0.4 * len(glance) > 20 * odd else ()
