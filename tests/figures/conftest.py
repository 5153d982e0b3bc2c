"""Surfaces written by hand, and a way to look at everything that a figure holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.surface import Surface
from explorer.training.lens import Course, Lens
from explorer.training.outcome import Outcome


@pytest.fixture
def bowl() -> Surface:
    """Return (x − 1)² + 2·(y − 0.5)² with its exact slopes, split into two terms."""
    x, y = np.linspace(-1.0, 2.0, 31), np.linspace(-1.0, 1.5, 26)
    wide, tall = np.meshgrid(x, y)
    rest, term = (wide - 1) ** 2, 2 * (tall - 0.5) ** 2
    return Surface(x, y, rest + term, 2 * (wide - 1), 4 * (tall - 0.5), rest, (1.0, 0.5))


@pytest.fixture
def corner() -> Surface:
    """Return −ln p of class 1 over the triangle, NaN outside it."""
    height = np.sqrt(3) / 2
    x, y = np.linspace(0, 1, 41), np.linspace(0, height, 41)
    wide, tall = np.meshgrid(x, y)
    top, right = tall / height, wide - tall / (2 * height)
    left = 1 - top - right
    inside = np.min([top, right, left], axis=0) > -1e-9
    share = np.where(inside, np.clip(left, 1e-7, 1), np.nan)
    return Surface(x, y, -np.log(share), 1 / share, 0.5 / (height * share), None, (0.0, 0.0))


@pytest.fixture
def glass() -> Lens:
    """Return a lens for batches of 1, 8 and 32 with four draws and two trainings; the last training is not done."""
    size = np.array([1, 8, 32])
    cosine = np.array([[1.0, 1, 1, 1], [0.2, 0.4, 0.6, 0.8], [-0.2, 0.2, 0.4, np.nan]])
    after = np.array([[0.5, 0.5, 0.5, 0.5], [0.2, 0.2, 0.2, 0.4], [np.nan] * 4])
    end = Outcome(np.array([2.0]), np.array([1.0]), np.array([0.8]), np.array([False]))

    def course(batch: int, update: list[int], rmse: list[float]) -> Course:
        score = np.array(rmse)
        return Course(batch, np.array(update), score, score / 4, score, score / 100, end, np.zeros((5, 1)))

    courses = (course(1, [512, 1024], [3.0, 2.0]), course(8, [64, 512, 1024], [90.0, 4.0, 3.5]))
    pull = np.ones((3, 2)) / size[:, None]
    own = 1 / size[:, None] * np.array([1.0, 1, 2, 2])
    return Lens(size, np.arange(4), pull[0], pull, 1 / own, cosine, own, 0.5 * cosine**2, after, courses)


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a figure's dict with the path to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}")
    elif isinstance(node, tuple | list) and node and isinstance(node[0], dict):
        for place, value in enumerate(node):
            yield from leaves(value, f"{path}[{place}]")
    else:
        yield path, node


@pytest.fixture
def words():
    """Return a function that joins every text that Plotly reads as its small HTML."""

    def joined(figure: go.Figure) -> str:
        return "\n".join(
            str(value)
            for path, value in leaves(figure.to_dict())
            if path.endswith((".text", "template", ".name")) and ".meta" not in path
        )

    return joined


@pytest.fixture
def data_arrays():
    """Return a function that lists the data of all traces by path."""
    names = {"x", "y", "z", "customdata"}

    def listed(figure: go.Figure) -> list[tuple[str, Any]]:
        return [
            (f"{place}.{name}", trace[name])
            for place, trace in enumerate(figure.data)
            for name in names
            if name in trace and trace[name] is not None
        ]

    return listed
