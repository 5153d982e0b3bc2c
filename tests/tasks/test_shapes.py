"""Generated shapes: what is drawn, and how a prediction of them is scored."""

import subprocess
import sys

import numpy as np
import pytest

from explorer.tasks.shapes import KINDS, SIDE, draw, iou, scores, shapes
from explorer.tasks.task import Batch


def test_each_part_holds_as_many_of_each_kind():
    task = shapes()
    for part in (task.train, task.validation, task.test):
        assert part.x.shape == part.y_true.shape == (len(part), SIDE, SIDE, 1)
        assert part.x.dtype == part.y_true.dtype == np.float32
        empty = ~part.y_true.any(axis=(1, 2, 3))
        assert empty.mean() == 1 / len(KINDS)
        assert set(np.unique(part.y_true)) == {0, 1}
    assert 6 <= len(task.test) <= 8


def test_the_seed_decides_the_images():
    np.testing.assert_array_equal(draw(8, 3)[0], draw(8, 3)[0])
    assert not np.array_equal(draw(8, 3)[0], draw(8, 4)[0])


def test_no_image_is_in_two_parts():
    task = shapes()
    rows = np.concatenate([part.x.reshape(len(part), -1) for part in (task.train, task.validation, task.test)])
    assert len(np.unique(rows, axis=0)) == len(rows)


def test_shapes_have_about_the_area_of_a_disc_and_stay_inside():
    _, mask = draw(400)
    area = mask.sum(axis=(1, 2, 3)).reshape(-1, len(KINDS)).mean(axis=0)
    assert area[3] == 0
    np.testing.assert_allclose(area[:3], area[0], rtol=0.15)
    border = np.concatenate([mask[:, 0], mask[:, -1], mask[:, :, 0], mask[:, :, -1]], axis=1)
    assert border.mean() < 0.02


def test_a_threshold_alone_does_not_find_them():
    image, mask = draw(200)
    best = max(iou(mask, (image > cut).astype(float)).mean() for cut in np.linspace(0, 0.6, 13))
    assert best < 0.5


def test_iou_is_shared_pixels_of_all():
    mask, score = np.zeros((4, 2, 2)), np.zeros((4, 2, 2))
    mask[0, 0], score[0, :, 0] = 1, 0.9
    mask[1], score[1] = 1, 0.6
    score[3, 0, 0] = 0.51
    assert iou(mask, score).tolist() == pytest.approx([1 / 3, 1, 1, 0])


def test_the_scores_of_a_perfect_and_of_an_undecided_prediction():
    part = shapes().validation
    assert scores(part, part.y_true) == pytest.approx({"iou": 1, "bce": 1e-7, "empty": 1}, abs=1e-8)
    undecided = scores(part, np.full_like(part.y_true, 0.5))
    assert undecided == pytest.approx({"iou": 0.25, "bce": np.log(2), "empty": 1})
    one = Batch(part.x[:1], part.y_true[:1])
    assert np.isnan(scores(one, one.y_true)["empty"])


def test_the_net_sees_a_place_and_what_is_around_it():
    net = shapes().build(0)
    assert net.count_params() < 10_000
    image = np.zeros((1, SIDE, SIDE, 1), np.float32)
    lit = image.copy()
    lit[0, 9, 20] = 1
    seen = np.argwhere(np.asarray(net(lit) - net(image))[0, :, :, 0] != 0)
    assert (seen.min(axis=0) >= [2, 14]).all()
    assert (seen.max(axis=0) <= [15, 27]).all()
    assert len(seen) > 50
    said = np.asarray(net(np.random.default_rng(0).normal(size=(3, SIDE, SIDE, 1)).astype("float32")))
    assert said.shape == (3, SIDE, SIDE, 1)
    assert 0 <= said.min() < said.max() <= 1


def test_the_seed_decides_the_weights():
    build = shapes().build
    same = zip(build(1).get_weights(), build(1).get_weights(), strict=True)
    assert all(np.array_equal(*pair) for pair in same)
    assert not np.array_equal(build(1).get_weights()[0], build(2).get_weights()[0])


def test_making_the_task_loads_no_keras():
    code = (
        "import sys; from explorer.tasks.shapes import shapes; shapes(); "
        "sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
