import numpy as np
import pytest

from explorer import theme
from explorer.figures.line import LineCurve, broken, line

T = np.linspace(0, 1, 101)
LN2 = float(np.log(2))
SMOOTH = -np.log(np.clip(1 - T, 1e-7, 1))
JUMPING = SMOOTH * np.where(T <= 0.5, 1, 8)
JUMP = ((0.5, LN2, 8 * LN2),)
SAID = {"ends": ("severe", "healthy"), "title": "true severe", "subtitle": "W[0] = (1, 1, 8)"}
EVIL = '<a href="https://host">x</a>'


def curve(name="argmax", value=JUMPING, jump_at=JUMP, tie=None, colour=theme.A):
    return LineCurve(name, colour, "solid", value, jump_at, tie)


def dots(figure):
    """Return height, and whether it is filled, of every dot."""
    found = [trace for trace in figure.data if trace.mode == "markers"]
    return [(float(dot.y[0]), dot.marker.color != theme.PAGE) for dot in found]


def names(figure):
    return [note for note in figure.layout.annotations if note.xref == "paper"]


def test_a_line_is_cut_where_it_jumps_and_reaches_both_sides():
    x, y = broken(T, curve())
    gap = int(np.flatnonzero(np.isnan(y))[0])
    assert np.isnan(y).sum() == 1
    assert x[gap - 1] == x[gap] == x[gap + 1] == 0.5
    assert (y[gap - 1], y[gap + 1]) == (LN2, 8 * LN2)
    assert (np.diff(x) >= 0).all()
    assert x.size == T.size + 2


def test_every_jump_cuts_and_a_smooth_line_is_drawn_as_it_is():
    twice = curve(jump_at=((0.25, 1.0, 2.0), (0.503, 3.0, 1.0)))
    x, y = broken(T, twice)
    assert x[np.isnan(y)].tolist() == [0.25, 0.503]
    smooth = line(T, [curve("plain CE", SMOOTH, ())], **SAID).data
    assert len(smooth) == 1
    assert np.array_equal(smooth[0].y, SMOOTH.astype(np.float32))


def test_a_tie_on_one_side_fills_its_dot_and_leaves_the_other_open():
    figure = line(T, [curve(tie=(0.5, LN2 + 1e-6))], **SAID)
    assert dots(figure) == [(pytest.approx(LN2), True), (pytest.approx(8 * LN2), False)]
    level = line(T, [curve(jump_at=((0.5, LN2, LN2),), tie=(0.5, 3 * LN2))], **SAID)
    assert [filled for _, filled in dots(level)] == [False, False, True]


def test_a_tie_on_neither_side_is_a_dot_of_its_own():
    figure = line(T, [curve("published", tie=(0.5, 9 * LN2))], **SAID)
    assert dots(figure) == [
        (pytest.approx(LN2), False),
        (pytest.approx(8 * LN2), False),
        (pytest.approx(9 * LN2), True),
    ]
    assert "jumps from 0.693 to 5.55 at 0.5, 6.24 exactly there" in figure.layout.meta["alt"]
    assert [filled for _, filled in dots(line(T, [curve()], **SAID))] == [False, False]


def test_the_ends_of_the_axis_are_the_two_corners():
    figure = line(T, [curve()], **SAID)
    corners = {note.text: note.x for note in figure.layout.annotations if note.yref == "paper" and note.xref != "paper"}
    assert corners == {"severe": 0.0, "healthy": 1.0}


def test_limits_are_kept_and_an_endless_corner_does_not_flatten_the_rest():
    low, high = line(T, [curve()], limits=(0.0, 24.0), **SAID).layout.yaxis.range
    assert low <= 0 <= 24 <= high < 30
    assert line(T, [curve()], **SAID).layout.yaxis.range[1] < 60 < JUMPING.max()
    assert line(T, [curve()], **SAID).layout.yaxis.range[1] > 8 * LN2


@pytest.mark.parametrize("at", [0.0, 4.0, 9.9, 50.0])
def test_names_at_the_ends_are_moved_apart_and_stay_within_the_picture(at):
    forms = [curve(f"form {k}", np.full(T.size, at + 0.01 * k), ()) for k in range(6)]
    figure = line(T, forms, limits=(0.0, 10.0), **SAID)
    downs = [-note.yshift for note in names(figure)]
    room = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert min(np.diff(downs)) >= 13
    assert min(downs) >= 0
    assert max(downs) <= room
    if at < 10:
        assert [note.text for note in names(figure)] == [f"form {k}" for k in range(5, -1, -1)]


def test_of_lines_that_leave_the_picture_the_first_is_named_on_top():
    forms = [curve("late", SMOOTH, ()), curve("early", JUMPING), curve("inside", np.full(T.size, 0.5), ())]
    assert [note.text for note in names(line(T, forms, limits=(0.0, 6.0), **SAID))] == ["early", "late", "inside"]


def test_the_room_for_names_grows_with_them():
    short, long = (line(T, [curve(name)], **SAID).layout.margin.r for name in ("a", "expected cost, β = 1"))
    assert long - short > 90


def test_a_value_that_is_not_finite_leaves_a_gap():
    value = SMOOTH.copy()
    value[-1] = np.inf
    figure = line(T, [curve("plain", value, ())], **SAID)
    assert np.isfinite(figure.layout.yaxis.range).all()
    nothing = line(T, [curve("nothing", np.full(T.size, np.nan), ())], **SAID)
    assert "without a finite value" in nothing.layout.meta["alt"]


def test_names_are_drawn_letter_by_letter(words):
    text = words(line(T, [curve(EVIL, tie=(0.5, 9.0))], ends=(EVIL, EVIL), title=EVIL, subtitle=EVIL))
    assert "<a" not in text
    assert "&lt;a href" in text
