"""What a person takes home is run as that person would run it: in a new process, away from the project."""

import io
import re
import zipfile
from dataclasses import dataclass

import numpy as np
import pytest

from explorer.confusion import accuracy, counts, mean_cost, mean_own_cost
from explorer.labelled import Labelled, sample
from explorer.losses import CATALOGUE
from explorer.takeaway import bundle
from explorer.tasks import Classification, classification
from explorer.tasks.blobs import draw
from explorer.training import Setting
from explorer.training.per_sample import per_sample
from explorer.training.run import Run
from tests.takeaway.away import python, ran

# Both sides do the same arithmetic in float32, each in the order that its compiler likes best; the largest difference
# seen is 1.2e-7.
ROUNDING = {"rtol": 1e-5, "atol": 1e-6}
IRIS = sample("iris")
DEAR = ((1.0, 2.0, 8.0), (1.0, 1.0, 0.1), (3.0, 1.0, 1.0))
LATER = """
import importlib.util, sys
from pathlib import Path

import keras
import numpy as np

for home in map(Path, sys.argv[1:]):
    spec = importlib.util.spec_from_file_location(home.name.replace("-", "_"), home / "train.py")
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    model = keras.saving.load_model(home / "model.keras")
    x, label, part, *tables = train.read()
    test = part == "test"
    travels = hasattr(train, "TabledModel")
    assert travels == (type(model).__name__ == "TabledModel")
    inputs = {"x": x[test], "weights": tables[0][test]} if travels else x[test]
    loss = model.evaluate(inputs, np.eye(len(train.CLASSES), dtype="float32")[label[test]], verbose=0)
    np.savez(home / "later.npz", *model.get_weights(), logits=model.predict(x[test], verbose=0), loss=loss)
"""


def iris(weights=None):
    return IRIS, classification(IRIS.x, IRIS.label, 3, weights=weights)


def own_tables():
    """Return a table for each flower: mistakes cost what its second feature says, times a number of its own."""
    return IRIS.x[:, 1, None, None] * np.random.default_rng(5).uniform(0, 3, (150, 3, 3))


def clouds(classes, samples):
    """Return clouds of points with a third feature that says nothing, and with names that are hard to write down."""
    point, label = draw(classes, samples=samples)
    x = np.column_stack([point, np.full(len(point), 0.1)])
    names = ('a"b', "it's\n\\", '"""{x}"""', "ü 猫 \u2028\x00$name", "=1+1", "\ud800", "", *"789")
    data = Labelled(x, label, ('"', "\\", "#\n"), names[:classes])
    return data, classification(data.x, data.label, classes, hidden=8)


@dataclass
class Case:
    """One training, here and away from here."""

    spec: object
    values: dict
    data: Labelled
    task: Classification
    setting: Setting
    weights: object = None
    said: object = None


def cases():
    """Return each form; in all of them the last batch of an epoch is shorter than the others."""
    ten = np.random.default_rng(2).uniform(0, 9, (10, 10)).tolist()
    momentum = Setting(epochs=4, batch_size=20, seed=1, optimizer="momentum")
    soft, cost = CATALOGUE["weighted-ce-soft"], CATALOGUE["expected-cost"]
    return {
        "cce": Case(CATALOGUE["cce"], {}, *iris(), momentum, weights=DEAR),
        "published": Case(
            CATALOGUE["weighted-ce-published"],
            {"weights": ((1.0, 4.0), (2.0, 1.0))},
            *clouds(2, 130),
            Setting(epochs=4, batch_size=16, seed=7, optimizer="rmsprop", learning_rate=0.003),
        ),
        "soft": Case(soft, {"weights": ten}, *clouds(10, 400), Setting(epochs=4, seed=2**31 - 2)),
        "cost": Case(
            cost,
            {"weights": DEAR, "beta": 1.7},
            *iris(),
            Setting(epochs=4, optimizer="sgd", shuffle=False),
        ),
        "soft-per-sample": Case(per_sample(soft), {}, *iris(own_tables()), Setting(epochs=5, batch_size=16, seed=4)),
        # The tables of the samples only say what a mistake costs.
        "argmax-costed-per-sample": Case(
            CATALOGUE["weighted-ce-argmax"], {"weights": DEAR}, *iris(own_tables()), Setting(epochs=4)
        ),
        "cost-per-sample": Case(per_sample(cost), {"beta": 0.8}, *iris(own_tables()), Setting(epochs=4, seed=5)),
    }


CASES = cases()


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Return the folders where each case was unzipped and run."""
    found = {}
    for name, case in CASES.items():
        found[name] = home = tmp_path_factory.mktemp("away") / name
        packed = bundle(case.spec, case.values, case.data, case.task, case.setting, weights=case.weights)
        zipfile.ZipFile(io.BytesIO(packed)).extractall(home)
    for name, said in ran(found).items():
        CASES[name].said = said
    return found


@pytest.fixture(scope="module")
def later(homes):
    """Return what a process of another day finds in the saved models."""
    python(LATER, list(homes.values()))
    return {name: np.load(home / "later.npz") for name, home in homes.items()}


@pytest.fixture(scope="module")
def runs():
    """Return the same trainings, done here."""
    made = {name: Run(case.spec, case.values, case.task, case.setting) for name, case in CASES.items()}
    return {name: (run, list(run)) for name, run in made.items()}


@pytest.fixture(params=CASES)
def name(request):
    return request.param


def test_the_script_tells_the_same_course(name, homes, runs):
    said = CASES[name].said
    told = np.array(re.findall(r"epoch \d+: loss (.*), validation (.*)", said), float)
    here = [(snapshot.loss, snapshot.val_loss) for snapshot in runs[name][1]]
    np.testing.assert_allclose(told, here, rtol=1e-5, atol=2e-6)


def test_the_script_tells_the_same_end(name, homes, runs):
    case = CASES[name]
    task, said = case.task, case.said
    predicted = task.held_out(runs[name][1][-1].prediction).argmax(axis=-1)
    matrix = counts(task.truth, predicted, len(case.data.classes))
    if "weights" in task.test.context:
        cost = mean_own_cost(task.truth, predicted, task.test.context["weights"][: len(task.truth)])
    else:
        cost = mean_cost(matrix, case.weights or case.values["weights"])
    assert f"accuracy {accuracy(matrix):.6f}\nmean cost {cost:.6f}\n" in said
    rows = ["\t".join(map(str, row)) + f"\t{label!r}" for row, label in zip(matrix, case.data.classes, strict=True)]
    assert said.endswith("rows true, columns predicted:\n" + "\n".join(rows) + "\n")


def test_the_saved_weights_are_the_same(name, later, runs):
    saved = [later[name][f"arr_{i}"] for i in range(4)]
    for there, here in zip(saved, runs[name][0].weights, strict=True):
        np.testing.assert_allclose(there, here, **ROUNDING)


def test_another_process_loads_model_and_loss(name, later, runs):
    case, found = CASES[name], later[name]
    task, held_out = case.task, slice(len(case.task.truth))
    prediction = task.held_out(runs[name][1][-1].prediction)
    np.testing.assert_allclose(task.restore(found["logits"]), prediction, **ROUNDING)
    context = {key: tables[held_out] for key, tables in task.test.context.items() if key in case.spec.context}
    values = case.spec.function(
        task.test.y_true[held_out],
        found["logits"],
        **{key: np.float32(value) for key, value in case.values.items()},
        **context,
        from_logits=True,
    )
    assert float(found["loss"]) == pytest.approx(float(np.mean(values)), rel=1e-5)
