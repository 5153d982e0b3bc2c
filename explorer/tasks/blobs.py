"""Clouds of points on a plane, and a small classifier that tells them apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.parameters import Number, clean
from explorer.tasks.classification import Classification, classification

CLASSES = Number(
    name="classes",
    label="k · classes",
    default=3,
    low=2,
    high=10,
    step=1,
    whole=True,
    help="How many clouds there are.",
    symbol="k",
)
OVERLAP = Number(
    name="overlap",
    label="σ · overlap",
    default=0.5,
    low=0.01,
    high=2.0,
    slider=(0.05, 1.0),
    step=0.05,
    help="Spread of a cloud, relative to the distance of neighbouring centres.",
    symbol=r"\sigma",
)
IMBALANCE = Number(
    name="imbalance",
    label="Imbalance",
    default=0.0,
    low=0.0,
    high=0.99,
    slider=(0.0, 0.95),
    step=0.05,
    help="0 gives equal classes; at 0.9 the last class is a tenth as frequent as the first.",
)
NOISE = Number(
    name="noise",
    label="Label noise",
    default=0.0,
    low=0.0,
    high=0.4,
    step=0.02,
    help="Share of labels that are replaced by another class.",
)
SAMPLES = Number(
    name="samples",
    label="n · samples",
    default=900,
    low=120,
    high=3000,
    step=20,
    whole=True,
    help="How many points are drawn.",
    symbol="n",
)
PARAMETERS = (CLASSES, OVERLAP, IMBALANCE, NOISE, SAMPLES)
FEWEST_OF_CLASS = 12
DISTANCE = 2.0


def blobs(seed: int = 0) -> Classification:
    """Return three Gaussian blobs that overlap a little, and a classifier of them.

    Parameters
    ----------
    seed : int
        Of the points and the split; the model's seed is the run's.

    Returns
    -------
    Classification
        ``x`` (sample, 2), ``y_true`` one-hot (sample, 3); the model says logits, predictions are probabilities.
    """
    point, label = draw(seed=seed)
    return replace(classification(point, label, int(CLASSES.default), seed=seed), key="blobs")


def draw(
    classes: int = 3,
    overlap: float = 0.5,
    imbalance: float = 0.0,
    noise: float = 0.0,
    samples: int = 900,
    seed: int = 0,
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return points of Gaussian clouds whose centres stand evenly on a circle, and the class of each.

    Parameters
    ----------
    classes, overlap, imbalance, noise, samples
        As `PARAMETERS` say. Each class gets at least 12 points, before labels are replaced.
    seed : int
        Of the points, their order and the labels that are replaced.

    Returns
    -------
    tuple of ndarray
        Points (sample, 2), neighbouring centres being 2 apart, and classes (sample,) from 0.

    Raises
    ------
    ParameterError
        If a value is out of its limits.
    """
    given = {"classes": classes, "overlap": overlap, "imbalance": imbalance, "noise": noise, "samples": samples}
    values = {name: float(value) for name, value in clean(PARAMETERS, given).items()}  # type: ignore[arg-type]
    random = np.random.default_rng(seed)
    sizes = _sizes(int(values["classes"]), int(values["samples"]), values["imbalance"])
    label = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    point = _centres(len(sizes))[label] + random.normal(scale=DISTANCE * values["overlap"], size=(len(label), 2))
    return point, _replaced(label, sizes, values["noise"], random)


def _centres(classes: int) -> NDArray[np.float64]:
    """Return points on a circle, the first at its top, each 2 apart from the next."""
    angle = np.pi / 2 + 2 * np.pi * np.arange(classes) / classes
    radius = DISTANCE / (2 * np.sin(np.pi / classes))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _sizes(classes: int, samples: int, imbalance: float) -> NDArray[np.intp]:
    """Return the number of points of each class: a geometric row from the first to the rarest, none too small."""
    share = (1 - imbalance) ** (np.arange(classes) / (classes - 1))
    sizes = np.zeros(classes, np.intp)
    for c in reversed(range(classes)):
        sizes[c] = max(FEWEST_OF_CLASS, round((samples - sizes.sum()) * share[c] / share[: c + 1].sum()))
    return sizes


def _replaced(
    label: NDArray[np.intp], sizes: NDArray[np.intp], noise: float, random: np.random.Generator
) -> NDArray[np.intp]:
    """Return the labels, the same share of each class replaced by another class."""
    noisy = label.copy()
    for c, size in enumerate(sizes):
        lost = random.permutation(np.flatnonzero(label == c))[: round(noise * size)]
        noisy[lost] = (c + random.integers(1, len(sizes), len(lost))) % len(sizes)
    return noisy
