"""What is odd about a table of weights is said beside its cell."""

import pytest

from explorer.losses.concern import Concern, concerns
from explorer.losses.weighted_crossentropy import PRESETS

NAMES = ("cat", "dog", "bird")
TABLES = {preset.title: preset.values["weights"] for preset in PRESETS}


def test_a_right_answer_that_costs_more_is_named_with_all_cheaper_mistakes():
    assert concerns(TABLES["As the published code"], NAMES) == [
        Concern("diagonal", 2, 2, "Being right about bird (2) costs more than taking it for cat (1) or dog (1.2).")
    ]


def test_a_negative_entry_is_named():
    table = ((1.0, -0.5, 2.0), (1.0, -3.0, 1.0), (1.0, 1.0, 1.0))
    assert concerns(table, NAMES) == [
        Concern("diagonal", 0, 0, "Being right about cat (1) costs more than taking it for dog (-0.5)."),
        Concern("negative", 0, 1, "A weight below 0 (-0.5) rewards taking cat for dog."),
        Concern("negative", 1, 1, "A weight below 0 (-3) rewards being right about dog."),
    ]


def test_all_ones_are_said_once_for_the_whole_table():
    assert concerns(TABLES["All ones"], NAMES) == [
        Concern("ones", None, None, "Every weight is 1: no mistake counts more than another.")
    ]


def test_a_row_of_zeros_is_named():
    table = ((1.0, 2.0, 1.0), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    said = "Every weight of true dog is 0: such a sample does not count at all."
    assert concerns(table, NAMES) == [Concern("nothing", 1, None, said)]


@pytest.mark.parametrize("title", ["As the text says", "One dear mistake"])
def test_a_sound_table_raises_no_concern(title):
    assert concerns(TABLES[title], NAMES) == []


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"^names must hold one name for each of the 3 classes, but holds 2\.$"):
        concerns(TABLES["All ones"], NAMES[:2])
