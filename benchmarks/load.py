"""Twenty sessions at once, moving sliders and training, and each of them once more all alone.

The sessions speak Streamlit's protocol to the real server (`benchmarks.tab`). Each opens a page by a link, moves
sliders, and, but for those that look at surfaces, starts a run four times, goes on moving sliders meanwhile and waits
for the run's end. Then the same sessions do the same one after the other on a fresh server: every picture, those of
the runs among them, must be the same to the last bit, or somebody has seen the numbers of somebody else.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from statistics import median, quantiles
from typing import Any

from benchmarks.browser import Server
from benchmarks.result import Row
from benchmarks.tab import Tab, kind

SESSIONS = 20
MOVES = 50
PAUSE = (0.3, 1.3)  # seconds that a person looks before the next move
ROUND = 12  # moves from one run to the next
SHOW, PRESS, WAIT, BACK = 1, 2, 6, 7  # moves of a round: show the button, press it, wait for the end, go back
WAITING = "Waiting"  # what the progress says in the queue


@dataclass(frozen=True)
class Plan:
    """What a session does.

    Attributes
    ----------
    page, link : str
        What it opens.
    sliders : tuple of str
        What it moves.
    button : str
        What starts a run; empty where there is none.
    show, back : dict
        Controls set before the button can be pressed, and once the run is over.
    """

    page: str
    link: str
    sliders: tuple[str, ...]
    button: str = ""
    show: dict[str, Any] = field(default_factory=dict)
    back: dict[str, Any] = field(default_factory=dict)


PLANS = (
    Plan(
        "surface",
        "trend-match.lambda_trend=1&trend-match.b=mismatch&layers=Dead zones",
        ("trend-match.lambda_trend", "trend-match.y1", "trend-match.y2", "trend-match.y_last"),
    ),
    Plan(
        "cost-grid",
        "contest.epochs=5&weights=1,1,8;1,1,1;1,1,1",
        ("blobs.overlap", "blobs.imbalance", "blobs.noise", "contest.seed"),
        "start.classes",
        back={"view": "Predictions"},
    ),
    Plan(
        "time-series",
        "sample=made by chance&run.epochs=5",
        ("generated.swing.seed", "generated.swing.noise", "trend-match.lambda_trend", "run.seed"),
        "start.forecast",
    ),
    Plan(
        "pairs",
        "users.training.epochs=5&pairs.forms=published&pairs.forms=contrastive",
        ("pairs.epsilon", "pairs.margin", "pairs.spread", "pairs.seed"),
        "start.users",
        show={"pairs.view": "Training"},
        back={"pairs.view": "Board"},
    ),
    Plan(
        "masks",
        "segment.epochs=1&masks.forms=soft&masks.forms=BCE",
        ("masks.radius", "masks.offset", "masks.softness", "dice.smooth"),
        "start.shapes",
        back={"masks.view": "Disc"},
    ),
)


@dataclass
class Heard:
    """What one session was told.

    Attributes
    ----------
    seconds : list of float
        How long each answer took.
    pictures : list of dict
        Digests of the pictures after each move, and of those of a run after its end.
    queued, ran : list of float
        Seconds that each run waited, and from the button to its last picture.
    wrong : list of str
        Exceptions and red sentences.
    """

    seconds: list[float] = field(default_factory=list)
    pictures: list[dict[str, bytes]] = field(default_factory=list)
    queued: list[float] = field(default_factory=list)
    ran: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def measure(sessions: int = SESSIONS, moves: int = MOVES) -> dict[str, Any]:
    """Return how long answers take among many sessions and alone, and how many pictures were not the same."""
    plans = list(islice(cycle(PLANS), sessions))
    began = time.perf_counter()
    with Server() as server:
        together = asyncio.run(_together(server.url, plans, moves))
    took = time.perf_counter() - began
    with Server() as server:
        alone = [asyncio.run(_session(server.url, plan, number, moves)) for number, plan in enumerate(plans)]
    rows = [
        Row(f"{name} of {sessions} sessions", many, "one session alone", one, longer=True)
        for (name, many), one in zip(_latencies(together), dict(_latencies(alone)).values(), strict=True)
    ]
    return {"rows": rows, "seconds, all sessions": took, **_waits(together, alone), **_compared(together, alone)}


async def _together(url: str, plans: Sequence[Plan], moves: int) -> list[Heard]:
    """Let all sessions go at once."""
    going = (_session(url, plan, number, moves, PAUSE) for number, plan in enumerate(plans))
    return await asyncio.gather(*going)


async def _session(url: str, plan: Plan, number: int, moves: int, pause: tuple[float, float] = (0.0, 0.0)) -> Heard:
    """Open a page and make all moves; the same number makes the same moves."""
    heard, chance, looks = Heard(), Random(number), Random(-number - 1)
    async with Tab(url, plan.page, plan.link) as tab:
        heard.seconds.append(await tab.run())
        heard.pictures.append(dict(tab.pictures))
        for turn in range(1, moves):
            await tab.rest(looks.uniform(*pause))
            await move(tab, plan, turn % ROUND, chance, heard)
        await tab.settle()
        heard.wrong = tab.wrong
    return heard


async def move(tab: Tab, plan: Plan, turn: int, chance: Random, heard: Heard) -> None:
    """Make one move, and note what it showed and how long that took."""
    chosen = {key: _position(tab.widgets[key], chance) for key in chance.sample(plan.sliders, 2)}
    if plan.button and turn == PRESS:
        began = time.perf_counter()
        heard.seconds.append(await tab.run(press=plan.button))
        heard.ran.append(-began)
    elif plan.button and turn == WAIT and heard.ran:
        await tab.settle()
        heard.pictures.append(dict(tab.moving))
        _time(tab, heard)
        heard.seconds.append(await tab.run())
    else:
        settings = plan.show if turn == SHOW else plan.back if turn == BACK else {}
        heard.seconds.append(await tab.run(settings or chosen))
    heard.pictures.append(dict(tab.pictures))


def _time(tab: Tab, heard: Heard) -> None:
    """Note how long the run waited and went on, now that it is over."""
    began = -heard.ran.pop()
    waits = [moment - began for moment, text in tab.said if moment > began and text.startswith(WAITING)]
    heard.queued.append(max(waits, default=0.0))
    heard.ran.append(time.perf_counter() - began)


def _position(widget: Any, chance: Random) -> Any:
    """Return a position of a slider."""
    if kind(widget) == "select_slider":
        return chance.choice(list(widget.options))
    count = round((widget.max - widget.min) / widget.step)
    return round(widget.min + chance.randint(0, count) * widget.step, 9)


def _latencies(heard: Sequence[Heard]) -> list[tuple[str, float]]:
    """Return in ms how long an answer takes; the first one of a session is the page itself."""
    first = [1000 * one.seconds[0] for one in heard]
    rest = [1000 * seconds for one in heard for seconds in one.seconds[1:]]
    return [
        ("opening a page of a fresh server, median", median(first)),
        ("a move, median", median(rest)),
        ("a move, 95 of 100 within", quantiles(rest, n=20)[-1]),
        ("a move, the slowest", max(rest)),
    ]


def _waits(together: Sequence[Heard], alone: Sequence[Heard]) -> dict[str, Any]:
    """Return how long runs waited in the queue and took, among others and alone."""
    queued = [seconds for one in together for seconds in one.queued]
    ran, lone = ([seconds for one in heard for seconds in one.ran] for heard in (together, alone))
    if not queued:
        return {"runs": 0}
    return {
        "runs": len(ran),
        "runs that waited": sum(seconds > 0 for seconds in queued),
        "seconds in the queue, median and longest": (round(median(queued), 2), round(max(queued), 2)),
        "seconds to the last picture, median and longest": (round(median(ran), 2), round(max(ran), 2)),
        "seconds to the last picture alone, median and longest": (round(median(lone), 2), round(max(lone), 2)),
    }


def _compared(together: Sequence[Heard], alone: Sequence[Heard]) -> dict[str, Any]:
    """Return how many pictures were compared, how many of them differ, and what the pages complained about."""
    pairs = [
        (a, b)
        for one, other in zip(together, alone, strict=True)
        for a, b in zip(one.pictures, other.pictures, strict=True)
    ]
    differ = Counter(name for a, b in pairs for name in a.keys() | b.keys() if a.get(name) != b.get(name))
    return {
        "moves": sum(len(one.seconds) for one in together),
        "pictures compared": sum(len(a) for a, _ in pairs),
        "different ones among them": len({digest for a, _ in pairs for digest in a.values()}),
        "pictures not the same as alone": sum(differ.values()),
        "which": dict(differ),
        "exceptions and red sentences": Counter(sentence for one in together for sentence in one.wrong),
        "the same, alone": Counter(sentence for one in alone for sentence in one.wrong),
    }
