"""A loss whose table of weights belongs to each sample, and travels with it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from explorer.parameters import Table
from explorer.spec import LossSpec

SUFFIX = "-per-sample"
MOST_KEPT = 32


@lru_cache(maxsize=MOST_KEPT)
def per_sample(spec: LossSpec) -> LossSpec:
    """Return the same loss with a table of its own for each sample.

    It is made for `run`: the table is no parameter but context, ``(sample, class, class)``, and shuffling and batches
    take it along. Its planes are those of the loss and place no tables, so it is not drawn: draw the loss itself.

    Parameters
    ----------
    spec : LossSpec
        A loss with a `Table` among its parameters. Asked again, the same object comes back, so that runs share a step.

    Raises
    ------
    ValueError
        If the loss has no table.
    """
    table = next((parameter for parameter in spec.parameters if isinstance(parameter, Table)), None)
    if table is None:
        raise ValueError(f"{spec.title} has no table of weights that could belong to each sample.")
    symbol = f"{table.symbol or table.label}^{{(s)}}"
    return replace(
        spec,
        key=spec.key + SUFFIX,
        formula=spec.formula.replace(f"<{table.name}>", symbol),
        parameters=tuple(parameter for parameter in spec.parameters if parameter is not table),
        context=(*spec.context, table.name),
        presets=(),
    )
