"""A link holds every setting: whoever opens it sees the same pictures, and starts no training."""

import json

import pytest

from explorer.engine.work import RUNS
from explorer.ui.trial import KEPT
from tests.pages.page import opened, pictures

PAGES = (
    "pages/see/surface.py",
    "pages/see/cost_grid.py",
    "pages/see/pairs.py",
    "pages/see/masks.py",
    "pages/train/time_series.py",
    "pages/train/extra_arguments.py",
)


def moved(test):
    """Move each slider, and return the link that a browser writes then."""
    link = {}
    for slider in [slider for slider in test.slider if not slider.key.startswith("probe")]:  # they move each other
        step = slider.step or 1
        value = slider.value + step if slider.value + step <= slider.max else slider.value - step
        test.slider(key=slider.key).set_value(value)
        link[slider.key] = f"{value:.10g}"
    for slider in list(test.select_slider):
        options, value = list(slider.options), f"{slider.value:.10g}"
        chosen = options[options.index(value) - 1] if value in options else options[0]
        test.select_slider(key=slider.key).set_value(float(chosen))
        link[slider.key] = chosen
    for box in list(test.selectbox):
        link[box.key] = box.value
    test.run()
    assert not test.exception
    return link


@pytest.mark.parametrize("page", PAGES)
def test_a_link_opens_the_same_pictures_and_starts_nothing(page):
    first = opened(page)
    before, link = pictures(first), moved(first)
    second = opened(page, **link)
    assert not second.warning, second.warning[0].value
    assert not [kind for kind in RUNS if f"{KEPT}{kind}" in second.session_state]
    here, there = pictures(first), pictures(second)
    assert here.keys() == there.keys()
    assert not here or here != before
    for name, figure in here.items():
        assert json.dumps(figure) == json.dumps(there[name]), name
