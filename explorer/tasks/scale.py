"""What normalisation subtracts and divides by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def scale(known: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of each feature; of a constant one itself and 1, free of rounding."""
    constant = known.min(axis=0) == known.max(axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        mean, std = known.mean(axis=0), known.std(axis=0)
    return np.where(constant, known[0], mean), np.where(constant | (std == 0), 1.0, std)
