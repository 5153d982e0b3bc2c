"""Points of a batch on a plane: each in its user's look, arrows as long as the forces, nothing lost in silence."""

import numpy as np
import pytest

from explorer import theme
from explorer.figures.board import board

POINT = np.array([[0.0, 0.0], [1.0, 0.5], [-1.0, 0.25], [0.5, -1.0]])
USER = np.array([0, 0, 1, 2])
FORCE = np.array([[1.0, 0.0], [0.0, -2.0], [0.0, 0.0], [-0.5, 0.5]])
NODES = np.linspace(-2, 2, 9)
FIELD = (NODES, NODES[:7], np.add.outer(NODES[:7] ** 2, NODES))
SAID = {"reach": (-2.0, 2.0), "title": "published", "subtitle": "m = 1 · ε = 0"}
EVIL = '<a href="https://host">x</a>'


def drawn(point=POINT, user=USER, **changes):
    return board(point, user, **SAID | changes)


def people(figure):
    return [trace for trace in figure.data if trace.mode == "markers" and isinstance(trace.marker.symbol, str)]


def arrows(figure):
    """Return tail and tip of each arrow."""
    (line,) = [trace for trace in figure.data if trace.mode == "lines" and trace.line.color == theme.INK]
    ways = np.stack([line.x, line.y], axis=1).reshape(-1, 7, 2)
    return ways[:, 0], ways[:, 1]


def test_each_user_has_its_points_in_its_colour_and_sign():
    figure = drawn(force=FORCE)
    assert [len(trace.x) for trace in people(figure)] == [2, 1, 1]
    for user, trace in enumerate(people(figure)):
        np.testing.assert_array_equal(np.stack([trace.x, trace.y], axis=1), POINT[user == USER].astype(np.float32))
        np.testing.assert_array_equal(trace.customdata, FORCE[user == USER].astype(np.float32))
        assert f"user {user} at" in trace.hovertemplate


def test_six_users_differ_in_colour_and_in_sign_and_twenty_in_one_of_both():
    looks = [(t.marker.color, t.marker.symbol) for t in people(drawn(np.zeros((20, 2)), np.arange(20)))]
    assert len({colour for colour, _ in looks[:6]}) == len({symbol for _, symbol in looks[:6]}) == 6
    assert len(set(looks)) == 20


def test_a_user_keeps_its_look_when_others_are_gone():
    both, alone = people(drawn()), people(drawn(POINT[2:3], USER[2:3]))
    assert (alone[0].marker.color, alone[0].marker.symbol) == (both[1].marker.color, both[1].marker.symbol)


def test_arrows_begin_at_their_points_and_are_as_long_as_the_forces():
    figure = drawn(force=FORCE)
    tails, tips = arrows(figure)
    pulled = np.hypot(*FORCE.T) > 0
    np.testing.assert_allclose(tails, POINT[pulled], atol=1e-6)
    np.testing.assert_allclose((tips - tails) * 2 / 0.8, FORCE[pulled], atol=1e-6)
    assert "longest force 2" in figure.layout.title.text


def test_boards_that_are_compared_share_one_length():
    tails, tips = arrows(drawn(force=FORCE, longest=4))
    assert np.hypot(*(tips - tails).T).max() == pytest.approx(0.4)
    assert "longest force 4" in drawn(force=FORCE, longest=4).layout.title.text
    assert "longest force 2" in drawn(force=FORCE, longest=1).layout.title.text


@pytest.mark.parametrize("force", [np.zeros((4, 2)), np.full((4, 2), np.nan)])
def test_without_a_force_there_is_no_arrow(force):
    figure = drawn(force=force, longest=3)
    assert not [trace for trace in figure.data if trace.mode == "lines"]
    assert "no force on any" in figure.layout.meta["alt"]
    assert "longest" not in figure.layout.title.text


def test_a_broken_force_leaves_the_other_arrows():
    force = FORCE.copy()
    force[1] = np.inf, np.nan
    tails, _ = arrows(drawn(force=force))
    np.testing.assert_allclose(tails, POINT[[0, 3]], atol=1e-6)


def test_the_field_lies_behind_in_the_colours_of_a_loss_with_its_two_ends():
    figure = drawn(field=FIELD, limits=(-2.0, 3.0))
    ground = figure.data[0]
    np.testing.assert_array_equal(ground.z, FIELD[2].astype(np.float32))
    np.testing.assert_array_equal(ground.x, FIELD[0].astype(np.float32))
    np.testing.assert_array_equal(ground.y, FIELD[1].astype(np.float32))
    assert [colour for _, colour in ground.colorscale] == [theme.veil(colour, 0.5) for colour in theme.TIDE]
    assert (ground.zmin, ground.zmax) == (-2, 3)
    assert ground.colorbar.ticktext == ("loss −2", "≥ 3")
    assert "from −2 to 6" in figure.layout.meta["alt"]


def test_a_field_without_a_finite_value_is_drawn_empty():
    figure = drawn(field=(NODES, NODES, np.full((9, 9), np.nan)))
    assert "without a finite value" in figure.layout.meta["alt"]


def test_the_point_that_moves_gets_a_ring():
    ring = drawn(moving=3).data[-1]
    assert (set(ring.x), set(ring.y)) == ({0.5}, {-1.0})
    assert ring.hovertemplate.startswith("this point moves")
    assert len(drawn(np.full((4, 2), np.nan), moving=3).data) == len(drawn().data)


def test_each_way_is_drawn_whole_and_cut_from_the_next():
    trail = np.stack([POINT, POINT + 0.1, POINT * 2])
    ways = [trace for trace in drawn(trail=trail).data if trace.mode == "lines"]
    assert [way.line.color for way in ways] == [theme.veil(theme.REGIONS[k], 0.7) for k in range(3)]
    first = np.stack([ways[0].x, ways[0].y], axis=1).reshape(2, 4, 2)
    np.testing.assert_allclose(first[:, :3], trail[:, USER == 0].transpose(1, 0, 2), rtol=1e-6)
    assert np.isnan(first[:, 3]).all()


def test_points_that_cannot_be_seen_are_counted():
    figure = drawn([[0, 0], [9, 0], [np.nan, 0], [0, -2.5]])
    assert "2 of 4 outside" in figure.layout.title.text
    assert "1 not finite" in figure.layout.title.text
    assert "2 of 4 outside" in figure.layout.meta["alt"]
    assert "outside" not in drawn().layout.title.text


def test_the_picture_is_a_square_and_the_title_has_room():
    figure = drawn(force=FORCE, names=[f"a long name {k}" for k in range(3)], field=FIELD)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.xaxis.range == figure.layout.yaxis.range == (-2, 2)
    lines = figure.layout.title.text.count("<br>")
    assert lines >= 2
    assert figure.layout.margin.t >= theme.MARGIN["plane"]["t"] + 15 * (lines - 1)
    assert drawn(narrow=True).layout.xaxis.showticklabels is False


def test_names_from_a_file_are_drawn_letter_by_letter(words):
    figure = drawn(names=[EVIL] * 3, title=EVIL, subtitle=EVIL)
    held = words(figure) + "".join(trace.hovertemplate for trace in people(figure))
    assert "<a" not in held
    assert "&lt;a href=" in held
