"""A run in the compute process, as the app sees it."""

from __future__ import annotations

from typing import Any

LIVE = {"queued", "running"}


class Run:
    """What a run has yielded, and how it stands; filled by the client's reader thread.

    Attributes
    ----------
    number : int
        Its number in this server.
    session : str
        Whose run it is.
    task, arguments : str, dict
        What is run.
    items : list
        What it has yielded so far; only ever appended to.
    status : str
        ``queued``, ``running``, ``finished``, ``stopped`` or ``failed``.
    sentence : str
        Why it ended, empty where there is nothing to say.
    """

    def __init__(self, number: int, session: str, task: str, arguments: dict[str, Any]) -> None:
        self.number, self.session = number, session
        self.task, self.arguments = task, arguments
        self.items: list[Any] = []
        self.status = "queued"
        self.sentence = ""

    @property
    def live(self) -> bool:
        """Whether more may come."""
        return self.status in LIVE

    def end(self, status: str, sentence: str) -> None:
        """Say that nothing more will come, and why."""
        self.status, self.sentence = status, sentence
