"""Every page by itself: at its defaults, at both ends of every slider, with bad links, and what its pictures hold."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import evaluate
from tests.pages.page import ROOT, numbers, opened, pictures

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*/*.py"))
SURFACE, GRID, SERIES = "pages/see/surface.py", "pages/see/cost_grid.py", "pages/train/time_series.py"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_at_its_defaults(page):
    test = opened(page)
    assert not test.error
    assert all(figure["alt"].endswith(".") for figure in pictures(test).values())


@pytest.mark.parametrize("page", [SURFACE, GRID, SERIES])
def test_a_page_holds_at_both_ends_of_each_slider(page):
    test = opened(page)
    tried = 0
    for slider in test.slider:
        for end in (slider.min, slider.max):
            tried += 1
            test.slider(key=slider.key).set_value(end).run()
            assert not test.exception
            assert not test.error or page == SERIES, (slider.key, end, test.error[0].value)
    for slider in test.select_slider:
        for end in (0, -1):
            tried += 1
            test.select_slider(key=slider.key).set_value(float(slider.options[end])).run()
            assert not test.exception
            assert not test.error, (slider.key, end)
    assert tried >= 4 or page == GRID


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_surface_page_draws_what_the_loss_says(key):
    spec = CATALOGUE[key]
    prefix = spec.family.lower().replace(" ", "-")
    test = opened(SURFACE, loss=spec.family, **{f"{prefix}.form": spec.form})
    drawn, said = pictures(test), evaluate(spec)
    np.testing.assert_allclose(numbers(drawn["surface"]["data"][0]["z"]), said.value, rtol=1e-6)
    assert spec.form in drawn["surface"]["layout"]["title"]["text"]


def test_moving_lambda_redraws_the_surface_and_its_title():
    test = opened(SURFACE)
    before = numbers(pictures(test)["surface"]["data"][0]["z"])
    test.select_slider(key="trend-match.lambda_trend").set_value(1.0).run()
    after = pictures(test)["surface"]
    want = evaluate(CATALOGUE["trend-published"], {"lambda_trend": 1.0}).value
    np.testing.assert_allclose(numbers(after["data"][0]["z"]), want, rtol=1e-6)
    assert not np.allclose(before, want)
    assert "λ = 1" in after["layout"]["title"]["text"]


def test_a_preset_sets_its_numbers_and_reset_takes_them_back():
    test = opened(SURFACE)
    test.pills(key="trend-match.presets").set_value("Flat").run()
    assert test.select_slider(key="trend-match.lambda_trend").value == 1.0
    assert test.slider(key="trend-match.y1").value == 0.0
    test.button(key="reset").click().run()
    assert test.select_slider(key="trend-match.lambda_trend").value == 1e-3
    assert test.slider(key="trend-match.y1").value == 1.0


def test_a_link_restores_its_values_and_names_the_ones_it_got_wrong():
    link = {"trend-match.lambda_trend": "1", "trend-match.y1": "99", "trend-match.y2": "two", "trend-match.form": "odd"}
    test = opened(SURFACE, **link)
    assert test.select_slider(key="trend-match.lambda_trend").value == 1.0
    assert test.slider(key="trend-match.y1").value == 1.0
    said = " ".join(warning.value for warning in test.warning).replace("\\", "")
    assert "must lie between -2 and 2, but is 99" in said
    assert "must be a finite number, but got 'two'" in said
    assert "no form 'odd'" in said


def test_a_table_in_the_link_is_drawn_and_a_bad_one_is_named():
    good = opened(GRID, weights="1,1,8;1,1,2;1,1.2,2")
    scene = {"true_class": "0"}
    values = {"weights": ((1, 1, 8), (1, 1, 2), (1, 1.2, 2))}
    want = evaluate(CATALOGUE["weighted-ce-published"], values, scene, "triangle", 121).value
    shown = numbers(pictures(good)["triangle-0"]["data"][0]["customdata"])[:, :, 3]
    np.testing.assert_allclose(shown, want, rtol=1e-6)
    assert any("W[2, 2]" in part.value and "costs more" in part.value for part in good.markdown)

    bad = opened(GRID, weights="1,1,8;1,nan,2;1,1,1")
    assert "W[1, 1] must be a finite number" in bad.warning[0].value.replace("\\", "")
    assert "The default stands instead" in bad.warning[0].value


def test_a_bad_cell_is_named_and_the_table_before_it_stands():
    test = opened(GRID, weights="1,1,8;1,1,1;1,1,1")
    before = pictures(test)["triangle-0"]["data"]
    test.session_state[f"grid.{test.session_state['grid.turn']}"] = {
        "edited_rows": {0: {"2": None}},
        "added_rows": [],
        "deleted_rows": [],
    }
    test.run()
    assert "W[0, 2] must be a finite number, but got nothing" in test.error[0].value.replace("\\", "")
    assert pictures(test)["triangle-0"]["data"] == before


def test_a_preset_of_the_grid_changes_the_table_the_link_and_the_triangles():
    test = opened(GRID)
    before = pictures(test)["triangle-0"]["data"]
    test.pills(key="grid.presets").set_value("One dear mistake").run()
    assert test.query_params["weights"] == "1,1,8;1,1,1;1,1,1"
    assert pictures(test)["triangle-0"]["data"] != before


def test_class_names_are_shown_letter_by_letter():
    test = opened(GRID, **{"misclassification-weighted-cross-entropy.names": "![x](http://a.b/c), <b>mild</b>, ok"})
    titles = [figure["layout"]["title"]["text"] for figure in pictures(test).values()]
    assert any("&lt;b&gt;mild" in title for title in titles)
    assert not any("<b>mild" in title for title in titles)


@pytest.mark.parametrize(("written", "near"), [("1.0", "1"), ("0.11", "0.1"), ("1e-3", "0.001")])
def test_a_link_beside_the_stops_of_a_logarithmic_slider_is_said(written, near):
    test = opened(SURFACE, **{"trend-match.lambda_trend": written})
    assert f"write {near} for" in test.warning[0].value.replace("\\", "")
    assert test.select_slider(key="trend-match.lambda_trend").value == 1e-3


def test_the_code_of_a_page_stands_alone():
    test = opened(SURFACE, loss="Pairwise distance by user")
    test.button(key="code").click().run()
    code = test.code[0].value
    assert "def sum_over_points" in code
    assert "import ops" in code
    assert "explorer" not in code


@pytest.mark.parametrize("page", ["pages/see/masks.py", "pages/train/extra_arguments.py"])
def test_a_training_on_arrays_can_be_taken_home(page):
    test = opened(page)
    test.button(key="take-home").click().run()
    assert not test.exception
    (code,) = (found.value for found in test.code if "def main" in found.value)
    assert "SEED = 0" in code
    assert "explorer" not in code
