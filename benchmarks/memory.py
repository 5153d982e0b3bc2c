"""How much of the server's memory an open session holds, page by page.

Tabs without a browser (`benchmarks.tab`) open a page, move its sliders and train once, as in `benchmarks.load`, and
stay open. The first few of a page bring its modules and what is kept for all; what each further one adds is what
counts. Nothing is asked at once: the memory that a session keeps is meant, not what an answer needs for a moment.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from random import Random
from typing import Any

from benchmarks.browser import Server
from benchmarks.endurance import private
from benchmarks.load import PLANS, Heard, Plan, move
from benchmarks.tab import Tab

FIRST, MORE = 3, 10
MOVES = 8


def measure() -> dict[str, Any]:
    """Return the megabytes that the server holds before anybody came, and that each session adds on each page."""
    told: dict[str, Any] = {}
    for plan in PLANS:
        with Server() as server:
            empty = private(server.pid)
            told[plan.page] = {"server alone, MB": round(empty), **asyncio.run(_fill(server, plan))}
    sizes = [figures["a session, MB"] for figures in told.values()]
    return {"rows": [], "a session, MB, smallest and largest of the pages": [min(sizes), max(sizes)], **told}


async def _fill(server: Server, plan: Plan) -> dict[str, float]:
    """Open sessions one by one, and return what they hold."""
    async with AsyncExitStack() as stack:
        held = []
        for number in range(FIRST + MORE):
            await _visit(await stack.enter_async_context(Tab(server.url, plan.page, plan.link)), plan, number)
            held.append(private(server.pid))
    first, last = held[FIRST - 1], held[-1]
    return {f"with {FIRST} sessions, MB": round(first), "a session, MB": round((last - first) / MORE, 1)}


async def _visit(tab: Tab, plan: Plan, number: int) -> None:
    """Open the page, make some moves and one training, and leave it open."""
    await tab.run()
    chance, heard = Random(number), Heard()
    for turn in range(MOVES):
        await move(tab, plan, turn, chance, heard)
    await tab.settle()
