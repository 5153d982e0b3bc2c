"""One compute process for all pages."""

import pytest

from explorer.ui.compute import engine


@pytest.fixture(scope="package", autouse=True)
def compute_process():
    yield
    engine().close()
    engine.cache_clear()
