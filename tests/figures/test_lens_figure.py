from dataclasses import replace

import numpy as np
import pytest

from explorer import theme
from explorer.figures.lens import gradients, penalties, updates

EVIL = '<a href="https://host">x</a>'


def medians(figure):
    return [trace for trace in figure.data if trace.mode == "lines+markers"]


def lines(figure):
    return [trace for trace in figure.data if trace.mode == "lines"]


def test_the_question_is_the_title_and_the_answer_stands_under_it(glass):
    text = gradients(glass).layout.title.text
    assert "What one sample’s gradient is worth in a batch of 32" in text
    assert "5 % of the length, cosine 0.2" in text
    few = replace(glass, **{name: getattr(glass, name)[:2] for name in ("size", "own", "cosine")})
    assert "in a batch of 8" in gradients(few).layout.title.text
    large = replace(glass, size=np.array([64, 128, 256]))
    assert "in a batch of 64" in gradients(large).layout.title.text


def test_medians_of_draws_are_joined_and_every_draw_is_a_point(glass):
    figure = gradients(glass)
    own, cosine = medians(figure)
    assert np.allclose(own.y, [1.5, 1.5 / 8, 1.5 / 32])
    assert np.allclose(cosine.y, [1, 0.5, 0.2])
    clouds = [trace for trace in figure.data if trace.mode == "markers"]
    assert [cloud.y.size for cloud in clouds] == [12, 12]
    assert clouds[1].x[clouds[1].y == np.float32(0.8)].tolist() == [1]
    assert list(figure.layout.xaxis.ticktext) == ["1", "8", "32"]
    low, high = figure.layout.yaxis.range
    assert low < -0.2
    assert high > 2
    assert "cosine to the batch 1 in 1, 0.5 in 8, 0.2 in 32" in figure.layout.meta["alt"]
    assert "medians of 4 samples" in figure.layout.meta["alt"]


def test_the_share_of_the_penalty_is_told_before_and_after_training(glass):
    figure = penalties(glass)
    before, after = medians(figure)
    assert np.allclose(before.y, [0.5, 0.13, 0.02])
    assert np.allclose(after.y, [0.5, 0.2, np.nan], equal_nan=True)
    assert (before.line.color, after.line.color) == (theme.BASELINE, theme.PENALTY)
    assert "before: 50 % in a batch of 1, 2 % of 32" in figure.layout.title.text
    assert "– in 32" in figure.layout.meta["alt"]


def test_a_training_that_is_not_done_leaves_its_room(glass):
    none = replace(glass, penalty_after=np.full((3, 4), np.nan))
    assert np.isfinite(penalties(none).layout.yaxis.range).all()
    empty = updates(())
    assert not empty.data
    assert tuple(empty.layout.xaxis.range) == (0, 1024)
    assert "nothing yet" in empty.layout.meta["alt"]


def test_trainings_are_drawn_by_updates_each_size_in_its_colour(glass):
    figure = updates(glass.courses, planned=2048)
    assert tuple(figure.layout.xaxis.range) == (0, 2048)
    assert [line.x.tolist() for line in lines(figure)] == [[512, 1024], [64, 512, 1024]]
    assert [line.y.tolist() for line in lines(figure)] == [[3, 2], [90, 4, 3.5]]
    assert [line.line.color for line in lines(figure)] == [theme.A, theme.B]
    for size, colour in ((1, theme.A), (8, theme.B)):
        assert f'<span style="color:{colour}">━</span> batch {size}' in figure.layout.title.text
    assert "batches of 8 3.5 after 1024" in figure.layout.meta["alt"]
    assert tuple(updates(glass.courses, planned=10).layout.xaxis.range) == (0, 1024)


def test_the_fall_from_far_off_does_not_press_the_rest_together(glass):
    low, high = updates(glass.courses).layout.yaxis.range
    assert low < 2
    assert 4 < high < 5
    assert updates(glass.courses, baseline=(30.0, "repeat last")).layout.yaxis.range[1] > 30
    short = [replace(glass.courses[1], update=np.array([10, 20, 30]))]
    assert np.isfinite(updates(short).layout.yaxis.range).all()


@pytest.mark.parametrize(
    ("score", "ends", "title"),
    [
        ("rmse", [2, 3.5], "RMSE with each batch size"),
        ("direction", [2, 3.5], "Directions right with each batch size"),
        ("penalty", [0.5, 0.875], "Penalty with each batch size"),
        ("rest", [2, 3.5], "Loss without its penalty with each batch size"),
    ],
)
def test_each_score_is_drawn_under_its_name(glass, score, ends, title):
    figure = updates(glass.courses, score=score)
    assert np.allclose([line.y[-1] for line in lines(figure)], ends)
    assert title in figure.layout.title.text


def test_directions_are_per_cent_and_so_is_their_baseline(glass):
    figure = updates(glass.courses, score="direction", baseline=(0.5, "coin"))
    assert figure.layout.yaxis.ticksuffix == " %"
    (note,) = figure.layout.annotations
    assert (note.text, note.y) == ("coin", 50)
    assert figure.layout.shapes[0].y0 == 50


def test_what_a_person_wrote_is_drawn_letter_by_letter(glass, words):
    said = {"title": EVIL, "subtitle": EVIL}
    figures = (gradients(glass, **said), penalties(glass, **said), updates(glass.courses, baseline=(1, EVIL), **said))
    for figure in figures:
        text = words(figure)
        assert "<a" not in text
        assert "&lt;a href" in text
