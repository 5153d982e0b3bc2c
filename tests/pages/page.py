"""A page under test: open it, read its pictures, give it a file, wait for its run."""

import base64
import json
import time
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def opened(page, **link):
    test = AppTest.from_file(str(ROOT / "explorer/ui/main.py"), default_timeout=90)
    for name, value in link.items():
        test.query_params[name] = value
    test.run()
    test.switch_page(str(ROOT / page)).run()
    assert not test.exception, test.exception[0].message
    return test


def pictures(test):
    """Return the figures on the page by name."""
    found = {}
    for component in test.get("bidi_component"):
        data = json.loads(component.proto.json) if component.proto.json else {}
        if "figure" in data:
            found[data["name"]] = {**json.loads(data["figure"]), "alt": data["alt"]}
    return found


def numbers(array):
    """Return a Plotly array as NumPy."""
    flat = np.frombuffer(base64.b64decode(array["bdata"]), dtype=array["dtype"])
    return flat.reshape([int(part) for part in str(array.get("shape", flat.size)).split(",")])


def uploaded(test, key, data, name="own.csv"):
    """Give a file to an uploader and run the page."""
    test.file_uploader(key=key).upload(name, data, "text/csv").run()
    assert not test.exception
    return test


def waited(test, kept):
    """Wait until the run that is kept under this name is over, and run the page once more."""
    for _ in range(1200):
        if not test.session_state[kept].run.live:
            break
        time.sleep(0.05)
    test.run()
    assert not test.exception
    return test
