"""Small images of shapes in noise and uneven light, some of them empty, and a tiny net that finds their pixels."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from explorer.lazy import LazyModule
from explorer.tasks.task import Batch, Scores, Task

keras: Any = LazyModule("keras")

Images: TypeAlias = NDArray[np.float32]

SIDE = 32
KINDS = ("disc", "square", "triangle", "empty")
SIZES = (4.0, 9.0)  # radius of a disc, in pixels; squares and triangles have about the same area
LIGHT = 0.5  # how much brighter one side of an image is than the other, at most
CONTRAST = (0.35, 0.7)
NOISE = 0.15
TRAIN, VALIDATION, TEST = 192, 64, 8
FILTERS = 16
CUT = 0.5
CLIP = 1e-7


def shapes(seed: int = 0) -> Task:
    """Return generated images, and a tiny convolutional net that says for each pixel whether it is the shape's.

    Discs, squares, triangles and empty images take turns, so that each part holds as many of each.

    Parameters
    ----------
    seed : int
        Of the images; the model's seed is the run's.

    Returns
    -------
    Task
        ``x`` and ``y_true`` (sample, 32, 32, 1); the model says scores from 0 to 1.
    """
    image, mask = draw(TRAIN + VALIDATION + TEST, seed)
    ends = [TEST, TEST + VALIDATION]
    test, validation, train = (Batch(*parts) for parts in zip(np.split(image, ends), np.split(mask, ends), strict=True))
    return Task(
        key="shapes",
        architecture=f"shapes-{FILTERS}",
        train=train,
        validation=validation,
        test=test,
        build=build,
        scores=scores,
    )


def draw(count: int, seed: int = 0) -> tuple[Images, Images]:
    """Return images of shapes, and their masks of 0 and 1, both (count, 32, 32, 1)."""
    random = np.random.default_rng(seed)
    masks = np.stack([_mask(KINDS[place % len(KINDS)], random) for place in range(count)])
    across = np.linspace(-0.5, 0.5, SIDE)
    slope = LIGHT * random.uniform(-1, 1, (count, 2, 1, 1))
    light = slope[:, 0] * across + slope[:, 1] * across[:, None]
    contrast = random.uniform(*CONTRAST, (count, 1, 1))
    image = light + contrast * masks + random.normal(scale=NOISE, size=masks.shape)
    return image[..., None].astype(np.float32), masks[..., None].astype(np.float32)


def _mask(kind: str, random: np.random.Generator) -> NDArray[np.bool_]:
    """Return one shape somewhere in the image, turned somehow."""
    size, turn = random.uniform(*SIZES), random.uniform(0, 2 * np.pi)
    middle = random.uniform(SIZES[1], SIDE - SIZES[1], 2)
    row, column = np.indices((SIDE, SIDE)) - middle[:, None, None]
    along, beside = np.cos(turn) * column + np.sin(turn) * row, np.cos(turn) * row - np.sin(turn) * column
    if kind == "empty":
        return np.zeros((SIDE, SIDE), bool)
    if kind == "disc":
        inside = np.hypot(along, beside) <= size
    elif kind == "square":
        inside = np.maximum(abs(along), abs(beside)) <= size * np.sqrt(np.pi) / 2
    else:
        corners = np.pi / 2 + 2 * np.pi * np.arange(3) / 3
        reach = size * np.sqrt(np.pi / (3 * np.sqrt(3)))  # from the middle to a side, for the area of the disc
        inside = np.all([np.cos(c) * along + np.sin(c) * beside <= reach for c in corners], axis=0)
    return np.asarray(inside)


def build(seed: int) -> Any:
    """Return a net of three convolutions over blocks of 2 by 2 pixels that ends in scores from 0 to 1 for each pixel.

    The convolutions are written as patches times weights: in a compiled loop XLA runs that nearly ten times as fast.
    """
    layers, half = keras.layers, SIDE // 2
    image = keras.Input((SIDE, SIDE, 1), name="image")
    blocks = layers.Permute((1, 3, 2, 4), name="blocks")(layers.Reshape((half, 2, half, 2), name="split")(image))
    hidden = layers.Reshape((half, half, 4), name="halved")(blocks)
    for place, name in enumerate(("edges", "parts", "shape")):
        hidden = _dense(FILTERS, "relu", seed + place, name)(_patches(hidden))
    logits = layers.Reshape((half, half, 2, 2), name="unfolded")(_dense(4, None, seed + 3, "logits")(hidden))
    pixels = layers.Reshape((SIDE, SIDE, 1), name="doubled")(layers.Permute((1, 3, 2, 4), name="pixels")(logits))
    return keras.Model(image, layers.Activation("sigmoid", name="scores")(pixels), name="shapes")


def _dense(units: int, activation: str | None, seed: int, name: str) -> Any:
    return keras.layers.Dense(units, activation, kernel_initializer=keras.initializers.GlorotUniform(seed), name=name)


def _patches(image: Any) -> Any:
    """Return for each place of (sample, row, column, channel) the channels of the 3 by 3 places around it."""
    rows, columns = image.shape[1:3]
    padded = keras.ops.pad(image, ((0, 0), (1, 1), (1, 1), (0, 0)))
    shifted = [padded[:, i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
    return keras.ops.concatenate(shifted, axis=-1)


def iou(mask: NDArray[Any], score: NDArray[Any]) -> NDArray[np.float64]:
    """Return how well each image's pixels above 0.5 overlap its mask: shared pixels of all that are in either.

    Shapes: ``mask`` and ``score`` (sample, …), result (sample,); 1 where both are empty.
    """
    pixels = tuple(range(1, mask.ndim))
    true, found = mask > CUT, score > CUT
    shared, either = (true & found).sum(axis=pixels), (true | found).sum(axis=pixels)
    return np.where(either > 0, shared / np.maximum(either, 1), 1.0)


def scores(part: Batch, prediction: NDArray[Any]) -> Scores:
    """Return the mean IoU of the images, their mean binary cross entropy, and the share of empty images left empty."""
    p = np.clip(prediction.astype(np.float64), CLIP, 1 - CLIP)
    entropy = -np.where(part.y_true > CUT, np.log(p), np.log(1 - p))
    overlap, empty = iou(part.y_true, prediction), ~part.y_true.any(axis=(1, 2, 3))
    return {
        "iou": float(overlap.mean()),
        "bce": float(entropy.mean()),
        "empty": float(overlap[empty].mean()) if empty.any() else float("nan"),
    }
