"""The home page by itself: its gallery is there before the compute process, its tour comes once."""

import subprocess
import sys

import pytest

from explorer.gallery.shelf import read
from explorer.ui.compute import engine
from tests.pages.page import ROOT, opened, pictures

HOME = "pages/home/welcome.py"


def pictures_of(test):
    return [part.proto.body for part in test.get("html") if "<img" in part.proto.body]


def captions(test):
    return " ".join(caption.value for caption in test.caption)


def test_the_gallery_is_there_while_the_compute_process_has_not_begun():
    engine().close()
    engine.cache_clear()
    test = opened(HOME)
    assert engine().pid is None, "the page must not start it"
    assert "is starting" in captions(test)
    shown = pictures_of(test)
    assert len(shown) == len(read())
    for part, card in zip(shown, read(), strict=True):
        assert f'alt="{card.alt.replace("&", "&amp;")}"' in part
        assert card.fact in part


def test_the_line_about_the_compute_process_changes_when_it_is_ready():
    assert "is starting" in captions(opened(HOME))
    engine().ask("surface", loss="mse", values={}, scene={}, plane="steps", points=5)
    assert "is ready" in captions(opened(HOME))


def test_the_tour_can_be_dismissed_and_called_back():
    test = opened(HOME)
    assert "New here?" in captions(test)
    test.button(key="tour.dismiss").click().run()
    assert "New here?" not in captions(test)
    assert not any("landscape" in part.value for part in test.markdown)
    test.button(key="tour.again").click().run()
    assert any("landscape" in part.value for part in test.markdown)
    test.run()
    assert not any("landscape" in part.value for part in test.markdown), "it must not open by itself again"


@pytest.mark.parametrize(("door", "name"), [("train/time_series.py", "Time series"), ("see/cost_grid.py", "Cost grid")])
def test_a_door_opens_its_page(door, name):
    test = opened(HOME)
    test.button(key=f"door.{door}").click().run()
    assert not test.exception
    assert name in [part.value for part in test.subheader]


def test_a_card_brings_its_setting_whatever_was_set_before():
    test = opened("pages/see/surface.py", **{"trend-match.form": "smooth", "trend-match.lambda_trend": "3"})
    test.slider(key="trend-match.y1").set_value(0.0).run()
    assert "smooth" in pictures(test)["surface"]["layout"]["title"]["text"]
    test.switch_page(str(ROOT / HOME)).run()
    test.button(key="open.trend-match").click().run()
    title = pictures(test)["surface"]["layout"]["title"]["text"]
    assert "published" in title
    assert "λ = 1 · y₁ = 1 ·" in title


def test_a_card_brings_its_table_whatever_was_set_before():
    test = opened("pages/see/cost_grid.py", weights="1,1,8;1,1,1;1,1,1")
    test.switch_page(str(ROOT / HOME)).run()
    test.button(key="open.cost-grid").click().run()
    assert (
        test.query_params["weights"] == ["1,1,1;1,1,2;1,1.2,2"] or test.query_params["weights"] == "1,1,1;1,1,2;1,1.2,2"
    )
    assert any("W[2, 2]" in part.value for part in test.markdown)


@pytest.mark.parametrize("key", [card.key for card in read()])
def test_each_card_opens_its_page_with_nothing_to_complain_about(key):
    test = opened(HOME)
    test.button(key=f"open.{key}").click().run()
    assert not test.exception
    assert not test.error
    assert not test.warning, test.warning[0].value


def test_the_home_page_needs_neither_plotly_nor_pandas_nor_the_catalogue():
    light = "from explorer.ui import link_button; from explorer.ui.home import cards, doors, status, tour"
    code = f"import sys; {light}; cards.read(); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {
        "explorer.parameters",
        "plotly",
        "pandas",
        "keras",
        "tensorflow",
        "explorer.losses",
        "explorer.surface",
        "PIL.Image",
    }
    alone = [sys.executable, "-c", "import sys, streamlit; print(*sys.modules)"]
    bare = subprocess.run(alone, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not heavy & (set(said.stdout.split()) - set(bare.stdout.split()))
