"""What two closures report after an epoch: one over a number, one over a variable."""

from __future__ import annotations

from dataclasses import dataclass

EACH = 3
COMPILED, CHANGED, RECOMPILED = "compiled", "changed", "compiled anew"
PHASES = (COMPILED, CHANGED, RECOMPILED)


@dataclass(frozen=True)
class Moment:
    """The end of an epoch.

    Attributes
    ----------
    epoch : int
        Its number, from 1.
    phase : str
        What was done last: one of `PHASES`.
    number, number_traces : float, int
        Loss that Keras reports for the closure over a plain number, and how often its step has been traced by then.
    variable, variable_traces : float, int
        The same for the closure over a `keras.Variable`.
    """

    epoch: int
    phase: str
    number: float
    number_traces: int
    variable: float
    variable_traces: int
