import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_iris

from python_udfs.segmentation.clustering import NOISE, Clustering
from python_udfs.segmentation.estimators import ESTIMATORS
from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.stability import Resampling, best_jaccard, bootstrap_jaccard, bootstrap_jaccards

TEN = Resampling(resamples=10, limit=5000, seed=1)


def k_means_stability(vectors: np.ndarray, k: int, resampling: Resampling = TEN) -> np.ndarray:
    return bootstrap_jaccard(
        vectors, fit_k_means(vectors, k, 1, 5), lambda drawn, seed: fit_k_means(drawn, k, seed, 2), resampling
    )


def test_real_clusters_are_stable_and_arbitrary_cuts_are_not(blobs):
    cloud = np.random.default_rng(0).normal(size=(400, 4))
    assert k_means_stability(blobs()[0], 4).min() > 0.95
    assert k_means_stability(cloud, 4).min() < 0.75


def test_a_cluster_cut_in_two_is_less_stable_than_those_that_are_left_whole(blobs):
    vectors, truth = blobs(k=3)
    clustering = fit_k_means(vectors, 4, 1, 5)
    parts = [len(np.unique(clustering.labels(vectors)[truth == cloud])) for cloud in range(3)]
    assert sorted(parts) == [1, 1, 2]
    found = np.sort(k_means_stability(vectors, 4))
    assert found[0] < 0.75


def test_of_the_irises_setosa_is_found_again_always_and_the_other_two_less_often():
    # As in the literature on Fisher's data: setosa stands apart, the other two overlap.
    vectors, species = load_iris(return_X_y=True)
    clustering = fit_k_means(vectors, 3, 1, 10)
    setosa = np.unique(clustering.labels(vectors)[species == 0])
    found = k_means_stability(vectors, 3, Resampling(30, 5000, 1))
    assert len(setosa) == 1
    assert found[setosa[0]] == pytest.approx(1.0, abs=0.01)
    assert np.all(np.delete(found, setosa) < 0.95)


def test_the_number_of_cores_changes_no_digit(monkeypatch):
    cloud = np.random.default_rng(0).normal(size=(300, 4))
    found = []
    for cores in (1, 3):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        found.append(k_means_stability(cloud, 5))
    assert np.array_equal(*found)


def test_another_seed_draws_others():
    cloud = np.random.default_rng(0).normal(size=(300, 4))
    assert not np.array_equal(k_means_stability(cloud, 5), k_means_stability(cloud, 5, Resampling(10, 5000, 2)))


def sizes_drawn(customers: int, resampling: Resampling) -> list[tuple[int, int]]:
    """How many customers each resample has, and how many different ones."""
    vectors = np.arange(float(customers))[:, None]
    seen = []

    def refit(drawn: np.ndarray, seed: int) -> Clustering:
        seen.append((len(drawn), len(np.unique(drawn))))
        return Clustering.around(np.array([[0.0], [float(customers)]]))

    bootstrap_jaccard(vectors, Clustering.around(np.array([[0.0], [float(customers)]])), refit, resampling)
    return seen


def test_as_many_customers_are_drawn_as_there_are_some_of_them_twice():
    for drawn, different in sizes_drawn(200, Resampling(5, 5000, 1)):
        assert drawn == 200
        # With replacement 1 - 1/e of them are drawn.
        assert different == pytest.approx(126, abs=20)


def test_where_that_would_make_places_dense_nobody_counts_twice():
    assert all(drawn == different < 160 for drawn, different in sizes_drawn(200, Resampling(5, 5000, 1, distinct=True)))


def test_a_resample_has_no_more_customers_than_its_limit():
    assert [drawn for drawn, _ in sizes_drawn(1001, Resampling(3, 500, 1))] == [500] * 3


def test_clusters_that_a_resample_never_finds_are_not_stable(blobs):
    vectors, _ = blobs()
    nothing = Clustering.around(np.zeros((0, 4)))
    assert (
        bootstrap_jaccard(vectors, fit_k_means(vectors, 4, 1, 5), lambda drawn, seed: nothing, TEN).tolist() == [0] * 4
    )


def test_dense_clusters_among_noise_are_stable(blobs):
    vectors = np.vstack([blobs()[0], np.random.default_rng(0).uniform(-30, 30, (40, 4))])
    hdbscan = ESTIMATORS["hdbscan"]
    clustering = hdbscan.fit(vectors, 0.08, 1, 1)
    found = bootstrap_jaccard(
        vectors,
        clustering,
        lambda drawn, seed: hdbscan.fit(drawn, 0.08, seed, 1),
        Resampling(10, 5000, 1, distinct=True),
    )
    assert clustering.k == 4
    assert found.min() > 0.9


def test_several_clusterings_are_compared_on_the_same_draws_each_as_if_alone(blobs):
    vectors, _ = blobs(spread=2.0)
    ks = (3, 5)
    drawn_customers = []

    def refit_each(drawn: np.ndarray, seed: int) -> list[Clustering]:
        drawn_customers.append(drawn)
        return [fit_k_means(drawn, k, seed, 2) for k in ks]

    together = bootstrap_jaccards(vectors, [fit_k_means(vectors, k, 1, 5) for k in ks], refit_each, TEN)
    assert len(drawn_customers) == 10
    for k, jaccards in zip(ks, together, strict=True):
        assert np.array_equal(jaccards, k_means_stability(vectors, k))
    assert bootstrap_jaccards(vectors, [], lambda drawn, seed: [], TEN) == []


def test_jaccard_of_a_partition_with_itself_is_one_and_an_empty_cluster_has_none():
    assert best_jaccard(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]), 3).tolist() == [1.0, 1.0, 0.0]


def test_jaccard_is_intersection_over_union():
    assert best_jaccard(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), 2).tolist() == pytest.approx([2 / 3, 0.5])


def test_noise_is_no_cluster_and_nothing_is_similar_to_it():
    labels, others = np.array([0, 0, NOISE, 1, NOISE]), np.array([0, NOISE, NOISE, 1, 1])
    assert best_jaccard(labels, others, 2).tolist() == pytest.approx([1 / 2, 1 / 2])
    assert best_jaccard(labels, np.full(5, NOISE), 2).tolist() == [0, 0]
    assert best_jaccard(np.full(5, NOISE), others, 2).tolist() == [0, 0]


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 5)), min_size=1, max_size=30))
def test_the_best_jaccard_is_that_of_sets(pairs):
    labels, others = np.array(pairs).T

    def members(of: np.ndarray, cluster: int) -> set[int]:
        return set(np.flatnonzero(of == cluster).tolist())

    def jaccard(one: set[int], other: set[int]) -> float:
        return len(one & other) / len(one | other) if one | other else 0.0

    expected = [max(jaccard(members(labels, c), members(others, o)) for o in range(6)) for c in range(4)]
    assert best_jaccard(labels, others, 4).tolist() == pytest.approx(expected)
