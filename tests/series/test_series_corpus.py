"""Files as people have them: read right, asked, or refused with the cause, and never wrong in silence."""

from __future__ import annotations

import contextlib
import re
import time
from functools import cache

import numpy as np
import pytest

from explorer.series import Series, SeriesError, read
from tests.series.corpus import (
    agency,
    device,
    dialect,
    figure,
    finance,
    holdout,
    holdout_form,
    hopeless,
    language,
    layout,
    measurement,
    moment,
    spreadsheet,
)
from tests.series.corpus.case import Case, Reading

CASES: dict[str, Case] = {
    name: case
    for part in (
        language,
        finance,
        measurement,
        agency,
        device,
        moment,
        figure,
        dialect,
        layout,
        spreadsheet,
        holdout,
        holdout_form,
    )
    for name, case in part.CASES.items()
}
# Where one of these is unsure though the file proves it, a person is asked for nothing.
PROVABLE = {
    "dates",
    "decimal",
    "layout",
    "missing",
    "series",
    "sheet",
    "time",
    "value",
    "encoding",
    "separator",
    "currency",
}


def is_same(series: Series, case: Case, reading: Reading) -> bool:
    """Tell whether a series is what a careful person reads."""
    if len(series.value) != len(reading.value) or int(series.filled.sum()) != reading.filled:
        return False
    known = ~series.filled
    if known.tolist() != [v is not None for v in reading.value]:
        return False
    if not np.allclose(series.value[known], [v for v in reading.value if v is not None], rtol=1e-12, atol=0):
        return False
    if not np.isclose(series.value[known].sum(), reading.total) or (reading.name and series.value_name != reading.name):
        return False
    if not reading.first:
        return series.time.dtype == np.int64
    if series.time.dtype == np.int64:
        return False
    ends = series.time[[0, -1]].astype(f"M8[{case.unit}]")
    return ends.tolist() == np.array([reading.first, reading.last], f"M8[{case.unit}]").tolist()


def unsure(series: Series) -> set[str]:
    return {decision.name for decision in series.decisions if not decision.sure}


def answered(case: Case, overrule: dict[str, str]) -> Series:
    return read(case.data, case.name, value=case.value, time=case.time, overrule=overrule)


@cache
def judged(name: str) -> Series | None:
    """Read a file, or return None where a refusal is an honest answer."""
    try:
        return answered(CASES[name], {})
    except SeriesError:
        if CASES[name].refusable:
            return None
        raise


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_read_as_a_careful_person_reads_it(name):
    case = CASES[name]
    series = judged(name)
    if series is None:
        return
    taken = [reading for reading in (case.expected, *case.other) if is_same(series, case, reading)]
    shown = (series.time[[0, -1]].tolist(), series.value.tolist(), series.value_name, series.notes)
    assert taken, f"read as {shown}"
    assert case.asked in unsure(series) or not case.asked
    assert not unsure(series) & PROVABLE - {case.asked} - case.may
    assert set(case.left_out) <= {row.line for row in series.left_out}
    assert series.understood.assumed == bool(unsure(series))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.other])
def test_what_is_asked_can_be_answered_either_way(name):
    case = CASES[name]
    first = judged(name)
    if first is None:
        return
    decision = next(d for d in first.decisions if d.name == case.asked)
    assert decision.taken in decision.options
    answers = [answered(case, {case.asked: option}) for option in decision.options]
    for reading in (case.expected, *case.other):
        assert any(is_same(series, case, reading) for series in answers)
    for series in answers:
        assert case.asked not in unsure(series)


@pytest.mark.parametrize("name", CASES)
def test_every_decision_can_be_overruled(name):
    case = CASES[name]
    series = judged(name)
    for decision in series.decisions if series else ():
        assert re.fullmatch(r".{8,}\.", decision.sentence), decision
        assert not decision.options or decision.taken in decision.options
        for option in decision.options[:3]:
            with contextlib.suppress(*([SeriesError] if option != decision.taken else [])):
                again = answered(case, {decision.name: option})
                same = again.value.tolist() == series.value.tolist() and again.time.tolist() == series.time.tolist()
                assert same or option != decision.taken


@pytest.mark.parametrize("name", CASES)
def test_what_is_left_out_is_listed_and_the_top_is_shown(name):
    series = judged(name)
    if series is None:
        return
    assert series.preview
    assert all(isinstance(cell, str) for row in series.preview for cell in row)
    lines = [row.line for row in series.left_out]
    assert lines == sorted(lines)
    assert len({(row.line, row.time) for row in series.left_out}) == len(lines)
    assert all(line >= 1 for line in lines)
    assert all(row.reason for row in series.left_out)


@pytest.mark.parametrize("name", hopeless.FILES)
def test_a_hopeless_file_is_refused_with_its_cause(name):
    data, cause = hopeless.FILES[name]
    began = time.process_time()
    with pytest.raises(SeriesError) as caught:
        read(data, "table.csv")
    sentence = str(caught.value)
    assert re.search(cause, sentence, re.IGNORECASE), sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300
    assert time.process_time() - began < 5
