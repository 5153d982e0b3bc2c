"""Test points by user, and the distances of pairs: every pair counts, and what is not drawn is said."""

from itertools import pairwise

import numpy as np
import pytest

from explorer import theme
from explorer.figures.embedding import distances, embedding

NUMBERS = np.random.default_rng(1)
POINT, USER = NUMBERS.normal(size=(40, 2)), np.repeat(np.arange(20), 2)
NEAR, FAR = NUMBERS.uniform(0, 1, 101), NUMBERS.uniform(1, 4, 200)
SAID = {"title": "contrastive", "subtitle": "epoch 3 · m = 1"}
EVIL = '<a href="https://host">x</a>'


def drawn(point=POINT, user=USER, **changes):
    return embedding(point, user, **{"reach": (-4.0, 4.0)} | SAID | changes)


def dashed(figure):
    return [(shape.x0, shape.line.color) for shape in figure.layout.shapes]


def notes(figure):
    return [note.text for note in figure.layout.annotations]


def test_every_point_is_drawn_in_the_look_of_its_user():
    figure = drawn()
    assert len({(trace.marker.color, trace.marker.symbol) for trace in figure.data}) == 20
    for user, trace in enumerate(figure.data):
        np.testing.assert_array_equal(np.stack([trace.x, trace.y], axis=1), POINT[user == USER].astype(np.float32))
        assert trace.hovertemplate.startswith(f"user {user} at")
        assert trace.customdata is None
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.xaxis.range == figure.layout.yaxis.range == (-4, 4)


def test_six_users_are_named_and_more_are_not():
    six, seven = (drawn(POINT[:14], np.arange(14) % users) for users in (6, 7))
    assert "user 5" in six.layout.title.text
    assert "user" not in seven.layout.title.text
    assert "Ann" in drawn(POINT[:2], USER[:2], names=["Ann"]).layout.title.text


def test_points_that_cannot_be_seen_are_counted():
    figure = drawn([[0, 0], [5, 0], [0, np.inf]], [0, 1, 1])
    assert "1 of 3 outside" in figure.layout.title.text
    assert "1 not finite" in figure.layout.meta["alt"]
    assert "3 points of 2 users" in figure.layout.meta["alt"]


def test_many_points_are_smaller_and_none_is_no_picture_of_a_fault():
    few, many = drawn(), drawn(np.zeros((4000, 2)), np.arange(4000) % 20)
    assert many.data[0].marker.size < few.data[0].marker.size
    assert not drawn(np.zeros((0, 2)), np.zeros(0, dtype=int)).data


def test_the_shares_of_each_kind_are_those_of_its_pairs():
    figure = distances(NEAR, FAR, **SAID)
    edges = np.asarray(figure.data[0].x, dtype=np.float64)
    assert [trace.line.color for trace in figure.data] == [theme.A, theme.B]
    assert edges[-1] == pytest.approx(FAR.max())
    for trace, pairs in zip(figure.data, (NEAR, FAR), strict=True):
        slow = [np.mean((pairs >= a) & ((pairs < b) | (b == edges[-1]))) for a, b in pairwise(edges)]
        np.testing.assert_allclose(trace.y[:-1], slow, atol=1e-6)
        assert trace.y[-1] == trace.y[-2]
        assert sum(trace.y[:-1]) == pytest.approx(1)
        assert trace.line.shape == "hv"


def test_the_medians_are_marked_and_said():
    figure = distances(NEAR, FAR, **SAID)
    assert dashed(figure) == [(np.median(NEAR), theme.A), (np.median(FAR), theme.B)]
    assert f"median {np.median(NEAR):.3g}" in notes(figure)
    assert f"same user median {np.median(NEAR):.3g}; different users median" in figure.layout.meta["alt"]


def test_two_medians_at_one_place_are_written_below_each_other():
    first, second, _ = distances(NEAR, NEAR, **SAID).layout.annotations
    assert first.x == second.x
    assert second.yshift - first.yshift <= -13


def test_pairs_beyond_the_picture_are_said_and_still_count():
    figure = distances(NEAR, FAR, reach=(0.0, 2.0), **SAID)
    beyond = (FAR > 2).mean()
    assert sum(figure.data[1].y[:-1]) == pytest.approx(1 - beyond)
    assert f"different users: {beyond:.0%} beyond" in figure.layout.title.text
    assert "same user:" not in figure.layout.title.text
    assert len(dashed(figure)) == 1
    assert f"median {np.median(FAR):.3g} →" in notes(figure)
    assert figure.layout.xaxis.range == (0, 2)


def test_what_is_not_finite_is_left_out_and_counted():
    figure = distances([0.5, np.nan, np.inf], FAR, **SAID)
    assert sum(figure.data[0].y[:-1]) == pytest.approx(1)
    assert "same user: 2 not finite" in figure.layout.title.text


def test_no_pair_and_points_that_lie_together_are_drawn():
    empty = distances([], [], **SAID)
    assert "same user no pair; different users no pair" in empty.layout.meta["alt"]
    assert not dashed(empty)
    together = distances(np.zeros(5), np.zeros(9), **SAID)
    assert together.layout.xaxis.range == (0, 1)
    assert together.data[0].y[0] == 1


def test_the_title_has_room_for_what_is_said():
    plain, full = distances(NEAR, FAR, **SAID), distances([np.nan, 9], [np.nan, 9], reach=(0.0, 1.0), **SAID)
    lines = [figure.layout.title.text.count("<br>") for figure in (plain, full)]
    assert lines[1] > lines[0]
    assert full.layout.margin.t - plain.layout.margin.t == 15 * (lines[1] - lines[0])
    rooms = [f.layout.height - f.layout.margin.t for f in (plain, full)]
    assert rooms[0] == rooms[1]


def test_names_are_drawn_letter_by_letter(words):
    figure = drawn(names=[EVIL] * 20, title=EVIL, subtitle=EVIL)
    held = words(figure) + "".join(trace.hovertemplate for trace in figure.data)
    assert "<a" not in held
    assert "&lt;a href=" in held
