import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import skew
from sklearn.preprocessing import PowerTransformer

from python_udfs.segmentation.transforms import POWERS, TRANSFORMS, choose_transform, transformed, untransformed

# What a fit may choose: powers are rounded to six digits.
powers = st.integers(-2_000_000, 2_000_000).map(lambda number: number / 1e6)
# More than decimal(18, 2) can hold.
amounts = st.floats(-1e17, 1e17)


@given(arrays(np.float64, st.integers(1, 20), elements=st.floats(0, 1000)), powers)
def test_every_transform_can_be_undone(values, power):
    for transform in ("identity", "log1p", "yeo_johnson", "square_root"):
        back = untransformed(transformed(values, transform, power), transform, power)
        assert back == pytest.approx(values, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("power", [-2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.5, 1.0, 1.5, 2.0])
def test_yeo_johnson_is_that_of_scikit_learn(power):
    values = np.random.default_rng(0).lognormal(1, 1.5, 300)
    theirs = PowerTransformer(method="yeo-johnson", standardize=False).fit(values[:, None])
    theirs.lambdas_ = np.array([power])
    ours = transformed(values, "yeo_johnson", power)
    assert ours == pytest.approx(theirs.transform(values[:, None])[:, 0], rel=1e-12)
    assert untransformed(ours, "yeo_johnson", power) == pytest.approx(
        theirs.inverse_transform(ours[:, None])[:, 0], rel=1e-8
    )


def test_values_that_lean_to_no_side_stay_as_they_are():
    assert choose_transform(np.random.default_rng(0).uniform(0, 9, 500), skew_limit=1.0) == ("identity", None)


def test_a_feature_that_can_be_negative_stays_as_it_is_however_skewed():
    values = np.append(np.random.default_rng(0).lognormal(0, 2, 500), -0.01)
    assert choose_transform(values, skew_limit=1.0) == ("identity", None)


def test_a_long_tail_goes_through_the_logarithm():
    assert choose_transform(np.random.default_rng(0).lognormal(4, 1.5, 500), skew_limit=1.0) == ("log1p", None)


def test_a_tail_that_the_logarithm_leaves_goes_through_the_most_likely_power():
    values = np.random.default_rng(0).pareto(0.7, 800)
    transform, power = choose_transform(values, skew_limit=1.0)
    theirs = PowerTransformer(method="yeo-johnson", standardize=False).fit(values[:, None])
    assert transform == "yeo_johnson"
    assert power == pytest.approx(theirs.lambdas_[0], abs=1e-3)


def test_a_rate_that_is_nearly_always_zero_is_not_made_a_yes_or_no():
    generator = np.random.default_rng(0)
    rate = np.where(generator.random(1000) < 0.1, generator.random(1000), 0.0)
    transform, power = choose_transform(rate, skew_limit=1.0)
    some = transformed(np.array([0.0, 0.1, 0.9]), transform, power)
    assert some[2] - some[1] > some[1] - some[0]


def test_without_a_limit_next_to_no_skewness_changes_next_to_nothing():
    drawn = np.random.default_rng(0).normal(100, 10, 1000)
    # Reflected it leans to the other side, and stays as it is.
    right, left = (drawn, 200 - drawn) if skew(drawn) > 0 else (200 - drawn, drawn)
    assert choose_transform(left, skew_limit=0.0) == ("identity", None)
    transform, power = choose_transform(right, skew_limit=0.0)
    assert transform == "yeo_johnson"
    assert np.corrcoef(right, transformed(right, transform, power))[0, 1] > 0.999


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_amounts_far_from_zero_are_not_squeezed_into_one(limit):
    generator = np.random.default_rng(0)
    for amounts in (50_000 + generator.gamma(5, 3000, 800), 20_000 + generator.exponential(8000, 800)):
        there = transformed(amounts, *choose_transform(amounts, limit))
        assert there.std() > 1e-3 * np.abs(there).max()


def test_the_limit_of_skewness_decides():
    values = np.random.default_rng(0).exponential(1.0, 2000)
    assert choose_transform(values, skew_limit=3.0)[0] == "identity"
    assert choose_transform(values, skew_limit=1.0)[0] == "log1p"


@given(st.lists(amounts, min_size=1, max_size=40), st.lists(amounts, min_size=1, max_size=10), st.floats(0, 5))
def test_whatever_the_numbers_no_transform_gives_infinity_or_not_a_number(fitted, others, limit):
    for known in (np.array(fitted), np.abs(fitted)):
        transform, power = choose_transform(known, limit)
        assert power is None or POWERS[0] <= power <= POWERS[1]
        # Customers outside the sample may have values that nobody in it has.
        for values in (known, np.array(others)):
            there = transformed(values, transform, power)
            assert np.isfinite(there).all()
            assert np.isfinite(untransformed(there, transform, power)).all()


@pytest.mark.parametrize(
    "values", [[0.0], [7.0] * 50, [0.1, 0.1, 0.1 + 2e-17], [1e17] * 9 + [0.0], [0.0] * 99 + [1.0], [5.0, 5.0 + 1e-12]]
)
def test_values_that_hardly_differ_are_no_error(values):
    transform, power = choose_transform(np.array(values), skew_limit=1.0)
    assert np.isfinite(transformed(np.array(values), transform, power)).all()


def test_negative_values_count_as_zero_where_the_sample_had_none():
    for transform in ("log1p", "yeo_johnson", "square_root"):
        assert np.array_equal(transformed(np.array([-5.0, -1.0, 0.0]), transform, 0.5), np.zeros(3))


def test_what_no_value_is_transformed_to_counts_as_the_limit():
    assert np.isfinite(untransformed(np.array([-9.0, 9.0]), "yeo_johnson", -2.0)).all()
    assert untransformed(np.array([-0.5]), "square_root", None)[0] == 0


@pytest.mark.parametrize("transform", TRANSFORMS)
def test_an_unknown_value_stays_unknown_but_where_that_is_the_question(transform):
    unknown = transformed(np.array([np.nan, 3.0]), transform, 0.5)
    assert unknown[0] == 1.0 if transform == "is_unknown" else np.isnan(unknown[0])
    assert unknown[1] == 0.0 if transform == "is_unknown" else np.isfinite(unknown[1])
