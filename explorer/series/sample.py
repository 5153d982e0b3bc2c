"""Time series that come with the project."""

from __future__ import annotations

from pathlib import Path

from explorer.series.reader import read
from explorer.series.series import Series

FOLDER = Path(__file__).resolve().parents[2] / "data"
SAMPLES = {
    "sunspots": ("Sunspots, yearly, 1700–2008", "sunspots.csv"),
    "co2": ("CO₂, Mauna Loa, monthly, 1958–2001", "co2.csv"),
    "gdp": ("Real GDP, United States, quarterly, 1959–2009", "gdp.csv"),
    "nile": ("Nile, flow at Aswan, yearly, 1871–1970", "nile.csv"),
}


def sample(key: str) -> Series:
    """Return a series that comes with the project, read as if a person had uploaded it.

    Parameters
    ----------
    key : str
        One of `SAMPLES`, which gives each a title and a file in ``data/``.

    Raises
    ------
    KeyError
        If there is no such sample.
    """
    _, file = SAMPLES[key]
    return read((FOLDER / file).read_bytes(), file)
