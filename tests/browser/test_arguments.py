"""Extra arguments as a person meets them: the table fills, the curves are drawn, all of it fits a phone."""

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"


def press(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).last.click()


def test_the_table_of_the_seven_ways_fills_live_and_stops_at_once(server, visit):
    visitor = visit(f"{server.url}/extra-arguments")
    press(visitor, "Run the seven ways")
    told = visitor.page.locator(".ways td .told")
    visitor.until(lambda: 0 < told.count() < 42, 120)
    visitor.page.get_by_text("and nothing is raised: the file knows only the name of the loss").wait_for()
    press(visitor, "Stop")
    visitor.until(lambda: visitor.page.get_by_role("button", name="Run the seven ways").is_enabled(), 10)
    first = visitor.page.get_by_role("row", name="Closure").locator("td .told")
    assert first.all_inner_texts() == ["yes", "no", "yes", "yes", "no", "no"]


def test_the_offset_experiment_fits_a_phone_and_can_be_played(server, visit):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    link = "arguments.view=Offset+experiment&offset-by-closure.epochs=4"
    visitor = visit(f"{server.url}/extra-arguments?{link}", color_scheme="dark", **phone)
    press(visitor, "Train digits")
    visitor.page.get_by_role("button", name="Play", exact=True).wait_for(timeout=180_000)
    visitor.drawn("offset-loss")
    visitor.until(lambda: len(visitor.values("offset-loss", 4, "y")) == 4)
    heights = [visitor.values("offset-loss", trace, "y")[-1] for trace in (0, 2, 4)]
    assert [round(high - heights[0], 4) for high in heights] == [0, 5, 10]
    visitor.drawn("digits")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
