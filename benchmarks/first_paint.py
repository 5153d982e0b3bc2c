"""How long a fresh server and the first page take, beside a bare Streamlit app that says hello.

From the start of the server's process to the first text of the page, in a browser profile of its own that has nothing
kept. The pages take turns; the compute process of the app is getting ready meanwhile, as it does for any first visitor.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import browser
from benchmarks.result import Row

ROUNDS = 4
HELLO = 'import streamlit as st\n\nst.write("hello")\n'
VISIBLE = "sign => document.querySelector(sign)?.getClientRects().length > 0"
AIM = "≤ 1.10 × as long"


def measure() -> dict[str, Any]:
    """Return rows for the home page and the surface page, and what each round took."""
    with browser.folder_with(hello=HELLO) as folder, browser.chromium() as chromium:
        app = (browser.ROOT, "app.py")
        visits = {
            "hello": (folder, "hello.py", "/", "[data-testid=stMarkdown] p"),
            "home": (*app, "/", ".headline h1"),
            "surface": (*app, "/surface", "[data-testid=stSlider] input"),
        }
        for visit in visits.values():
            seconds_to_paint(chromium, *visit)
        rounds = [{name: seconds_to_paint(chromium, *visit) for name, visit in visits.items()} for _ in range(ROUNDS)]
    hello, home, surface = (1000 * median(times[name] for times in rounds) for name in visits)
    return {
        "rows": [
            Row("fresh server to home page", home, "bare hello", hello, AIM, longer=True),
            Row("fresh server to first control of surface page", surface, "bare hello", hello, AIM, longer=True),
        ],
        "rounds, s": [{name: round(seconds, 3) for name, seconds in times.items()} for times in rounds],
    }


def seconds_to_paint(chromium: Any, folder: Path, script: str, path: str, sign: str) -> float:
    """Return the seconds from the start of a server to the first sight of a sign on a page."""
    with browser.Server(folder, script) as server:
        context = chromium.new_context(viewport=browser.VIEWPORT)
        page = context.new_page()
        page.goto(server.url + path, wait_until="commit")
        # Looked for at every frame: Playwright's own waiting looks twice a second after the first quarter of one.
        page.wait_for_function(VISIBLE, arg=sign, polling="raf", timeout=1000 * browser.PATIENCE)
        seconds = perf_counter() - server.began
        context.close()
    return seconds
