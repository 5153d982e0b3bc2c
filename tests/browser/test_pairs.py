"""The board of pairs as a person uses it: a click pulls a point, points are let go and play, and a phone has room."""

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"


def board(server, visit, more="", **settings):
    visitor = visit(f"{server.url}/pairs?{more}", **settings)
    visitor.drawn("board-contrastive")
    return visitor


def test_a_click_pulls_the_point_and_points_let_go_play_to_their_end(server, visit):
    visitor = board(server, visit)
    drawn = visitor.drawn("board-contrastive")
    box = visitor.page.locator('[data-plot="board-contrastive"]').bounding_box()
    visitor.page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.6 * box["height"])
    visitor.until(lambda: visitor.drawn("board-contrastive") > drawn)
    visitor.until(lambda: "pairs.up=" in visitor.page.url)
    visitor.page.get_by_role("button", name="Let the points go").click()
    visitor.page.get_by_text("Flies apart:").wait_for()
    visitor.page.get_by_text("Settled:").wait_for()
    visitor.until(lambda: len(visitor.values("loss-contrastive", field="x")) == 61, 60)
    assert visitor.page.get_by_test_id("stAlert").count() == 0


def test_the_board_fits_a_phone(server, visit):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    visitor = board(server, visit, color_scheme="dark", **phone)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
