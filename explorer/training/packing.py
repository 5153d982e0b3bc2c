"""Several arrays in one: a compiled call pays some 20 µs for each of its arguments."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import tensorflow as tf


class Packing:
    """Arrays of one dtype side by side, along the last axis of one array.

    Parameters
    ----------
    shapes : sequence of shape
        Shape of each array, without the axes that all of them share.
    """

    def __init__(self, shapes: Sequence[tuple[int, ...]]) -> None:
        self._shapes = [tuple(shape) for shape in shapes]
        self._sizes = [prod(shape) for shape in self._shapes]

    def pack(self, parts: Sequence[Any], *shared: int) -> Any:
        """Return the parts, each ``(*shared, *shape)``, as one tensor ``(*shared, width)``."""
        flat = [tf.reshape(part, (*shared, size)) for part, size in zip(parts, self._sizes, strict=True)]
        return tf.concat(flat, axis=-1)

    def unpack(self, packed: Any) -> list[Any]:
        """Return the parts of a packed tensor ``(*shared, width)``, each ``(*shared, *shape)``."""
        shared = packed.shape[:-1]
        parts = tf.split(packed, self._sizes, axis=-1)
        return [tf.reshape(part, (*shared, *shape)) for part, shape in zip(parts, self._shapes, strict=True)]
