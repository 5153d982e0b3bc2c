"""What is handed on shows whoever gets it the same."""

import json

import pytest


def eye(visitor, name="surface"):
    found = visitor.evaluate(name, "plot._fullLayout.scene._scene.getCamera().eye")
    return [found[axis] for axis in "xyz"]


def test_a_link_opens_the_same_picture_from_the_same_side(server, visit):
    first = visit(f"{server.url}/surface", permissions=["clipboard-read", "clipboard-write"])
    first.drawn("surface")
    box = first.page.locator('[data-plot="surface"]').bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    first.page.mouse.move(*middle)
    first.page.mouse.down()
    first.page.mouse.move(middle[0] + 90, middle[1] + 30, steps=5)
    first.page.mouse.up()
    first.until(lambda: "camera=" in first.page.url)
    drawn = first.drawn("field")
    first.page.get_by_role("slider").first.focus()
    first.page.keyboard.press("ArrowRight")
    first.until(lambda: first.drawn("field") > drawn)
    first.until(lambda: "lambda_trend" in first.page.url)
    first.page.get_by_role("button", name="Share").click()
    first.page.get_by_role("button", name="Copy link").click()
    first.page.get_by_role("button", name="Copied").wait_for()
    link = first.page.evaluate("navigator.clipboard.readText()")
    assert "v=1" in link
    second = visit(link)
    second.drawn("surface")
    second.until(lambda: eye(second) == pytest.approx(eye(first), abs=0.01))
    for name in ("surface", "field"):
        assert second.values(name) == first.values(name)


def test_a_postcard_needs_no_network(server, visit, chromium, tmp_path):
    visitor = visit(f"{server.url}/surface?trend-match.lambda_trend=1")
    visitor.drawn("slices")
    visitor.page.get_by_role("button", name="Share").click()
    for label, name in (("Postcard", "card.html"), ("JSON", "card.json")):
        with visitor.page.expect_download() as found:
            visitor.page.get_by_role("button", name=label).click()
        found.value.save_as(tmp_path / name)
    context = chromium.new_context(offline=True)
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto((tmp_path / "card.html").as_uri())
    for name in ("surface", "field", "slices"):
        page.wait_for_selector(f'[data-plot="{name}"][data-drawn]')
    here = page.evaluate(
        "Array.from(document.querySelector('[data-plot=field]')._fullData[0].z).map(r => Array.from(r))"
    )
    assert [value for row in here for value in row] == visitor.values("field")
    numbers = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))["pictures"]
    assert numbers["field"][0]["z"] == here
    assert "λ · penalty" in page.inner_text("dl")
    assert asked == [(tmp_path / "card.html").as_uri()]
    assert wrong == []
    context.close()


def test_a_link_of_another_version_or_with_a_bad_camera_is_said(server, visit):
    visitor = visit(f"{server.url}/surface?v=7&camera=1,2,nan")
    visitor.drawn("surface")
    visitor.page.get_by_text("it is of version 7").wait_for()
    visitor.page.get_by_text("its camera is no place to look from").wait_for()
