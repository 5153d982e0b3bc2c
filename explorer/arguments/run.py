"""All ways tried one after the other: a process trains and saves them, a second, fresh one loads the files."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from explorer.arguments.moment import Moment
from explorer.arguments.outcome import Finding, Outcome
from explorer.arguments.process import PAUSE, Process
from explorer.arguments.way import WAYS, Way
from explorer.losses.offset_crossentropy import OFFSET

ROUNDING = 1e-5
NO_MODEL = Finding(None, "There is no loaded model to compare.")
_busy = Lock()  # the processes of one person at a time

Steps = Generator[None, None, Any]


def ways(offset: float, second: float) -> Iterator[Outcome | None]:
    """Try all ways and yield what becomes of each, as it lands.

    Parameters
    ----------
    offset, second : float
        The argument, and what it is changed to; ``second`` is also what the wrong closure holds.

    Returns
    -------
    iterator of Outcome or None
        None wherever a caller may do something else.

    Raises
    ------
    ParameterError
        If a number is out of its limits.
    ValueError
        If the two are the same.
    """
    offset, second = _cleaned(offset, second)
    yield from _turn()
    try:
        with TemporaryDirectory(prefix="loss-explorer-") as folder, Process() as maker, Process() as reader:
            for way in WAYS:
                yield (yield from _try(way, offset, second, Path(folder), maker, reader))
    finally:
        _busy.release()


def frozen(offset: float, second: float) -> Iterator[Moment | None]:
    """Yield what closures over a number and over a variable report after each epoch, as `frozen.freeze` tells.

    Fails as `ways` does.
    """
    offset, second = _cleaned(offset, second)
    yield from _turn()
    try:
        with Process() as process:
            told = yield from process.ask("freeze", offset=offset, second=second)
            yield from (Moment(**moment) for moment in told)
    finally:
        _busy.release()


def _turn() -> Steps:
    """Wait for the turn of this run."""
    while not _busy.acquire(blocking=False):
        time.sleep(PAUSE)
        yield None


def _cleaned(offset: float, second: float) -> tuple[float, float]:
    offset, second = OFFSET.clean(offset), OFFSET.clean(second)
    if offset == second:
        raise ValueError(f"The second offset must differ from the first, but both are {offset:g}.")
    return offset, second


def _try(way: Way, offset: float, second: float, folder: Path, maker: Process, reader: Process) -> Steps:
    """Try one way; return its outcome."""
    began = time.monotonic()
    path = str(folder / f"{way.key}.keras")
    told = yield from maker.ask("try", key=way.key, offset=offset, second=second, path=path)
    value = told.pop("value")
    found = {name: Finding(**finding) for name, finding in told.items()}
    loads, right = Finding(None, "There is no file to load."), NO_MODEL
    if Path(path).exists():
        loads, right = yield from _load(way, offset, second, path, value, reader)
    if loads.verdict is False and not found["saves"].verdict:
        loads = Finding(False, f"What was left behind is no model. Keras says: {loads.sentence}")
    return Outcome(way.key, **found, loads=loads, right=right, seconds=time.monotonic() - began)


def _load(way: Way, offset: float, second: float, path: str, value: float, reader: Process) -> Steps:
    """Load a file as it is; return whether that works, and whether the loss is the one that was saved."""
    asked = {"key": way.key, "path": path, "offset": offset}
    loaded, sentence = yield from reader.ask("load", **asked)
    if loaded is not None:
        return _loaded(way, loaded, value)
    loads = Finding(False, sentence)
    if way.key != "closure":
        return loads, NO_MODEL
    right, said = yield from reader.ask("load", **asked, handed=offset)
    wrong, said = yield from reader.ask("load", **asked, handed=second)
    if right is None or wrong is None:
        return loads, Finding(False, said)
    honest = abs(wrong - value) < ROUNDING * max(1.0, abs(value))
    return loads, Finding(
        honest,
        f"Saved with {value:.4f}. Handed the closure of {offset:g} it reads {right:.4f}; handed the closure of "
        f"{second:g} it reads {wrong:.4f}, and nothing is raised: the file knows only the name of the loss.",
    )


def _loaded(way: Way, loaded: float, value: float) -> tuple[Finding, Finding]:
    same = abs(loaded - value) < ROUNDING * max(1.0, abs(value))
    module = f"A fresh process that imports the module {way.key} loads it without being handed anything."
    return Finding(True, module), Finding(same, f"Saved with {value:.4f}, loaded with {loaded:.4f}.")
