"""The examination of a loss: verdicts, sentences and numbers, each against a loss that has the fault."""

import pickle
import subprocess
import sys
from types import MappingProxyType

import numpy as np
import pytest

from explorer.doctor import (
    CHECKS,
    batch,
    bound,
    curvature,
    examine,
    examine_plane,
    gradient,
    jump,
    minimum,
    nan,
    slope,
    subject,
    target,
)
from explorer.doctor.report import percent, spot, written
from explorer.losses import CATALOGUE
from explorer.parameters import ParameterError
from explorer.surface import evaluate, traces, value_and_slope
from tests.doctor import toy

W = ((1.0, 2.0, 8.0), (1.5, 1.0, 3.0), (0.5, 4.0, 2.0))
LOUD = {"lambda_trend": 1.0, "weights": W}
SMOOTH = [
    pytest.param(spec, plane, id=f"{key}-{plane.key}")
    for key, spec in CATALOGUE.items()
    for plane in spec.planes
    if spec.smooth
]
SOUND = ["mse", "mae", "huber", "cce"]


def of(spec, values=MappingProxyType({}), scene=MappingProxyType({}), plane=None):
    loud = {parameter.name: LOUD[parameter.name] for parameter in spec.parameters if parameter.name in LOUD}
    return subject(spec, {**loud, **values}, scene, plane)


def verdicts(report):
    return {finding.name: finding.verdict for finding in report.findings}


@pytest.mark.parametrize("key", SOUND)
def test_nothing_is_wrong_with_a_sound_loss(key):
    spec = {**CATALOGUE, "huber": toy.HUBER}[key]
    report = examine(spec)
    assert [finding.name for finding in report.findings if finding.verdict != "ok"] == []
    assert report.verdict == "ok"
    assert (report.loss, report.plane) == (spec.key, spec.planes[0].key)
    assert len(report.findings) == len(CHECKS) == len(verdicts(report))
    found = report.finding("target")
    assert found.sentence.startswith("The target (")
    assert found.number == 0


def test_trend_match_as_published_punishes_being_right():
    report = examine(CATALOGUE["trend-published"], {"lambda_trend": 1.0})
    found = report.finding("target")
    assert found.verdict == report.verdict == "fail"
    assert found.sentence == ("The minimum lies at (0.50, 0.10), 0.71 from the target; being right costs 0.80.")
    assert found.number == pytest.approx(np.hypot(0.5, 0.5), abs=1e-5)
    lowest = report.finding("minimum")
    assert lowest.where == pytest.approx((0.5, 0.1), abs=1e-5)
    assert lowest.number == pytest.approx(0.55, abs=1e-9)
    assert lowest.sentence == "The minimum, 0.55, lies at (0.50, 0.10), inside the plane."
    steepest = report.finding("slope")
    assert steepest.where == (-0.8, 1.8)
    assert steepest.number == pytest.approx(np.hypot(-1.8 - 0.0, 1.2 + 0.5), abs=1e-9)
    others = {name: verdict for name, verdict in verdicts(report).items() if name != "target"}
    assert set(others.values()) == {"ok"}


@pytest.mark.parametrize(("strength", "verdict"), [(1e-3, "warn"), (0.05, "warn"), (0.1, "fail"), (3.0, "fail")])
def test_a_minimum_beside_the_target_is_told_however_near(strength, verdict):
    found = target.check(of(CATALOGUE["trend-published"], {"lambda_trend": strength}))
    assert found.verdict == verdict
    moved = np.minimum([1.0, 0.6], strength / 2)
    assert found.number == pytest.approx(np.hypot(*moved), abs=3e-6)


def test_without_a_target_nothing_is_missed():
    assert target.check(of(CATALOGUE["mse"], {}, {"y1": 2.0})).verdict == "ok"
    assert target.check(of(CATALOGUE["cce"], plane="logits")).number is None


def test_the_minimum_at_an_edge_is_said_to_be_there():
    found = minimum.check(of(CATALOGUE["mse"], {}, {"y1": 2.0}))
    assert found.where == pytest.approx((1.8, 0.6), abs=1e-6)
    assert found.number == pytest.approx(0.02, abs=1e-9)
    assert "at the edge of the plane" in found.sentence
    assert "at the edge of the plane" in minimum.check(of(CATALOGUE["cce"])).sentence
    assert "inside the plane" in minimum.check(of(CATALOGUE["mse"])).sentence


def test_a_sign_loss_has_a_slope_of_zero_everywhere_and_jumps():
    report = examine(toy.SIGN_ERROR)
    assert report.finding("gradient").verdict == "fail"
    assert report.finding("gradient").number == 1.0
    jumps = report.finding("jump")
    assert jumps.verdict == "fail"
    assert jumps.number == 10  # three rows and two slanting lines cross ŷ₁ = 1, as many lines cross ŷ₂ = 0.6
    assert jumps.sentence.startswith("The loss jumps 10 times on 8 lines across the plane, by up to 1.00 at (")


def test_a_rounded_loss_has_no_gradient_and_jumps():
    report = examine(toy.ROUNDED_MSE)
    assert report.finding("gradient").verdict == "fail"
    assert report.finding("gradient").sentence == "There is no gradient here, so no optimiser can learn from this loss."
    assert report.finding("jump").verdict == "fail"
    assert report.finding("jump").number > 20
    assert report.finding("nan").verdict == "ok"


def test_a_blocked_gradient_is_no_jump():
    report = examine(toy.MSE_WITHOUT_GRADIENT)
    assert report.finding("gradient").verdict == "fail"
    assert report.finding("jump").verdict == "ok"
    assert report.finding("target").verdict == "ok"


def test_a_gradient_along_one_axis_only_is_told():
    found = gradient.check(of(toy.FIRST_STEP_ONLY))
    assert (found.verdict, found.sentence) == ("ok", "There is a gradient on the whole plane.")
    share = gradient.check(of(toy.HINGE))
    assert share.verdict == "warn"
    assert share.number == pytest.approx((1.3 / 2.6) ** 2, abs=0.01)
    assert max(share.where) < 0.5
    assert share.sentence == "The slope is exactly 0 on 25 % of the plane, so nothing is learnt there."


def test_a_root_over_the_batch_is_nan_at_the_target_and_sees_the_whole_batch():
    report = examine(toy.BATCH_RMSE)
    broken = report.finding("nan")
    assert broken.verdict == "fail"
    assert broken.where == (1.0, 0.6)
    assert broken.sentence.startswith("The slope is not finite at the target (1.00, 0.60), ")
    mixed = report.finding("batch")
    assert mixed.verdict == "warn"
    assert 0 < mixed.number < 0.5
    assert report.finding("minimum").number == pytest.approx(0.0)
    assert report.finding("jump").verdict == "ok"


def test_a_loss_over_the_batch_is_drawn_one_sample_at_a_time():
    surface = of(toy.BATCH_RMSE).surface
    x, y = np.meshgrid(surface.x, surface.y)
    np.testing.assert_allclose(surface.value, np.sqrt(((x - 1.0) ** 2 + (y - 0.6) ** 2) / 2), atol=1e-12)


def test_the_difference_between_a_batch_and_its_halves_is_the_number():
    examined = of(toy.AGAINST_THE_MEAN)
    whole = toy_mean(examined.batch.y_pred)
    halves = (toy_mean(examined.batch.y_pred[:4]) + toy_mean(examined.batch.y_pred[4:])) / 2
    found = batch.check(examined)
    assert found.verdict == "warn"
    assert found.number == pytest.approx(abs(whole - halves) / max(whole, halves))
    assert f"{written(whole)} on average in a batch of 8, {written(halves)} in its two halves" in found.sentence


def toy_mean(y_pred):
    return float(np.mean((y_pred - y_pred.mean()) ** 2))


@pytest.mark.parametrize("key", ["pairwise-published", "pairwise-numpy", "contrastive"])
def test_points_among_points_depend_on_their_batch(key):
    found = batch.check(of(CATALOGUE[key]))
    assert found.verdict == "warn"
    assert "in a batch of 12" in found.sentence


@pytest.mark.parametrize("key", ["trend-published", "weighted-ce-argmax", "dice-published", "dice-soft"])
def test_samples_on_their_own_do_not(key):
    assert batch.check(of(CATALOGUE[key])).verdict == "ok"


@pytest.mark.parametrize(("epsilon", "verdict"), [(0.0, "fail"), (1e-7, "ok")])
def test_equal_points_break_a_root_without_epsilon(epsilon, verdict):
    found = nan.check(of(toy.PAIRWISE, {"epsilon": epsilon}))
    assert found.verdict == verdict
    if verdict == "fail":
        assert found.where in [tuple(point) for point in toy.STILL]
    assert batch.check(of(toy.PAIRWISE, {"epsilon": epsilon})).verdict == "warn"


def test_a_pole_on_a_node_and_a_loss_that_is_nowhere_are_told():
    assert nan.check(of(toy.NOWHERE)).sentence.startswith("The loss is not finite at the target (1.00, 0.60)")
    report = examine(toy.NOWHERE)
    assert report.finding("minimum").verdict == report.finding("target").verdict == "fail"
    assert report.finding("jump").verdict == "ok"
    assert bound.check(of(toy.POLE)).verdict in {"ok", "warn"}


def test_the_mended_forms_do_not_jump_where_the_published_ones_do():
    assert jump.check(of(CATALOGUE["weighted-ce-argmax"], plane="logits")).number == 9
    assert jump.check(of(CATALOGUE["weighted-ce-argmax"])).verdict == "fail"
    assert jump.check(of(CATALOGUE["weighted-ce-soft"])).verdict == "ok"
    assert jump.check(of(CATALOGUE["trend-mismatch"])).verdict == "ok"
    assert jump.check(of(CATALOGUE["dice-published"])).verdict == "fail"


def test_a_jump_is_found_where_it_is_and_as_high_as_it_is():
    found = jump.check(of(CATALOGUE["trend-described"]))
    assert found.verdict == "fail"
    assert found.number == 10
    assert f"by up to {written(0.5)} at " in found.sentence
    assert found.where[0] == pytest.approx(0.0, abs=1e-9)
    small = jump.check(of(CATALOGUE["trend-described"], {"lambda_trend": 1e-3}))
    assert (small.verdict, small.number) == ("warn", 10)


@pytest.mark.parametrize("width", [0.1, 1e-3, 1e-5, 1e-7])
def test_however_steep_a_flank_is_no_jump(width):
    assert jump.check(of(toy.STEEP, {"width": width})).verdict == "ok"


@pytest.mark.parametrize(("spec", "plane"), SMOOTH)
def test_no_false_alarm_about_a_smooth_loss(spec, plane):
    examined = of(spec, plane=plane.key)
    assert jump.check(examined).verdict == "ok", jump.check(examined).sentence
    assert nan.check(examined).verdict == "ok", nan.check(examined).sentence
    assert gradient.check(examined).verdict != "fail"


def test_cross_entropy_keeps_its_peace_in_every_corner():
    for true_class in ("0", "1", "2"):
        examined = of(CATALOGUE["cce"], {}, {"true_class": true_class})
        found = [check(examined).verdict for check in CHECKS]
        assert found == ["ok"] * len(CHECKS)


def test_a_loss_that_falls_without_end_is_told_from_one_that_levels_off():
    falling = bound.check(of(toy.DOWNHILL))
    assert falling.verdict == "fail"
    assert falling.number < -4000
    assert falling.sentence.startswith("The loss falls without end: to −")
    assert bound.check(of(toy.SLOWLY_DOWNHILL)).verdict == "fail"
    assert bound.check(of(toy.LEVELS_OFF)).verdict == "ok"
    assert bound.check(of(CATALOGUE["cce"], plane="logits")).verdict == "ok"
    assert "holds all that may be predicted" in bound.check(of(CATALOGUE["cce"])).sentence
    assert "holds all that may be predicted" in bound.check(of(CATALOGUE["dice-soft"])).sentence


@pytest.mark.parametrize(
    ("key", "verdict"), [("pairwise-published", "fail"), ("pairwise-mean", "fail"), ("contrastive", "ok")]
)
def test_points_that_fly_apart_are_told_from_those_that_settle(key, verdict):
    assert bound.check(of(CATALOGUE[key])).verdict == verdict


def test_the_steepest_node_is_the_steepest():
    found = slope.check(of(CATALOGUE["mse"]))
    assert found.where == (-0.8, -0.8)
    assert found.number == pytest.approx(np.hypot(1.8, 1.4))
    assert found.sentence == "The largest slope is 2.28, at (−0.80, −0.80)."


def test_convex_shares():
    assert curvature.check(of(CATALOGUE["mse"])).number == 1.0
    assert curvature.check(of(toy.LEVELS_OFF)).number < 0.5
    assert "straight on 94 %" in curvature.check(of(CATALOGUE["mae"])).sentence


def test_looks_between_the_nodes_agree_with_the_loss():
    examined = of(CATALOGUE["expected-cost"], plane="logits")
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-5, 5, (2, 3, 700))
    nodes = examined.at(x, y)
    held = (np.abs(x) <= 4) & (np.abs(y) <= 4)
    np.testing.assert_array_equal(np.isfinite(nodes.value), held)
    samples = examined.placed(x.ravel(), y.ravel())
    values, slopes = value_and_slope(examined.spec, *samples[:2], **examined.values, from_logits=True)
    np.testing.assert_allclose(nodes.value[held], values.reshape(x.shape)[held], rtol=1e-9)
    np.testing.assert_allclose(nodes.slope_y[held], slopes[:, 1].reshape(x.shape)[held], rtol=1e-7, atol=1e-12)
    assert np.isfinite(examined.at(x, y, beyond=True).value).all()


def test_all_looks_share_two_executables():
    spec = CATALOGUE["trend-smooth"]
    examine(spec)
    before = traces(spec)
    examine(spec, {"lambda_trend": 0.7, "temperature": 0.3})
    evaluate(spec, points=61)
    assert traces(spec) == before


def test_a_report_is_plain_data():
    report = examine_plane(CATALOGUE["cce"], {}, {"true_class": "1"}, "logits")
    assert pickle.loads(pickle.dumps(report)) == report
    for finding in report.findings:
        assert finding.sentence[0].isupper()
        assert finding.sentence.endswith(".")
        assert finding.where is None or [type(part) for part in finding.where] == [float, float]
        assert finding.number is None or type(finding.number) is float
    with pytest.raises(ValueError, match=r"^There is no finding 'edge'; there is minimum, target, .*\.$"):
        report.finding("edge")


def test_what_a_loss_refuses_is_refused_here():
    with pytest.raises(ParameterError, match="no parameter 'lambda'"):
        examine(CATALOGUE["mse"], {"lambda": 1.0})
    with pytest.raises(ValueError, match="mse has no plane 'stairs'"):
        examine_plane(CATALOGUE["mse"], plane="stairs")


def test_numbers_in_words():
    assert [written(n) for n in (0.8, -0.0, -1.5, 0.0007, 72481.4)] == ["0.80", "0", "−1.50", "0.0007", "72481"]
    assert spot((-0.001, -1.2)) == "(0.00, −1.20)"
    assert [percent(share) for share in (0, 0.001, 0.25, 0.999, 1)] == [
        "0 %",
        "0.1 %",
        "25 %",
        "more than 99 %",
        "100 %",
    ]


def test_importing_loads_neither_keras_nor_streamlit():
    code = (
        "import sys, explorer.doctor, explorer.descent; print({'keras', 'tensorflow', 'streamlit'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
