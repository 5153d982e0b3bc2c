"""The training of embeddings on the Pairs page: what its pictures, its table and its sentences hold."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.embedding import distances, neighbour_accuracy, spread
from explorer.losses import CATALOGUE
from explorer.tasks.users import draw_users, users
from explorer.training import run
from tests.pages.page import numbers, pictures, uploaded, waited


def view():
    """Show the view alone, with the numbers that the page around it asks for."""
    from explorer.ui import controls, frame
    from explorer.ui.pairs import training

    place = frame.workspace()
    with place.card:
        training.card({"epsilon": 1e-4, "margin": 2.0})
    with place.first:
        training.show(phone=False)
    with place.notes:
        controls.show_notes()


def opened(**link):
    test = AppTest.from_function(view, default_timeout=90)
    for name, value in link.items():
        test.query_params[name.replace("_", ".")] = value
    test.run()
    assert not test.exception, test.exception[0].message
    return test


def trained(test):
    test.button(key="start.users").click().run()
    assert not test.exception, test.exception[0].message
    return waited(test, "trial.users")


def said(test):
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def table(test):
    (found,) = [part.proto.body for part in test.get("html") if "neighbours" in part.proto.body]
    rows = re.findall(r"<tr>(.*?)</tr>", found)[1:]
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in rows]


def points_of(picture):
    """Return all points of an embedding that is drawn, in no order."""
    traces = [trace for trace in picture["data"] if trace.get("mode") == "markers"]
    return np.sort(np.concatenate([numbers(trace["x"]) + 1j * numbers(trace["y"]) for trace in traces]))


def expected(key, values, data, **how):
    task = users(*data)
    return task, list(run(CATALOGUE[key], values, task, **how))


@pytest.fixture(scope="module")
def run_of_two():
    test = opened(users_training_epochs="25")
    test.pills(key="users.forms").set_value(["published", "contrastive"]).run()
    return trained(test)


def test_the_pictures_show_the_last_epoch(run_of_two):
    drawn = pictures(run_of_two)
    for place, (key, values) in enumerate(
        (("pairwise-published", {"epsilon": 1e-4}), ("contrastive", {"margin": 2.0}))
    ):
        task, snapshots = expected(key, values, draw_users(), epochs=25)
        point = snapshots[-1].prediction
        wanted = np.sort((point - point.mean(axis=0)) @ [1, 1j])
        np.testing.assert_allclose(points_of(drawn[f"embedding-{place}"]), wanted, rtol=2e-3, atol=2e-3)
        cells = table(run_of_two)[place]
        assert cells[1] == f"{neighbour_accuracy(point, task.truth):.1%}"
        same = float(cells[2].replace(",", ""))
        assert same == pytest.approx(np.median(distances(point, task.truth).same), rel=6e-3)
        width = float(cells[4].removesuffix(" ×").replace(",", ""))
        assert width == pytest.approx(spread(point) / spread(snapshots[0].prediction), rel=6e-3)
        curve = next(t for t in drawn["curve-neighbours"]["data"][2 * place :] if t["mode"] == "lines")
        told = [neighbour_accuracy(s.prediction, task.truth) for s in snapshots]
        np.testing.assert_allclose(numbers(curve["y"]), told, atol=1e-6)
    assert table(run_of_two)[2][:2] == ["raw features", f"{neighbour_accuracy(task.test.x, task.truth):.1%}"]


def test_published_is_said_to_fly_apart_and_contrastive_is_not(run_of_two):
    assert "published flies apart: 10 times as wide as after epoch 1 since epoch" in said(run_of_two)
    assert "every step outward lowers the loss" in said(run_of_two)
    assert "contrastive flies apart" not in said(run_of_two)


def test_the_slider_goes_back_in_time(run_of_two):
    last = points_of(pictures(run_of_two)["embedding-1"])
    run_of_two.slider(key="users.epoch").set_value(1).run()
    assert not run_of_two.exception
    _, snapshots = expected("contrastive", {"margin": 2.0}, draw_users(), epochs=1)
    point = snapshots[0].prediction
    shown = points_of(pictures(run_of_two)["embedding-1"])
    np.testing.assert_allclose(shown, np.sort((point - point.mean(axis=0)) @ [1, 1j]), rtol=2e-3, atol=2e-3)
    assert not np.allclose(shown, last)
    run_of_two.slider(key="users.epoch").set_value(25).run()


def test_one_scale_is_that_of_the_widest(run_of_two):
    def ends(test):
        return [pictures(test)[f"embedding-{place}"]["layout"]["xaxis"]["range"][1] for place in (0, 1)]

    own = ends(run_of_two)
    assert own[0] > 3 * own[1]
    run_of_two.segmented_control(key="users.scale").set_value("One scale").run()
    assert ends(run_of_two) == [own[0], own[0]]
    run_of_two.segmented_control(key="users.scale").set_value("Own scales").run()


def test_a_run_that_becomes_infinite_keeps_its_epochs_and_says_when():
    test = opened(users_users="12", users_training_epochs="40", users_training_optimizer="sgd")
    test.pills(key="users.forms").set_value(["published"]).run()
    trained(test)
    found = re.search(r"published: The loss became infinite in epoch (\d+)", said(test))
    assert found
    curve = pictures(test)["curve-neighbours"]["data"][0]
    assert len(numbers(curve["y"])) == int(found[1]) - 1 >= 5


def lines(rows, ids):
    random = np.random.default_rng(0)
    body = [f"{ids(i)},{random.normal() + i % 3:.4f},{random.normal():.4f}" for i in range(rows)]
    return "\n".join(["customer,speed,clicks", *body]).encode()


def own_file(data):
    return uploaded(opened(users_data="Your file"), "users.upload", data)


def test_a_file_with_ids_of_sixteen_digits_is_read_and_trained():
    test = own_file(lines(90, lambda i: 9007199254740992 + i % 3))
    assert "Ids: column 'customer', 3 users of 30 rows" in said(test)
    test.pills(key="users.forms").set_value(["contrastive"]).run()
    test.slider(key="users.training.epochs").set_value(2).run()
    trained(test)
    assert "27 rows of 3 users" in said(test)
    assert len(points_of(pictures(test)["embedding-0"])) == 27


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lines(60, lambda _: "ann"), "Column 'customer' holds one id only, 'ann'"),
        (lines(60, lambda i: f"c{i}"), "Column 'customer' has another id in each row"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "own.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_the_rows_before_stay(data, sentence):
    test = own_file(data)
    assert sentence in said(test)
    assert not test.button(key="start.users").disabled


def test_users_of_few_rows_are_said_and_nothing_can_be_trained():
    test = own_file(lines(60, lambda i: f"c{i // 3}"))
    assert "At least two users need 5 rows or more" in said(test)
    assert test.button(key="start.users").disabled


def test_the_id_column_and_the_features_can_be_overruled():
    test = own_file(lines(90, lambda i: i % 3).replace(b"clicks", b"team"))
    (features,) = [box for box in test.multiselect if box.label == "Features"]
    features.set_value(["team"]).run()
    assert "Features: 'team'." in said(test)


def test_hostile_names_are_shown_letter_by_letter():
    test = own_file(
        lines(60, lambda i: f"<b>![x](http://evil/{i % 3})").replace(b"customer", b"user ![a](http://evil)")
    )
    assert not test.exception
    for part in [*test.markdown, *test.caption, *test.warning, *test.error]:
        assert "![" not in part.value


def test_the_script_taken_home_is_of_this_loss_and_this_training():
    test = opened(users_training_epochs="25")
    test.button(key="take-home").click().run()
    assert not test.exception, test.exception[0].message
    code = test.code[0].value
    assert "MARGIN = 2.0" in code
    assert "EPOCHS = 25" in code
    compile(code, "train.py", "exec")


def test_no_form_chosen_leaves_nothing_to_train():
    test = opened()
    test.pills(key="users.forms").set_value([]).run()
    assert test.button(key="start.users").disabled


@pytest.mark.parametrize(
    ("name", "value"), [("users_training_epochs", "many"), ("users_noise", "1e9"), ("users_data", "Elsewhere")]
)
def test_a_bad_value_in_the_link_is_named(name, value):
    assert value in said(opened(**{name: value})) or "1e+09" in said(opened(**{name: value}))
