"""The page of masks in a real browser: a slider moves the maps, training moves the masks, a PNG is taken."""

import io

import numpy as np
from PIL import Image

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"


def masks(server, visit, more="", **settings):
    visitor = visit(f"{server.url}/masks?{more}", **settings)
    visitor.drawn("masks-scores")
    return visitor


def press(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).last.click()


def test_a_preset_moves_the_maps_and_the_link(server, visit):
    visitor = masks(server, visit)
    before, drawn = visitor.values("masks-dice-soft"), visitor.drawn("masks-dice-soft")
    visitor.page.get_by_role("radio", name="Missed", exact=True).click()
    visitor.until(lambda: visitor.drawn("masks-dice-soft") > drawn)
    assert visitor.values("masks-dice-soft") != before
    visitor.until(lambda: "masks.offset=13" in visitor.page.url)
    again = visit(visitor.page.url)
    again.drawn("masks-dice-soft")
    again.until(lambda: again.values("masks-dice-soft") == visitor.values("masks-dice-soft"))


def test_two_runs_are_one_and_their_masks_can_be_played(server, visit):
    visitor = masks(server, visit, "masks.forms=BCE&masks.forms=BCE%20%2B%20hard&segment.epochs=6")
    press(visitor, "Train")
    visitor.page.get_by_role("button", name="Play", exact=True).wait_for(timeout=180_000)
    visitor.page.get_by_text("exactly the same training").wait_for()
    assert visitor.values("masks-curve-iou", 0, "y") == visitor.values("masks-curve-iou", 2, "y")
    last = visitor.values("predicted-binary-ce")
    assert last == visitor.values("predicted-bce-dice-published")
    press(visitor, "Play")
    visitor.until(lambda: visitor.values("predicted-binary-ce") != last)
    visitor.until(lambda: visitor.values("predicted-binary-ce") == last)


def test_own_pictures_fit_a_phone(server, visit):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    visitor = masks(server, visit, "masks.image=Your%20PNG", color_scheme="dark", **phone)
    stream, drawn = io.BytesIO(), visitor.drawn("masks-scores")
    Image.fromarray(np.eye(24, dtype=np.uint8) * 255).save(stream, "PNG")
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(
        {"name": "own.png", "mimeType": "image/png", "buffer": stream.getvalue()}
    )
    visitor.until(lambda: visitor.drawn("masks-scores") > drawn)
    visitor.page.get_by_text("was resampled to the 32 by 32 of the true mask").wait_for()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
