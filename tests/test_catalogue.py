"""What every loss of the catalogue keeps to, for being in it."""

import inspect
import itertools
import re
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from explorer.losses import CATALOGUE
from explorer.parameters import Choice, Number, Table, clean
from explorer.samples import as_array
from explorer.spec import Placed
from explorer.surface import evaluate, value_and_slope
from explorer.tasks import TASKS

SPECS = [pytest.param(spec, id=key) for key, spec in CATALOGUE.items()]
PLANES = [
    pytest.param(spec, plane, id=f"{key}-{plane.key}") for key, spec in CATALOGUE.items() for plane in spec.planes
]
KEYS = {
    "trend-published", "trend-mismatch", "trend-described", "trend-smooth",
    "weighted-ce-published", "weighted-ce-argmax", "weighted-ce-soft", "expected-cost",
    "offset-crossentropy",
    "pairwise-numpy", "pairwise-published", "pairwise-mean", "contrastive",
    "dice-published", "dice-soft", "dice-sharp", "dice-squared",
    "mse", "mae", "huber", "log-cosh", "pinball", "robust",
    "cce", "label-smoothing", "focal", "generalised-ce", "binary-ce", "tversky",
}  # fmt: skip
NO_GRADIENT = {"dice-published"}
# Planes whose samples are so large that a slow reference sees fewer of them.
SHARE = {"board": 12, "scores": 4, "disc": 4}
POINTS = 9


def some_value(parameter, rng):
    """Return a value of the usual range at which every term of a loss shows."""
    if isinstance(parameter, Table):
        return tuple(map(tuple, rng.uniform(0.5, 4.0, (3, 3)).tolist()))
    if isinstance(parameter, Choice):
        return str(rng.choice(parameter.options))
    low, high = parameter.range
    if parameter.whole:
        return float(rng.integers(low, high + 1))
    return float(np.exp(rng.uniform(np.log(high / 20), np.log(high))) if parameter.log else rng.uniform(low, high))


def some_nodes(plane, rng, count):
    """Return random points of a plane, away from its border."""
    x = rng.uniform(plane.x.low, plane.x.high, 20 * count)
    y = rng.uniform(plane.y.low, plane.y.high, 20 * count)
    if plane.inside:
        inner = plane.inside(x, y) & plane.inside(x, y - 0.05) & plane.inside(x - 0.05, y + 0.03)
        inner &= plane.inside(x + 0.05, y + 0.03)
        x, y = x[inner], y[inner]
    return x[:count], y[:count]


def placed_in(plane, x, y, scene):
    """Return the samples of some nodes in one scene, as NumPy arrays."""
    held = {part.name: tf.constant(as_array(part, scene[part.name], np.float64)) for part in plane.scene}
    y_true, y_pred, context = plane.place(tf.constant(x), tf.constant(y), **held)
    return Placed(y_true.numpy(), y_pred.numpy(), {name: part.numpy() for name, part in context.items()})


def some_samples(plane, rng, scenes=5, nodes=60):
    """Return random samples of several random scenes, in one batch; on the board every slot has its point."""
    parts, nodes = [], max(nodes // SHARE.get(plane.key, 1), 2)
    full = {"users": 4.0, "each": 8.0} if plane.key == "board" else {}
    for i in range(scenes):
        scene = {part.name: some_value(part, rng) for part in plane.scene} | full
        scene |= {part.name: part.options[i % len(part.options)] for part in plane.scene if isinstance(part, Choice)}
        parts.append(placed_in(plane, *some_nodes(plane, rng, nodes), scene))
    context = {name: np.concatenate([part.context[name] for part in parts]) for name in parts[0].context}
    return np.concatenate([p.y_true for p in parts]), np.concatenate([p.y_pred for p in parts]), context


def keywords_for(spec, plane, rng):
    values = {parameter.name: some_value(parameter, rng) for parameter in spec.parameters}
    return {**values, "from_logits": plane.from_logits} if spec.takes_logits else values


def by_sample(values):
    """Return one number a sample: the rows of points that see each other add up."""
    return values.reshape(len(values), -1).sum(axis=1)


def test_the_promised_losses_are_there_under_their_own_keys():
    assert set(CATALOGUE) >= KEYS
    assert all(spec.key == key for key, spec in CATALOGUE.items())


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_function_equals_reference(spec, plane):
    rng = np.random.default_rng(1)
    y_true, y_pred, context = some_samples(plane, rng)
    for _ in range(3):
        keywords = keywords_for(spec, plane, rng)
        expected = spec.reference(y_true, y_pred, **context, **keywords)
        values, _ = value_and_slope(spec, y_true, y_pred, **context, **keywords)
        assert np.ptp(expected) > 0.1, "samples that hardly differ prove nothing"
        assert values.dtype == np.float64
        assert values.shape == (y_pred.shape[:-1] if spec.shapes == "points" else (len(y_pred),))
        np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_function_in_float32_equals_reference(spec, plane):
    rng = np.random.default_rng(2)
    y_true, y_pred, context = some_samples(plane, rng)
    y_pred = y_pred.astype(np.float32)
    keywords = keywords_for(spec, plane, rng)
    values, slope = value_and_slope(spec, y_true, y_pred, **context, **keywords)
    assert values.dtype == np.float32
    assert slope is None if spec.key in NO_GRADIENT else slope.dtype == np.float32
    np.testing.assert_allclose(values, spec.reference(y_true, y_pred, **context, **keywords), rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_plain_numbers_do_as_well_as_tensors(spec, plane):
    """Keras hands a loss float32 samples, and its parameters as they were written down."""
    rng = np.random.default_rng(6)
    y_true, y_pred, context = some_samples(plane, rng, scenes=2, nodes=20)
    y_pred, keywords = y_pred.astype(np.float32), keywords_for(spec, plane, rng)
    values, _ = value_and_slope(spec, y_true, y_pred, **context, **keywords)
    given = {name: part.astype(np.float32) for name, part in context.items()}
    plain = spec.function(tf.constant(y_true, tf.float32), tf.constant(y_pred), **given, **keywords)
    np.testing.assert_allclose(plain, values, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_a_sample_does_not_see_its_neighbours(spec, plane):
    rng = np.random.default_rng(3)
    y_true, y_pred, context = some_samples(plane, rng, scenes=4, nodes=3)
    keywords = keywords_for(spec, plane, rng)
    together, _ = value_and_slope(spec, y_true, y_pred, **context, **keywords)
    for i in range(len(y_pred)):
        own = {name: part[i : i + 1] for name, part in context.items()}
        alone, _ = value_and_slope(spec, y_true[i : i + 1], y_pred[i : i + 1], **own, **keywords)
        assert alone.shape == (1, *together.shape[1:])
        np.testing.assert_allclose(alone[0], together[i], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("spec", "plane"), [part for part in PLANES if part.values[0].key not in NO_GRADIENT])
def test_slopes_are_central_differences_away_from_kinks(spec, plane):
    rng = np.random.default_rng(4)
    y_true, y_pred, context = some_samples(plane, rng, scenes=4, nodes=40)
    keywords = keywords_for(spec, plane, rng)
    if spec.shapes == "masks":
        y_pred = 0.02 + 0.96 * y_pred  # near 0 and 1 scores are clipped: a kink for each pixel
    _, slope = value_and_slope(spec, y_true, y_pred, **context, **keywords)
    here = by_sample(spec.reference(y_true, y_pred, **context, **keywords))
    step = 1e-5
    for _ in range(3):
        way = rng.normal(size=y_pred.shape)
        after = by_sample(spec.reference(y_true, y_pred + step * way, **context, **keywords))
        before = by_sample(spec.reference(y_true, y_pred - step * way, **context, **keywords))
        smooth = np.abs(after - 2 * here + before) / step < 0.02 * (1 + np.abs(after - before) / step)
        assert smooth.mean() > 0.9
        central = (after - before) / (2 * step)
        np.testing.assert_allclose(by_sample(slope * way)[smooth], central[smooth], rtol=1e-5, atol=1e-6)
        assert np.ptp(central[smooth]) > 0.01


@pytest.mark.parametrize(("spec", "plane"), [part for part in PLANES if part.values[0].key in NO_GRADIENT])
def test_what_has_no_gradient_says_so(spec, plane):
    y_true, y_pred, _ = some_samples(plane, np.random.default_rng(4))
    values, slope = value_and_slope(spec, y_true, y_pred)
    assert np.ptp(values) > 0.1
    assert slope is None
    result = evaluate(spec, plane=plane.key, points=POINTS)
    assert np.isfinite(result.value).all()
    assert np.isnan(result.slope_x).all()
    assert np.isnan(result.slope_y).all()


def ends(parameter):
    """Return values at the ends of what a person may set."""
    if isinstance(parameter, Number):
        return sorted({parameter.low, parameter.high, *parameter.range})
    if isinstance(parameter, Choice):
        return parameter.options
    checks = np.where(np.indices((3, 3)).sum(axis=0) % 2, parameter.low, parameter.high)
    return [np.full((3, 3), parameter.low), np.full((3, 3), parameter.high), checks]


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_finite_at_every_corner_of_the_parameters(spec, plane):
    for corner in itertools.product(*(ends(parameter) for parameter in spec.parameters)):
        values = dict(zip((parameter.name for parameter in spec.parameters), corner, strict=True))
        for scene in itertools.product(*(ends(part) for part in plane.scene)):
            held = dict(zip((part.name for part in plane.scene), scene, strict=True))
            result = evaluate(spec, values, held, plane.key, POINTS)
            inside = plane.inside(*np.meshgrid(result.x, result.y)) if plane.inside else np.full((POINTS, POINTS), True)
            slopes = [] if spec.key in NO_GRADIENT else [result.slope_x, result.slope_y]
            for part in (result.value, *slopes, *([] if result.rest is None else [result.rest])):
                assert np.isfinite(part[inside]).all(), (values, held)


@pytest.mark.parametrize(("spec", "plane"), PLANES)
def test_every_parameter_and_every_part_of_the_scene_changes_something(spec, plane):
    rng = np.random.default_rng(5)
    values = {parameter.name: some_value(parameter, rng) for parameter in spec.parameters}
    scene = {part.name: part.default for part in plane.scene}
    before = evaluate(spec, values, scene, plane.key, POINTS).value
    for parameter in spec.parameters:
        changed = {**values, parameter.name: ends(parameter)[1]}
        after = evaluate(spec, changed, scene, plane.key, POINTS).value
        assert np.nanmax(np.abs(after - before)) > 1e-6, parameter.name
    for part in plane.scene:
        other = next(end for end in ends(part) if end != scene[part.name])
        after = evaluate(spec, values, {**scene, part.name: other}, plane.key, POINTS).value
        assert np.nanmax(np.abs(after - before)) > 1e-6, part.name


@pytest.mark.parametrize("spec", SPECS)
def test_the_formula_carries_the_numbers(spec):
    formula = spec.formula_with(clean(spec.parameters, {}))
    assert not re.search(r"<\w+>", formula)
    for parameter in spec.parameters:
        assert f"<{parameter.name}>" in spec.formula
    if spec.key.startswith("trend"):
        assert "10^{-3}" in formula
    assert formula.count("{") == formula.count("}")


@pytest.mark.parametrize("spec", SPECS)
def test_the_words_are_there(spec):
    assert re.fullmatch(r"[A-Z][^.]*\.", spec.story), "one sentence"
    assert len(spec.story) <= 120
    assert 1600 < spec.source.year < 2030
    assert spec.source.author
    assert spec.source.title
    assert all(re.fullmatch(r"[A-Z].*\.", preset.story) for preset in spec.presets)
    assert len({preset.title for preset in spec.presets}) == len(spec.presets)


@pytest.mark.parametrize("spec", SPECS)
def test_presets_fit_the_first_plane(spec):
    for preset in spec.presets:
        clean(spec.parameters, preset.values)
        clean(spec.planes[0].scene, preset.scene)


@pytest.mark.parametrize("spec", SPECS)
def test_the_default_task_is_there_and_fits(spec):
    assert spec.task in {"steps": {"forecast"}, "classes": {"blobs"}}.get(spec.shapes, {""})
    assert spec.task in {"", *TASKS}


@pytest.mark.parametrize("spec", SPECS)
def test_the_code_to_be_shown_is_plain(spec):
    source = inspect.getsource(spec.function)
    assert source.startswith("def ")
    assert f"result ({'…, point' if spec.shapes == 'points' else 'sample,'})" in source
    assert "Source: " in source
    assert len(source.splitlines()) <= 20
    assert "tf." not in source


def test_forms_of_a_family_have_names_of_their_own():
    forms = [(spec.family, spec.form) for spec in CATALOGUE.values()]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize("module", ["explorer.losses", "explorer.surface", "explorer.samples"])
def test_importing_loads_neither_keras_nor_streamlit(module):
    code = f"import sys, {module}; print([m for m in ('keras', 'tensorflow', 'streamlit') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
