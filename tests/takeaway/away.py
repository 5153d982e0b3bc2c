"""A place away from the project, where what was taken home is run."""

import os
import subprocess
import sys

# Every script runs as its main module, with nothing of the project; one process for all saves starts of TensorFlow.
RUN = """
import runpy, sys
from pathlib import Path

for home in map(Path, sys.argv[1:]):
    print("\\f", end="")
    runpy.run_path(str(home / "train.py"), run_name="__main__")
"""


def python(code, homes):
    """Run some code in a new process, with folders as its arguments, and return what it prints."""
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUTF8": "1"}
    environment.pop("PYTHONPATH", None)
    command = [sys.executable, "-c", code, *map(str, homes)]
    said = subprocess.run(command, cwd=homes[0], env=environment, capture_output=True, encoding="utf-8")
    assert said.returncode == 0, said.stderr
    return said.stdout


def ran(homes):
    """Return what ``train.py`` says in each of some folders, by their names."""
    _, *said = python(RUN, list(homes.values())).split("\f")
    return dict(zip(homes, said, strict=True))
