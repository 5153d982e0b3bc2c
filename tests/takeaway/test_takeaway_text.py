import ast
import csv
import io
import json
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.labelled import Labelled, sample
from explorer.losses import CATALOGUE
from explorer.parameters import ParameterError
from explorer.takeaway import as_csv, as_json, bundle, source
from explorer.tasks import classification
from explorer.tasks.blobs import draw
from explorer.training import Setting, TrainingError
from explorer.training.per_sample import per_sample

SOFT, COST, CCE = (CATALOGUE[key] for key in ("weighted-ce-soft", "expected-cost", "cce"))
FORMS = [spec for spec in CATALOGUE.values() if spec is CCE or any(p.name == "weights" for p in spec.parameters)]
NASTY = ('a"b', "it's\n\\", '"""{x}"""', "ü 猫 \u2028\x00$name %s", "=1+1", "'); import os  #", "", "x" * 300, "\ud800")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
SETTING = Setting(epochs=2)
IRIS = sample("iris")
GRID = ((1.0, 2.0, 8.0), (1.0, 1.0, 0.1 + 0.2), (3.0, 1e-5, 1000.0))

names_of_classes = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=10)
weight = st.floats(-1000, 1000)


def read_csv(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def opened(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def nasty(classes):
    """Return samples whose classes and features have names that break out of careless text."""
    point, label = draw(classes, samples=120)
    names = [*NASTY, *map(str, range(10))]
    return Labelled(point, label, tuple(names[:2]), tuple(names[:classes]))


def constants(text):
    """Return what a script sets at its top, read without running it."""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    return {node.targets[0].id: ast.literal_eval(node.value) for node in found if node.targets[0].id != "HERE"}


@given(st.data(), names_of_classes)
def test_a_grid_is_read_back_exactly(data, names):
    weights = data.draw(st.lists(st.lists(weight, min_size=len(names), max_size=len(names)), **size(names)))
    header, *rows = read_csv(as_csv(weights, names))
    shown = ["'" + name if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name for name in names]
    assert header == [r"true \ predicted", *shown]
    assert [row[0] for row in rows] == shown
    assert [[float(entry) for entry in row[1:]] for row in rows] == weights
    assert json.loads(as_json(weights, names)) == {"names": names, "weights": weights}


def size(names):
    return {"min_size": len(names), "max_size": len(names)}


@pytest.mark.parametrize("name", FORMULAS)
def test_no_spreadsheet_runs_a_name(name):
    (_, first, _), row, _ = read_csv(as_csv([[0.0, -1.0], [2.0, 3.0]], [name, "b"]))
    assert first == row[0] == "'" + name
    assert row[2] == "-1.0", "a number stays a number"


def test_a_grid_has_a_row_for_each_name():
    for make in (as_csv, as_json):
        with pytest.raises(ValueError, match="each of 2 names"):
            make(GRID, ["a", "b"])
        with pytest.raises(ValueError, match="each of 2 names"):
            make([[1.0, 2.0], [1.0]], ["a", "b"])


@pytest.mark.parametrize("classes", [2, 9, 10])
@pytest.mark.parametrize("spec", FORMS, ids=lambda spec: spec.key)
def test_no_name_breaks_out_of_a_script(spec, classes, tmp_path):
    data = nasty(classes)
    task = classification(data.x, data.label, classes)
    grid = np.random.default_rng(0).normal(size=(classes, classes)).tolist()
    values = {} if spec is CCE else {"weights": grid}
    text = source(spec, values, data, task, SETTING, weights=grid)
    known = constants(text)
    assert known["CLASSES"] == list(data.classes)
    assert known["FEATURES"] == list(data.features)
    assert known["COSTS" if spec is CCE else "WEIGHTS"] == grid
    assert "explorer" not in text
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "120", "--select", "E,F,I,W,UP,B0"]
    said = subprocess.run([*command, "train.py"], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_one_line_of_two_tables_says_which_is_which():
    task = classification(IRIS.x, IRIS.label, 3)
    ones = ((1.0,) * 3,) * 3
    alone = constants(source(SOFT, {"weights": GRID}, IRIS, task, SETTING))
    assert "COSTS" not in alone
    both = constants(source(SOFT, {"weights": ones}, IRIS, task, SETTING, weights=GRID))
    assert (both["WEIGHTS"], both["COSTS"]) == (list(map(list, ones)), list(map(list, GRID)))


def test_data_keep_every_digit_and_the_order_of_the_task():
    data = nasty(5)
    tables = np.random.default_rng(1).uniform(0, 9, (len(data.label), 5, 5))
    task = classification(data.x, data.label, 5, weights=tables)
    spec = per_sample(SOFT)
    header, *rows = read_csv(opened(bundle(spec, {}, data, task, SETTING))["data.csv"])
    assert header[:5] == [*data.features, "class", "label", "part"]
    assert header[5:] == [f"w_{i}_{j}" for i in range(5) for j in range(5)]
    order = np.concatenate(task.rows)
    np.testing.assert_array_equal(np.array([row[:2] for row in rows], float), data.x[order])
    np.testing.assert_array_equal([int(row[2]) for row in rows], data.label[order])
    shown = ["'" + name if name.startswith("=") else name for name in data.classes]
    assert [row[3] for row in rows] == [shown[label] for label in data.label[order]]
    assert [row[4] for row in rows] == np.repeat(["train", "validation", "test"], [*map(len, task.rows)]).tolist()
    np.testing.assert_array_equal(
        np.array([row[5:] for row in rows], "float32"), np.float32(tables[order]).reshape(-1, 25)
    )


def test_what_is_in_a_bundle():
    plain = classification(IRIS.x, IRIS.label, 3)
    own = classification(IRIS.x, IRIS.label, 3, weights=np.ones((150, 3, 3)))
    files = opened(bundle(SOFT, {"weights": GRID}, IRIS, plain, SETTING))
    assert set(files) == {"train.py", "data.csv", "grid.csv", "grid.json"}
    assert files["train.py"] == source(SOFT, {"weights": GRID}, IRIS, plain, SETTING)
    assert files["grid.csv"] == as_csv(GRID, IRIS.classes)
    assert json.loads(files["grid.json"])["weights"] == list(map(list, GRID))
    assert set(opened(bundle(per_sample(SOFT), {}, IRIS, own, SETTING))) == {"train.py", "data.csv"}
    named = opened(bundle(per_sample(SOFT), {}, IRIS, own, SETTING, weights=GRID))
    assert named["grid.csv"] == as_csv(GRID, IRIS.classes)
    assert opened(bundle(CCE, {}, IRIS, plain, SETTING))["grid.csv"] == as_csv([[1.0] * 3] * 3, IRIS.classes)


def test_equal_input_gives_equal_bytes():
    first, second = (bundle(CCE, {}, IRIS, classification(IRIS.x, IRIS.label, 3), SETTING) for _ in range(2))
    assert first == second


def test_what_cannot_be_taken_away():
    task = classification(IRIS.x, IRIS.label, 3)
    with pytest.raises(ValueError, match="Focal loss has no table of weights"):
        source(CATALOGUE["focal"], {}, IRIS, task, SETTING)
    with pytest.raises(TrainingError, match="for 2 classes"):
        source(SOFT, {"weights": ((1, 2), (3, 4))}, IRIS, task, SETTING)
    with pytest.raises(ValueError, match="for 2 classes, but the data have 3"):
        source(CCE, {}, IRIS, task, SETTING, weights=((1, 2), (3, 4)))
    with pytest.raises(ParameterError, match="W"):
        source(CCE, {}, IRIS, task, SETTING, weights=((1, 2, float("nan")),) * 3)
    with pytest.raises(TrainingError, match="needs weights for each sample"):
        source(per_sample(SOFT), {}, IRIS, task, SETTING)
    other = nasty(3)
    with pytest.raises(ValueError, match="make the task anew"):
        source(CCE, {}, other, task, SETTING)
    swapped = Labelled(IRIS.x, IRIS.label[::-1].copy(), IRIS.features, IRIS.classes)
    with pytest.raises(ValueError, match="make the task anew"):
        source(CCE, {}, swapped, task, SETTING)


def test_taking_away_needs_no_keras():
    code = "import sys, explorer.takeaway; print({'keras', 'tensorflow', 'streamlit'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
