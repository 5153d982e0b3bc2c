"""The main ways through the app as a person goes them, in a real browser on a real server."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

SLIDER = "[data-testid=stSlider] input"
EYE = "[plot._fullLayout.scene.camera.eye.x, plot._fullLayout.scene.camera.eye.y]"
GRID_CELL = {"x": 290, "y": 55}
SERIES = "Datum;Wert\n" + "\n".join(
    f"{1 + i % 28:02d}.{1 + i // 28 % 12:02d}.{2000 + i // 336};{i % 11},5" for i in range(400)
)


def health(server):
    return json.loads(urllib.request.urlopen(f"{server.url}/explorer/health", timeout=5).read())


def test_a_deep_link_is_the_first_visit_to_a_fresh_server(fresh_server, visit):
    visitor = visit(f"{fresh_server.url}/cost-grid?weights=1,1,8;1,1,1;1,1,1")
    visitor.drawn("triangle-0")
    page = visitor.page
    assert page.get_by_text("Cost grid", exact=True).count() >= 1
    assert page.get_by_test_id("stTopNavSection").count() == 2
    assert page.get_by_role("dialog").count() == 0
    assert "W[0] = (1, 1, 8)" in visitor.evaluate(
        "triangle-0", "plot.layout.title.text + JSON.stringify(plot.layout.annotations)"
    )
    assert health(fresh_server) == {"engine_ready": True, "runs": 0, "keras_imported": False}


def test_a_slider_moved_by_keyboard_redraws_the_data_and_keeps_the_camera(server, visit):
    visitor = visit(f"{server.url}/surface?trend-match.lambda_trend=1")
    drawn, field = visitor.drawn("surface"), visitor.drawn("field")
    visitor.page.evaluate(
        "Plotly.relayout(document.querySelector('[data-plot=surface]'), {'scene.camera.eye': {x: 2, y: 0.5, z: 1.5}})"
    )
    visitor.until(lambda: visitor.evaluate("surface", EYE) == [2, 0.5])
    before, node = visitor.values("surface"), visitor.evaluate("surface", "plot.mark = 'same node'")
    visitor.page.locator(SLIDER).first.focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.until(lambda: visitor.drawn("surface") > drawn and visitor.drawn("field") > field)
    assert visitor.values("surface") != before
    assert visitor.evaluate("surface", EYE) == pytest.approx([2, 0.5], abs=1e-6)
    assert visitor.evaluate("surface", "plot.mark") == node
    visitor.until(lambda: "lambda_trend=1.5" in visitor.page.url)


def test_a_link_restores_the_picture_in_another_profile(server, visit):
    link = f"{server.url}/surface?trend-match.form=smooth&trend-match.lambda_trend=3&trend-match.y1=-0.5"
    first, second = visit(link), visit(link)
    first.drawn("surface")
    second.drawn("surface")
    assert first.values("surface") == second.values("surface")
    assert "λ = 3" in second.evaluate("surface", "JSON.stringify(plot.layout)")
    assert "y₁ = −0.5" in second.evaluate("surface", "JSON.stringify(plot.layout)").replace("-0.5", "−0.5")


def test_an_edited_cell_changes_a_triangle_and_the_link(server, visit):
    visitor = visit(f"{server.url}/cost-grid")
    drawn, before = visitor.drawn("triangle-0"), visitor.values("triangle-0")
    visitor.page.locator(".dvn-scroller").first.dblclick(position=GRID_CELL)
    cell = visitor.page.locator("#portal").locator("input, textarea").first
    cell.fill("8")
    cell.press("Enter")
    visitor.until(lambda: visitor.drawn("triangle-0") > drawn)
    assert visitor.values("triangle-0") != before
    visitor.until(lambda: "8" in visitor.page.url)


def upload(visitor, text):
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    )


def train_button(visitor):
    return visitor.page.get_by_test_id("stBaseButton-primary")


def test_an_uploaded_series_trains_live_to_its_end(server, visit):
    visitor = visit(f"{server.url}/time-series?trend-match.lambda_trend=1&run.epochs=40")
    drawn = visitor.drawn("series")
    upload(visitor, SERIES)
    visitor.until(lambda: visitor.drawn("series") > drawn)
    visitor.page.get_by_text("400 of 400").wait_for()
    train_button(visitor).click()
    visitor.page.get_by_text("over 5 seeds").wait_for()
    visitor.until(lambda: "published" in visitor.page.locator("table.scores").inner_text())
    table = visitor.page.locator("table.scores").inner_text()
    assert "MSE" in table
    assert "repeat last" in table
    assert (
        visitor.evaluate("curve-Each one’s own loss", "plot.data.filter(t => t.mode == 'lines' && !t.fill).length") == 2
    )
    assert visitor.values("curve-Each one’s own loss", field="x") == list(range(1, 41))


def long_run(server, visit):
    """Return a visitor whose run goes on for a while."""
    visitor = visit(f"{server.url}/time-series?trend-match.lambda_trend=1&run.epochs=200&run.batch_size=1")
    visitor.drawn("series")
    upload(visitor, "t;v\n" + "\n".join(f"{i};{(i * 7919) % 1000}" for i in range(30_000)))
    visitor.page.get_by_text("30000 of 30000").wait_for()
    train_button(visitor).click()
    visitor.page.get_by_test_id("stBaseButton-secondary").filter(has_text="Stop").wait_for()
    return visitor


def test_a_run_stops_at_once_and_keeps_what_it_has(server, visit):
    visitor = long_run(server, visit)
    visitor.page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop").click()
    visitor.until(lambda: train_button(visitor).is_enabled(), 5)
    assert visitor.page.get_by_test_id("stAlert").count() == 0


def test_a_killed_compute_process_is_said_and_the_page_works_again(fresh_server, visit):
    visitor = long_run(fresh_server, visit)
    search = ["pgrep", "-P", str(fresh_server.process.pid), "-f", "explorer.engine"]
    children = subprocess.run(search, capture_output=True, text=True, check=True).stdout.split()
    assert len(children) == 1
    os.kill(int(children[0]), signal.SIGKILL)
    visitor.page.get_by_text("The compute process stopped and is starting again").wait_for()
    visitor.until(lambda: train_button(visitor).is_enabled())
    visitor.page.goto(f"{fresh_server.url}/surface")
    visitor.drawn("surface")
    assert not health(fresh_server)["keras_imported"]


def test_a_closed_tab_ends_its_run(fresh_server, visit):
    visitor = long_run(fresh_server, visit)
    visitor.page.close()
    end = time.monotonic() + 15
    while health(fresh_server)["runs"]:
        assert time.monotonic() < end, "the run went on without its tab"
        time.sleep(0.2)


@pytest.mark.parametrize("path", ["", "surface", "cost-grid", "time-series"])
def test_every_page_fits_a_phone(server, visit, path):
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "user_agent": agent}
    visitor = visit(f"{server.url}/{path}", color_scheme="dark", **phone)
    visitor.page.get_by_test_id("stMainBlockContainer").wait_for()
    if path:
        visitor.page.wait_for_selector("[data-drawn]")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_of_a_person_fetch_nothing_and_run_nothing(server, visit):
    trap = "![x](http://192.0.2.1/a.png)<img src=http://192.0.2.1/b.png onerror=alert(1)>"
    visitor = visit(f"{server.url}/time-series")
    drawn = visitor.drawn("series")
    upload(visitor, f'day;"{trap}"\n' + "\n".join(f"2024-01-{day:02d};{day}" for day in range(1, 29)))
    visitor.until(lambda: visitor.drawn("series") > drawn)
    visitor.page.goto(f"{server.url}/cost-grid?misclassification-weighted-cross-entropy.names={trap[:28]},b,c")
    visitor.drawn("triangle-0")
    visitor.page.goto(f"{server.url}/surface?trend-match.y1={trap}")
    visitor.drawn("surface")
    visitor.page.get_by_test_id("stAlert").wait_for()
    assert visitor.page.locator("img[src*='192.0.2.1']").count() == 0


def thumb(visitor):
    """Return where the thumb of the first slider is."""
    return visitor.page.evaluate(
        """(() => { let node = document.querySelector("[data-testid=stSlider] input")
        while (!(node.getAttribute("style") || "").includes("left")) node = node.parentElement
        const box = node.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] })()"""
    )


def test_pictures_follow_a_dragged_slider_without_the_server(server, visit):
    visitor = visit(f"{server.url}/surface?trend-match.lambda_trend=1")
    drawn = visitor.drawn("surface")
    visitor.drawn("field")
    mouse, (x, y) = visitor.page.mouse, thumb(visitor)
    with visitor.page.expect_response(lambda reply: "/explorer/sweep" in reply.url):
        mouse.move(x, y)
    mouse.down()
    for step in range(1, 8):
        mouse.move(x + 2 * step, y)
        visitor.page.wait_for_timeout(80)
    for name in ("surface", "field"):
        visitor.page.wait_for_selector(f'[data-plot="{name}"][data-followed]')
        assert visitor.page.locator(f'[data-plot="{name}"] canvas.follow').is_visible()
    assert visitor.drawn("surface") == drawn
    mouse.up()
    visitor.until(lambda: visitor.drawn("surface") > drawn)
    assert visitor.page.locator('[data-plot="surface"] canvas.follow').is_hidden()
    value = visitor.page.locator(SLIDER).first.get_attribute("aria-valuetext")
    assert f"λ = {value}" in visitor.evaluate("surface", "JSON.stringify(plot.layout)")
    visitor.until(lambda: f"lambda_trend={value}" in visitor.page.url)


def test_two_losses_stand_beside_each_other_with_their_difference_and_facts(server, visit):
    link = "trend-match.lambda_trend=1&trend-match.b=mismatch&trend-match.steps.ball=adam&layers=Dead+zones"
    visitor = visit(f"{server.url}/surface?{link}")
    for name in ("surface", "surface-b", "difference", "field", "field-b", "descent"):
        visitor.drawn(name)
    first, second, gap = (visitor.values(name) for name in ("surface", "surface-b", "difference"))
    assert max(abs(a - b - c) for a, b, c in zip(first, second, gap, strict=True)) < 1e-4
    visitor.page.get_by_text("0.71 from the target; being right costs 0.80").wait_for()


def test_a_click_on_the_field_is_where_the_ball_begins(server, visit):
    visitor = visit(f"{server.url}/surface?trend-match.lambda_trend=1&trend-match.steps.ball=sgd")
    visitor.drawn("field")
    drawn = visitor.drawn("descent")
    box = visitor.page.locator('[data-plot="field"]').bounding_box()
    visitor.page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"])
    visitor.until(lambda: visitor.drawn("descent") > drawn)
    visitor.until(lambda: "start_x=" in visitor.page.url)


@pytest.mark.parametrize("question", ["", "?loss=mse", "?loss=mse&plane=steps&vary=y1&values=[]&scene={}"])
def test_a_bad_question_for_a_sweep_is_refused_with_a_sentence(server, question):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.url}/explorer/sweep{question}", timeout=30)
    assert refused.value.code == 400
    assert json.loads(refused.value.read())["error"].endswith(".")
    refused.value.close()


def test_the_ball_steps_goes_back_and_rolls(server, visit):
    visitor = visit(f"{server.url}/surface?trend-match.lambda_trend=1&trend-match.steps.ball=sgd")
    visitor.drawn("field")
    visitor.drawn("descent")
    length = "plot._fullData.find(trace => trace.meta === 'path').x.length"
    assert visitor.evaluate("field", length) == 61
    visitor.page.get_by_role("button", name="Back", exact=True).click()
    visitor.until(lambda: visitor.evaluate("field", length) == 2)
    visitor.page.get_by_role("button", name="Step", exact=True).click()
    visitor.until(lambda: visitor.evaluate("field", length) == 3)
    visitor.page.get_by_role("button", name="Play", exact=True).click()
    visitor.page.wait_for_selector('[data-plot="field"][data-rolled]')
