"""A real server of its own and a real Chromium; what they complain about fails the test."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

LOG = None  # where the server writes; the terminal of the tests
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 90  # seconds; what has to be quick is tested with its own limit
HARMLESS = re.compile(r"_stcore/(health|host-config)|GPU stall|GL Driver Message|swiftshader|WebGL", re.IGNORECASE)


def pytest_collection_modifyitems(items):
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.exit("There is no Chromium on this machine, and REQUIRE_BROWSER is set.", 1)
        skip = pytest.mark.skip(reason="THERE IS NO CHROMIUM ON THIS MACHINE: the pages were not tried in a browser")
        for item in items:
            if "browser" in Path(item.fspath).parts:
                item.add_marker(skip)


class Server:
    """The app on a free port of 127.0.0.1, ended by its process id."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.fileWatcherType", "none"]
        self.process = subprocess.Popen(
            [sys.executable, *command, "--server.port", str(self.port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=LOG
        )
        end = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)

    def answers(self):
        try:
            return urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1).status == 200
        except OSError:
            return False

    def close(self):
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def fresh_server():
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="package")
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="package")
def chromium():
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Visitor:
    """One page in a browser profile of its own, with what went wrong in it."""

    def __init__(self, chromium, **settings):
        self.context = chromium.new_context(**{"viewport": {"width": 1400, "height": 900}, **settings})
        self.page = self.context.new_page()
        self.page.set_default_timeout(1000 * PATIENCE)
        self.complaints, self.strangers = [], []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.watch)

    def hear(self, message):
        said = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not HARMLESS.search(said):
            self.complaints.append(said)

    def watch(self, request):
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.strangers.append(request.url)

    def drawn(self, name, seconds=PATIENCE):
        """Wait until the picture is drawn, and return how often it has been."""
        self.page.wait_for_selector(f'[data-plot="{name}"][data-drawn]', timeout=1000 * seconds)
        return int(self.page.get_attribute(f'[data-plot="{name}"]', "data-drawn"))

    def evaluate(self, name, expression):
        """Return a value of the drawn picture; ``plot`` is its node."""
        return self.page.evaluate(
            f"(() => {{ const plot = document.querySelector('[data-plot=\"{name}\"]'); return {expression} }})()"
        )

    def values(self, name, trace=0, field="z"):
        """Return the numbers that Plotly has drawn, flat."""
        return self.evaluate(
            name, f"Array.from(plot._fullData[{trace}].{field}).map(row => row.length ? Array.from(row) : row).flat()"
        )

    def until(self, condition, seconds=PATIENCE):
        """Wait until a condition holds, with the page alive meanwhile."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen in time"
            self.page.wait_for_timeout(50)


@pytest.fixture
def visit(chromium):
    """Open a profile of its own; in the end nothing may have complained or called another host."""
    visitors = []

    def open_page(url, **settings):
        visitor = Visitor(chromium, **settings)
        visitors.append(visitor)
        visitor.page.goto(url)
        return visitor

    yield open_page
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
    assert [url for visitor in visitors for url in visitor.strangers] == []
