"""The home page in a real browser: there before the compute process, and each card leads to its setting."""

import json
import urllib.request

from explorer.gallery.shelf import read

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"


def test_the_gallery_is_painted_before_the_engine_is_ready_and_a_card_opens_its_setting(fresh_server, visit):
    visitor = visit(fresh_server.url)
    page = visitor.page
    page.locator(".shelf img").nth(7).wait_for()
    painted = page.evaluate("[...document.querySelectorAll('.shelf img')].filter(i => i.naturalWidth && i.alt).length")
    health = json.load(urllib.request.urlopen(f"{fresh_server.url}/explorer/health", timeout=5))
    assert painted == len(read())
    assert not health["engine_ready"]
    page.get_by_text("compute process is starting").wait_for()
    page.get_by_text("compute process is ready").wait_for()

    box = page.locator(".st-key-card-robust img").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.drawn("surface")
    title = visitor.evaluate("surface", "plot.layout.title.text")
    assert "general" in title
    assert "α = -10" in title.replace("−", "-")
    assert "c = 0.3" in title


def test_the_tour_closes_with_a_key_and_leads_to_a_page(server, visit):
    visitor = visit(server.url)
    page = visitor.page
    page.get_by_role("button", name="60-second tour").press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_role("button", name="Tour", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Published beside mismatch").click()
    visitor.drawn("surface-b")
    page.get_by_role("link", name="Home", exact=True).click()
    page.locator(".shelf img").nth(7).wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_the_gallery_fits_a_phone(server, visit):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    visitor = visit(server.url, **phone)
    visitor.page.locator(".shelf img").nth(7).wait_for()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    heights = visitor.page.evaluate("[...document.querySelectorAll('.shelf img')].map(i => i.clientHeight)")
    assert len(set(heights)) == 1
