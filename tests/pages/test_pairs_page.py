"""The page of pairs: what its boards, tables and runs hold."""

import re

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.pairs.batch import draw
from explorer.pairs.field import field
from tests.pages.page import numbers, opened, pictures, waited

PAIRS = "pages/see/pairs.py"
VIEW = "pairs.view"


def tables(test):
    """Return the rows of all tables, cell by cell."""
    found = [part.proto.body for part in test.get("html") if "class='scores'" in part.proto.body]
    rows = [row for body in found for row in re.findall(r"<tr>(.*?)</tr>", body)[1:]]
    return [[re.sub("<.*?>", "", cell).strip("● ") for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in rows]


def said(test):
    """Return all that the page says in words."""
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def test_the_boards_hold_the_fields_and_the_table_their_losses():
    test = opened(PAIRS)
    shown = pictures(test)
    batch = draw(3, 4, seed=0, spread=0.45)
    for row, key in zip(tables(test), ("pairwise-published", "contrastive"), strict=True):
        want = field(CATALOGUE[key], {}, *batch, 0)
        drawn = next(trace for trace in shown[f"board-{key}"]["data"] if trace["type"] == "contour")
        np.testing.assert_allclose(numbers(drawn["z"]), want.value, rtol=1e-5)
        assert float(row[1]) == pytest.approx(want.push.loss, rel=5e-3)
        assert float(row[4]) == pytest.approx(np.linalg.norm(want.push.force, axis=1).max(), rel=5e-3)


def test_points_that_are_let_go_fly_apart_or_settle_and_can_be_played():
    test = opened(PAIRS, **{"pairs.steps": "60"})
    test.button(key="start.drift").click().run()
    waited(test, "trial.drift")
    words = said(test)
    assert "**published** · Flies apart: " in words
    assert "**contrastive** · Settled: " in words
    assert float(tables(test)[0][3]) < 20, "the points are played from their start"
    test.session_state["pairs.step.playing"] = False
    test.session_state["pairs.step"] = 60
    test.run()
    assert [row[-1] for row in tables(test)] == ["flies apart", "settled"]
    end = tables(test)
    assert float(end[0][3]) > 20
    assert 0 < float(end[1][3]) < 3
    test.slider(key="pairs.step").set_value(0).run()
    start = tables(test)
    assert start[0][2:4] == start[1][2:4]
    assert "After step 0" in said(test)
    assert len(numbers(pictures(test)["loss-contrastive"]["data"][0]["y"])) == 1
    test.slider(key="pairs.users").set_value(4).run()
    assert "loss-contrastive" not in pictures(test), "the ways of another batch are no longer those of the board"
    test.slider(key="pairs.users").set_value(3).run()
    assert "loss-contrastive" in pictures(test)


@pytest.mark.parametrize(
    ("users", "each", "sentence"), [("1", "1", "no pair"), ("1", "8", "no strangers"), ("6", "1", "no friends")]
)
def test_a_batch_that_lacks_something_says_so_and_is_drawn(users, each, sentence):
    test = opened(PAIRS, **{"pairs.users": users, "pairs.each": each})
    assert sentence in said(test)
    assert "board-contrastive" in pictures(test)


def test_a_bad_link_is_named_and_left_out():
    test = opened(PAIRS, **{"pairs.users": "99", "pairs.margin": "wide"})
    assert "Users must lie between 1 and 6, but is 99" in said(test)
    assert "must be a finite number, but got 'wide'" in said(test)
    assert not test.error


def test_presets_and_reset_set_the_board():
    test = opened(PAIRS)
    for title, users, each in (("32 points", 4, 8), ("Strangers", 6, 1), ("Equal points", 3, 4)):
        test.pills(key="pairs.presets").set_value(title).run()
        assert (test.slider(key="pairs.users").value, test.slider(key="pairs.each").value) == (users, each)
        assert test.pills(key="pairs.presets").value == title
    assert test.slider(key="pairs.spread").value == 0
    test.button(key="reset").click().run()
    assert test.slider(key="pairs.spread").value == 0.45
    assert not test.exception


def test_what_was_set_is_there_after_each_view():
    test = opened(PAIRS, **{"pairs.users": "5", "pairs.epsilon": "0.001"})
    for view in ("Batch size", "Three ways", "Training", "Traps", "Board"):
        test.segmented_control(key=VIEW).set_value(view).run()
        assert not test.exception
        assert test.slider(key="pairs.users").value == 5
        assert test.select_slider(key="pairs.epsilon").value == 0.001


def test_the_batch_size_tells_what_grows():
    test = opened(PAIRS, **{VIEW: "Batch size"})
    assert set(pictures(test)) == {"growth-loss", "growth-force", "growth-together"}
    powers = {row[0]: [float(cell) for cell in row[-3:]] for row in tables(test)}
    assert powers["published"] == pytest.approx([1, 0, 1], abs=0.05)
    assert powers["mean"] == pytest.approx([0, -1, 0], abs=0.05)
    assert "**NumPy loop, published**: the loss grows with the batch" in said(test)
    assert "**mean, contrastive**: the loss keeps its size" in said(test)


def test_three_ways_are_measured():
    test = opened(PAIRS, **{VIEW: "Three ways", "pairs.three.points": "32"})
    test.button(key="start.threefold").click().run()
    waited(test, "trial.threefold")
    rows = {row[0]: row for row in tables(test)}
    totals = [float(rows[name][1]) for name in ("NumPy double loop", "broadcast (B, B, d)", "tiled Gram form")]
    assert totals == pytest.approx([totals[0]] * 3, abs=0.01)
    assert "differs from the loop by 0.005" in said(test)


def test_traps_are_shown_with_their_code():
    test = opened(PAIRS, **{VIEW: "Traps"})
    test.button(key="start.pair traps").click().run()
    waited(test, "trial.pair traps")
    assert "8 of 8 weights NaN" in said(test)
    assert "1 user in float32" in said(test)
    assert "shape (6, 6)" in said(test)
    assert [block.value.startswith(("def ", "ids = ")) for block in test.code] == [True] * 6
    assert not test.warning
