"""Settings of every test."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items):
    """Keep a file's tests in one worker, and all that need a browser in one: they go first, for they take the longest."""
    for item in items:
        group = "browser" if item.path.is_relative_to(BROWSER) else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: not item.path.is_relative_to(BROWSER))
