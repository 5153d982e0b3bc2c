"""What a file is, by its first bytes: kinds that are no table are refused by their name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

KINDS = (
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a sound, film or WebP picture"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg sound"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x04\x22\x4d\x18", "an LZ4 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\xff\xff\xff\xff", "an Arrow stream"),
    (b"FEA1", "a Feather file"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x0e\x03\x13\x01", "an HDF4 file"),
    (b"CDF\x01", "a NetCDF file"),
    (b"CDF\x02", "a NetCDF file"),
    (b"CDF\x05", "a NetCDF file"),
    (b"GRIB", "a GRIB file"),
    (b"SIMPLE  =", "a FITS file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"MATLAB 5.0", "a MATLAB file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"RDX", "an R data file"),
    (b"<stata_dta>", "a Stata file"),
    (b"$FL2", "an SPSS file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"version https://git-lfs", "a pointer of Git LFS in place of the file"),
)
PICKLE = re.compile(rb"\x80[\x02-\x05](\x95|[\]}(cKXq\x8c\x8d])|\((dp|lp)[0-9]+\n|c[a-z_.]+\n[A-Za-z_]+\n")
TAR = slice(257, 262)
MARKUP = (
    (re.compile(r"\s*<\?xml", re.I), "an XML document"),
    (re.compile(r"\s*<(!doctype|html|head|body|table|div|script|!--)", re.I), "an HTML page"),
    (re.compile(r'\s*(\{\s*["}]|\[\s*[\[{"\]]|\[\s*-?[0-9.]+\s*[,\]])'), "JSON"),
    (re.compile(r"\s*BEGIN:V(CALENDAR|CARD)", re.I), "a calendar or address book"),
    (re.compile(r"-----BEGIN [A-Z ]+-----"), "a key or certificate"),
)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
INSIDE = (
    ("xl/workbook.bin", "an Excel binary workbook"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    (".npy", "a NumPy archive"),
    ("model.weights.h5", "a Keras model"),
    ("data.pkl", "a PyTorch model"),
    ("Index/", "a Numbers or Pages document"),
)


def is_sheets(data: bytes) -> bool:
    """Tell whether bytes start as a workbook may: as a zip archive or an old Office document."""
    return data.startswith((ZIP, OLE))


def kind_of(data: bytes) -> str | None:
    """Return what a file is that is no table, with its article; None where the bytes do not tell."""
    for start, kind in KINDS:
        if data.startswith(start):
            return kind
    if PICKLE.match(data[:200]):
        return "a Python pickle, which is never opened"
    if data.startswith(ZIP):
        return kind_inside(members(data)) or "an Excel workbook or zip archive"
    if data.startswith(OLE[:4]):
        return "an old Excel workbook"
    return "a tar archive" if data[TAR] == b"ustar" else None


def members(data: bytes) -> Sequence[str]:
    """Return the names of the files in a zip archive; none where it is damaged."""
    try:
        return zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ()


def kind_inside(names: Sequence[str]) -> str | None:
    """Return what an archive with these files is, None where it may be a workbook or damaged."""
    if not names or "xl/workbook.xml" in names or "content.xml" in names:
        return None
    for part, kind in INSIDE:
        if any(name.startswith(part) or name.endswith(part) for name in names):
            return kind
    return "a zip archive"


def markup_of(text: str) -> str | None:
    """Return what a text is that is no table, with its article; None where it may be one."""
    return next((kind for start, kind in MARKUP if start.match(text)), None)
