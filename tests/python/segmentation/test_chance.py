"""What of a rate is chance, on customers whose own probabilities are known."""

import numpy as np
import pytest

from python_udfs.segmentation.chance import chance_in


def drawn(probabilities: np.ndarray, counts: np.ndarray, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).binomial(counts, probabilities) / counts


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_part_of_the_variance_that_the_probabilities_do_not_explain(seed):
    generator = np.random.default_rng([1, seed])
    probabilities, counts = generator.beta(0.6, 2.4, 20000), generator.integers(1, 9, 20000)
    rates = drawn(probabilities, counts, seed)
    truth = 1 - probabilities.var() / rates.var()
    assert 0.3 < truth < 0.7
    assert chance_in(rates, counts).share == pytest.approx(truth, abs=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_where_all_have_one_probability_all_is_chance(seed):
    counts = np.random.default_rng(seed).integers(1, 5, 5000)
    assert chance_in(drawn(np.full(5000, 0.1), counts, seed), counts).share > 0.9


def test_where_some_always_do_and_others_never_nothing_is_chance():
    counts = np.tile([3, 5], 500)
    assert chance_in(np.repeat([0.0, 1.0], 500), counts).share == pytest.approx(0.0, abs=1e-9)


def test_many_observations_leave_little_to_chance():
    probabilities = np.random.default_rng(0).beta(2, 3, 2000)
    shares = [
        chance_in(drawn(probabilities, np.full(2000, count)), np.full(2000, count)).share for count in (2, 10, 100)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.1


def test_of_one_order_each_nobody_can_say():
    assert chance_in(np.tile([0.0, 1.0], 50), np.ones(100)).share == 1.0


@pytest.mark.parametrize("rates", [np.full(5, np.nan), np.full(5, 0.3), np.array([])])
def test_where_nobody_differs_nothing_is_chance(rates):
    assert chance_in(rates, np.full(len(rates), 3.0)).share == 0.0


def test_customers_of_whom_nothing_is_known_do_not_count():
    rates, counts = drawn(np.full(100, 0.3), np.full(100, 4)), np.full(100, 4.0)
    padded = np.concatenate([rates, [np.nan, 0.5]]), np.concatenate([counts, [9.0, 0.0]])
    assert chance_in(*padded) == chance_in(rates, counts)


# Orders of few customers, of many who come back, and of a shop where nearly everybody bought once.
SHOPS = {
    "few customers": lambda generator: generator.integers(2, 6, 500),
    "regulars": lambda generator: generator.geometric(0.6, 1500),
    "one order": lambda generator: generator.geometric(0.95, 4000),
}


@pytest.mark.parametrize("orders", SHOPS.values(), ids=SHOPS)
def test_what_is_all_chance_is_rarely_more_than_two_standard_errors_from_it(orders):
    passed = []
    for seed in range(200):
        counts = orders(np.random.default_rng([2, seed]))
        chance = chance_in(drawn(np.full(len(counts), 0.1), counts, seed), counts)
        passed.append(1 - chance.share > max(0.1, 2 * chance.error))
    assert np.mean(passed) <= 0.05


@pytest.mark.parametrize("orders", SHOPS.values(), ids=SHOPS)
def test_the_standard_error_is_that_of_many_shops(orders):
    found = []
    for seed in range(200):
        generator = np.random.default_rng([3, seed])
        counts = orders(generator)
        found.append(chance_in(drawn(generator.beta(0.5, 2.0, len(counts)), counts, seed), counts))
    shares = np.array([chance.share for chance in found])
    assert 0.05 < shares.mean() < 0.95
    assert np.mean([chance.error for chance in found]) == pytest.approx(shares.std(), rel=0.3)
