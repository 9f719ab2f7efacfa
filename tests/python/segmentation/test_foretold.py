import numpy as np
import pytest

from python_udfs.segmentation.foretold import CUSTOMERS, FEWEST_CUSTOMERS, foretold_shares, sampled_customers


def customers(size: int = 1500, seed: int = 0) -> np.ndarray:
    """Two kinds of customers that differ in the first two features; the third has two heaps of its own."""
    generator = np.random.default_rng(seed)
    kind, heap = generator.integers(0, 2, (2, size))
    means = np.column_stack([3 * kind, -3 * kind, 3 * heap])
    return means + 0.5 * generator.normal(size=means.shape)


def test_what_two_features_share_they_foretell_and_a_heap_in_one_alone_nobody_does():
    of_the_kind, as_well, alone = foretold_shares(customers(), ["a", "b", "c"])
    # Between the two kinds lie 2.25 of a variance of 2.5.
    assert of_the_kind == pytest.approx(0.9, abs=0.03)
    assert as_well == pytest.approx(0.9, abs=0.03)
    assert alone < 0.05


def test_features_of_the_same_observations_do_not_foretell_each_other():
    shares = foretold_shares(customers(), ["a", "a", "c"])
    assert max(shares) < 0.05


def test_what_is_unknown_is_no_value_and_may_foretell_one():
    vectors = customers()
    vectors[vectors[:, 1] < -1.5, 1] = np.nan
    told, partly_known, _ = foretold_shares(vectors, ["a", "b", "c"])
    assert told > 0.85
    # Of one kind nothing is known, and among the other nothing else tells more.
    assert partly_known < 0.1


def test_nothing_is_held_against_a_feature_that_few_have_or_that_stands_alone():
    vectors = customers()
    vectors[FEWEST_CUSTOMERS - 1 :, 2] = np.nan
    assert foretold_shares(vectors, ["a", "b", "c"])[2] == 1.0
    assert foretold_shares(vectors[:, :1], ["a"]).tolist() == [1.0]
    assert foretold_shares(customers(FEWEST_CUSTOMERS - 1), ["a", "b", "c"]).tolist() == [1.0, 1.0, 1.0]


def test_a_feature_that_is_the_same_for_all_is_no_error():
    vectors = customers()
    vectors[:, 2] = 7.0
    assert np.isfinite(foretold_shares(vectors, ["a", "b", "c"])).all()


def test_a_sample_tells_nearly_the_same_and_always_the_same():
    many = customers(3 * CUSTOMERS)
    few = many[sampled_customers([f"c{number}" for number in range(len(many))])]
    assert len(few) == CUSTOMERS
    shares = foretold_shares(few, ["a", "b", "c"])
    assert shares.tolist() == foretold_shares(few, ["a", "b", "c"]).tolist()
    assert shares == pytest.approx(foretold_shares(many, ["a", "b", "c"]), abs=0.03)


def test_one_customer_more_changes_the_sample_by_one_at_most():
    customer_ids = [f"c{number:05d}" for number in range(5000)]
    before = {customer_ids[place] for place in sampled_customers(customer_ids)}
    for another in ("a", "b", "c", "d", "e"):
        more = [another, *customer_ids]
        after = [more[place] for place in sampled_customers(more)]
        assert len(before - set(after)) <= 1
        assert after == sorted(after)
    assert sampled_customers(["a", "b"]) == [0, 1]
