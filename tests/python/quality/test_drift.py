"""The population stability index, and the bins it is measured over."""

import math

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import rel_entr

from python_udfs.quality.drift import BINS_SCHEMA, BinRules, driver_bins, driver_drift, stability_index

DECILES = BinRules(most=10, smallest=50)
COUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


def shop(**features: object) -> pa.Table:
    return pa.table({name: pa.array(values, pa.float64()) for name, values in features.items()})


def drift_of(before: pa.Table, now: pa.Table) -> dict[str, float]:
    found = driver_drift(now, driver_bins(before, before.column_names, DECILES)).to_pylist()
    return {row["feature"]: row["stability_index"] for row in found}


def test_a_textbook_example():
    # Ten bins of 10% each, of which the first gave half to the last: 0.05 log 2 + 0.05 log 1.5.
    before, now = np.full(10, 1e6), np.array([0.5e6, *[1e6] * 8, 1.5e6])
    assert abs(stability_index(before, now) - (0.05 * math.log(2) + 0.05 * math.log(1.5))) < 1e-6


@given(COUNTS, COUNTS)
def test_it_is_symmetric_not_negative_and_scipys_divergence_both_ways(first, second):
    size = min(len(first), len(second))
    before, now = np.array(first[:size], float), np.array(second[:size], float)
    shares = [(one + 0.5) / (one + 0.5).sum() for one in (before, now)]
    index = stability_index(before, now)
    assert math.isclose(index, stability_index(now, before), abs_tol=1e-9)
    assert index >= 0
    assert math.isclose(index, (rel_entr(*shares) + rel_entr(*shares[::-1])).sum(), abs_tol=1e-9)


def test_the_same_customers_have_not_moved_and_their_order_does_not_count():
    values = np.random.default_rng(1).gamma(2.0, 50.0, 1000)
    assert drift_of(shop(monetary=values), shop(monetary=values[::-1])) == {"monetary": 0.0}


def test_a_change_of_units_is_far_beyond_the_limit_and_two_percent_more_customers_are_not():
    dice = np.random.default_rng(1)
    values = dice.gamma(2.0, 50.0, 1000)
    assert drift_of(shop(monetary=values), shop(monetary=values * 100))["monetary"] > 1
    assert drift_of(shop(monetary=values), shop(monetary=[*values, *dice.gamma(2.0, 50.0, 20)]))["monetary"] < 0.01


def test_a_feature_that_nobody_has_any_more_has_moved_as_far_as_can_be():
    values = np.arange(500.0)
    assert drift_of(shop(average_rating=values), shop(average_rating=[None] * 500))["average_rating"] > 5


def test_equal_values_share_a_bin_and_the_unknown_have_their_own():
    (row,) = driver_bins(shop(returns=[0.0] * 700 + [1.0] * 200 + [None] * 100), ["returns"], DECILES).to_pylist()
    assert row == {"feature": "returns", "edges": [0.0, 1.0], "shares": [0.7, 0.2, 0.0, 0.1], "customers": 1000}


def test_few_customers_are_divided_into_few_bins():
    edges = [
        len(driver_bins(shop(monetary=np.arange(float(count))), ["monetary"], DECILES).to_pylist()[0]["edges"])
        for count in (5, 99, 100, 160, 500, 5000)
    ]
    assert edges == [0, 0, 1, 2, 9, 9]


@given(st.integers(0, 1000))
def test_small_samples_of_one_shop_do_not_fail_by_chance(seed):
    dice = np.random.default_rng(seed)
    assert drift_of(shop(monetary=dice.normal(size=120)), shop(monetary=dice.normal(size=120)))["monetary"] < 0.25


def test_without_history_or_customers_there_is_nothing_to_compare():
    assert driver_drift(shop(monetary=[1.0]), BINS_SCHEMA.empty_table()).num_rows == 0
    published = driver_bins(shop(monetary=[1.0, 2.0]), ["monetary"], DECILES)
    assert driver_drift(shop(monetary=[]), published).num_rows == 0
    assert driver_drift(shop(monetary=[1.0]), driver_bins(shop(monetary=[]), ["monetary"], DECILES)).num_rows == 0


def test_a_feature_that_the_fusion_no_longer_names_is_left_alone():
    published = driver_bins(shop(monetary=[1.0], old=[1.0]), ["monetary", "old"], DECILES)
    found = driver_drift(shop(monetary=[1.0], new=[1.0]), published).to_pylist()
    assert [row["feature"] for row in found] == ["monetary"]
