"""Input that does not fit is refused by name, and what fits is kept as it came."""

import numpy as np
import pytest

from explorer.losses import CATALOGUE
from explorer.surface import value_and_slope

TREND = CATALOGUE["trend-published"]
SOFT = CATALOGUE["weighted-ce-soft"]
EYE = np.eye(3)
STEPS = np.arange(10.0).reshape(5, 2)
LAST = np.zeros((5, 1))
ONES = np.ones((3, 3, 3))
ENDLESS = np.where(np.arange(27).reshape(3, 3, 3) == 18, np.inf, 1.0)
NAN = np.array([[0.1, 0.2], [0.3, np.nan]])


@pytest.mark.parametrize(
    ("y_true", "y_pred", "keywords", "message"),
    [
        (np.ones((5, 1)), np.ones(5), {"y_last": LAST}, r"y_true must have the shape of y_pred, (5,), but has (5, 1)."),
        (np.ones((5, 1)), STEPS, {"y_last": LAST}, r"y_true must have the shape of y_pred, (5, 2), but has (5, 1)."),
        (np.ones(5), np.ones(5), {"y_last": LAST}, "y_pred must have the shape (sample, step)"),
        (np.ones((5, 0)), np.ones((5, 0)), {"y_last": LAST}, "with at least one of each, but has (5, 0)."),
        (STEPS, STEPS, {"y_last": np.zeros(5)},
         "y_last must have the shape (5, 1), one number per sample, but has (5,)."),
        (STEPS, STEPS, {"y_last": np.zeros((4, 1))}, "y_last must have the shape (5, 1)"),
        (STEPS, STEPS, {"y_last": np.zeros((1, 1))}, "y_last must have the shape (5, 1)"),
        (STEPS, STEPS, {"y_last": STEPS}, "y_last must have the shape (5, 1), one number per sample, but has (5, 2)."),
        (STEPS, STEPS, {}, "y_last is missing: trend-published needs one number per sample, shape (sample, 1)."),
        (STEPS, STEPS, {"y_last": LAST, "lambda": 1}, "has no argument 'lambda'; it takes y_last, lambda_trend."),
        (STEPS, STEPS, {"y_last": LAST, "from_logits": True}, "trend-published has no argument 'from_logits'"),
        (STEPS, STEPS, {"y_last": LAST, "lambda_trend": -0.1}, "lambda_trend: λ · penalty must lie between 0 and 1000"),
        (STEPS, STEPS, {"y_last": LAST, "lambda_trend": 1e4}, "but is 10000."),
        (STEPS, STEPS, {"y_last": LAST, "lambda_trend": np.nan}, "lambda_trend: λ · penalty must be a finite number"),
        (STEPS, STEPS, {"y_last": LAST, "lambda_trend": [1.0, 2.0]},
         "lambda_trend must be one number, but has shape (2,)."),
        (NAN, np.ones((2, 2)), {"y_last": np.ones((2, 1))}, "y_true must be finite, but y_true[1, 1] is nan."),
        (np.ones((2, 2)), NAN, {"y_last": np.ones((2, 1))}, "y_pred must be finite, but y_pred[1, 1] is nan."),
        (STEPS, STEPS, {"y_last": np.full((5, 1), np.inf)}, "y_last must be finite, but y_last[0, 0] is inf."),
        ([[1.0], [1.0, 2.0]], STEPS, {"y_last": LAST},
         "y_true must be an array of numbers, but its rows differ in length."),
        ([["a", "b"]], STEPS, {"y_last": LAST}, "y_true must be an array of numbers, but holds"),
    ],
)  # fmt: skip
def test_series_that_do_not_fit_are_refused(y_true, y_pred, keywords, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        value_and_slope(TREND, y_true, y_pred, **keywords)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("y_true", "y_pred", "keywords", "message"),
    [
        (EYE, EYE, {"weights": np.ones((2, 2))},
         "weights must be 3 by 3, a row and a column for each class, but is 2 by 2."),
        (EYE, EYE, {"weights": np.ones((4, 4))}, "but is 4 by 4."),
        (EYE, EYE, {"weights": np.ones((3, 2))}, "weights: Misclassification weights W must be a square table"),
        (EYE, EYE, {"weights": np.ones(3)}, "weights: Misclassification weights W must be a table of rows"),
        (EYE, EYE, {"weights": np.ones((4, 3, 3))},
         "weights must have the shape (3, 3, 3), a table per sample, but has (4, 3, 3)."),
        (EYE, EYE, {"weights": np.ones((1, 3, 3))}, "a table per sample, but has (1, 3, 3)."),
        (EYE, EYE, {"weights": np.ones((3, 2, 2))}, "a table per sample, but has (3, 2, 2)."),
        (EYE, EYE, {"weights": 1001 * ONES},
         "weights of sample 0: W[0, 0] must lie between -1000 and 1000, but is 1001."),
        (EYE, EYE, {"weights": -1001 * ONES[0]}, "weights: W[0, 0] must lie between -1000 and 1000, but is -1001."),
        (EYE, EYE, {"weights": np.where(EYE, np.nan, 1.0)}, "weights must be finite, but weights[0, 0] is nan."),
        (EYE, EYE, {"weights": ENDLESS}, "weights must be finite, but weights[2, 0, 0] is inf."),
        (np.eye(4), np.eye(4), {}, "weights must be 4 by 4, a row and a column for each class, but is 3 by 3."),
        (np.ones((3, 1)), np.ones((3, 1)), {}, "y_pred must have at least 2 classes, but has shape (3, 1)."),
        (np.array([0, 1, 2]), EYE, {}, "y_true must have the shape of y_pred, (3, 3), but has (3,)."),
        (EYE * 2, EYE, {}, "y_true must be one-hot, but row 0 adds up to 2."),
        (EYE - 1, EYE, {}, "y_true must be one-hot, but y_true[0, 1] is -1."),
        (EYE, EYE - 1, {}, "y_pred must hold probabilities (or say from_logits=True), but y_pred[0, 1] is -1."),
        (EYE, EYE * 0, {}, "y_pred must hold probabilities (or say from_logits=True), but row 0 adds up to 0."),
        (EYE, EYE, {"from_logits": 1}, "from_logits must be True or False, but is '1'."),
    ],
)  # fmt: skip
def test_classes_that_do_not_fit_are_refused(y_true, y_pred, keywords, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        value_and_slope(SOFT, y_true, y_pred, **keywords)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_the_sample_and_the_cell_of_a_refused_table_are_named():
    tables = np.ones((3, 3, 3))
    tables[1, 0, 2] = 5000
    with pytest.raises(
        ValueError, match=r"^weights of sample 1: W\[0, 2\] must lie between -1000 and 1000, but is 5000\.$"
    ):
        value_and_slope(SOFT, EYE, EYE, weights=tables)


@pytest.mark.parametrize(
    ("ids", "encodings", "message"),
    [
        (np.arange(4), np.ones((5, 2)), "y_true must have the shape (5,), one id per point, but has (4,)."),
        (np.ones((5, 1), int), np.ones((5, 2)), "y_true must have the shape (5,), one id per point, but has (5, 1)."),
        (np.arange(5), np.ones((3, 5, 2)), "y_true must have the shape (3, 5), one id per point, but has (5,)."),
        (np.ones((5, 2)), np.ones((5, 2)), "y_true must have the shape (5,), one id per point, but has (5, 2)."),
        (np.arange(5), np.ones(5),
         "y_pred must have the shape (…, point, dim) with at least one of each, but has (5,)."),
        (np.ones(0), np.ones((0, 2)), "y_pred must have the shape (…, point, dim)"),
        (np.ones(5), np.ones((5, 0)), "y_pred must have the shape (…, point, dim)"),
        ([1.0, np.nan], np.ones((2, 2)), "y_true must be finite, but y_true[1] is nan."),
        ([1.0, 2.5], np.ones((2, 2)), "y_true must hold ids, whole numbers"),
        (np.array([1, 2**24], np.float32), np.ones((2, 2)), "(as float32 below 16777216, as int64 of any size), "
         "but y_true[1] is 16777216."),
        ([1.0, -(2.0**53)], np.ones((2, 2)), "as float64 below 9007199254740992"),
        (["anna", "ben"], np.ones((2, 2)), "y_true must be an array of numbers, but holds"),
        ([1, 2], [[0.0, np.inf], [0.0, 0.0]], "y_pred must be finite, but y_pred[0, 1] is inf."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["pairwise-numpy", "pairwise-published", "pairwise-mean", "contrastive"])
def test_points_that_do_not_fit_are_refused(key, ids, encodings, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        value_and_slope(CATALOGUE[key], ids, encodings)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("mask", "scores", "message"),
    [
        (np.ones((2, 3, 3)), np.ones((2, 3, 4)), "y_true must have the shape of y_pred, (2, 3, 4), but has (2, 3, 3)."),
        (np.ones((2, 3, 3)), np.ones((2, 3, 3, 1)), "y_true must have the shape of y_pred, (2, 3, 3, 1)"),
        (np.ones((1, 3)), np.ones((2, 3)), "y_true must have the shape of y_pred, (2, 3), but has (1, 3)."),
        (np.ones(3), np.ones(3), "y_pred must have the shape (sample, …) with at least one of each, but has (3,)."),
        (np.ones((2, 0)), np.ones((2, 0)), "y_pred must have the shape (sample, …)"),
        ([[0, 1, 2]], np.ones((1, 3)), "y_true must hold 0 and 1 only, but y_true[0, 2] is 2."),
        ([[0, 0.5, 1]], np.ones((1, 3)), "y_true must hold 0 and 1 only, but y_true[0, 1] is 0.5."),
        ([[0, 1]], [[0.5, 1.5]], "but y_pred[0, 1] is 1.5."),
        ([[0, 1]], [[-0.1, 0.5]], "but y_pred[0, 0] is -0.1."),
        ([[0, 1]], [[0.5, np.nan]], "y_pred must be finite, but y_pred[0, 1] is nan."),
        ([[0, np.inf]], [[0.5, 0.5]], "y_true must be finite, but y_true[0, 1] is inf."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["dice-published", "dice-soft", "dice-sharp", "dice-squared", "tversky", "binary-ce"])
def test_masks_that_do_not_fit_are_refused(key, mask, scores, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        value_and_slope(CATALOGUE[key], mask, scores)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_loss_of_masks_that_takes_logits_says_so():
    with pytest.raises(
        ValueError, match=r"scores from 0 to 1 \(or say from_logits=True\), but y_pred\[0, 0\] is -3\.$"
    ):
        value_and_slope(CATALOGUE["binary-ce"], [[1, 0]], [[-3.0, 5.0]])
    values, _ = value_and_slope(CATALOGUE["binary-ce"], [[1, 0]], [[-3.0, 5.0]], from_logits=True)
    assert values == pytest.approx((np.log1p(np.exp(3)) + np.log1p(np.exp(5))) / 2)
    with pytest.raises(ValueError, match="dice-soft has no argument 'from_logits'; it takes smooth"):
        value_and_slope(CATALOGUE["dice-soft"], [[1, 0]], [[0.5, 0.5]], from_logits=True)


WITHOUT_ARGUMENTS = [key for key, spec in CATALOGUE.items() if not spec.context]


@pytest.mark.parametrize("key", WITHOUT_ARGUMENTS)
def test_a_column_is_never_spread_over_a_row(key):
    with pytest.raises(ValueError, match=r"^y_(true|pred) must have the shape"):
        value_and_slope(CATALOGUE[key], np.ones((5, 1)), np.ones(5))
    with pytest.raises(ValueError, match=r"^y_(true|pred) must have the shape"):
        value_and_slope(CATALOGUE[key], np.ones((1, 5)), np.ones((5, 5)))


@pytest.mark.parametrize("key", WITHOUT_ARGUMENTS)
def test_parameters_out_of_their_limits_are_refused_by_name(key):
    spec = CATALOGUE[key]
    y_true = {"points": np.arange(3)}.get(spec.shapes, EYE)
    assert np.isfinite(value_and_slope(spec, y_true, EYE)[0]).all()
    for parameter in spec.parameters:
        for wrong in (parameter.high + 1, parameter.low - 1, np.nan, np.inf, [0.1, 0.2], "many"):
            with pytest.raises(ValueError, match=f"^{parameter.name}( |:|$)"):
                value_and_slope(spec, y_true, EYE, **{parameter.name: wrong})


@pytest.mark.parametrize("kind", [np.int64, np.float64, np.uint64])
def test_ids_are_told_apart_however_large(kind):
    most = 2**53 - 2 if kind is np.float64 else 2**62
    ids = np.array([most, most + 1, most, 3], kind)
    encodings = np.random.default_rng(0).normal(size=(4, 2)).astype(np.float32)
    large, slope = value_and_slope(CATALOGUE["pairwise-published"], ids, encodings)
    small, _ = value_and_slope(CATALOGUE["pairwise-published"], [7, 8, 7, -3], encodings)
    np.testing.assert_array_equal(large, small)
    assert large.dtype == slope.dtype == np.float32
    merged, _ = value_and_slope(CATALOGUE["pairwise-published"], [7, 7, 7, -3], encodings)
    assert not np.allclose(large, merged)


def test_a_loss_without_arguments_says_so():
    with pytest.raises(ValueError, match=r"^mse has no argument 'y_last'; it takes none\.$"):
        value_and_slope(CATALOGUE["mse"], STEPS, STEPS, y_last=LAST)


@pytest.mark.parametrize(
    ("given", "kept"), [(np.float32, np.float32), (np.float64, np.float64), (np.int64, np.float64), (bool, np.float64)]
)
def test_float32_is_kept_and_all_else_is_float64(given, kept):
    values, slope = value_and_slope(TREND, STEPS.astype(given), STEPS.astype(given), y_last=LAST)
    assert values.dtype == kept
    assert slope.dtype == kept


def test_lists_are_taken():
    values, slope = value_and_slope(CATALOGUE["mse"], [[1, 2]], [[2, 4]])
    assert values.tolist() == [2.5]
    assert slope.tolist() == [[1.0, 2.0]]


def test_a_missing_parameter_has_its_default():
    by_default, _ = value_and_slope(TREND, STEPS, STEPS + 1, y_last=LAST)
    given, _ = value_and_slope(TREND, STEPS, STEPS + 1, y_last=LAST, lambda_trend=1e-3)
    other, _ = value_and_slope(TREND, STEPS, STEPS + 1, y_last=LAST, lambda_trend=1.0)
    np.testing.assert_array_equal(by_default, given)
    assert not np.allclose(by_default, other)
