"""Samples with a label each, as they were found in a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class LabelledError(ValueError):
    """A file that no labelled samples can be read from; the message is one plain sentence."""


@dataclass(frozen=True, eq=False)
class Understood:
    """How a file was read.

    Attributes
    ----------
    encoding, separator, decimal : str
        What the text was taken for.
    label_column : str
        The column that holds the labels.
    label_columns, numeric_columns : tuple of str
        The columns that could hold the labels, and those that could be features.
    rows, total : int
        Rows kept, and rows of data in the file.
    kept : ndarray of int, shape (rows,)
        Which rows of data were kept, counted from 0.
    skipped : tuple of int
        Lines that were left out.
    """

    encoding: str
    separator: str
    decimal: str
    label_column: str
    label_columns: tuple[str, ...]
    numeric_columns: tuple[str, ...]
    rows: int
    total: int
    kept: NDArray[np.intp]
    skipped: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Labelled:
    """Samples with a label each.

    Attributes
    ----------
    x : ndarray of float64, shape (sample, feature)
        The features, in the units of the data, all finite.
    label : ndarray of int, shape (sample,)
        The class of each sample, counted from 0.
    features : tuple of str
        Name of each column of ``x``.
    classes : tuple of str
        Name of each class, as a person wrote it: 2 to 10 of them.
    notes : tuple of str
        What was understood, changed or skipped, one sentence each; empty for data that came with the project.
    understood : Understood or None
        How the file was read; None for data that came with the project.
    """

    x: NDArray[np.float64]
    label: NDArray[np.intp]
    features: tuple[str, ...]
    classes: tuple[str, ...]
    notes: tuple[str, ...] = ()
    understood: Understood | None = None
