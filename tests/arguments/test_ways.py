"""The seven ways, really tried in processes of their own: what holds and what does not."""

import os
import tempfile
from pathlib import Path

import pytest

from explorer.arguments.outcome import QUESTIONS
from explorer.arguments.process import Process, ProcessError
from explorer.arguments.run import frozen, ways
from explorer.arguments.way import WAYS
from explorer.parameters import ParameterError

YES, NO, NONE = True, False, None
KNOWN = {  # trains, follows a number, follows a Variable, saves, loads, loads right
    "closure": (YES, NO, YES, YES, NO, NO),
    "partial": (YES, NO, YES, NO, NO, NONE),
    "anonymous": (YES, NO, YES, YES, NO, NONE),
    "loss_class": (YES, NO, YES, YES, YES, YES),
    "added": (YES, NO, YES, YES, YES, YES),
    "override": (YES, NO, YES, YES, YES, YES),
    "packed": (YES, YES, NONE, YES, YES, YES),
}


def left_behind():
    return list(Path(tempfile.gettempdir()).glob("loss-explorer-*"))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module", autouse=True)
def own_folder(tmp_path_factory):
    """Look for what is left behind where no other test, in a browser say, tries the ways meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("ways")))
        yield


@pytest.fixture(scope="module")
def tried():
    before = set(left_behind())
    found = [outcome for outcome in ways(10.0, 5.0) if outcome]
    assert set(left_behind()) <= before
    return {outcome.key: outcome for outcome in found}


def test_all_ways_are_tried_in_their_order(tried):
    assert list(tried) == [way.key for way in WAYS] == list(KNOWN)


@pytest.mark.parametrize("key", KNOWN)
def test_a_way_can_do_what_is_known_of_it(tried, key):
    found = {name: getattr(tried[key], name) for name in QUESTIONS}
    assert tuple(finding.verdict for finding in found.values()) == KNOWN[key], found
    assert all(finding.sentence.endswith((".", "…")) for finding in found.values())
    assert not any(word in finding.sentence for finding in found.values() for word in ("Traceback", "/tmp", " 0x"))


def test_a_number_in_a_trace_does_not_move_and_a_variable_moves_by_the_change(tried):
    assert "should move by −5: it moved by +0.0000, with no new trace" in tried["closure"].follows.sentence
    assert "should move by −5: it moved by −5.0000, with no new trace" in tried["closure"].variable.sentence
    assert "it moved by −5.0000" in tried["packed"].follows.sentence


def test_the_wrong_closure_is_taken_without_a_word(tried):
    said = tried["closure"].right.sentence
    saved, right, wrong = (float(word.rstrip(",.;")) for word in said.split() if word.rstrip(",.;").count(".") == 1)
    assert saved == right
    assert wrong == pytest.approx(saved - 5, abs=1e-3)
    assert "nothing is raised" in said


def test_what_keras_says_is_passed_on(tried):
    assert "functools.partial" in tried["partial"].saves.sentence
    assert "lambda" in tried["anonymous"].saves.sentence
    assert "lambda" in tried["anonymous"].loads.sentence
    assert "Could not locate function 'loss'" in tried["closure"].loads.sentence


def test_a_number_is_frozen_until_the_model_is_compiled_anew():
    told = [moment for moment in frozen(3.0, -4.0) if moment]
    first = told[0]
    for moment in told:
        changed, anew = moment.phase != "compiled", moment.phase == "compiled anew"
        assert moment.number == pytest.approx(first.number - 7 * anew, abs=1e-5)
        assert moment.variable == pytest.approx(first.variable - 7 * changed, abs=1e-5)
        assert moment.number_traces == moment.variable_traces == 1 + anew
    assert [moment.phase for moment in told] == ["compiled"] * 3 + ["changed"] * 3 + ["compiled anew"] * 3


def test_a_run_that_is_left_leaves_nothing_behind():
    before = set(left_behind())
    run = ways(1.0, 2.0)
    assert next(run) is None
    during = set(left_behind()) - before
    assert len(during) == 1
    run.close()
    assert set(left_behind()) <= before
    again = ways(1.0, 2.0)
    assert next(again) is None
    assert set(left_behind()) - before, "the next run must have its turn"
    again.close()


def test_a_second_run_waits_for_the_first():
    before = set(left_behind())
    first, second = ways(1.0, 2.0), ways(3.0, 4.0)
    next(first), next(second)
    assert len(set(left_behind()) - before) == 1
    second.close()
    first.close()


def test_a_process_that_dies_is_told_in_one_sentence():
    with Process() as process:
        pid, answer = process.pid, process.ask("no such task")
        with pytest.raises(ProcessError, match=r"ended before it answered; try again\.$"):
            list(answer)
    assert not alive(pid)


@pytest.mark.parametrize(("offset", "second"), [(5.0, 5.0), (float("nan"), 1.0), (1.0, 1e9)])
def test_values_that_show_nothing_are_refused(offset, second):
    with pytest.raises((ParameterError, ValueError), match="must"):
        next(ways(offset, second))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.key)
def test_the_code_shown_is_the_code_that_runs(way):
    run, shown = compile(Path(way.code.__file__).read_text(), "", "exec"), compile(way.source, "", "exec")
    assert run.co_code == shown.co_code
    assert "noqa" not in way.source
    assert {"build", "feed", "change"} <= set(vars(way.code))
