import numpy as np
import pytest

from python_udfs.one_thread import one_thread
from python_udfs.segmentation import mixture_search
from python_udfs.segmentation.division import Division
from python_udfs.segmentation.mixture import NO_NOISE, MixtureCustomers, settled
from python_udfs.segmentation.mixture_search import likeliest_fits, seeds_of_starts
from python_udfs.segmentation.starts import k_means_labels, ward_labels


def many_crowds(seed: int) -> MixtureCustomers:
    """Ten round crowds of 300 to 15 customers, some of which touch."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(range(10), [300, 200, 150, 100, 60, 40, 30, 25, 20, 15])
    vectors = rng.normal(size=(10, 2))[truth] * 3.3 + rng.normal(size=(len(truth), 2)) * 0.5
    return MixtureCustomers.of(vectors, NO_NOISE)


def likelihoods(customers: MixtureCustomers, k: int, starts: int = 1) -> np.ndarray:
    """What ten seeds find."""
    with one_thread():
        return np.array([likeliest_fits(customers, [k], seed, starts)[k].likelihood for seed in range(10)])


@pytest.mark.parametrize("k", [2, 3, 4, 6, 8])
def test_one_way_down_and_up_is_likelier_than_three_starts_with_as_many_segments_as_asked_for(k):
    searched, begun = [], []
    for shop in range(3):
        customers = many_crowds(shop)
        searched.extend(likelihoods(customers, k))
        with one_thread():
            for seed in range(10):
                starts = [ward_labels, k_means_labels, ward_labels]
                seeds = seeds_of_starts(seed, 3)
                labels = [start(customers.vectors, k, own) for start, own in zip(starts, seeds, strict=True)]
                begun.append(max(settled(customers, own, k).likelihood for own in labels))
    assert np.mean(searched) > np.mean(begun)


def overlapping_crowds(seed: int) -> MixtureCustomers:
    """Nine crowds of very different size in twelve features, of each of which some customers are silent."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(9, 900, p=np.array([30, 20, 15, 10, 9, 7, 4, 3, 2]) / 100)
    vectors = rng.normal(size=(9, 12))[truth] + rng.normal(size=(900, 12)) * rng.uniform(0.5, 1.2, 12)
    vectors[rng.random(vectors.shape) < 0.1] = np.nan
    return MixtureCustomers.of(vectors, NO_NOISE)


def test_cuts_on_the_way_up_make_what_is_found_likelier(monkeypatch):
    shops = [overlapping_crowds(shop) for shop in range(3)]
    found = np.array([likelihoods(customers, k) for customers in shops for k in (4, 6)])
    monkeypatch.setattr(Division, "cut", lambda self: np.zeros_like(self.labels))
    less = np.array([likelihoods(customers, k) for customers in shops for k in (4, 6)])
    assert (found >= less - 1e-9).all()
    assert found.mean() > less.mean() + 1e-3


def test_what_is_found_for_a_number_does_not_depend_on_the_others_asked_for():
    customers = many_crowds(1)
    with one_thread():
        together = likeliest_fits(customers, range(2, 14), 1, 2)
        for k in (2, 5, 12, 13):
            alone = likeliest_fits(customers, [k], 1, 2)
            assert list(alone) == [k]
            assert np.array_equal(alone[k].labels, together[k].labels)


def test_of_more_starts_what_is_found_is_mostly_likelier():
    shops = [many_crowds(shop) for shop in range(3)]
    found = [np.mean([likelihoods(customers, 10, starts) for customers in shops]) for starts in (1, 4)]
    assert found[1] > found[0]


def test_the_two_ways_to_start_take_turns(monkeypatch):
    begun = []

    def spied(name: str, start):
        def told(vectors, k, seed):
            begun.append((name, k, seed))
            return start(vectors, k, seed)

        return told

    for start in (ward_labels, k_means_labels):
        monkeypatch.setattr(mixture_search, start.__name__, spied(start.__name__, start))
    with one_thread():
        likeliest_fits(many_crowds(0), [3, 12], 7, 5)
    names = ["ward_labels", "k_means_labels", "ward_labels", "k_means_labels", "ward_labels"]
    assert begun == list(zip(names, [16] * 5, seeds_of_starts(7, 5), strict=True))


@pytest.mark.parametrize(
    ("k", "customers", "most"), [(2, 940, 16), (12, 940, 16), (13, 940, 32), (5, 40, 10), (9, 30, 9)]
)
def test_ways_begin_with_more_segments_than_asked_for_where_there_are_customers_enough(monkeypatch, k, customers, most):
    begun = []
    start = mixture_search.ward_labels
    monkeypatch.setattr(mixture_search, "ward_labels", lambda *given: begun.append(given[1]) or start(*given))
    vectors = np.random.default_rng(0).normal(size=(customers, 3))
    with one_thread():
        assert set(likeliest_fits(MixtureCustomers.of(vectors, NO_NOISE), [k], 1, 1)) == {k}
    assert begun == [most]


def test_where_few_customers_differ_no_way_begins_with_more_segments_than_that(monkeypatch):
    begun = []
    start = mixture_search.ward_labels
    monkeypatch.setattr(mixture_search, "ward_labels", lambda *given: begun.append(given[1]) or start(*given))
    vectors = np.repeat(np.arange(5.0), 30)[:, None]
    with one_thread():
        found = likeliest_fits(MixtureCustomers.of(vectors, NO_NOISE), range(1, 6), 1, 1)
    assert begun == [5]
    assert [len(set(fit.labels)) for fit in found.values()] == [1, 2, 3, 4, 5]


def test_another_seed_has_other_starts():
    seeds = [start for seed in range(20) for start in seeds_of_starts(seed, 10)]
    assert len(set(seeds)) == len(seeds)
    assert seeds_of_starts(3, 10)[:4] == seeds_of_starts(3, 4)
