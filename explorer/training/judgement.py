"""Whether a trend loss bought anything: each is trained with a few seeds beside MSE, and judged in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.spec import LossSpec
from explorer.tasks.forecast import Forecast
from explorer.training.tradeoff import Landing, tradeoff
from explorer.training.verdict import verdict

SEEDS = 5


@dataclass(frozen=True)
class Judgement:
    """What a loss bought, over a few seeds.

    Attributes
    ----------
    which : int
        Position of the loss.
    epoch : int
        How many epochs it was trained for.
    sentence : str
        As `explorer.training.verdict.verdict` gives it, or why there is none.
    collapsed : bool
        Whether most of its forecasts only say the last value again.
    """

    which: int
    epoch: int
    sentence: str
    collapsed: bool


def judge(
    losses: Sequence[tuple[LossSpec, Mapping[str, Any]]], task: Forecast, *, seed: int = 0, **setting: Any
) -> Iterator[Judgement | None]:
    """Yield a judgement of each loss that has a penalty, one after the other; None in between.

    Parameters
    ----------
    losses : sequence of (LossSpec, mapping)
        Losses with parameter values; those without a penalty are passed over.
    task : Forecast
        What they are trained on.
    seed : int
        The first of five seeds.
    **setting
        As for `explorer.training.tradeoff.tradeoff`.
    """
    for which, (spec, values) in enumerate(losses):
        if spec.split is None:
            continue
        weight = float(values[spec.split.parameter])
        others = {name: value for name, value in values.items() if name != spec.split.parameter}
        last: dict[float, Landing] = {}
        seeds = range(int(seed), int(seed) + SEEDS)
        for landing in tradeoff(spec, [weight], task, seeds, values=others, **setting):
            if landing is None:
                yield None
            else:
                last[landing.weight] = landing
        yield _judgement(which, spec, task, last[weight], last[0.0])


def _judgement(which: int, spec: LossSpec, task: Forecast, trend: Landing, mse: Landing) -> Judgement:
    if trend.outcome is None or mse.outcome is None:
        return Judgement(which, trend.epoch, trend.sentence or mse.sentence, False)
    sentence = verdict(task, trend.outcome, mse.outcome, name=f"The {spec.form} form")
    return Judgement(which, trend.epoch, sentence, trend.outcome.mostly_collapsed)
