"""Which column of a table is the label, and which are features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.labelled.column import MOST_CLASSES, Column
from explorer.labelled.labelled import LabelledError
from explorer.series.number import is_number
from explorer.series.phrase import some
from explorer.series.series import plain
from explorer.series.word import all_words

# fmt: off
LABEL_WORDS = (
    "label", "labels", "target", "class", "classes", "klasse", "klassen", "species", "category", "kategorie",
    "diagnosis", "diagnose", "outcome", "ergebnis", "variety", "sorte", "ziel", "zielgröße", "gruppe", "group", "type",
    "typ", "art", "y",
)
# fmt: on
FEWEST_KNOWN = 0.5


def may_be_label(column: Column) -> bool:
    """Tell whether a column holds text or whole numbers of 2 to 10 kinds."""
    worded = column.numbers is None or bool(column.numbers.bad.any())
    return (worded or column.is_whole) and 2 <= column.distinct <= MOST_CLASSES


def choose_label(columns: Sequence[Column], wanted: str | None) -> Column:
    """Return the column of labels.

    One that is called so comes first, then text, then whole numbers; among equals the last one.

    Raises
    ------
    LabelledError
        If the column ``wanted`` is not there or holds no classes, or no column does.
    """
    if wanted is not None:
        return _with_classes(_called(columns, wanted))
    possible = [column for column in columns if may_be_label(column)]
    if possible:
        return max(possible, key=lambda c: (-_rank(c.name), c.numbers is None, c.position))
    text = [column for column in columns if column.numbers is None and column.distinct]
    likely = [column for column in columns if _rank(column.name) < len(LABEL_WORDS)]
    if likely or text:
        return _with_classes((likely or text)[-1])
    raise LabelledError(
        f"No column of labels was found among {plain(_names(columns), 200)}: add a column of text or whole numbers "
        f"with 2 to {MOST_CLASSES} different values."
    )


def choose_features(columns: Sequence[Column], label: Column, wanted: Sequence[str] | None) -> list[Column]:
    """Return the columns that are features; where they are not named, all numbers that are neither label nor index.

    Raises
    ------
    LabelledError
        If a column ``wanted`` is not there, holds text or the labels, or if there is no column of numbers.
    """
    if wanted is not None:
        return _wanted(columns, label, wanted)
    numeric = [column for column in columns if column.numbers is not None and column is not label]
    if not numeric:
        raise LabelledError(
            f"There is no column of numbers beside the labels in {label.name!r}: add one that tells the classes apart."
        )
    features = [column for column in numeric if not _doubt(column, label)]
    if not features:
        raise LabelledError(
            f"No column of numbers beside the labels is a feature: {numeric[0].name!r} {_doubt(numeric[0], label)}; "
            "add one, or choose one by name."
        )
    return features


def left_aside(columns: Sequence[Column], label: Column) -> list[str]:
    """Say which columns are no features, where nobody has chosen them by name."""
    reasons = dict[str, list[Column]]()
    for column in columns:
        if column is not label and (reason := _doubt(column, label)):
            reasons.setdefault(reason, []).append(column)
    return [f"Not taken as a feature, because it {reason}: {_names(found)}." for reason, found in reasons.items()]


def _doubt(column: Column, label: Column) -> str:
    """Return why a column is not taken as a feature unasked; empty where it is."""
    if column.numbers is None:
        return "holds text" if column.distinct else "holds no value at all"
    if column.is_counting:
        return "only counts or names the rows"
    if np.isfinite(column.numbers.value).mean() < FEWEST_KNOWN:
        return "has gaps in more than half of the rows"
    return "only repeats the label" if _is_twin(column, label) else ""


def _is_twin(column: Column, label: Column) -> bool:
    """Tell whether two columns divide the rows in the same way."""
    if column.distinct != label.distinct:
        return False
    pairs = set(zip(column.classes[1].tolist(), label.classes[1].tolist(), strict=True))
    return len({pair for pair in pairs if -1 not in pair}) == label.distinct


def _wanted(columns: Sequence[Column], label: Column, wanted: Sequence[str]) -> list[Column]:
    if not wanted:
        raise LabelledError("No feature is chosen: choose at least one column of numbers.")
    features = [_called(columns, name) for name in dict.fromkeys(wanted)]
    for column in features:
        if column is label:
            raise LabelledError(f"Column {column.name!r} holds the labels: it cannot be a feature as well.")
        if column.numbers is None:
            first = next((cell for cell in column.labels if cell and not is_number(cell)), "")
            what = f"text (such as {plain(first, 40)!r})" if first else "no value at all"
            raise LabelledError(f"Column {column.name!r} holds {what}: a feature must hold numbers, choose others.")
    return features


def _called(columns: Sequence[Column], name: str) -> Column:
    found = next((column for column in columns if column.name == name), None)
    if found is None:
        raise LabelledError(f"There is no column {plain(name)!r}; there is {plain(_names(columns), 200)}.")
    return found


def _with_classes(column: Column) -> Column:
    """Return a column that holds 2 to 10 classes, or refuse it."""
    if column.distinct > MOST_CLASSES:
        raise LabelledError(
            f"Column {column.name!r} has {column.distinct:,} different values, more than {MOST_CLASSES} classes: it is "
            "probably not the label, choose another column."
        )
    if column.distinct < 2:
        only = f"one class only, {plain(column.classes[0][0], 40)!r}" if column.distinct else "no label at all"
        raise LabelledError(f"Column {column.name!r} holds {only}: at least two classes are needed.")
    return column


def _rank(name: str) -> int:
    """Return how early the words for a label have one of a column's name."""
    words = all_words(name)
    return next((i for i, word in enumerate(LABEL_WORDS) if word in words), len(LABEL_WORDS))


def _names(columns: Sequence[Column]) -> str:
    return some([repr(column.name) for column in columns])
