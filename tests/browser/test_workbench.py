"""The workbench as a person uses it: probe, training, play, frontier, files."""

from pathlib import Path
from zipfile import ZipFile

import pytest

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"
LINK = "weights=1,1,8;1,1,1;1,1,1"
TRAP = "![x](http://192.0.2.1/a.png)<img src=http://192.0.2.1/b.png onerror=alert(1)>"


def workbench(server, visit, more="", **settings):
    visitor = visit(f"{server.url}/cost-grid?{LINK}&{more}", **settings)
    visitor.drawn("heat")
    return visitor


def press(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).last.click()


def finished(visitor):
    """Wait until a training is over: it can be played."""
    visitor.page.get_by_role("button", name="Play", exact=True).wait_for()


def test_a_click_into_a_triangle_moves_the_probe(server, visit):
    visitor = workbench(server, visit)
    drawn = visitor.drawn("triangle-1")
    box = visitor.page.locator('[data-plot="triangle-1"]').bounding_box()
    visitor.page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    visitor.until(lambda: visitor.drawn("triangle-1") > drawn)
    visitor.until(lambda: "probe=" in visitor.page.url)
    typed = visitor.page.get_by_role("textbox", name="Probe · probabilities").input_value()
    top, left, right = (float(share) for share in typed.split(","))
    assert abs(left - right) < 0.05
    assert 0.2 < top < 0.8
    visitor.page.get_by_role("textbox", name="Probe · probabilities").fill("1/3, 1/3, 1/3")
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_text("(1 + 1 + 8) × 1.10").wait_for()


def test_forms_train_live_and_every_epoch_can_be_played(server, visit):
    visitor = workbench(server, visit, "contest.epochs=30")
    press(visitor, "Train")
    visitor.drawn("matrix-3")
    finished(visitor)
    assert "view=Training" in visitor.page.url
    assert visitor.values("curve-cost", field="x") == list(range(1, 31))
    last = visitor.page.locator("table.scores").inner_text()
    drawn = visitor.drawn("matrix-0")
    press(visitor, "Play")
    visitor.until(lambda: visitor.page.locator("table.scores").inner_text() != last)
    visitor.until(lambda: visitor.drawn("matrix-0") > drawn + 3)
    visitor.until(lambda: visitor.page.locator("table.scores").inner_text() == last)
    visitor.page.get_by_role("radio", name="Regions").click()
    visitor.drawn("region-3")


def test_32_seeds_land_as_clouds_and_can_be_stopped(server, visit):
    visitor = workbench(server, visit, "contest.epochs=100")
    press(visitor, "32 seeds")
    visitor.drawn("frontier")
    press(visitor, "Stop")
    visitor.until(lambda: visitor.page.get_by_test_id("stBaseButton-primary").is_enabled(), 5)
    assert "± " in visitor.page.locator("table.scores").inner_text()
    assert visitor.page.get_by_test_id("stAlert").count() == 0


def test_class_names_of_a_file_fetch_nothing_and_run_nothing(server, visit):
    visitor = workbench(server, visit, "data=Your file&contest.epochs=3")
    rows = "\n".join(f"{i % 7};{i * i % 11};{TRAP if i % 4 == 0 else f'kind {i % 4}'}" for i in range(80))
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": f"{TRAP[:20]}.csv", "mimeType": "text/csv", "buffer": f"a;{TRAP};label\n{rows}".encode()}
    )
    visitor.until(lambda: "weights=1,1,8,1" in visitor.page.url.replace("%2C", ",").replace("%3B", ";"))
    for view in ("Forms", "Per sample", "Predictions"):
        visitor.page.get_by_role("radio", name=view).first.click()
        visitor.page.wait_for_timeout(800)
    press(visitor, "Take home")
    visitor.page.get_by_role("dialog").get_by_text("train.py").wait_for()
    visitor.page.keyboard.press("Escape")
    press(visitor, "Train")
    finished(visitor)
    assert visitor.page.locator("img[src*='192.0.2.1']").count() == 0


@pytest.mark.parametrize("view", ["Forms", "Training", "Per sample"])
def test_the_workbench_fits_a_phone(server, visit, view):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    visitor = workbench(server, visit, f"view={view}&contest.epochs=5", color_scheme="dark", **phone)
    if view == "Training":
        press(visitor, "Train")
        finished(visitor)
        visitor.drawn("matrix-3")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_script_can_be_taken_home(server, visit):
    visitor = workbench(server, visit)
    press(visitor, "Take home")
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_text("train.py").wait_for()
    with visitor.page.expect_download() as found:
        dialog.get_by_role("button", name="Script and data").click()
    with ZipFile(found.value.path()) as file:
        assert {Path(name).name for name in file.namelist()} == {"train.py", "data.csv", "grid.csv", "grid.json"}
