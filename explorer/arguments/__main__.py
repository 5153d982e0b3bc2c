"""``python -m explorer.arguments``: a fresh process that tries and loads what it is asked to, a line of JSON each."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any


def _plain(answer: Any) -> Any:
    """Return findings and moments as dicts."""
    return asdict(answer) if is_dataclass(answer) and not isinstance(answer, type) else answer


def main() -> None:
    """Answer until nobody asks; whatever else prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    from explorer.arguments import frozen, trial

    tasks: dict[str, Callable[..., Any]] = {"try": trial.try_out, "load": trial.load, "freeze": frozen.freeze}
    for line in sys.stdin:
        asked = json.loads(line)
        answer = tasks[asked["task"]](**asked["arguments"])
        replies.write(json.dumps(answer, default=_plain) + "\n")
        replies.flush()


main()
