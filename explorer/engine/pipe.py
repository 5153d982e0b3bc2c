"""Messages over the private pipe between the app and its compute process."""

from __future__ import annotations

import pickle
from typing import IO, Any


def write(stream: IO[bytes], message: Any) -> None:
    """Write one message and send it off.

    Raises
    ------
    OSError
        If nobody is at the other end.
    """
    pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def read(stream: IO[bytes]) -> Any | None:
    """Return the next message, None when the other end is gone."""
    try:
        return pickle.load(stream)  # noqa: S301 - both ends are our own processes, the pipe has no name
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        return None


def close(stream: IO[bytes] | None) -> None:
    """Close one end of a pipe whose other end may be gone, with something still to be written."""
    try:
        if stream:
            stream.close()
    except OSError:
        pass
