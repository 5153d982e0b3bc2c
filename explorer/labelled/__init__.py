"""A person's file of samples with a label each, and tables of weights that belong to samples."""

from explorer.labelled.labelled import Labelled, LabelledError, Understood
from explorer.labelled.reader import read
from explorer.labelled.sample import SAMPLES, sample
from explorer.labelled.weight import STRENGTH, by_column, tables

__all__ = [
    "SAMPLES",
    "STRENGTH",
    "Labelled",
    "LabelledError",
    "Understood",
    "by_column",
    "read",
    "sample",
    "tables",
]
