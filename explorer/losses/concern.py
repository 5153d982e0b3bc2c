"""What is odd about a table of misclassification weights, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.parameters import TableValue


@dataclass(frozen=True)
class Concern:
    """One odd thing about a table, to be shown beside its cell.

    Attributes
    ----------
    kind : str
        "diagonal": a right answer weighs more than a wrong one (of no meaning for a loss that takes the diagonal as
        0); "negative": an entry below 0; "nothing": a row of zeros; "ones": all entries are 1.
    row, column : int or None
        The cell; None where the whole row or table is meant.
    sentence : str
        One plain sentence with the names of the classes.
    """

    kind: str
    row: int | None
    column: int | None
    sentence: str


def concerns(weights: TableValue, names: Sequence[str]) -> list[Concern]:
    """Return what is odd about a table, row by row.

    Parameters
    ----------
    weights : tuple of tuple of float
        The table, ``(class, class)``: rows are the true class, columns the predicted one.
    names : sequence of str
        Name of each class.

    Raises
    ------
    ValueError
        If there is not one name for each class.
    """
    if len(names) != len(weights):
        raise ValueError(f"names must hold one name for each of the {len(weights)} classes, but holds {len(names)}.")
    if all(entry == 1 for row in weights for entry in row):
        return [Concern("ones", None, None, "Every weight is 1: no mistake counts more than another.")]
    return [
        concern
        for i in range(len(weights))
        for concern in (*_dear(weights, names, i), *_negative(weights, names, i), *_nothing(weights, names, i))
    ]


def _dear(weights: TableValue, names: Sequence[str], i: int) -> Iterator[Concern]:
    """Yield a concern if the right answer of row ``i`` weighs more than a wrong one."""
    right = weights[i][i]
    cheaper = [f"{names[j]} ({entry:g})" for j, entry in enumerate(weights[i]) if entry < right]
    if cheaper:
        taken = " or ".join(cheaper)
        sentence = f"Being right about {names[i]} ({right:g}) costs more than taking it for {taken}."
        yield Concern("diagonal", i, i, sentence)


def _negative(weights: TableValue, names: Sequence[str], i: int) -> Iterator[Concern]:
    """Yield a concern for each entry of row ``i`` that rewards."""
    for j, entry in enumerate(weights[i]):
        if entry < 0:
            case = f"being right about {names[i]}" if i == j else f"taking {names[i]} for {names[j]}"
            yield Concern("negative", i, j, f"A weight below 0 ({entry:g}) rewards {case}.")


def _nothing(weights: TableValue, names: Sequence[str], i: int) -> Iterator[Concern]:
    """Yield a concern if row ``i`` holds zeros only."""
    if not any(weights[i]):
        yield Concern("nothing", i, None, f"Every weight of true {names[i]} is 0: such a sample does not count at all.")
