"""A catalogue entry checks itself when it is made."""

import numpy as np
import pytest

from explorer.parameters import Number, ParameterError, Table
from explorer.spec import Axis, LossSpec, Placed, Plane, Preset, Source, Split, latex_number

AXIS = Axis(label="x", low=0.0, high=1.0)
SIZE = Number(name="size", label="s · size", default=0.5, low=0.0, high=2.0, symbol="s")
WEIGHTS = Table(name="weights", label="W · weights", default=((1.0, 1.0), (1.0, 1.0)), low=0.0, high=9.0, symbol="W")


def place(x, y):
    return Placed(x, y)


def loss(y_true, y_pred, *, size):
    return size * (y_true - y_pred)


def reference(y_true, y_pred, *, size):
    return np.array([size * (t - p) for t, p in zip(y_true, y_pred, strict=True)])


def plane(key="square", **changes):
    return Plane(**{"key": key, "title": "", "x": AXIS, "y": AXIS, "place": place, **changes})


def spec(**changes):
    facts = {
        "key": "a-loss", "family": "f", "form": "g", "title": "t", "story": "s", "formula": r"<size>\,e",
        "parameters": (SIZE,), "function": loss, "reference": reference, "planes": (plane(),), "smooth": True,
        "source": Source(author="a", year=2000, title="t"), "task": "blobs",
    }  # fmt: skip
    return LossSpec(**{**facts, **changes})


def test_a_sound_entry_is_made():
    assert (
        spec(split=Split(parameter="size", rest="a", term="b"), presets=(Preset(title="", story=""),)).key == "a-loss"
    )


def with_default(y_true, y_pred, *, size=1.0):
    return size * (y_true - y_pred)


def without_size(y_true, y_pred):
    return y_true - y_pred


def with_logits(y_true, y_pred, *, size, from_logits=False):
    return size * (y_true - y_pred) if from_logits else y_true


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "A loss"}, "'A loss' is not a key"),
        ({"key": "a_loss"}, "'a_loss' is not a key"),
        ({"function": without_size}, r"declares \['size'\], but without_size takes \[\]"),
        ({"reference": without_size}, r"declares \['size'\], but without_size takes \[\]"),
        ({"context": ("y_last",)}, r"declares \['size', 'y_last'\], but loss takes \['size'\]"),
        ({"function": with_default}, r"with_default has its own default for \['size'\]"),
        ({"formula": "<sise>"}, r"the formula speaks of \['sise'\], which are no parameters"),
        ({"shapes": "series"}, "samples of shape 'series', which is none of steps, classes, points, masks"),
        ({"planes": ()}, "needs planes with keys of their own"),
        ({"planes": (plane(), plane())}, "needs planes with keys of their own"),
        ({"split": Split(parameter="length", rest="", term="")}, "is split by 'length', which is no parameter"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(changes, message):
    with pytest.raises(TypeError, match=message):
        spec(**changes)


@pytest.mark.parametrize("values", [{"size": 3.0}, {"sise": 1.0}])
def test_a_preset_that_no_one_may_set_is_refused(values):
    with pytest.raises(ParameterError):
        spec(presets=(Preset(title="", story="", values=values),))


def test_a_plane_whose_scene_is_not_what_it_takes_is_refused():
    with pytest.raises(TypeError, match=r"plane square: declares \['size'\], but place takes \[\]"):
        plane(scene=(SIZE,))


def test_planes_are_found_by_key():
    first, second = plane("first"), plane("second")
    entry = spec(planes=(first, second))
    assert entry.plane() is first
    assert entry.plane("second") is second
    with pytest.raises(ValueError, match=r"^a-loss has no plane 'third'; it has first, second\.$"):
        entry.plane("third")


def test_only_a_loss_that_takes_from_logits_is_given_it():
    assert not spec().takes_logits
    assert spec(function=with_logits).takes_logits


def test_the_formula_shows_numbers_and_keeps_the_symbol_of_a_table():
    assert spec().formula_with({"size": 0.001}) == r"10^{-3}\,e"
    assert spec().formula_with({}) == r"s\,e"

    def weighted(y_true, y_pred, *, weights):
        return weights[0][0] * (y_true - y_pred)

    entry = spec(formula="<weights>_{ij}", parameters=(WEIGHTS,), function=weighted, reference=weighted)
    assert entry.formula_with({"weights": WEIGHTS.default}) == "W_{ij}"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"), (1.0, "1"), (0.25, "0.25"), (-3.0, "-3"), (1000.0, "1000"), (0.01, "0.01"), (1e-3, "10^{-3}"),
        (1.5e-4, r"1.5\cdot 10^{-4}"), (123456.0, r"1.235\cdot 10^{5}"), (2 / 3, "0.6667"),
    ],
)  # fmt: skip
def test_a_number_in_latex_is_short(number, text):
    assert latex_number(number) == text
