"""What of a rate is chance, on customers whose own probabilities are known."""

import numpy as np
import pytest

from python_udfs.segmentation.chance import chance_share


def drawn(probabilities: np.ndarray, counts: np.ndarray, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).binomial(counts, probabilities) / counts


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_part_of_the_variance_that_the_probabilities_do_not_explain(seed):
    generator = np.random.default_rng([1, seed])
    probabilities, counts = generator.beta(0.6, 2.4, 20000), generator.integers(1, 9, 20000)
    rates = drawn(probabilities, counts, seed)
    truth = 1 - probabilities.var() / rates.var()
    assert 0.3 < truth < 0.7
    assert chance_share(rates, counts) == pytest.approx(truth, abs=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_where_all_have_one_probability_all_is_chance(seed):
    counts = np.random.default_rng(seed).integers(1, 5, 5000)
    assert chance_share(drawn(np.full(5000, 0.1), counts, seed), counts) > 0.9


def test_where_some_always_do_and_others_never_nothing_is_chance():
    counts = np.tile([3, 5], 500)
    assert chance_share(np.repeat([0.0, 1.0], 500), counts) == pytest.approx(0.0, abs=1e-9)


def test_many_observations_leave_little_to_chance():
    probabilities = np.random.default_rng(0).beta(2, 3, 2000)
    shares = [chance_share(drawn(probabilities, np.full(2000, count)), np.full(2000, count)) for count in (2, 10, 100)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.1


def test_of_one_order_each_nobody_can_say():
    assert chance_share(np.tile([0.0, 1.0], 50), np.ones(100)) == 1.0


@pytest.mark.parametrize("rates", [np.full(5, np.nan), np.full(5, 0.3), np.array([])])
def test_where_nobody_differs_nothing_is_chance(rates):
    assert chance_share(rates, np.full(len(rates), 3.0)) == 0.0


def test_customers_of_whom_nothing_is_known_do_not_count():
    rates, counts = drawn(np.full(100, 0.3), np.full(100, 4)), np.full(100, 4.0)
    padded = np.concatenate([rates, [np.nan, 0.5]]), np.concatenate([counts, [9.0, 0.0]])
    assert chance_share(*padded) == chance_share(rates, counts)
