"""Links and files that want to harm: every control of every page, and a file whose every word is a trap."""

import json
import re

import pytest

from tests.pages.page import ROOT, opened, pictures, uploaded

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*/*.py"))
TRAP = "![x](http://192.0.2.1/a.png)<img src=http://192.0.2.1/b.png onerror=alert(1)>"
HOSTILE = {
    "markup": TRAP,
    "not a number": "nan",
    "beyond all numbers": "-1e999",
    "long": "9" * 5000,
    "control characters": "\x00\u202e\ud7ff\uffff",
    "code": "__import__('os').system('x')",
    "separators": ",;,;[[{\"'",
    "nothing": "",
}
MORE = ("weights", "camera", "nobody knows me")
ACTIVE = re.compile(r"(?<!\\)(!\[x\]\(|<img)")  # Markdown and HTML without the backslash that makes letters of them
WORDS = ("markdown", "caption", "info", "warning", "error", "success", "title", "header", "subheader")
CONTROLS = (
    "slider",
    "select_slider",
    "selectbox",
    "button_group",
    "text_input",
    "number_input",
    "checkbox",
    "multiselect",
)


def unharmed(test):
    """Assert that no word of a person reached the page as Markdown, as HTML or as markup of a picture."""
    assert not test.exception
    words = [part.value for kind in WORDS for part in getattr(test, kind)]
    words += [part.label for kind in CONTROLS for part in test.get(kind)]
    assert not [text for text in words if ACTIVE.search(text)]
    assert not [part.proto.body for part in test.get("html") if "<img src=http" in part.proto.body]
    for figure in pictures(test).values():  # its sentence for the blind is an attribute: letters, whatever it says
        assert "<img" not in json.dumps({"data": figure["data"], "layout": {**figure["layout"], "meta": None}})


@pytest.fixture(scope="module")
def keys():
    """Return the names in the link that each page listens to at its defaults."""
    found = {}
    for page in PAGES:
        test = opened(page)
        bound = [part.proto.query_param_key for kind in CONTROLS for part in test.get(kind)]
        found[page] = [key for key in bound if key]
    return found


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_link_is_said_and_changes_nothing(keys, kind):
    for page in PAGES:
        test = opened(page, **dict.fromkeys((*keys[page], *MORE), HOSTILE[kind]))
        unharmed(test)
        assert test.warning or not keys[page], (page, "nobody has been told")


def test_every_page_has_controls_that_a_link_can_set(keys):
    assert sum(len(found) > 5 for found in keys.values()) >= 6


def test_a_file_of_traps_is_shown_letter_by_letter():
    rows = "\n".join(f"{day:02d}.03.2024;{day};{TRAP}" for day in range(1, 29))
    test = opened("pages/train/time_series.py")
    before = pictures(test)["series"]["data"]
    uploaded(
        test, "upload", f'"{TRAP}";"=cmd {TRAP}";"@{TRAP}"\n{rows}\n'.encode(), f"{TRAP[:28]}.csv".replace("/", "_")
    )
    assert pictures(test)["series"]["data"] != before
    unharmed(test)
