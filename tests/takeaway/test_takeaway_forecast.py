"""A training on a series, taken home: run in a new process away from the project, and told in tables."""

import ast
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.parameters import ParameterError
from explorer.series import Series, read
from explorer.series.sample import sample
from explorer.takeaway import Told, forecast_bundle, forecast_source
from explorer.takeaway.forecast_table import forecasts_as_csv, history_as_csv, run_as_json, series_as_csv
from explorer.tasks import Forecast, forecast
from explorer.tasks.network import NETWORK
from explorer.training import Setting
from explorer.training.history import histories
from explorer.training.run import Run
from explorer.training.together import together
from tests.takeaway.away import python, ran

# Both sides do the same arithmetic in float32, each in the order that its compiler likes best.
ROUNDING = {"rtol": 1e-4, "atol": 2e-6}
FORECASTERS = [spec for spec in CATALOGUE.values() if spec.task == "forecast"]
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
SUNSPOTS = sample("sunspots")
LATER = """
import importlib.util, sys
from pathlib import Path

import keras
import numpy as np

for home in map(Path, sys.argv[1:]):
    spec = importlib.util.spec_from_file_location(home.name, home / "train.py")
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    model = keras.saving.load_model(home / "model.keras")
    value, mean, std = train.read()
    x, y, last = train.windows(((value - mean) / std).astype("float32"), train.BORDERS[1], len(value))
    travels = hasattr(train, "ForetellingModel")
    loss = model.evaluate({"x": x, "y_last": last} if travels else x, y, verbose=0)
    np.savez(home / "later.npz", *model.get_weights(), forecast=model.predict(x, verbose=0) * std + mean, loss=loss)
"""


@dataclass
class Case:
    """One training, here and away from here."""

    key: str
    values: dict
    series: Series
    task: Forecast
    setting: Setting
    said: object = None

    @property
    def spec(self):
        return CATALOGUE[self.key]


def of(series, *sizes, **more):
    return series, forecast(series.value, *sizes, **more)


def still():
    """Return a series that only moves after its training part."""
    value = [5.1] * 60 + [5.0, 6.0] * 10
    return read("\n".join(["value", *map(str, value)]).encode(), "still.csv")


def cases():
    """Return each network and kind of loss; in all of them the last batch of an epoch is shorter than the others."""
    return {
        "published": Case("trend-published", {"lambda_trend": 0.3}, *of(SUNSPOTS, 11, 2, 8), Setting(epochs=4, seed=3)),
        "smooth": Case(
            "trend-smooth",
            {"temperature": 0.2},
            *of(sample("nile"), 6, 3, 5, network="gru"),
            Setting(epochs=3, batch_size=16, optimizer="rmsprop", seed=2**31 - 5),
        ),
        "log-cosh": Case(
            "log-cosh",
            {},
            *of(sample("gdp"), 9, network="conv"),
            Setting(epochs=3, optimizer="momentum", learning_rate=1e-3, shuffle=False),
        ),
        "robust": Case("robust", {"alpha": 1.5}, *of(still(), 5, network="linear"), Setting(epochs=3, batch_size=7)),
    }


CASES = cases()


def told(case, name="run"):
    """Return what a case tells, trained here."""
    steps = [step for step in together([(case.spec, case.values)], case.task, **vars(case.setting)) if step]
    return Told(name, case.spec, case.values, histories(steps, 1)[0])


def opened(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read_csv(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Return the folders where each case was unzipped and run."""
    found = {}
    for name, case in CASES.items():
        found[name] = home = tmp_path_factory.mktemp("away") / name
        packed = forecast_bundle(case.series, case.task, case.setting, [told(case)])
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
    shown = np.array(re.findall(r"epoch \d+: loss (.*), validation (.*)", said), float)
    here = [(snapshot.loss, snapshot.val_loss) for snapshot in runs[name][1]]
    np.testing.assert_allclose(shown, here, rtol=1e-4, atol=2e-6)


def test_the_script_tells_the_same_end(name, homes, runs):
    task, lines = CASES[name].task, CASES[name].said.splitlines()[-2:]
    for line, title, prediction in zip(
        lines, ("this network", "repeat last"), (runs[name][1][-1].prediction, task.repeat_last(task.test)), strict=True
    ):
        shown = re.fullmatch(f"{title}: MAE (.*), RMSE (.*), directions right (.*)", line).groups()
        scores = task.scores(task.test, prediction)
        expected = [scores[key] for key in ("mae", "rmse", "direction_accuracy")]
        np.testing.assert_allclose(np.array(shown, float), expected, rtol=1e-4, atol=6e-5)


def test_the_saved_weights_are_the_same(name, later, runs):
    here = runs[name][0].weights
    for i, weight in enumerate(here):
        np.testing.assert_allclose(later[name][f"arr_{i}"], weight, **ROUNDING)
    assert f"arr_{len(here)}" not in later[name]


def test_another_process_loads_model_and_loss(name, later, runs):
    case, found = CASES[name], later[name]
    task = case.task
    prediction = runs[name][1][-1].prediction
    np.testing.assert_allclose(found["forecast"], prediction, rtol=1e-4, atol=1e-4 * task.std)
    context = {key: task.test.context[key] for key in case.spec.context}
    defaults = {parameter.name: parameter.default for parameter in case.spec.parameters} | case.values
    y_pred = np.float32((prediction - task.mean) / task.std)
    values = case.spec.function(task.test.y_true, y_pred, **{k: np.float32(v) for k, v in defaults.items()}, **context)
    assert float(found["loss"]) == pytest.approx(float(np.mean(values)), rel=1e-4)


@pytest.mark.parametrize("network", NETWORK.options)
@pytest.mark.parametrize("spec", FORECASTERS, ids=lambda spec: spec.key)
def test_every_script_is_clean(spec, network, tmp_path):
    task = forecast(SUNSPOTS.value, 12, 3, 8, network=network)
    text = forecast_source(spec, {}, task, Setting())
    assert "explorer" not in text
    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    assert ("HIDDEN" in names) == (network != "linear")
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "120", "--select", "E,F,I,W,UP,B0"]
    said = subprocess.run([*command, "train.py"], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_a_series_keeps_every_digit_and_its_gaps():
    series = sample("co2")
    header, *rows = read_csv(series_as_csv(series))
    assert header == ["time", "co2", "filled"]
    assert [float(row[1]) for row in rows] == series.value.tolist()
    assert [row[0] for row in rows if row[2] == "1"][:2] == ["1958-06-01", "1958-10-01"]
    again = read(series_as_csv(series).encode(), "series.csv", value="co2")
    np.testing.assert_array_equal(again.time, series.time)


def test_times_of_day_and_positions_are_written_as_they_are():
    time = np.array(["2020-01-01T00:00:00", "2020-01-01T12:30:00"], "datetime64[s]")
    two = replace(SUNSPOTS, time=time, value=np.array([1.0, 2.0]), filled=np.array([False, True]))
    assert [row[0] for row in read_csv(series_as_csv(two))[1:]] == ["2020-01-01T00:00:00", "2020-01-01T12:30:00"]
    assert [row[0] for row in read_csv(series_as_csv(replace(two, time=np.arange(2))))[1:]] == ["0", "1"]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_spreadsheet_runs_a_name(name):
    case = CASES["published"]
    series, one = replace(case.series, value_name=name), told(case, name)
    for text in (series_as_csv(series), history_as_csv([one]), forecasts_as_csv(series, case.task, [one])):
        cells = {cell for row in read_csv(text) for cell in row}
        assert "'" + name in cells
        assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in cells)
    assert json.loads(run_as_json(series, case.task, case.setting, [one]))["runs"][0]["name"] == name


def test_the_tables_tell_what_the_runs_told():
    case = CASES["published"]
    one, mse = told(case, "trend"), told(replace(case, key="mse", values={}), "MSE")
    header, *rows = read_csv(history_as_csv([mse, one]))
    assert header[:4] == ["run", "epoch", "loss", "val_loss"]
    place = header.index("trend penalty")
    assert [row[place] == "" for row in rows] == [True] * 4 + [False] * 4
    assert [float(row[3]) for row in rows] == [*mse.history.val_loss, *one.history.val_loss]
    header, *rows = read_csv(forecasts_as_csv(case.series, case.task, [mse, one]))
    assert header == ["known", "time", "ahead", "sunspots", "repeat last", "seasonal naive", "MSE", "trend"]
    assert len(rows) == 2 * len(case.task.test)
    index = case.task.test_index
    assert rows[1][:3] == [f"{1700 + index[0, 0] - 1}-01-01", f"{1700 + index[0, 1]}-01-01", "2"]
    assert [float(row[3]) for row in rows] == case.task.value[index].ravel().tolist()
    assert [float(row[7]) for row in rows] == one.history.last.prediction.ravel().tolist()
    assert float(rows[3][4]) == pytest.approx(case.task.value[index[1, 0] - 1], rel=1e-6)


def test_the_run_as_json():
    case = CASES["smooth"]
    one = told(case, "ü <b>")
    broken = Told("early", case.spec, {}, histories([], 1)[0])
    about = json.loads(run_as_json(case.series, case.task, case.setting, [one, broken]))
    assert about["task"] == {
        "window": 6, "horizon": 3, "network": "gru", "hidden": 5, "season": None,
        "borders": list(case.task.borders), "mean": case.task.mean, "std": case.task.std,
    }  # fmt: skip
    assert about["setting"] == vars(case.setting)
    assert about["series"] == {"name": "flow", "values": 100, "filled": 0}
    assert set(about["baselines"]) == {"repeat last"}
    first, second = about["runs"]
    assert (first["name"], first["loss"], first["values"]) == ("ü <b>", "trend-smooth", {"temperature": 0.2})
    assert first["history"]["loss"] == one.history.loss.tolist()
    assert first["scores"] == case.task.scores(case.task.test, one.history.last.prediction)
    assert (second["scores"], second["history"]["epoch"]) == ({}, [])
    assert {"python", "numpy", "keras"} <= set(about["versions"])


def test_what_is_not_finite_becomes_null_or_an_empty_cell():
    case = CASES["published"]
    one = told(case)
    lost = replace(one, history=replace(one.history, loss=one.history.loss * np.nan))
    assert (
        json.loads(run_as_json(case.series, case.task, case.setting, [lost]))["runs"][0]["history"]["loss"]
        == [None] * 4
    )
    assert {row[2] for row in read_csv(history_as_csv([lost]))[1:]} == {""}


def test_equal_input_gives_equal_bytes_and_the_script_of_the_run_that_was_chosen():
    case = CASES["published"]
    one, mse = told(case), told(replace(case, key="mse", values={}))
    first, same = (forecast_bundle(case.series, case.task, case.setting, [mse, one]) for _ in range(2))
    assert first == same
    files = opened(first)
    assert set(files) == {"train.py", "series.csv", "history.csv", "forecasts.csv", "run.json"}
    assert files["train.py"] == forecast_source(case.spec, case.values, case.task, case.setting)
    files = opened(forecast_bundle(case.series, case.task, case.setting, [mse, one], 0))
    assert "def mse(" in files["train.py"]


def test_what_cannot_be_taken_away():
    case = CASES["published"]
    with pytest.raises(ValueError, match="Focal loss is no loss of forecasts"):
        forecast_source(CATALOGUE["focal"], {}, case.task, case.setting)
    with pytest.raises(ParameterError, match="λ"):
        forecast_source(case.spec, {"lambda_trend": -1}, case.task, case.setting)
    with pytest.raises(ValueError, match="make the task anew"):
        forecast_bundle(sample("nile"), case.task, case.setting, [told(case)])
