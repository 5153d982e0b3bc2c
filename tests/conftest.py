"""Settings of every test."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items):
    """Begin with the tests in a browser, which take the longest."""
    items.sort(key=lambda item: not item.path.is_relative_to(BROWSER))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep a file's tests in one worker, and all that need a browser in one."""
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return BROWSER.name if nodeid.startswith(f"tests/{BROWSER.name}/") else super()._split_scope(nodeid)

    return OneBrowser(config, log)
