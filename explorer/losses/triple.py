"""The triangle of three classes among more: the others hold a small share each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from explorer.lazy import ops
from explorer.losses.crossentropy import CLASSES, CORNERS, HEIGHT, TRIANGLE, in_triangle, ticked
from explorer.parameters import Choice, Number
from explorer.spec import Axis, Placed, Plane

MOST_CLASSES = 10
SHOWN = ("first", "second", "third")
REST = Number(
    name="rest",
    label="other classes · of an even share",
    default=0.0,
    low=0.0,
    high=0.9,
    step=0.1,
    help="How probable each class outside the triangle is held, as a part of 1 / number of classes.",
)


@lru_cache(maxsize=MOST_CLASSES)
def triangle_among(classes: int) -> Plane:
    """Return the probability triangle of three of several classes.

    Parameters
    ----------
    classes : int
        How many classes there are, 3 to 10. With three it is the triangle of all of them.

    Returns
    -------
    Plane
        Beyond three classes its scene also says which three are drawn (``first`` at the top, ``second`` on the left,
        ``third`` on the right) and what the others hold (``rest``), never enough to win.

    Raises
    ------
    ValueError
        If there are fewer than 3 or more than 10 classes.
    """
    if classes == CLASSES:
        return TRIANGLE
    if not CLASSES < classes <= MOST_CLASSES:
        raise ValueError(f"A triangle needs 3 to {MOST_CLASSES} classes, but there are {classes}.")
    options = tuple(map(str, range(classes)))
    corners = tuple(
        Choice(name=n, label=f"{n} corner", options=options, default=d) for n, d in zip(SHOWN, options[:3], strict=True)
    )

    def place(x: Any, y: Any, *, true_class: Any, first: Any, second: Any, third: Any, rest: Any) -> Placed:
        """Predict the probabilities at a point of the triangle, one column for each class."""
        top = y / HEIGHT
        right = x - top / 2
        shown = ops.one_hot(ops.stack([first, second, third]), classes, dtype=x.dtype)
        each = rest / classes
        shares = ops.stack([top, 1 - top - right, right], axis=-1) * (1 - (classes - CLASSES) * each)
        y_pred = ticked(ops.matmul(shares, shown) + each * (1 - ops.sum(shown, axis=0)))
        true = ops.one_hot(true_class, classes, dtype=x.dtype)
        return Placed(ops.broadcast_to(true, ops.shape(y_pred)), y_pred)

    def target(*, true_class: int, first: int, second: int, third: int, **_: float) -> tuple[float, float] | None:
        """Return the corner where the true class wins; None where it is not one of the three."""
        drawn = (first, second, third)
        return CORNERS[drawn.index(true_class)] if true_class in drawn else None

    return Plane(
        key=f"triangle-of-{classes}",
        title=f"Probabilities of three of {classes} classes",
        x=Axis(label="second ← → third", low=0.0, high=1.0),
        y=Axis(label="→ first", low=0.0, high=HEIGHT),
        place=place,
        target=target,
        scene=(Choice(name="true_class", label="i · true class", options=options, default="0"), *corners, REST),
        inside=in_triangle,
    )
