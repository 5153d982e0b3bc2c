"""The page of time series: how a file was read, what was trained, and what it says about it."""

import re

import numpy as np
import pytest

from explorer.series import read
from explorer.training.judgement import Judgement
from tests.pages.page import numbers, opened, pictures, uploaded, waited

SERIES = "pages/train/time_series.py"
CODED = "day;value\n" + "\n".join(
    f"2024-01-{day:02d};{-999 if day in (9, 17) else day % 5 + 20}" for day in range(1, 31)
)


def said(test):
    """Return all that the page says in words."""
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def trained(test, button="start.forecast", kind="forecast"):
    """Press a button and run the page until the run is over."""
    test.button(key=button).click().run()
    return waited(test, f"trial.{kind}")


def scores(test, holding="test part"):
    """Return the cells of the table that has this word in its head."""
    (table,) = [part.proto.body for part in test.get("html") if holding in part.proto.body]
    rows = re.findall(r"<tr>(.*?)</tr>", table)[1:]
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in rows]


def test_an_uploaded_series_is_drawn_and_what_was_understood_is_said():
    rows = [f"{day:02d}.03.2024;{day}," + f"{day % 10}" for day in range(1, 32)]
    data = ("\ufeffDatum;Wert\n" + "\n".join(rows) + "\n").encode()
    test = uploaded(opened(SERIES), "upload", data)
    line = next(trace for trace in pictures(test)["series"]["data"] if trace.get("mode") == "lines")
    np.testing.assert_allclose(numbers(line["y"]), [day + day % 10 / 10 for day in range(1, 32)], rtol=1e-6)
    said = " ".join(part.value for part in test.markdown).replace("\\", "")
    assert "31 of 31" in said
    assert "Wert" in said


def test_a_file_that_cannot_be_read_is_named_and_the_series_before_it_stays():
    test = opened(SERIES)
    before = pictures(test)["series"]["data"]
    uploaded(test, "upload", b"%PDF-1.7 nothing to read")
    assert "PDF" in test.error[0].value
    assert pictures(test)["series"]["data"] == before


def test_a_series_too_short_for_its_window_is_said_and_training_waits():
    rows = "\n".join(f"{1990 + i},{i % 5}" for i in range(12))
    test = uploaded(opened(SERIES), "upload", f"year,value\n{rows}\n".encode())
    assert "at least 27 values" in test.error[0].value
    assert test.button(key="start.forecast").disabled


def test_training_draws_all_runs_and_scores_them_beside_the_baselines():
    test = trained(opened(SERIES, **{"trend-match.lambda_trend": "1", "run.epochs": "20"}))
    drawn = pictures(test)
    traces = [trace for trace in drawn["curve-Each one’s own loss"]["data"] if trace["mode"] == "lines"]
    lines = [trace for trace in traces if "fill" not in trace]
    terms = [numbers(trace["y"]) for trace in traces if "fill" in trace]
    assert [numbers(line["x"]).tolist() for line in lines] == [list(range(1, 21))] * 2
    np.testing.assert_allclose(terms[-1], numbers(lines[1]["y"]), rtol=1e-5)
    assert (terms[0] < terms[1]).all()
    going = test.session_state["trial.forecast"]
    rows = scores(test)
    assert [row[0] for row in rows] == ["● MSE", "● published λ = 1", "● repeat last", "● last season"]
    task = going.subject.task
    last = task.value[task.test_index[:, 0] - 1]
    true = task.value[task.test_index[:, 0]]
    assert float(rows[2][1]) == pytest.approx(np.abs(true - last).mean(), rel=5e-3)
    final = {item.which: item.snapshot.prediction[:, 0] for item in going.run.items if hasattr(item, "snapshot")}
    for row, prediction in zip(rows[:2], final.values(), strict=True):
        assert float(row[1]) == pytest.approx(np.abs(prediction - true).mean(), rel=5e-3)
        hits = np.mean(np.sign(prediction - last) == np.sign(true - last))
        assert row[4].startswith(f"{hits:.0%} (")


def test_the_verdict_is_said_and_a_collapse_is_named():
    link = {"trend-match.lambda_trend": "10", "run.epochs": "60"}
    test = trained(opened(SERIES, **link))
    (found,) = [item for item in test.session_state["trial.forecast"].run.items if isinstance(item, Judgement)]
    assert found.collapsed
    assert "has collapsed to “repeat last”, over 5 seeds" in said(test)
    assert found.sentence in said(test)


def test_every_epoch_of_a_forecast_can_be_looked_at():
    test = trained(opened(SERIES, **{"run.epochs": "6"}))
    last = scores(test)
    test.slider(key="foretell.epoch").set_value(1).run()
    assert scores(test)[:2] != last[:2]
    assert scores(test)[2:] == last[2:]
    assert "after epoch 1" in pictures(test)["forecast"]["layout"]["title"]["text"]


@pytest.mark.parametrize("losses", [["MAE", "Huber", "pinball"], ["mismatch", "described", "smooth"]])
def test_any_losses_stand_beside_each_other(losses):
    test = opened(SERIES, **{"run.epochs": "2"})
    test.pills(key="forecast.losses").set_value(losses).run()
    rows = scores(trained(test))
    assert [row[0].removeprefix("● ").split()[0] for row in rows[:3]] == losses


def test_losses_that_train_alike_are_named():
    test = opened(SERIES, **{"run.epochs": "5", "trend-match.lambda_trend": "1"})
    test.pills(key="forecast.losses").set_value(["MSE", "mismatch", "described"]).run()
    said = [part.value for part in trained(test).markdown if "train alike" in part.value]
    assert len(said) == 1
    assert re.search("mismatch.* and described.* train alike: after epoch 5", said[0])


def test_the_trade_off_has_all_weights_and_says_where_it_collapses():
    test = trained(opened(SERIES, **{"run.epochs": "30"}), "tradeoff", "tradeoff")
    rows = scores(test, "mean ± spread")
    assert [row[0].split(",")[0] for row in rows][:3] == ["λ = 0 (MSE)", "λ = 0.001", "λ = 0.01"]
    assert "repeats last" in rows[-1][0]
    assert "tradeoff" in pictures(test)


def test_the_lens_trains_each_batch_size_for_as_many_updates():
    test = trained(opened(SERIES), "lens", "lens")
    rows = scores(test, "penalty term")
    assert [row[0] for row in rows] == ["batches of 1", "batches of 8", "batches of 32", "batches of 128"]
    assert len({row[1] for row in rows}) == 1
    assert {"lens-gradients", "lens-penalties", "lens-updates"} <= set(pictures(test))


def test_what_may_be_read_in_two_ways_is_asked_and_the_answer_is_taken():
    test = uploaded(opened(SERIES), "upload", CODED.encode())
    seen = read(CODED.encode(), "own.csv")
    (asked,) = [decision for decision in seen.decisions if not decision.sure]
    assert asked.sentence in said(test)
    (box,) = [box for box in test.selectbox if box.label == asked.label]
    assert box.value == asked.taken
    other = next(option for option in asked.options if option != asked.taken)
    box.set_value(other).run()
    want = read(CODED.encode(), "own.csv", overrule={asked.name: other})
    line = next(trace for trace in pictures(test)["series"]["data"] if trace.get("mode") == "lines")
    np.testing.assert_allclose(numbers(line["y"]), want.value, rtol=1e-6)
    assert {seen.value.min(), want.value.min()} == {-999, 20}


def test_means_of_a_series_are_foretold():
    test = opened(SERIES, sample="CO₂")
    months = len(numbers(pictures(test)["series"]["data"][0]["y"]))
    test.selectbox(key="series.every").set_value("yearly").run()
    assert len(numbers(pictures(test)["series"]["data"][0]["y"])) == pytest.approx(months / 12, abs=1.5)
    test.selectbox(key="series.every").set_value("daily").run()
    assert "less than one value a day" in said(test)


def test_a_series_is_made_by_chance():
    test = opened(SERIES, sample="made by chance")
    before = numbers(pictures(test)["series"]["data"][0]["y"])
    test.segmented_control(key="generated.kind").set_value("steps").run()
    assert not np.array_equal(before, numbers(pictures(test)["series"]["data"][0]["y"]))


def test_a_run_that_becomes_nan_says_in_which_epoch_and_keeps_its_curve():
    link = {"run.epochs": "60", "run.learning_rate": "1", "run.optimizer": "momentum", "run.batch_size": "4"}
    test = trained(opened(SERIES, **link))
    assert re.search(r"became (NaN|infinite) in epoch \d+", said(test))
    assert "curve-Each one’s own loss" in pictures(test)


def test_a_second_run_is_refused_while_one_goes_on_and_the_first_is_not_touched():
    test = opened(SERIES, **{"run.epochs": "200", "run.batch_size": "1"})
    test.button(key="start.forecast").click().run()
    assert test.button(key="start.forecast").disabled
    test.button(key="stop.forecast").click().run()
    assert test.session_state["trial.forecast"].run.status in {"stopped", "finished"}


def test_a_run_can_be_taken_home():
    test = opened(SERIES, **{"run.epochs": "3"})
    assert test.button(key="take-home").disabled
    test = trained(test)
    test.button(key="take-home").click().run()
    assert "register_keras_serializable" in test.code[0].value
    assert not test.error
