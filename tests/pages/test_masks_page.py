"""The page of masks: what its maps, curves, tables and runs hold, and what it says of a person's pictures."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from explorer.losses import CATALOGUE
from explorer.masks.batch import batch, reductions
from explorer.masks.disc import disc
from explorer.masks.gradient import pulls, reach
from explorer.masks.sweep import along
from explorer.tasks.shapes import shapes
from explorer.training import run
from tests.pages.page import numbers, opened, pictures, waited

MASKS = "pages/see/masks.py"
SCENE = {"true_radius": 6.0, "radius": 5.0, "offset": 3.0, "softness": 2.0}
LINK = {f"masks.{name}": f"{value:g}" for name, value in SCENE.items()} | {"dice.smooth": "1", "dice.threshold": "0.3"}
VALUES = {"smooth": 1.0, "threshold": 0.3, "weight": 1.0}
FIRST = ("dice-published", "dice-soft", "binary-ce", "bce-dice-soft", "bce-dice-published")


def losses(keys=FIRST):
    specs = [CATALOGUE[key] for key in keys]
    return [(spec, {part.name: VALUES.get(part.name, part.default) for part in spec.parameters}) for spec in specs]


def said(test):
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def rows(test, holding):
    (found,) = [part.proto.body for part in test.get("html") if holding in part.proto.body]
    lines = re.findall(r"<tr>(.*?)</tr>", found)[1:]
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", line)] for line in lines]


def heat(figure):
    (found,) = [trace for trace in figure["data"] if trace["type"] == "heatmap"]
    return found


def png(array):
    stream = io.BytesIO()
    Image.fromarray(np.uint8(np.round(255 * np.asarray(array, float)))).save(stream, "PNG")
    return stream.getvalue()


def upload(test, part, data, name="own.png"):
    test.file_uploader(key=f"masks.upload.{part}").upload(name, data, "image/png").run()
    assert not test.exception
    return test


def test_maps_are_the_gradients_on_one_scale_with_the_values_in_their_titles():
    drawn = pictures(opened(MASKS, **LINK))
    found = pulls(losses(), disc(SCENE))
    np.testing.assert_allclose(numbers(heat(drawn["masks-scores"])["z"]), disc(SCENE).score, rtol=1e-6, atol=1e-9)
    for key, pull in zip(FIRST, found, strict=True):
        figure = drawn[f"masks-{key}"]
        if pull.slope is None:
            assert "no gradient" in figure["alt"]
            continue
        np.testing.assert_allclose(numbers(heat(figure)["z"]), pull.slope, rtol=1e-5)
        assert heat(figure)["zmax"] == pytest.approx(reach(found))
        assert f"{pull.value:.3g}".replace("-", "−") in figure["layout"]["title"]["text"]
    assert "s = 1" in drawn["masks-dice-soft"]["layout"]["title"]["text"]


def test_the_two_maps_of_the_cross_entropy_do_not_differ_and_the_page_says_so():
    test = opened(MASKS, **LINK)
    assert "Largest difference between the maps of BCE and BCE + hard: 0" in said(test)
    assert "Hard: no gradient at all" in said(test)


def test_the_empty_mask_is_dead_until_s_is_large():
    test = opened(MASKS)
    test.pills(key="masks.presets").set_value("Empty mask").run()
    assert "Soft: a gradient too small to be seen here" in said(test)
    assert test.slider(key="masks.true_radius").value == 0
    test.pills(key="masks.presets").set_value("Empty mask, s = 100").run()
    assert "too small to be seen" not in said(test)
    test.button(key="reset").click().run()
    assert test.pills(key="masks.presets").value == "Half right"


def test_curves_stand_on_one_scale_and_the_hard_one_has_no_slope():
    test = opened(MASKS, **LINK, **{"masks.view": "Offset and radius"})
    drawn = pictures(test)
    told = along(losses(), SCENE, "radius")
    lines = [trace for trace in drawn["masks-radius"]["data"] if trace.get("mode") == "lines"]
    for line, value in zip(lines, told.value, strict=True):
        np.testing.assert_allclose(numbers(line["y"]), value, rtol=1e-5, atol=1e-6)
    ranges = [drawn[name]["layout"]["yaxis"]["range"] for name in ("masks-offset", "masks-radius", "masks-false-alarm")]
    assert ranges[0] == ranges[1] == ranges[2]
    table = rows(test, "slope by offset")
    assert [row[0].removeprefix("● ") for row in table] == ["hard", "soft", "BCE", "BCE + soft", "BCE + hard"]
    assert table[0][2::2][0] == "none"
    assert table[2][2] == table[4][2] != "none"


def test_a_batch_is_told_in_both_ways():
    test = opened(MASKS, **LINK, **{"masks.view": "Batch"})
    found = reductions(losses(), batch(disc(SCENE), SCENE))
    for row, told in zip(rows(test, "over the batch"), found, strict=True):
        assert row[1:] == [f"{value:.3g}" for value in (*told.each, told.mean, told.whole)]
    soft, drawn = found[1], pictures(test)
    for way, slopes, shares in (
        ("per-image", soft.slope_mean, soft.shares[0]),
        ("over-the-batch", soft.slope_whole, soft.shares[1]),
    ):
        figure = drawn[f"batch-{way}-empty"]
        np.testing.assert_allclose(numbers(heat(figure)["z"]), slopes[2], rtol=1e-5)
        assert f"empty: {shares[2]:.1%}" in figure["layout"]["title"]["text"]


def test_training_shows_the_refusal_and_that_two_runs_are_one():
    link = {"segment.epochs": "2", "masks.forms": ["hard", "BCE", "BCE + hard"]}
    test = opened(MASKS, **link)
    test.button(key="start.shapes").click().run()
    test = waited(test, "trial.shapes")
    words, drawn = said(test), pictures(test)
    assert test.session_state["masks.view"] == "Training"
    assert "hard: Dice with a threshold, as published has no gradient at all" in words
    assert "exactly the same training" in words
    assert "over 2 epochs the largest difference of any predicted score is 0, of the validation BCE 0." in words
    *_, last = run(CATALOGUE["binary-ce"], task=shapes(), epochs=2, batch_size=16)
    table = rows(test, "empty left empty")
    assert table[0][1:] == ["–"] * 3
    assert table[1][1:3] == [f"{last.metrics['iou']:.3f}", f"{last.metrics['bce']:.3g}"] == table[2][1:3]
    shown = [trace for trace in drawn["predicted-binary-ce"]["data"] if trace["type"] == "heatmap"]
    np.testing.assert_allclose(numbers(shown[0]["z"]), last.prediction[0, :, :, 0], rtol=1e-5)
    test.slider(key="masks.epoch").set_value(1).run()
    assert rows(test, "empty left empty") != table
    assert "after epoch 1" in pictures(test)["predicted-binary-ce"]["layout"]["title"]["text"]


def test_own_pictures_are_looked_at_and_what_was_done_is_said():
    test = opened(MASKS, **{"masks.image": "Your PNG"})
    assert "No true mask and no prediction yet" in said(test)
    ramp = np.linspace(0, 1, 400).reshape(20, 20)
    upload(test, "true", png(ramp > 0.5))
    upload(test, "score", png(np.ones((40, 40)) * 0.4))
    assert "40 by 40 pixels and was resampled to the 20 by 20 of the true mask" in said(test)
    shown = numbers(heat(pictures(test)["masks-scores"])["z"])
    np.testing.assert_allclose(shown, np.full((20, 20), 0.4), atol=1e-6)
    for view in ("Offset and radius", "Batch"):
        test.segmented_control(key="masks.view").set_value(view).run()
        assert not test.exception
        assert not test.error
    assert "needs the discs" not in said(test)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 nothing", "is no PNG"),
        (png(np.zeros((2, 50))), "at least 4 on each side"),
        (png(np.random.default_rng(0).random((64, 64)))[:900], "is damaged"),
    ],
)
def test_a_picture_that_cannot_be_used_is_named_and_the_one_before_it_stays(data, sentence):
    test = upload(opened(MASKS, **{"masks.image": "Your PNG"}), "score", png(np.full((32, 32), 0.2)))
    before = heat(pictures(test)["masks-scores"])["z"]
    upload(test, "score", data)
    assert len(test.error) == 1
    assert sentence in test.error[0].value.replace("\\", "")
    assert heat(pictures(test)["masks-scores"])["z"] == before


def test_the_page_holds_at_both_ends_of_each_slider():
    test = opened(MASKS)
    sliders = [slider for slider in test.slider if not slider.key.startswith("segment")]
    for slider in sliders:
        for end in (slider.min, slider.max):
            test.slider(key=slider.key).set_value(end).run()
            assert not test.exception
            assert not test.error
    for slider in [one for one in test.select_slider if not one.key.startswith("segment")]:
        for end in (0, -1):
            test.select_slider(key=slider.key).set_value(float(slider.options[end])).run()
            assert not test.exception
            assert not test.error
    assert len(sliders) >= 5


def test_bad_links_are_named():
    test = opened(MASKS, **{"masks.radius": "99", "dice.smooth": "much", "masks.image": "Film"})
    words = said(test)
    assert "r · radius must lie between 0.5 and 24, but is 99" in words
    assert "but got 'much'" in words
    assert "no image 'Film'" in words


def test_the_code_that_ran_has_all_its_parts():
    test = opened(MASKS)
    test.button(key="code").click().run()
    code = test.code[0].value
    for name in ("binary_ce", "dice_soft", "dice_published", "bce_dice_soft", "bce_dice_published"):
        assert code.count(f"def {name}(") == 1
    assert code.index("def dice_soft(") < code.index("def bce_dice_soft(")
    compile(code, "shown", "exec")
