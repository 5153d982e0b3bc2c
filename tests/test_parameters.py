"""What a person may set: whatever comes in, a value within the limits or one plain refusal comes out."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.parameters import Choice, Number, ParameterError, Table, clean

NUMBER = Number(name="a", label="a · size", default=1.0, low=-3.0, high=50.0)
WHOLE = Number(name="n", label="n · count", default=2, low=1, high=9, whole=True)
CHOICE = Choice(name="c", label="c · colour", options=("red", "0", "1"), default="red")
TABLE = Table(name="w", label="W · weights", default=((1.0, 0.0), (0.0, 1.0)), low=-5.0, high=5.0, symbol="W")

anything = st.one_of(
    st.none(), st.booleans(), st.floats(), st.integers(-(10**300), 10**300), st.text(max_size=8), st.binary(max_size=4),
    st.complex_numbers(), st.lists(st.floats(), max_size=3), st.dictionaries(st.text(max_size=2), st.floats()),
    st.floats(-10, 10), st.integers(-10, 10).map(str), st.sampled_from(["red", "0", "", "blue"]),
)  # fmt: skip
entries = st.one_of(st.floats(-6, 6), anything)
tables = st.one_of(
    anything,
    st.lists(st.lists(entries, max_size=4), max_size=4),
    st.integers(2, 4).flatmap(
        lambda k: st.lists(st.lists(st.floats(-6, 6), min_size=k, max_size=k), min_size=k, max_size=k)
    ),
    st.integers(1, 22).map(lambda k: np.ones((k, k))),
    st.integers(0, 4).map(lambda axes: np.ones((2,) * axes)),
)


def cleaned(parameter, value):
    """Return the cleaned value and no words, or nothing and the words of the refusal."""
    try:
        return parameter.clean(value), ""
    except ParameterError as error:
        return None, str(error)


@pytest.mark.parametrize("number", [NUMBER, WHOLE], ids=lambda number: number.name)
@settings(deadline=None)
@given(value=anything)
def test_a_number_is_within_its_limits_or_refused(number, value):
    result, refusal = cleaned(number, value)
    if refusal:
        assert refusal.startswith(f"{number.label} must ")
        assert refusal.endswith(".")
        return
    assert type(result) is float
    assert number.low <= result <= number.high
    assert not number.whole or result == round(result)
    assert number.clean(result) == result


@settings(deadline=None)
@given(value=anything)
def test_a_choice_is_one_of_its_options_or_refused(value):
    result, refusal = cleaned(CHOICE, value)
    if refusal:
        assert refusal.startswith("c · colour must be one of red, 0, 1, but is")
        return
    assert result in CHOICE.options
    assert CHOICE.clean(result) == result


@settings(deadline=None)
@given(value=tables)
def test_a_table_is_square_and_within_its_limits_or_refused(value):
    result, refusal = cleaned(TABLE, value)
    if refusal:
        assert refusal.startswith(("W · weights must be", "W["))
        return
    assert 2 <= len(result) <= Table.MOST_CLASSES
    assert all(len(row) == len(result) for row in result)
    assert all(type(entry) is float and -5 <= entry <= 5 for row in result for entry in row)
    assert TABLE.clean(result) == result
    assert TABLE.clean([list(row) for row in result]) == result
    assert TABLE.clean(np.array(result)) == result


@settings(deadline=None)
@given(value=st.floats(-3, 50))
def test_a_number_within_its_limits_is_kept(value):
    assert NUMBER.clean(value) == value
    assert NUMBER.clean(repr(value)) == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (51, "a · size must lie between -3 and 50, but is 51."),
        ("", "a · size must be a finite number, but got nothing."),
        (None, "a · size must be a finite number, but got nothing."),
        (math.nan, "a · size must be a finite number, but got nan."),
        (True, "a · size must be a finite number, but got True."),
        ("x" * 100, "a · size must be a finite number, but got '" + "x" * 39 + "."),
    ],
)
def test_a_refused_number_is_named(value, message):
    with pytest.raises(ParameterError) as caught:
        NUMBER.clean(value)
    assert str(caught.value) == message


def test_a_refused_cell_is_named():
    with pytest.raises(ParameterError, match=r"^W\[1, 0\] must lie between -5 and 5, but is 7\.$"):
        TABLE.clean(((0, 0), (7, 0)))
    with pytest.raises(ParameterError, match=r"^W\[0, 1\] must be a finite number, but got nothing\.$"):
        TABLE.clean(((0, None), (7, 0)))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Number(name="a", label="a", default=2.0, low=0.0, high=1.0),
        lambda: Number(name="a", label="a", default=1.0, low=0.0, high=1.0, slider=(0.0, 2.0)),
        lambda: Number(name="a", label="a", default=1.0, low=0.0, high=1.0, log=True),
        lambda: Choice(name="a", label="a", options=("b",), default="c"),
        lambda: Table(name="a", label="a", default=((1.0,),), low=0.0, high=1.0),
    ],
)
def test_a_parameter_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ParameterError):
        wrong()


def test_a_logarithmic_slider_stops_six_times_a_decade_at_its_ends_and_at_its_default():
    number = Number(name="a", label="a", default=0.25, low=0.0, high=9.0, slider=(0.1, 4.0), log=True)
    assert number.stops == (0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0)


def test_the_sign_of_a_label_is_what_stands_before_its_words():
    assert NUMBER.sign == "a"
    assert Number(name="b", label="size", default=1.0, low=0.0, high=2.0).sign == "size"
    assert CHOICE.sign == "c"


def test_a_set_of_values_is_filled_up_with_defaults():
    assert clean((NUMBER, CHOICE), {"a": "7"}) == {"a": 7.0, "c": "red"}
    with pytest.raises(ParameterError, match=r"^There is no parameter 'b'; there is a, c\.$"):
        clean((NUMBER, CHOICE), {"b": 1})
    with pytest.raises(ParameterError, match=r"^There is no parameter 'b'; there is none\.$"):
        clean((), {"b": 1})
