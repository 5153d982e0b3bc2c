"""A fresh Python process, as a reader of a saved model would start one: nothing is registered in it beforehand.

What it compiles and registers ends with it, so nothing is left in the process that all sessions share.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
LIMIT = 120.0
PAUSE = 0.02
GONE = "The fresh Python process ended before it answered; try again."


class ProcessError(ValueError):
    """A process that did not answer; the message is one plain sentence."""


class Process:
    """A Python process with Keras that answers one question after the other; to be used in a ``with``."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "explorer.arguments"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **QUIET, "PYTHONPATH": path},
            text=True,
        )
        self._answers: Queue[str] = Queue()
        Thread(target=self._read, daemon=True, name="fresh-read").start()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdin
        self._process.stdin.close()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ask(self, task: str, **arguments: Any) -> Generator[None, None, Any]:
        """Ask for something; yields None while it is being done, and returns the answer.

        Raises
        ------
        ProcessError
            If the process ends, or does not answer in two minutes.
        """
        assert self._process.stdin
        message = json.dumps({"task": task, "arguments": arguments})
        try:
            self._process.stdin.write(message + "\n")
            self._process.stdin.flush()
        except OSError:
            raise ProcessError(GONE) from None
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            yield None
            try:
                answer = self._answers.get(timeout=PAUSE)
            except Empty:
                continue
            if not answer:
                raise ProcessError(GONE)
            return json.loads(answer)
        raise ProcessError(f"The fresh Python process did not answer in {LIMIT:.0f} seconds; try again.")

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._answers.put(line)
        self._process.stdout.close()
        self._answers.put("")
