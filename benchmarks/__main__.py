"""Measure and print what the app promises: ``python -m benchmarks``, or some of it by name."""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from typing import Any

from benchmarks import result
from benchmarks.browser import BrowserError
from benchmarks.result import Row

# Those in a browser come first, while TensorFlow is not yet in this process.
NAMES = (
    "first_paint",
    "slider",
    "load",
    "memory",
    "recovery",
    "endurance",
    "surface",
    "training",
    "pairwise",
    "misclassification",
)


def main() -> None:
    """Measure one after the other; print and keep each as soon as it is there."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Ratios of one run; nothing passes or fails."
    )
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"what to measure: {', '.join(NAMES)}; all if none is named"
    )
    asked = parser.parse_args().names or NAMES
    for name in asked:
        if name not in NAMES:
            parser.error(f"there is no benchmark {name!r}; there are {', '.join(NAMES)}.")
    for name in asked:
        before = result.machine()
        try:
            figures = import_module(f"benchmarks.{name}").measure()
        except BrowserError as error:
            print(f"\n{name}\n{error}")
            continue
        rows = figures.pop("rows") if "rows" in figures else [training_row(figures)]
        print(f"\n{name}")
        if rows:
            print(result.table(rows))
        for fact, value in figures.items():
            print(f"{fact}: {shown(value)}")
        print(f"kept in {result.save(name, before, rows, figures).relative_to(result.FOLDER.parents[1])}", flush=True)


def training_row(figures: dict[str, Any]) -> Row:
    """Return the comparison that the benchmark of training makes."""
    quick, slow = figures["run, ms an epoch"], figures["fit, ms an epoch"]
    return Row("one epoch of a short run", quick, "model.fit", slow, "≥ 80 × as fast")


def shown(value: Any) -> str:
    """Return a fact as it is printed."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
