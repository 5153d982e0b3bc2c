"""The compute process: one thread that answers questions first and steps runs in turn.

A reader thread only moves messages from the pipe into a queue; everything that touches Keras happens in the main
thread, so no two pieces of work ever meet. A run is an iterator. Between two of its steps every waiting question is
answered, and after a slice of time the next run has its turn.
"""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from explorer.engine import pipe, work
from explorer.engine.message import Answer, Ask, Cancel, Full, Progress, Ready, Refusal, Start

SLICE = 0.05  # seconds a run goes on while nobody waits
RUN_LIMIT = 300.0  # seconds of computing that one run may take
MEMORY_LIMIT = 6 * 2**30  # bytes of private memory; what asks for more ends the process
STATUS = Path("/proc/self/statm")  # sizes of this process in pages, on Linux


class Server:
    """Answers and steps until its pipe is closed.

    Parameters
    ----------
    replies : binary file
        Where messages to the app are written.
    inbox : queue.Queue
        Messages from the app, filled by the reader thread.
    full : int
        Bytes of memory from which on it asks to be replaced when it has nothing to do.
    """

    def __init__(self, replies: IO[bytes], inbox: queue.Queue[Any], full: int) -> None:
        self._replies = replies
        self._inbox = inbox
        self._full = full
        self._questions: deque[Ask] = deque()
        self._runs: deque[Start] = deque()
        self._iterators: dict[int, Iterator[Any]] = {}
        self._spent: dict[int, float] = {}
        self._warm: Iterator[None] | None = work.warm_up()

    def serve(self) -> None:
        """Work for ever; the reader thread ends the process when the app is gone."""
        self._say(Ready())
        while True:
            idle = not (self._questions or self._runs or self._warm)
            if idle and self._inbox.empty() and private_memory() > self._full:
                self._say(Full())
            self._take(wait=idle)
            if self._questions:
                self._answer(self._questions.popleft())
            elif self._runs:
                self._step(self._runs[0])
                self._runs.rotate(-1)
            elif self._warm and next(self._warm, self) is self:
                self._warm = None

    def _say(self, message: Any) -> None:
        pipe.write(self._replies, message)

    def _take(self, *, wait: bool) -> None:
        """Sort what has arrived; block for the first message if there is nothing else to do."""
        while wait or not self._inbox.empty():
            match self._inbox.get():
                case Ask() as question:
                    self._questions.append(question)
                case Start() as run:
                    self._runs.append(run)
                case Cancel(number):
                    self._drop(number)
            wait = False

    def _drop(self, number: int) -> None:
        self._runs = deque(run for run in self._runs if run.number != number)
        self._iterators.pop(number, None)
        self._spent.pop(number, None)

    def _answer(self, question: Ask) -> None:
        try:
            result = work.QUESTIONS[question.task](**question.arguments)
        except Exception as error:  # noqa: BLE001 - the process outlives whatever one question does wrong
            self._say(Refusal(question.number, sentence_of(error)))
        else:
            self._say(Answer(question.number, result))

    def _step(self, run: Start) -> None:
        """Let a run go on for a slice of time, less if somebody asks a question."""
        begun = time.monotonic()
        items: list[Any] = []
        try:
            over = self._advance(run, begun + SLICE, items)
        except Exception as error:  # noqa: BLE001 - as above
            self._say(Progress(run.number, items))
            self._say(Refusal(run.number, sentence_of(error)))
            self._drop(run.number)
            return
        self._spent[run.number] = self._spent.get(run.number, 0.0) + time.monotonic() - begun
        self._say(Progress(run.number, items, over))
        if over:
            self._drop(run.number)
        elif self._spent[run.number] > RUN_LIMIT:
            self._say(
                Refusal(run.number, f"The run was ended after {RUN_LIMIT:.0f} seconds of computing; its curves stay.")
            )
            self._drop(run.number)

    def _advance(self, run: Start, until: float, items: list[Any]) -> bool:
        """Collect what the run yields; return whether it is over. None is a step with nothing to show."""
        if run.number not in self._iterators:
            self._iterators[run.number] = work.RUNS[run.task](**run.arguments)
        for item in self._iterators[run.number]:
            if item is not None:
                items.append(item)
            if time.monotonic() >= until or not self._inbox.empty():
                return False
        return True


def private_memory() -> int:
    """Return the bytes that this process shares with nobody; 0 where the system does not tell."""
    if not STATUS.exists():
        return 0
    resident, shared = map(int, STATUS.read_text(encoding="ascii").split()[1:3])
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def sentence_of(error: Exception) -> str:
    """Return what a person is told: the message of a refusal, the kind of anything unforeseen."""
    if isinstance(error, ValueError) and str(error):
        return str(error)
    print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)  # noqa: T201 - the server's own log
    return f"This could not be computed ({type(error).__name__}); change a setting and try again."


def _read(requests: IO[bytes], inbox: queue.Queue[Any]) -> None:
    """Move messages into the queue until the app is gone, then end the process, whatever it is doing."""
    while (message := pipe.read(requests)) is not None:
        inbox.put(message)
    os._exit(0)


def _limit_memory() -> None:
    """Let an allocation beyond the limit fail here, before the machine runs out; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))


def _import_keras() -> None:
    """Import Keras while nobody waits, without the greeting that its backend writes past every setting."""
    said, silence = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    try:
        import keras  # noqa: F401 - for what it leaves imported
        import tensorflow as tf

        tf.get_logger().setLevel("ERROR")  # it takes one function for each loss for retracing
    finally:
        os.dup2(said, 2)
        os.close(said)
        os.close(silence)


def main(full: int) -> None:
    """Serve on standard input and output, `Server` says until when; whatever prints goes to standard error instead."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    inbox: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_read, args=(requests, inbox), daemon=True).start()
    _limit_memory()
    _import_keras()
    gc.collect()
    gc.freeze()
    Server(replies, inbox, full).serve()
