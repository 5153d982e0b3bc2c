"""Short training runs, and the Keras classes that train a loss of the catalogue.

Importing this package imports no Keras, so that a process without it can read a `Snapshot`; starting a run does.
"""

from explorer.training.run import Run, run, steps
from explorer.training.setting import Setting
from explorer.training.snapshot import Snapshot, TrainingError

__all__ = ["Run", "Setting", "Snapshot", "TrainingError", "run", "steps"]
