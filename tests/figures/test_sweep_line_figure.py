"""Losses along one axis: as they are, staircases as staircases, the current value marked."""

import numpy as np
import pytest

from explorer import theme
from explorer.figures.sweep_line import SweepLine, sweep_lines

X = np.linspace(-4, 4, 81)
SMOOTH, STAIRS = X**2 / 16, np.round(np.abs(X)) / 4
LINES = [("soft", theme.A, "solid", SMOOTH), SweepLine("hard", theme.B, "dash", STAIRS, True)]
SAID = {"x_title": "offset", "y_title": "loss", "title": "Loss by offset", "subtitle": "s = 1 · θ = 0.5"}
EVIL = '<a href="https://host">x</a>'


def drawn(lines=LINES, x=X, **changes):
    return sweep_lines(x, lines, **SAID | changes)


def test_every_line_is_drawn_as_it_is():
    figure = drawn()
    for trace, value, (colour, dash) in zip(
        figure.data, (SMOOTH, STAIRS), ((theme.A, "solid"), (theme.B, "dash")), strict=True
    ):
        np.testing.assert_array_equal(trace.x, X.astype(np.float32))
        np.testing.assert_array_equal(trace.y, value.astype(np.float32))
        assert (trace.line.color, trace.line.dash) == (colour, dash)
    assert figure.layout.xaxis.range == (-4, 4)
    assert figure.layout.xaxis.title.text == "offset"


def test_a_form_without_a_slope_is_a_staircase_and_says_so():
    figure = drawn()
    assert [trace.line.shape for trace in figure.data] == ["linear", "hvh"]
    assert "hard: no slope" in figure.layout.title.text
    assert "soft: no slope" not in figure.layout.title.text
    assert ["no slope" in trace.hovertemplate for trace in figure.data] == [False, True]


@pytest.mark.parametrize("at", [-4.0, 0.0, 2.5, 4.0])
def test_the_current_value_is_marked_and_said(at):
    figure = drawn(at=at)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(at, at)]
    assert f"now {at:g}".replace("-", "−") in figure.layout.title.text


@pytest.mark.parametrize("at", [None, -4.1, 5.0, np.nan])
def test_a_value_out_of_sight_is_not_marked(at):
    figure = drawn(at=at)
    assert not figure.layout.shapes
    assert "now" not in figure.layout.title.text


def test_names_stand_at_the_ends_the_highest_on_top():
    figure = drawn([("low", theme.A, "solid", SMOOTH), ("high", theme.B, "solid", SMOOTH + 2)])
    ends = {note.text: -note.yshift for note in figure.layout.annotations if note.x == 1}
    room = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    low, high = figure.layout.yaxis.range
    assert ends == {name: pytest.approx((high - at) / (high - low) * room) for name, at in (("low", 1), ("high", 3))}
    assert figure.layout.margin.r > 6 * len("high")


def test_limits_are_kept_and_the_axis_begins_at_0():
    assert drawn().layout.yaxis.range[0] == 0
    assert drawn().layout.yaxis.range[1] > 1
    low, high = drawn(limits=(-1.0, 8.0)).layout.yaxis.range
    assert low < -1
    assert high > 8
    assert drawn([("reward", theme.A, "solid", -SMOOTH)]).layout.yaxis.range[0] < -1


def test_a_peak_does_not_flatten_the_rest():
    peak = np.where(np.arange(X.size) == 40, 1000.0, SMOOTH)
    assert drawn([("peak", theme.A, "solid", peak)]).layout.yaxis.range[1] < 5


def test_what_is_not_finite_is_left_open():
    gap = np.where(X > 3, np.nan, SMOOTH)
    figure = drawn([("gap", theme.A, "solid", gap), ("none", theme.B, "solid", np.full(81, np.inf))])
    assert np.isnan(figure.data[0].y).sum() == (X > 3).sum()
    assert np.isfinite(figure.layout.yaxis.range).all()
    assert "none without a finite value" in figure.layout.meta["alt"]
    assert "no form" in drawn([]).layout.meta["alt"]


def test_the_title_has_room_for_what_is_said():
    many = [SweepLine(f"a form without slope {k}", theme.A, "solid", STAIRS, True) for k in range(3)]
    plain, full = drawn(), drawn(many, at=1.0)
    lines = [figure.layout.title.text.count("<br>") for figure in (plain, full)]
    assert full.layout.margin.t - plain.layout.margin.t == 15 * (lines[1] - lines[0]) > 0
    rooms = [figure.layout.height - figure.layout.margin.t for figure in (plain, full)]
    assert rooms[0] == rooms[1]


def test_names_are_drawn_letter_by_letter(words):
    evil = [SweepLine(EVIL, theme.A, "solid", STAIRS, True)]
    figure = drawn(evil, title=EVIL, subtitle=EVIL, x_title=EVIL, y_title=EVIL)
    held = words(figure) + figure.layout.xaxis.title.text + figure.data[0].hovertemplate
    assert "<a" not in held
    assert "&lt;a href=" in held
