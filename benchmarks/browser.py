"""A server of any script in any folder, and a Chromium, for what is measured through the browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
VIEWPORT = {"width": 1400, "height": 900}
PATIENCE = 60.0  # seconds


class BrowserError(RuntimeError):
    """What is measured through a browser could not be measured; the message is one plain sentence."""


class Server:
    """A script served on a free port of 127.0.0.1 within a ``with`` block, ended by its process id.

    Parameters
    ----------
    folder : Path
        Where the script stands, and the settings in ``.streamlit``.
    script : str
        Its file name.

    Attributes
    ----------
    began : float
        When it was started, in seconds of `time.perf_counter`.

    Raises
    ------
    BrowserError
        If it does not start.
    """

    def __init__(self, folder: Path = ROOT, script: str = "app.py") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        command = ["-m", "streamlit", "run", script, "--server.headless", "true", "--server.fileWatcherType", "none"]
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *command, "--server.port", str(self._port)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        while not self._listens():
            if time.perf_counter() - self.began > PATIENCE:
                self.close()
                raise BrowserError(f"{script} did not start within {PATIENCE:.0f} seconds; start it by hand and look.")
            time.sleep(0.005)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait(20)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def _listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self._port)) == 0


@contextmanager
def folder_with(**scripts: str) -> Iterator[Path]:
    """Give a folder with these scripts, by name without ``.py``, and the settings of the app."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        for script, text in scripts.items():
            (folder / f"{script}.py").write_text(text, encoding="utf-8")
        yield folder


@contextmanager
def chromium() -> Iterator[Any]:
    """Give the Chromium of this machine, drawing WebGL in software.

    Raises
    ------
    BrowserError
        If there is none.
    """
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise BrowserError("There is no Chromium on this machine; install it to measure what the browser shows.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()
