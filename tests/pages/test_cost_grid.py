"""The misclassification workbench: what its pictures, its tables and its runs hold."""

import re

import numpy as np
import pytest

from explorer.confusion import counts, mean_cost
from explorer.labelled import sample
from explorer.losses import CATALOGUE
from explorer.losses.triple import triangle_among
from explorer.surface import evaluate, value_and_slope
from explorer.tasks.classification import classification
from explorer.training import run
from tests.pages.page import numbers, opened, pictures, uploaded, waited

GRID = "pages/see/cost_grid.py"
W = ((1.0, 1.0, 8.0), (1.0, 1.0, 2.0), (1.0, 1.2, 2.0))
LINK = "1,1,8;1,1,2;1,1.2,2"


def table(test, holding):
    """Return the cells of the one table on the page that has this word in its head."""
    (found,) = [part.proto.body for part in test.get("html") if holding in part.proto.body]
    rows = re.findall(r"<tr>(.*?)</tr>", found)[1:]
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in rows]


def said(test):
    """Return all that the page says in words."""
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def test_the_heat_map_and_the_row_sums_hold_the_table():
    heat = pictures(opened(GRID, weights=LINK))["heat"]
    shown = [note["text"] for note in heat["layout"]["annotations"]]
    assert {"10", "4", "4.2", "✕"} <= set(shown)


@pytest.mark.parametrize("form", ["published", "argmax", "soft", "expected cost"])
def test_the_probe_spells_out_what_the_loss_says(form):
    name = {spec.form: spec for spec in CATALOGUE.values() if "weights" in {p.name for p in spec.parameters}}
    link = {"weights": LINK, "probe": "0.2, 0.5, 0.3", "misclassification-weighted-cross-entropy.form": form}
    test = opened(GRID, **link)
    values = {"weights": W} | ({"beta": 1.0} if form == "expected cost" else {})
    want, _ = value_and_slope(name[form], np.eye(3), np.tile([[0.2, 0.5, 0.3]], (3, 1)), **values)
    rows = table(test, "weight and cross entropy")
    assert [float(row[-1]) for row in rows] == pytest.approx(want, abs=6e-3)
    if form == "published":
        assert rows[1][1:3] == ["W[1,1]", "1 × 0.69"]


def test_the_centre_has_three_winners_as_published():
    test = opened(GRID, weights=LINK)
    test.button(key="probe.centre").click().run()
    rows = table(test, "weight and cross entropy")
    assert rows[0][2:] == ["(1 + 1 + 8) × 1.10", "10.99"]
    assert "a tie of class 0 and class 1 and class 2" in said(test)
    assert any("3 winners" in note["text"] for note in pictures(test)["triangle-0"]["layout"]["annotations"])


def test_a_slider_of_the_probe_leaves_the_others_in_proportion():
    test = opened(GRID, probe="0.2, 0.6, 0.2")
    test.slider(key="probe.0").set_value(0.6).run()
    assert [float(part) for part in test.text_input(key="probe").value.split(",")] == pytest.approx([0.6, 0.3, 0.1])
    assert test.slider(key="probe.1").value == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("text", "sentence"), [("a, b", "but holds 'a'"), ("0,0,0", "all of them are 0"), ("1,-2,1", "holds '-2'")]
)
def test_a_probe_that_is_none_is_named(text, sentence):
    test = opened(GRID, probe=text)
    assert sentence in said(test)
    assert "triangle-0" in pictures(test)


def test_undo_takes_back_one_change_after_the_other():
    test = opened(GRID, weights=LINK)
    assert test.button(key="grid.undo").disabled
    test.pills(key="grid.presets").set_value("One dear mistake").run()
    test.pills(key="grid.presets").set_value("All ones").run()
    test.button(key="grid.undo").click().run()
    assert test.query_params["weights"] == "1,1,8;1,1,1;1,1,1"
    test.button(key="grid.undo").click().run()
    assert test.query_params["weights"] == LINK
    assert test.button(key="grid.undo").disabled


def test_other_numbers_of_classes_have_a_table_of_their_own_and_none_is_lost():
    test = opened(GRID, weights=LINK)
    test.slider(key="blobs.classes").set_value(5).run()
    assert test.query_params["weights"] == "1,1,8,1,1;1,1,2,1,1;1,1.2,2,1,1;1,1,1,1,1;1,1,1,1,1"
    assert not test.error
    test.slider(key="blobs.classes").set_value(2).run()
    assert {"line", "heat"} <= set(pictures(test))
    test.slider(key="blobs.classes").set_value(3).run()
    assert test.query_params["weights"] == LINK


def test_a_table_of_another_size_in_the_link_waits_for_its_classes():
    test = opened(GRID, weights="1,2;3,1")
    assert "for 2 classes, the data have 3" in said(test)
    test.slider(key="blobs.classes").set_value(2).run()
    assert test.query_params["weights"] == "1,2;3,1"


def test_a_triangle_of_five_classes_holds_the_others_where_they_are_set():
    test = opened(GRID, **{"blobs.classes": "5", "corners.rest": "0.5"})
    test.multiselect(key="corners.5").set_value([4, 1, 0]).run()
    scene = {"true_class": "1", "first": "4", "second": "1", "third": "0", "rest": 0.5}
    want = evaluate(
        CATALOGUE["weighted-ce-published"], {"weights": np.ones((5, 5)).tolist()}, scene, triangle_among(5), 121
    )
    shown = numbers(pictures(test)["triangle-1"]["data"][0]["customdata"])[:, :, 3]
    np.testing.assert_allclose(shown, want.value, rtol=1e-6)


def test_all_forms_stand_on_one_scale():
    drawn = pictures(opened(GRID, weights=LINK, view="Forms"))
    forms = [drawn[f"form-{key}"] for key in ("cce", "weighted-ce-published", "weighted-ce-soft", "expected-cost")]
    contours = [form["data"][0]["contours"] for form in forms]
    assert all(one == contours[0] for one in contours)
    line = [trace for trace in drawn["line"]["data"] if trace.get("mode") == "lines"]
    assert len(line) >= 5


def trained(test, kind="classes"):
    test.button(key=f"start.{kind}").click().run()
    return waited(test, f"trial.{kind}")


def test_training_counts_the_mistakes_that_the_runs_make():
    test = trained(opened(GRID, weights=LINK, data="Iris", **{"contest.epochs": "8"}))
    assert test.session_state["view"] == "Training"
    drawn, iris = pictures(test), sample("iris")
    task = classification(iris.x, iris.label, 3)
    keys = ("cce", "weighted-ce-published", "weighted-ce-soft", "expected-cost")
    rows = table(test, "recall")
    for place, key in enumerate(keys):
        values = {} if key == "cce" else {"weights": W}
        *_, last = run(CATALOGUE[key], values, task, epochs=8)
        matrix = counts(task.truth, task.held_out(last.prediction).argmax(axis=1), 3)
        assert f"{mean_cost(matrix, W):.3g}" == rows[place][1]
        assert f"{np.trace(matrix) / matrix.sum():.1%}" == rows[place][2]
        hover = " ".join(str(trace.get("hovertext")) for trace in drawn[f"matrix-{place}"]["data"])
        assert f"true setosa recognised: {matrix[0, 0]} of {matrix[0].sum()}" in hover


def test_an_earlier_epoch_can_be_looked_at():
    test = trained(opened(GRID, weights=LINK, **{"contest.epochs": "6"}))
    last = table(test, "recall")
    test.slider(key="rivals.epoch").set_value(1).run()
    first = table(test, "recall")
    kept = test.session_state["trial.classes"].subject.looks
    assert {len(looks) for looks in kept} == {6}  # each epoch once, however often it was drawn
    assert [row[1] for row in first] == [f"{looks[0].mistakes.cost:.3g}" for looks in kept]
    assert [row[1] for row in last] == [f"{looks[-1].mistakes.cost:.3g}" for looks in kept]
    test.segmented_control(key="rivals.kind").set_value("Regions").run()
    assert "region-0" in pictures(test)


def test_the_frontier_has_a_cloud_of_all_seeds_for_each_form():
    test = trained(opened(GRID, weights=LINK, **{"contest.epochs": "3"}), "clouds")
    clouds = {cloud.which: cloud for cloud in test.session_state["trial.clouds"].run.items}
    assert len(clouds) == 4
    assert all(
        cloud.epoch == 3 and len(cloud.cost) == 32 and np.isfinite(cloud.cost).all() for cloud in clouds.values()
    )
    rows = table(test, "dear mistake")
    assert rows[0][1].startswith(f"{clouds[0].cost.mean():.3g} ± ")
    assert "frontier" in pictures(test)


def labelled(rows=60, classes=4, extra=""):
    lines = [f"{i % 7},{(i * i) % 11},kind {i % classes}" for i in range(rows)]
    return ("length,width,label\n" + "\n".join(lines) + extra + "\n").encode()


def test_an_uploaded_file_decides_the_classes_and_is_trained_on():
    test = uploaded(opened(GRID, data="Your file", **{"contest.epochs": "2"}), "labelled.upload", labelled())
    assert not test.error
    assert test.query_params["weights"].count(";") == 3
    assert "Labels: column 'label'" in said(test)
    assert len(trained(test).session_state["trial.classes"].subject.looks[0]) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a,label\n" + b"\n".join(b"%d,same" % i for i in range(30)), "class"),
        (labelled(extra="\n1,2,rare"), "one sample"),
        (b"a,label\n" + b"\n".join(b"%d,k%d" % (i, i % 1000) for i in range(3000)), "1,000"),
        (b"a,label\n" + b"\n".join(b"red,k%d" % (i % 2) for i in range(30)), "no column of numbers"),
        (b"a,label\n" + b"\n".join(b"3,k%d" % (i % 2) for i in range(30)), "No feature ever changes"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_data_before_it_stay(data, sentence):
    test = uploaded(opened(GRID, data="Your file"), "labelled.upload", labelled())
    before = test.query_params["weights"]
    uploaded(test, "labelled.upload", data)
    assert len(test.error) == 1
    assert sentence in test.error[0].value.replace("\\", "")
    assert test.query_params["weights"] == before
    assert "triangle-0" in pictures(test)


def test_a_file_whose_labels_cannot_be_used_can_be_told_another_column():
    lines = "\n".join(f"{i % 7},{'ab'[i % 2]},{'rare' if i == 0 else f'k{i % 3}'}" for i in range(60))
    test = uploaded(opened(GRID, data="Your file"), "labelled.upload", f"length,kind,label\n{lines}\n".encode())
    assert "one sample" in test.error[0].value
    test.text_input(key="labelled.column").set_value("kind").run()
    assert not test.error
    assert test.query_params["weights"].count(";") == 1


def test_long_names_that_would_become_alike_are_numbered():
    rows = "\n".join(f"{i % 7};a very long name of a kind that is number {i % 2}" for i in range(40))
    test = uploaded(opened(GRID, data="Your file"), "labelled.upload", f"length;label\n{rows}\n".encode())
    assert not test.error
    titles = [slider.label for slider in test.slider if slider.label.startswith("p ")]
    assert len(set(titles)) == len(titles)


def test_a_weight_beyond_all_bounds_in_the_link_is_named():
    assert "W[0, 1] must lie between -1000 and 1000" in said(
        opened(GRID, weights="1,1e12;1,1", **{"blobs.classes": "2"})
    )


def test_tables_that_grow_with_a_column_are_counted_sample_by_sample():
    test = opened(GRID, weights=LINK, tables="Grows with a column", view="Per sample", **{"contest.epochs": "3"})
    assert {"own-cheapest", "own-dearest"} <= set(pictures(test))
    trained(test)
    contest = test.session_state["trial.classes"].subject.contest
    shares = contest.data.labelled.x[:, 0]
    u = (shares - shares.min()) / np.ptp(shares)
    want = np.where(np.eye(3, dtype=bool), W, np.array(W) * (1 + 3 * u[:, None, None]))
    np.testing.assert_allclose(contest.tables, want)
    last = contest.task.held_out(test.session_state["trial.classes"].run.items[-1].snapshot.prediction).argmax(axis=1)
    rows, truth = contest.task.rows[2], contest.task.truth
    cost = np.mean([0 if i == j else want[row, i, j] for row, i, j in zip(rows, truth, last, strict=True)])
    assert table(test, "recall")[-1][1] == f"{cost:.3g}"


def test_the_published_way_with_tables_fails_where_it_is_said_to():
    rows = table(opened(GRID, view="Per sample"), "loss that Keras reports")
    off = {row[0].removeprefix("● "): row[2] for row in rows}
    assert [name for name, word in off.items() if word == "right"] == [
        f"batch {size}, travels with its sample" for size in (32, 100, 1)
    ]
    assert off["batch 32, bound into the loss"] == "–"
    assert "%" in off["batch 100, bound into the loss"]
    assert "%" in off["batch 1, bound into the loss"]


def test_weights_of_another_length_are_named_and_one_grid_serves_all():
    test = uploaded(opened(GRID, tables="From a file"), "tables.upload", b"\n".join([b"1,1,1,1,1,1,1,1,1"] * 7))
    said_now = test.error[0].value.replace("\\", "")
    assert "7" in said_now
    assert "900" in said_now
    assert not test.button(key="start.classes").disabled


def test_what_is_taken_home_is_the_grid_and_the_script():
    test = opened(GRID, weights=LINK)
    test.button(key="take-home").click().run()
    assert "class WeightedCeSoft" in test.code[0].value or "register_keras_serializable" in test.code[0].value
