"""Series made by chance: each is what its parameters say."""

import numpy as np
import pytest

from explorer.parameters import ParameterError
from explorer.series.generator import KINDS, LENGTH, generate
from explorer.tasks import forecast
from explorer.tasks.baseline import found_season


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_numbers_give_the_same_series(kind):
    one, same, other = (generate(kind, 200, seed).value for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert len(one) == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", ["low", "high"])
def test_both_ends_of_every_slider_give_a_series(kind, end):
    ends = {p.name: p.range[("low", "high").index(end)] for p in KINDS[kind].parameters}
    series = generate(kind, LENGTH.range[0], **ends)
    assert not series.understood.assumed
    assert forecast(series.value).value.size == LENGTH.range[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_parameter_changes_something(kind):
    usual = generate(kind, 100).value
    for p in KINDS[kind].parameters:
        assert not np.array_equal(generate(kind, 100, **{p.name: p.range[0]}).value, usual), p.name


def test_a_swing_obeys_its_equation():
    value = generate("swing", 20_000, period=10, memory=0.8, noise=2).value
    before = np.column_stack([value[1:-1], value[:-2]])
    weight, *_ = np.linalg.lstsq(before, value[2:], rcond=None)
    np.testing.assert_allclose(weight, [1.6 * np.cos(np.pi / 5), -0.64], atol=0.02)
    assert (value[2:] - before @ weight).std() == pytest.approx(2, rel=0.02)


def test_a_season_without_noise_repeats_itself_on_its_trend():
    value = generate("season", 240, period=12, amplitude=3, slope=2, noise=0).value
    np.testing.assert_allclose(value[12:] - value[:-12], 2, atol=1e-9)
    assert (value - np.arange(240) / 6).max() == pytest.approx(3, abs=1e-9)
    assert found_season(value) == 12


def test_steps_jump_as_often_as_asked():
    change = np.diff(generate("steps", 5000, jumps=0.1, size=2, noise=0).value)
    assert (change != 0).mean() == pytest.approx(0.1, abs=0.02)
    assert change[change != 0].std() == pytest.approx(2, rel=0.1)
    assert (np.diff(generate("steps", 500, jumps=1, noise=0).value) != 0).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("waves",), "Kind must be one of swing, season, steps"),
        (("swing", 29), "n · values must lie between 30 and 20000"),
        (("swing", 100.5), "whole number"),
        (("swing", 100, -1), "Chance must lie between"),
    ],
)
def test_what_cannot_be_made_is_refused(arguments, sentence):
    with pytest.raises(ParameterError, match=sentence):
        generate(*arguments)


def test_a_parameter_of_another_kind_is_refused():
    with pytest.raises(ParameterError, match="no parameter 'jumps'; there is period, memory, noise"):
        generate("swing", jumps=1)
