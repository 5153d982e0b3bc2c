"""Trainings on points, masks and images, taken home and run in a new process away from the project."""

import io
import re
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.takeaway import array_bundle, array_source
from explorer.takeaway.excerpt import excerpt, imports
from explorer.tasks.digits import digits
from explorer.tasks.forecast import forecast
from explorer.tasks.shapes import shapes
from explorer.tasks.users import draw_users, users
from explorer.training import Setting, TrainingError
from explorer.training.run import Run
from tests.takeaway.away import python, ran

CASES = {
    "contrastive": ({"margin": 1.5}, users(*draw_users(5, 30, seed=1)), Setting(epochs=3, batch_size=20, seed=3)),
    "pairwise-mean": (
        {"epsilon": 1e-6},
        users(*draw_users(3, 20), hidden=8),
        Setting(epochs=2, batch_size=16, optimizer="momentum", learning_rate=1e-3, shuffle=False),
    ),
    "bce-dice-soft": ({"weight": 0.5, "smooth": 1.0}, shapes(), Setting(epochs=2, seed=1)),
    "offset-crossentropy": ({"offset": 10.0}, digits(), Setting(epochs=2, batch_size=128, optimizer="rmsprop")),
}
LATER = """
import runpy, sys
from pathlib import Path

import keras
import numpy as np

for home in map(Path, sys.argv[1:]):
    parts = runpy.run_path(str(home / "train.py"))["read"]()
    model = keras.saving.load_model(home / "model.keras")
    x, y = parts["test"]
    loss = model.evaluate(x, y, batch_size=len(x), verbose=0)
    np.savez(home / "later.npz", *model.get_weights(), loss=loss)
"""


@pytest.fixture(scope="module")
def away(tmp_path_factory):
    """Return what each script said, and what another process finds in its model."""
    homes = {}
    for key, (values, task, setting) in CASES.items():
        homes[key] = tmp_path_factory.mktemp("away") / key
        zipfile.ZipFile(io.BytesIO(array_bundle(CATALOGUE[key], values, task, setting))).extractall(homes[key])
    said = ran(homes)
    python(LATER, list(homes.values()))
    return {key: (said[key], np.load(home / "later.npz")) for key, home in homes.items()}


@pytest.mark.parametrize("key", CASES)
def test_the_script_trains_as_the_page_does(key, away):
    values, task, setting = CASES[key]
    here = Run(CATALOGUE[key], values, task, setting)
    course = [(snapshot.loss, snapshot.val_loss) for snapshot in here]
    said, later = away[key]
    told = np.array(re.findall(r"epoch \d+: loss (.*), validation (.*)", said), float)
    np.testing.assert_allclose(told, course, rtol=2e-5, atol=2e-6)
    for place, weight in enumerate(here.weights):
        np.testing.assert_allclose(later[f"arr_{place}"], weight, rtol=1e-4, atol=1e-5)
    assert float(re.search(r"test part: loss (.*)", said)[1]) == pytest.approx(float(later["loss"]), abs=1e-5)


@pytest.mark.parametrize("key", CASES)
def test_a_script_is_clean(key, tmp_path):
    values, task, setting = CASES[key]
    text = array_source(CATALOGUE[key], values, task, setting)
    assert "explorer" not in text
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "120", "--select", "E,F,I,W,UP,B0"]
    said = subprocess.run([*command, "train.py"], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("spec", CATALOGUE.values(), ids=lambda spec: spec.key)
def test_the_excerpt_of_a_loss_stands_alone(spec, tmp_path):
    found = excerpt([spec.function])
    lines = [imports(found.standard), imports(found.others), *found.constants, *found.functions]
    (tmp_path / "loss.py").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F", "loss.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_equal_input_gives_equal_bytes():
    values, task, setting = CASES["contrastive"]
    first, second = (array_bundle(CATALOGUE["contrastive"], values, task, setting) for _ in range(2))
    assert first == second


def test_what_cannot_be_taken_away():
    task = CASES["contrastive"][1]
    with pytest.raises(ValueError, match="needs more than arrays of samples"):
        array_source(CATALOGUE["expected-cost"], {}, task, Setting())
    series = forecast(np.sin(np.arange(200.0)), 12)
    with pytest.raises(ValueError, match="needs more than arrays of samples"):
        array_source(CATALOGUE["trend-published"], {}, series, Setting())
    with pytest.raises(TrainingError):
        array_source(CATALOGUE["cce"], {}, series, Setting())
