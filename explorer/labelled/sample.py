"""Labelled samples that come with the project."""

from __future__ import annotations

import numpy as np

from explorer.labelled.labelled import Labelled

SAMPLES = {"iris": "Iris, 150 flowers, Fisher 1936"}


def sample(key: str) -> Labelled:
    """Return samples that come with the project: those of the installed plotly package.

    Parameters
    ----------
    key : str
        One of `SAMPLES`, which gives each a title.

    Raises
    ------
    KeyError
        If there is no such sample.
    """
    if key not in SAMPLES:
        raise KeyError(key)
    from plotly.data import iris

    frame = iris()
    features = ("sepal_length", "sepal_width", "petal_length", "petal_width")
    classes, label = np.unique(frame["species"].to_numpy(str), return_inverse=True)
    return Labelled(frame[list(features)].to_numpy(np.float64), label, features, tuple(classes.tolist()))
