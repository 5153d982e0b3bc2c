"""The page of extra arguments: what its tables, its sentences and its pictures hold."""

import re

import numpy as np
import pytest

from explorer.arguments.outcome import QUESTIONS
from explorer.arguments.way import WAYS
from tests.pages.page import numbers, opened, pictures, waited

PAGE = "pages/train/extra_arguments.py"
PREFIX = "offset-by-closure"
VIEW = "arguments.view"


def said(test):
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def rows(test, kind):
    """Return the cells of the table of this class, each row with its head first, without signs nobody reads aloud."""
    (found,) = [part.proto.body for part in test.get("html") if f"class='{kind}'" in part.proto.body]
    heard = re.sub("<span[^>]*aria-hidden.*?</span>", "", found)
    lines = re.findall(r"<tr.*?>(.*?)</tr>", heard)[1:]
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", line)] for line in lines]


def started(test, kind):
    test.button(key=f"start.{kind}").click().run()
    assert not test.exception
    return waited(test, f"trial.{kind}")


def test_before_a_run_the_table_names_all_ways_and_shows_the_code_of_one():
    test = opened(PAGE)
    assert [row[0] for row in rows(test, "ways")] == [way.title for way in WAYS]
    assert {cell for row in rows(test, "ways") for cell in row[1:]} == {"·"}
    assert test.code[0].value == WAYS[0].source.strip()
    test.selectbox(key="arguments.way").set_value("compute_loss").run()
    assert "def compute_loss(" in test.code[0].value


def test_the_table_says_in_words_what_was_found():
    test = started(opened(PAGE, **{f"{PREFIX}.offset": "7", f"{PREFIX}.second": "4"}), "ways")
    items = test.session_state["trial.ways"].run.items
    words = {True: "yes", False: "no", None: "not asked"}
    for row, outcome in zip(rows(test, "ways"), items, strict=True):
        assert row[1:-1] == [words[getattr(outcome, name).verdict] for name in QUESTIONS]
        assert row[-1] == f"{outcome.seconds:.1f}"
    assert "c = 7 · changed to 4" in said(test)
    assert items[0].right.sentence in said(test)
    test.selectbox(key="arguments.way").set_value("Lambda").run()
    assert items[2].loads.sentence in said(test)
    assert items[0].right.sentence not in said(test)


def test_the_curves_and_the_sentences_hold_what_was_trained():
    test = started(
        opened(PAGE, **{f"{PREFIX}.offset": "8", f"{PREFIX}.second": "2", f"{PREFIX}.epochs": "3"}), "offsets"
    )
    assert test.session_state[VIEW] == "Offset experiment"
    _, *told = test.session_state["trial.offsets"].run.items
    drawn = pictures(test)
    lines = [trace for trace in drawn["offset-loss"]["data"] if trace["mode"] == "lines"]
    for place, line in enumerate(lines):
        np.testing.assert_allclose(numbers(line["y"]), [one.val_loss[place] for one in told], rtol=1e-6)
    heights = [numbers(line["y"])[-1] for line in lines]
    np.testing.assert_allclose(np.diff(heights), [2, 6], atol=1e-4)
    assert "**equal bit for bit**" in said(test)
    assert "The curves lie 2 and 8 above" in said(test)
    assert f"**{told[-1].accuracy[0]:.1%}** for every c" in said(test)
    answers = told[-1].prediction[0].argmax(axis=-1)
    words = [note["text"] for note in drawn["digits"]["layout"]["annotations"]]
    assert [int(word[0]) for word in words] == answers.tolist()
    test.slider(key="offsets.epoch").set_value(1).run()
    words = [note["text"] for note in pictures(test)["digits"]["layout"]["annotations"]]
    assert [int(word[0]) for word in words] == told[0].prediction[0].argmax(axis=-1).tolist()


def test_a_frozen_number_is_shown_beside_a_variable():
    test = started(opened(PAGE), "frozen")
    table = [row[1:] for row in rows(test, "scores")]
    (first, traces, *_), (changed, same, variable, _), (anew, more, *_) = table
    assert (first, traces) == (changed, same)
    assert float(variable) == pytest.approx(float(first) - 5, abs=2e-4)
    assert float(anew) == pytest.approx(float(first) - 5, abs=2e-4)
    assert (traces, more) == ("1", "2")
    assert "moved by **−5.0000** with 0 new traces" in said(test)
    line = numbers(pictures(test)["frozen"]["data"][0]["y"])
    assert line[:6] == pytest.approx([float(first)] * 6, abs=1e-4)


def test_a_loop_is_shown_beside_its_mends():
    test = opened(PAGE, **{VIEW: "Lambda in a loop", f"{PREFIX}.offset": "6", f"{PREFIX}.second": "1"})
    meant, *made = rows(test, "scores")
    want = [float(cell) for cell in meant[1:]]
    assert np.diff(want).tolist() == pytest.approx([1, 5], abs=2e-4)
    assert [cell.split() for cell in made[0][1:]] == [[meant[3], "✕"], [meant[3], "✕"], [meant[3], "✓"]]
    for row in made[1:]:
        assert [cell.split() for cell in row[1:]] == [[cell, "✓"] for cell in meant[1:]]
    assert "1 of 3 losses" in said(test)


def test_two_values_that_are_the_same_cannot_be_tried():
    test = opened(PAGE, **{f"{PREFIX}.offset": "5", f"{PREFIX}.second": "5"})
    assert test.button(key="start.ways").disabled
    assert test.button(key="start.frozen").disabled
    assert not test.button(key="start.offsets").disabled
    assert "c and c₂ are the same" in said(test)


def test_presets_and_reset():
    test = opened(PAGE, **{f"{PREFIX}.second": "3"})
    test.pills(key=f"{PREFIX}.presets").set_value("c = 0").run()
    assert test.slider(key=f"{PREFIX}.offset").value == 0.0
    assert any("+0" in part.value for part in test.latex)
    test.button(key="reset").click().run()
    assert test.slider(key=f"{PREFIX}.offset").value == 10.0
    assert test.slider(key=f"{PREFIX}.second").value == 5.0


def test_a_bad_link_is_named():
    test = opened(PAGE, **{f"{PREFIX}.offset": "5000", f"{PREFIX}.epochs": "two", "arguments.way": "telepathy"})
    found = said(test)
    assert "but is 5000" in found
    assert "'two'" in found
    assert "no way 'telepathy'" in found
    assert test.slider(key=f"{PREFIX}.offset").value == 10.0


def test_the_page_holds_at_both_ends_of_each_slider():
    test = opened(PAGE, **{VIEW: "Lambda in a loop"})
    for slider in test.slider:
        for end in (slider.min, slider.max):
            test.slider(key=slider.key).set_value(end).run()
            assert not test.exception
            assert not test.error
