"""The app's side of the compute process: ask, start and stop runs, and bring it back when it dies."""

from __future__ import annotations

import atexit
import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from explorer.engine import pipe
from explorer.engine.message import Answer, Ask, Cancel, Full, Progress, Ready, Refusal, Start
from explorer.engine.run import Run

LOST = "The compute process stopped and is starting again; what is on the page stays, please try once more."
SLOW = "The computation took longer than {:.0f} seconds and was ended; choose fewer points or a smaller net."
DOWN = "The compute process does not start; look at the server's log, then restart the app."
QUICK_DEATHS = 3  # ends before it was ever ready, one after the other, that mean it will not start

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OPENBLAS_NUM_THREADS": "1",
}


class EngineError(RuntimeError):
    """The compute process could not answer; the message is one plain sentence."""


class Engine:
    """One compute process, and everything that waits for it.

    Parameters
    ----------
    step_limit : float
        Seconds that one piece of work may take before the process is ended.
    start_limit : float
        Seconds that the process may take to get ready.
    at_once : int
        Runs that are stepped in turn; further ones wait.
    queue_limit : int
        Runs that may wait.
    full : int
        Bytes of memory from which on a process that nobody waits for is replaced by a new one.
    present : callable
        ``present(session) -> bool``: whether the session still has a tab; its run ends otherwise.
    """

    def __init__(
        self,
        *,
        step_limit: float = 60.0,
        start_limit: float = 120.0,
        at_once: int = 4,
        queue_limit: int = 20,
        full: int = 2 * 2**30,
        present: Callable[[str], bool] = lambda _session: True,
    ) -> None:
        self._step_limit, self._start_limit = step_limit, start_limit
        self._at_once, self._queue_limit = at_once, queue_limit
        self._full = full
        self.present = present
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()
        self._waiting: dict[int, Future[Any]] = {}
        self._runs: dict[int, Run] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._ready = threading.Event()
        self._heard = time.monotonic()
        self._quick_deaths = 0
        self._reason = LOST
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id of the compute process, None before the start."""
        return self._process.pid if self._process else None

    @property
    def ready(self) -> bool:
        """Whether a question would be answered now."""
        return self._ready.is_set()

    @property
    def live(self) -> int:
        """How many runs are going or waiting."""
        return sum(run.live for run in list(self._runs.values()))

    def start(self) -> None:
        """Start the process if it is not there; returns at once."""
        with self._lock:
            if self._process is None and not self._closed:
                self._spawn()
                threading.Thread(target=self._watch, daemon=True, name="engine-watch").start()
                atexit.register(self.close)

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
            process, reader = self._process, self._reader
        if process and reader:
            process.kill()
            reader.join()

    def ask(self, task: str, **arguments: Any) -> Any:
        """Return the answer to a question, waiting for the process to be ready.

        Raises
        ------
        ValueError
            If the compute process refuses the question.
        EngineError
            If it died or could not be started.
        """
        number, answer = next(self._numbers), Future[Any]()
        with self._lock:
            self.start()
            if self._quick_deaths >= QUICK_DEATHS:
                raise EngineError(DOWN)
            if not self._busy():
                self._heard = time.monotonic()
            self._waiting[number] = answer
            self._send(Ask(number, task, arguments))
        try:
            return answer.result(self._start_limit + self._step_limit)
        except TimeoutError:
            raise EngineError(SLOW.format(self._step_limit)) from None
        finally:
            self._waiting.pop(number, None)

    def submit(self, session: str, task: str, **arguments: Any) -> Run:
        """Return a new run of this session, going or queued.

        Raises
        ------
        EngineError
            If the session has a run already, or too many are waiting.
        """
        with self._lock:
            self.start()
            live = [run for run in self._runs.values() if run.live]
            if any(run.session == session for run in live):
                raise EngineError("A run is going on already; stop it, or wait for its end.")
            if len(live) >= self._at_once + self._queue_limit:
                raise EngineError(f"{self._queue_limit} runs are waiting already; please try again in a minute.")
            self._runs = {run.number: run for run in live}
            run = Run(next(self._numbers), session, task, arguments)
            self._runs[run.number] = run
            self._fill()
            return run

    def cancel(self, run: Run) -> None:
        """Stop a run; what it has yielded stays."""
        with self._lock:
            if run.live:
                self._send(Cancel(run.number))
                run.end("stopped", "Stopped.")
                self._fill()

    def position(self, run: Run) -> int:
        """Return how many runs are before this one in the queue, itself included; 0 when it is not waiting."""
        queued = [other.number for other in self._runs.values() if other.status == "queued"]
        return queued.index(run.number) + 1 if run.number in queued else 0

    def _fill(self) -> None:
        """Let queued runs go on while there is room."""
        if not self._busy():
            self._heard = time.monotonic()
        going = sum(run.status == "running" for run in self._runs.values())
        queued = [run for run in self._runs.values() if run.status == "queued"]
        for run in queued[: max(0, self._at_once - going)]:
            run.status = "running"
            self._send(Start(run.number, run.task, run.arguments))

    def _busy(self) -> bool:
        """Return whether a message from the process is due."""
        return bool(self._waiting) or any(run.status == "running" for run in list(self._runs.values()))

    def _send(self, message: Any) -> None:
        """Write to the process; when it is gone, its end is noticed by the reader."""
        process = self._process
        try:
            if process and process.stdin:
                pipe.write(process.stdin, message)
        except (OSError, ValueError):
            pass

    def _spawn(self) -> None:
        """Start the process and the thread that reads from it."""
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "explorer.engine", str(self._full)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT, "PYTHONPATH": path},
        )
        self._heard = time.monotonic()
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True, name="engine-read")
        self._reader.start()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Take in messages until the process ends, then start the next one."""
        assert process.stdout
        while (message := pipe.read(process.stdout)) is not None:
            with self._lock:
                if process is self._process:
                    self._take(message)
        process.wait()
        with self._lock:
            for stream in (process.stdin, process.stdout):
                pipe.close(stream)
            if process is self._process:
                self._lost()

    def _take(self, message: Any) -> None:
        self._heard = time.monotonic()
        match message:
            case Ready():
                self._quick_deaths = 0
                self._ready.set()
            case Full() if not self._busy():
                self._renew()
            case Answer(number, result):
                self._resolve(number, lambda answer: answer.set_result(result))
            case Refusal(number, sentence) if number in self._waiting:
                self._resolve(number, lambda answer: answer.set_exception(ValueError(sentence)))
            case Refusal(number, sentence):
                self._end(number, "failed", sentence)
            case Progress(number, items, over):
                if number in self._runs and self._runs[number].live:
                    self._runs[number].items.extend(items)
                if over:
                    self._end(number, "finished", "")

    def _resolve(self, number: int, settle: Callable[[Future[Any]], None]) -> None:
        answer = self._waiting.pop(number, None)
        if answer and not answer.done():
            settle(answer)

    def _end(self, number: int, status: str, sentence: str) -> None:
        run = self._runs.get(number)
        if run and run.live:
            run.end(status, sentence)
            self._fill()

    def _lost(self) -> None:
        """Tell everybody who waited, and start anew."""
        self._quick_deaths = 0 if self._ready.is_set() else self._quick_deaths + 1
        self._ready.clear()
        for number in list(self._waiting):
            self._resolve(number, lambda answer: answer.set_exception(EngineError(self._reason)))
        for run in self._runs.values():
            if run.status == "running":
                run.end("failed", self._reason)
        self._reason = LOST
        if self._closed or self._quick_deaths >= QUICK_DEATHS:
            return
        self._spawn()
        self._fill()

    def _renew(self) -> None:
        """Put a new process in the place of one that nobody waits for; the old one ends when its pipe is closed."""
        old = self._process
        if old and not self._closed:
            self._ready.clear()
            self._spawn()
            pipe.close(old.stdin)

    def _watch(self) -> None:
        """End a process that is stuck, and runs whose tab is closed."""
        while not self._closed:
            time.sleep(0.5)
            self._end_if_stuck()
            # Never waits for the lock: who holds it may be writing to the very process that is stuck.
            if self._lock.acquire(blocking=False):
                try:
                    for run in [run for run in self._runs.values() if run.live and not self.present(run.session)]:
                        self.cancel(run)
                finally:
                    self._lock.release()

    def _end_if_stuck(self) -> None:
        """End a process that is silent for too long."""
        limit = self._step_limit if self.ready else self._start_limit
        silent = time.monotonic() - self._heard > limit
        if self._process and silent and (self._busy() or not self.ready):
            self._reason = SLOW.format(limit)
            self._heard = time.monotonic()
            self._process.kill()
