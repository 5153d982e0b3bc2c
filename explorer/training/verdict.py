"""What a comparison of forecasts says, in one sentence that tells skill from luck of the seeds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.tasks.forecast import Forecast
from explorer.training.outcome import Outcome

ENOUGH = 5
HEADS = {
    (1, 1): "does better than MSE in error and direction",
    (1, 0): "makes a smaller error than MSE",
    (0, 1): "gets more directions right than MSE",
    (0, 0): "makes no difference to MSE that is larger than the spread over seeds",
    (-1, 0): "only makes a larger error than MSE",
    (0, -1): "only gets fewer directions right than MSE",
    (-1, -1): "does worse than MSE in error and direction",
    (1, -1): "buys a smaller error than MSE with fewer right directions",
    (-1, 1): "buys more right directions than MSE with a larger error",
}


class Middle(NamedTuple):
    """Mean of a score over seeds, and how far the seeds spread; without a spread where there is one seed."""

    mean: float
    spread: float

    def text(self, form: str = "") -> str:
        """Return both as text, such as ``20.1 ± 1.9``: the mean in a format, or else to three significant digits."""
        mean = f"{self.mean:{form}}" if form else _digits(self.mean, 3)
        return mean + (f" ± {_digits(self.spread, 2)}" if np.isfinite(self.spread) else "")


def middle(score: NDArray[np.float64]) -> Middle:
    """Return mean and sample standard deviation of what is finite of a score (seed,)."""
    kept = score[np.isfinite(score)]
    mean = float(kept.mean()) if kept.size else float("nan")
    return Middle(mean, float(kept.std(ddof=1)) if kept.size > 1 else float("nan"))


def verdict(task: Forecast, trend: Outcome, mse: Outcome, *, name: str = "The trend loss") -> str:
    """Return whether a loss bought anything beside MSE and the baselines that need no training, in one sentence.

    A difference of means counts if it is larger than the spread (sample standard deviation) of either loss over its
    seeds, a baseline as beaten if the mean error lies below it by more than the spread. With fewer than five seeds
    the sentence says so instead.

    Parameters
    ----------
    task : Forecast
        What was trained; scores are of its test part.
    trend, mse : Outcome
        The loss and its anchor with the same seeds, as `explorer.training.outcome.outcome` gives them.
    name : str
        What to call the loss at the beginning of a sentence.
    """
    errors, directions = _pair(trend.rmse, mse.rmse), _pair(100 * trend.direction, 100 * mse.direction)
    if not np.isfinite([pair.mean for pair in errors]).all():
        broken = name if not trend.sound.any() else "MSE"
        return f"{broken} broke down with every seed, so there is nothing to judge: try a smaller learning rate."
    numbers = f"RMSE {errors[0].text()} against {errors[1].text()}"
    if np.isfinite([pair.mean for pair in directions]).all():
        numbers += f", directions right {directions[0].text()} % against {directions[1].text()} %"
    seeds = int(min(trend.sound.sum(), mse.sound.sum()))
    told = f"{numbers}; {_beaten(task, errors[0])}."
    if seeds < ENOUGH:
        runs = "one seed" if seeds == 1 else f"{seeds} seeds"
        return f"With {runs} nobody can tell {_inner(name)} from luck, train {ENOUGH} or more: {told}"
    changed = HEADS[_change(errors, -1), _change(directions, 1)]
    head = "has collapsed to “repeat last”" if trend.mostly_collapsed else changed
    return f"{name} {head}, over {seeds} seeds: {told}"


def _pair(trend: NDArray[np.float64], mse: NDArray[np.float64]) -> tuple[Middle, Middle]:
    return middle(trend), middle(mse)


def _change(pair: tuple[Middle, Middle], good: int) -> int:
    """Return 1 where the first is better than the second by more than the spread, −1 where it is worse, else 0."""
    difference = good * (pair[0].mean - pair[1].mean)
    return int(np.sign(difference)) if abs(difference) > max(pair[0].spread, pair[1].spread) else 0


def _beaten(task: Forecast, error: Middle) -> str:
    """Return which baselines are beaten."""
    said = {"repeat last": task.repeat_last(task.test), "seasonal naive": task.seasonal_naive(task.test)}
    known = {name: task.scores(task.test, told)["rmse"] for name, told in said.items() if told is not None}
    spread = error.spread if np.isfinite(error.spread) else 0.0
    named = {name: f"{name} ({_digits(rmse, 3)})" for name, rmse in known.items()}
    beaten = [named[name] for name, rmse in known.items() if error.mean + spread < rmse]
    left = [text for text in named.values() if text not in beaten]
    if not left:
        return f"it beats {' and '.join(beaten)}"
    missed = f"does not clearly beat {' or '.join(left)}"
    return f"it beats {beaten[0]} but {missed}" if beaten else f"it {missed}"


def _inner(name: str) -> str:
    """Return a name as it stands within a sentence."""
    return name[0].lower() + name[1:] if name.startswith("The ") else name


def _digits(number: float, digits: int) -> str:
    """Return a number to so many significant digits, without an exponent."""
    return np.format_float_positional(number, precision=digits, unique=False, fractional=False, trim="-")
