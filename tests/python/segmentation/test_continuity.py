from dataclasses import replace

import numpy as np
import pytest

from python_udfs.segmentation.clustering import Clustering
from python_udfs.segmentation.continuity import continued_or_fresh
from python_udfs.segmentation.estimators import ESTIMATORS
from python_udfs.segmentation.k_means import fit_k_means

K_MEANS = ESTIMATORS["k_means"]


def cloud(seed: int = 0, customers: int = 600) -> np.ndarray:
    """One round cloud: any cut through it is an optimum nearly as good as others."""
    return np.random.default_rng(seed).normal(size=(customers, 4))


def continued(vectors, fresh, published, tolerance=0.02, estimator=K_MEANS) -> Clustering:
    return continued_or_fresh(vectors, fresh, list(published), estimator, tolerance)


def test_what_is_published_is_continued_where_it_is_nearly_as_good():
    vectors = cloud()
    best = fit_k_means(vectors, 5, 1, 50)
    others = [fit_k_means(vectors, 5, seed, 1) for seed in range(20)]
    other = max(
        (o for o in others if o.inertia(vectors) < 1.02 * best.inertia(vectors)), key=lambda o: o.inertia(vectors)
    )
    assert other.inertia(vectors) > 1.001 * best.inertia(vectors)
    assert np.array_equal(continued(vectors, best, other.centroids).centroids, other.centroids)
    assert continued(vectors, best, other.centroids, tolerance=0.0) is best


def test_what_is_published_is_given_up_where_it_is_clearly_worse(blobs):
    vectors, truth = blobs(k=3)
    fresh = fit_k_means(vectors, 3, 1, 10)
    # Two segments share one cloud, the third lies between the other two: K-Means never leaves that.
    clouds = [vectors[truth == label] for label in range(3)]
    middle = (clouds[1].mean(axis=0) + clouds[2].mean(axis=0)) / 2
    stuck = np.array([clouds[0][0], clouds[0][1], middle])
    assert continued(vectors, fresh, stuck) is fresh
    assert continued(vectors, fresh, stuck, tolerance=1e6) is not fresh


def test_segments_follow_their_customers(blobs):
    vectors, _ = blobs()
    published = fit_k_means(vectors, 4, 1, 5).centroids
    moved = continued(vectors + 0.3, fit_k_means(vectors + 0.3, 4, 1, 5), published)
    assert moved.centroids == pytest.approx(published + 0.3)


@pytest.mark.parametrize("seed", range(8))
def test_unchanged_customers_give_the_same_centroids_to_the_last_digit(seed):
    vectors = cloud(seed, customers=1500)
    fresh = fit_k_means(vectors, 6, seed, 3)
    # What was published went through units and back.
    published = [centroid * (1 + 1e-15) for centroid in fresh.centroids[::-1]]
    again = continued(vectors, fresh, published)
    assert again is not fresh
    assert np.array_equal(again.centroids, fresh.centroids)


@pytest.mark.parametrize("name", ["k_means", "shared_mixture"])
def test_segments_settle_where_a_next_build_finds_them_though_it_does_not_know_all_coordinates(name):
    estimator, lasting, already = ESTIMATORS[name], np.array([True, True, True, False]), []
    for seed in range(8):
        generator = np.random.default_rng(seed)
        kinds = 2 * generator.normal(size=(5, 4))
        vectors = kinds[generator.integers(0, 5, 1500)] + generator.normal(size=(1500, 4))
        fresh = estimator.settled(vectors, estimator.fit(vectors, 5, seed, 3))
        settled = estimator.settled(vectors, fresh, lasting)
        already.append(np.array_equal(settled.centroids, fresh.centroids))
        found_again = estimator.continued(vectors, np.where(lasting, settled.centroids, 0.0))
        # Where too much is lost for a segment to keep anybody, a build isn't continued.
        assert np.array_equal(found_again.centroids, settled.centroids) or not found_again.peopled(vectors)
    assert not all(already)


def test_of_divisions_that_lead_to_each_other_every_build_has_the_same(blobs):
    vectors, _ = blobs(k=2)
    one = fit_k_means(vectors, 2, 1, 5)
    another = Clustering.around(one.centroids + 0.01)
    turning = replace(
        K_MEANS, continued=lambda customers, centroids: another if np.array_equal(centroids, one.centroids) else one
    )
    for begun in (one, another):
        assert np.array_equal(turning.settled(vectors, begun).centroids, one.centroids)


def test_the_largest_segment_comes_first_also_when_continued(blobs):
    vectors, truth = blobs()
    shrunk = np.vstack([vectors[truth != 0], vectors[truth == 0][:20]])
    published = [vectors[truth == label].mean(axis=0) for label in range(4)]
    found = continued(shrunk, fit_k_means(shrunk, 4, 1, 5), published)
    assert np.bincount(found.labels(shrunk)).tolist() == [100, 100, 100, 20]


def test_with_another_number_of_segments_the_fresh_ones_stay(blobs):
    vectors, _ = blobs()
    fresh = fit_k_means(vectors, 4, 1, 5)
    assert continued(vectors, fresh, fresh.centroids[:3], tolerance=1e6) is fresh
    assert continued(vectors, fresh, []) is fresh


@pytest.mark.parametrize("name", ["gaussian_mixture", "ward", "hdbscan", "dbscan"])
def test_estimators_without_centroids_to_start_from_are_fitted_afresh(blobs, name):
    vectors, _ = blobs()
    fresh = fit_k_means(vectors, 4, 1, 5)
    assert continued(vectors, fresh, fresh.centroids, 1e6, ESTIMATORS[name]) is fresh


def test_a_segment_that_nobody_is_left_of_finds_others():
    vectors = np.vstack([cloud() - 9, cloud() + 9])
    fresh = fit_k_means(vectors, 3, 1, 5)
    found = continued(vectors, fresh, [np.full(4, -9.0), np.full(4, 9.0), np.full(4, 1e4)], tolerance=1e6)
    assert found.peopled(vectors)


def test_a_continuation_that_leaves_a_segment_without_people_is_none(blobs):
    vectors, _ = blobs(k=2)
    fresh = fit_k_means(vectors, 2, 1, 5)
    empty = Clustering.around(np.array([vectors.mean(axis=0), np.full(4, 1e4)]))
    emptying = replace(K_MEANS, continued=lambda customers, centroids: empty)
    assert continued(vectors, fresh, fresh.centroids, 1e6, emptying) is fresh
    assert emptying.settled(vectors, fresh) is fresh
