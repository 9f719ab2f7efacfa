import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.shared_mixture import continue_shared_mixture, fit_shared_mixture


def unlike_in_size(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """900 customers and 150 who differ from them in one feature; another feature is noisier than all."""
    rng = np.random.default_rng(seed)
    truth = np.repeat([0, 1], [900, 150])
    places = np.array([[0.0, 0, 0, 0], [3.5, 0, 0, 0]])
    return places[truth] + rng.normal(size=(len(truth), 4)) * [0.9, 0.5, 0.5, 1.5], truth


@pytest.mark.parametrize("seed", range(5))
def test_segments_that_differ_in_size_are_told_better_than_by_k_means(seed):
    vectors, truth = unlike_in_size(seed)
    plain = adjusted_rand_score(truth, fit_k_means(vectors, 2, 1, 10).labels(vectors))
    ours = adjusted_rand_score(truth, fit_shared_mixture(vectors, 2, 1, 10).labels(vectors))
    assert ours > plain + 0.02


@pytest.mark.parametrize("seed", range(5))
def test_continued_from_where_it_ended_it_ends_there_to_the_last_digit(seed):
    vectors, _ = unlike_in_size(seed)
    settled = continue_shared_mixture(vectors, fit_shared_mixture(vectors, 4, 1, 2).centroids).centroids
    # What was published went through units and back.
    assert np.array_equal(continue_shared_mixture(vectors, settled * (1 + 1e-15)).centroids, settled)


def test_segments_are_means_of_customers_and_everybody_belongs_to_the_nearest(blobs):
    vectors, _ = blobs()
    found = fit_shared_mixture(vectors, 4, 1, 5)
    labels = found.labels(vectors)
    assert (found.scales == 1).all()
    assert (found.offsets == 0).all()
    assert found.centroids == pytest.approx(np.array([vectors[labels == place].mean(axis=0) for place in range(4)]))


def test_the_order_of_the_start_is_kept(blobs):
    vectors, _ = blobs()
    backwards = fit_k_means(vectors, 4, 1, 5).centroids[::-1]
    assert continue_shared_mixture(vectors, backwards + 0.01).centroids == pytest.approx(backwards)


def test_members_that_are_all_alike_and_features_that_are_the_same_for_all_are_no_error():
    vectors = np.repeat([[0.0, 0, 5], [1.0, 0, 5], [0.0, 3, 5]], 20, axis=0)
    found = fit_shared_mixture(vectors, 3, 1, 2)
    assert sorted(map(tuple, found.centroids.round(9))) == [(0, 0, 5), (0, 3, 5), (1, 0, 5)]
    assert np.isfinite(fit_shared_mixture(np.zeros((30, 2)) + np.arange(30)[:, None] // 15, 2, 1, 1).centroids).all()


def test_a_start_far_from_everybody_is_no_error(blobs):
    vectors, _ = blobs(k=2)
    found = continue_shared_mixture(vectors, np.array([vectors[0], vectors[-1], np.full(4, 1e4)]))
    assert found.k == 3
    assert np.isfinite(found.centroids).all()
