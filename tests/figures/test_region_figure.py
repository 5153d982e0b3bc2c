import numpy as np
import pytest

from explorer import theme
from explorer.figures.region import regions

NAMES = ("severe", "mild", "healthy")
X, Y = np.linspace(0, 4, 41), np.linspace(-1, 1, 21)
WINNER = np.where(X[None] < 1, 0, np.where(Y[:, None] > 0, 1, 2))
POINTS = np.array([[0.5, 0.0], [3.0, 0.5], [3.0, -0.5], [0.2, 0.3]])
TRUTH = np.array([0, 1, 1, 2])
SAID = {"names": NAMES, "axes": ("width", "length"), "title": "soft", "subtitle": "seed 1"}
EVIL = '<a href="https://host">x</a>'


def figure(**changes):
    given = {"points": POINTS, "truth": TRUTH} | SAID | changes
    return regions(X, Y, given.pop("winner", WINNER), **given)


def marks(picture):
    return [trace for trace in picture.data if trace.type == "scatter"]


def crosses(picture):
    return [(x, y) for t in marks(picture) if t.marker.symbol == "x-thin" for x, y in zip(t.x, t.y, strict=True)]


def test_each_class_has_its_region_in_its_colour():
    areas = [trace for trace in figure().data if trace.type == "contour"]
    assert [area.fillcolor for area in areas] == [theme.veil(theme.REGIONS[k], 0.3) for k in range(3)]
    assert np.array_equal(sum(k * area.z for k, area in enumerate(areas)), WINNER.astype(np.float32))
    assert {area.z.dtype for area in areas} == {np.dtype("float32")}


def test_a_class_that_is_never_predicted_has_no_region():
    areas = [trace for trace in figure(winner=np.full_like(WINNER, 2)).data if trace.type == "contour"]
    assert [area.fillcolor for area in areas] == [theme.veil(theme.REGIONS[2], 0.3)]


def test_points_have_the_colour_and_sign_of_their_true_class_and_mistakes_a_cross():
    picture = figure()
    for trace in marks(picture):
        if trace.marker.symbol != "x-thin":
            k = theme.REGIONS.index(trace.marker.color)
            assert f"true {NAMES[k]}" in trace.hovertemplate
    assert crosses(picture) == [(3.0, -0.5), (pytest.approx(0.2), pytest.approx(0.3))]
    assert "2 of 4 wrong" in picture.layout.title.text
    said = " ".join(trace.hovertemplate or "" for trace in marks(picture))
    assert "true mild, taken for healthy" in said
    assert "true healthy, taken for severe" in said
    assert "true mild, recognised" in said


def test_signs_of_ten_classes_differ():
    points = np.tile([[1.0, 0.0]], (10, 1))
    picture = figure(points=points, truth=np.arange(10), predicted=np.arange(10), names=list("abcdefghij"))
    assert len({trace.marker.symbol for trace in marks(picture)}) == 10
    assert len({trace.marker.color for trace in marks(picture)}) == 10


def test_what_was_predicted_counts_before_the_region_it_lies_in():
    assert not crosses(figure(predicted=TRUTH))
    assert len(crosses(figure(predicted=(TRUTH + 1) % 3))) == 4


def test_names_stand_within_their_regions_away_from_points_and_borders():
    crowd = np.stack([np.linspace(1.0, 2.5, 50), np.full(50, 0.5)], axis=1)
    picture = figure(points=crowd, truth=np.ones(50, dtype=int))
    tags = {note.text: note for note in picture.layout.annotations if note.bgcolor == theme.LABEL}
    assert set(tags) == set(NAMES)
    for k, name in enumerate(NAMES):
        column, row = np.abs(X - tags[name].x).argmin(), np.abs(Y - tags[name].y).argmin()
        assert WINNER[row, column] == k
        assert (WINNER[row - 2 : row + 3, column - 2 : column + 3] == k).all()
    assert tags["mild"].x > 2.6


@pytest.mark.parametrize(("lines", "away"), [([0.5], 0.14), ([0.3, 0.4, 0.5, 0.6, 0.7], 0)])
def test_a_name_evades_a_row_of_points_but_never_to_the_border(lines, away):
    crowd = np.stack(np.meshgrid(np.linspace(1, 4, 40), lines), axis=-1).reshape(-1, 2)
    picture = figure(points=crowd, truth=np.ones(len(crowd), dtype=int))
    (mild,) = [note for note in picture.layout.annotations if note.text == "mild" and note.bgcolor == theme.LABEL]
    assert 0.25 < mild.y < 0.85
    assert abs(mild.y - 0.5) >= away


def test_many_points_are_thinned_but_all_are_counted():
    many = np.tile(POINTS, (1000, 1))
    picture = figure(points=many, truth=np.tile(TRUTH, 1000))
    assert sum(len(t.x) for t in marks(picture) if t.marker.symbol != "x-thin") <= 600
    assert "2000 of 4000 wrong" in picture.layout.title.text
    assert "2000 of 4000 test points wrong" in picture.layout.meta["alt"]


def test_regions_without_points_are_drawn():
    picture = figure(points=np.zeros((0, 2)), truth=np.zeros(0, dtype=int))
    assert not marks(picture)
    assert "no test points" in picture.layout.meta["alt"]


def test_a_lattice_of_one_feature_is_refused():
    with pytest.raises(ValueError, match="need two nodes along both features, not 41 × 0"):
        regions(X, np.zeros(0), np.zeros((0, 41)), points=POINTS, truth=TRUTH, **SAID)


def test_names_from_a_file_are_drawn_letter_by_letter(words):
    text = words(figure(names=[EVIL] * 3, axes=(EVIL, EVIL), title=EVIL, subtitle=EVIL))
    assert "<a" not in text
    assert "true &lt;a href" in text
