import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture

from python_udfs.segmentation.clustering import NOISE, Clustering
from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.mixture import NO_NOISE, ROUNDNESS
from python_udfs.segmentation.shared_mixture import (
    continue_shared_mixture,
    fit_shared_mixtures,
    likelihood_gain,
    spread,
)


def fit_shared_mixture(
    vectors: np.ndarray, k: int, seed: int, starts: int, noise_shares: np.ndarray = NO_NOISE
) -> Clustering:
    return fit_shared_mixtures(vectors, [k], seed, starts, noise_shares)[0]


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


def test_what_is_continued_without_a_move_has_the_same_scales_and_sizes_to_the_last_digit():
    rng = np.random.default_rng(0)
    sizes = (20, 30, 40, 60, 90, 130, 200)
    vectors = np.vstack([rng.normal(size=(size, 6)) + 6 * rng.normal(size=6) for size in sizes])
    for found in fit_shared_mixtures(vectors, range(2, 8), 1, 3):
        continued = continue_shared_mixture(vectors, found.centroids)
        assert np.array_equal(continued.centroids, found.centroids)
        assert np.array_equal(continued.scales, found.scales)
        assert np.array_equal(continued.offsets, found.offsets)


def test_segments_are_means_of_their_customers_and_of_one_shape(blobs):
    vectors, _ = blobs()
    found = fit_shared_mixture(vectors, 4, 1, 5)
    labels = found.labels(vectors)
    assert (found.scales == found.scales[0]).all()
    assert found.leaves_out_unknown
    assert found.centroids == pytest.approx(np.array([vectors[labels == place].mean(axis=0) for place in range(4)]))


@pytest.mark.parametrize("seed", range(5))
def test_everybody_belongs_where_scikit_learn_says_they_most_probably_do(seed):
    vectors, _ = unlike_in_size(seed)
    found = fit_shared_mixture(vectors, 3, seed, 3)
    sizes = np.bincount(found.labels(vectors), minlength=3)
    theirs = GaussianMixture(3, covariance_type="diag")
    theirs.means_, theirs.weights_ = found.centroids, sizes / sizes.sum()
    theirs.covariances_, theirs.precisions_cholesky_ = found.scales**2, 1 / found.scales
    others = np.random.default_rng(seed).normal(size=(500, 4)) * 3
    for customers in (vectors, others):
        assert np.array_equal(found.labels(customers), theirs.predict(customers))


def test_what_is_unknown_of_a_customer_pulls_nowhere():
    rng = np.random.default_rng(3)
    truth = np.repeat([0, 1, 2], 150)
    # The second feature is a voice: happy, neither nor, angry.
    vectors = np.array([[0.0, 4.0], [3.0, 0.0], [6.0, -4.0]])[truth] + rng.normal(size=(450, 2)) * 0.7
    silent = rng.random(450) < 0.4
    vectors[silent, 1] = np.nan
    found = fit_shared_mixture(vectors, 3, 1, 5)
    assert adjusted_rand_score(truth[silent], found.labels(vectors[silent])) > 0.9
    own = found.labels(vectors)
    means = [np.nanmean(vectors[own == place], axis=0) for place in range(3)]
    assert found.centroids == pytest.approx(np.array(means))
    # Taken for neither nor, they are drawn to the middle.
    placed = np.nan_to_num(vectors)
    assert adjusted_rand_score(truth[silent], fit_k_means(placed, 3, 1, 5).labels(placed)[silent]) < 0.7


def test_a_segment_of_which_a_feature_is_never_known_is_at_its_centre():
    vectors = np.array([[0.0, 1.0], [9.0, np.nan]]).repeat(30, axis=0) + np.linspace(-0.1, 0.1, 60)[:, None] ** 2
    found = fit_shared_mixture(vectors, 2, 1, 2)
    assert sorted(found.centroids[:, 1].round(2)) == [0.0, 1.0]
    assert found.peopled(vectors)


@pytest.mark.parametrize("seed", range(5))
def test_chance_makes_no_segment_where_it_is_known_to_be_chance(seed):
    rng = np.random.default_rng(seed)
    truth = np.repeat([0, 1], 300)
    # One customer in six cancelled one of few orders.
    cancelled = np.where(rng.random(600) < 1 / 6, 2.24, -0.45)
    habits = np.array([-0.75, 0.75])[truth][:, None] + rng.normal(size=(600, 2)) * 0.6
    vectors = np.column_stack([habits, cancelled])
    taken_in = fit_shared_mixture(vectors, 2, 1, 30).labels(vectors)
    knowing = fit_shared_mixture(vectors, 2, 1, 30, np.array([0.0, 0.0, 1.0])).labels(vectors)
    assert adjusted_rand_score(cancelled > 0, taken_in) > 0.9
    assert adjusted_rand_score(truth, knowing) > 0.75


def test_the_spread_of_round_clouds_is_their_inertia_but_for_a_factor(blobs):
    found = {}
    for width in (0.3, 0.6):
        vectors, _ = blobs(spread=width)
        clusters = fit_shared_mixture(vectors, 4, 1, 5)
        found[width] = spread(vectors, clusters) / clusters.inertia(vectors)
    assert found[0.3] == pytest.approx(found[0.6], rel=1e-2)


def test_the_spread_is_that_of_scikit_learns_likelihood():
    vectors, _ = unlike_in_size()
    found = fit_shared_mixture(vectors, 1, 1, 1)
    theirs = multivariate_normal(found.centroids[0], np.diag(found.scales[0] ** 2)).logpdf(vectors).sum()
    assert spread(vectors, found) == pytest.approx(np.exp(-2 * theirs / vectors.size) / (2 * np.pi))


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


def test_what_a_division_gains_is_the_likelihood_of_features_and_segments_beside_that_of_one_segment_for_all():
    vectors, _ = unlike_in_size()
    vectors[::3, 2] = np.nan
    labels = np.where(vectors[:, 0] > 2, 7, NOISE)
    known = ~np.isnan(vectors)

    def likelihood(sides: np.ndarray) -> float:
        means = np.array([np.nanmean(vectors[sides == side], axis=0) for side in sides])
        scatter = np.nanmean((vectors - means) ** 2, axis=0)
        sphere = (scatter * known.sum(axis=0)).sum() / known.sum()
        shape = (1 - ROUNDNESS) * scatter + ROUNDNESS * sphere
        features = [
            multivariate_normal(mean[seen], np.diag(shape[seen])).logpdf(customer[seen])
            for customer, seen, mean in zip(vectors, known, means, strict=True)
        ]
        return float(np.mean(features) + np.mean([np.log((sides == side).mean()) for side in sides]))

    gain = (likelihood(labels) - likelihood(np.zeros(len(labels)))) / np.sqrt(known.sum() / len(vectors) / 2)
    assert likelihood_gain(vectors, labels) == pytest.approx(gain)
    # Neither how many customers there are nor what segments are called is part of it.
    assert likelihood_gain(np.vstack([vectors] * 3), np.tile(labels * 5, 3)) == pytest.approx(gain)
    # Chance is scatter that no division takes away.
    assert likelihood_gain(vectors, labels, np.array([0.9, 0.0, 0.0, 0.0])) < gain


def test_a_cut_through_a_crowd_gains_less_than_one_between_crowds():
    vectors, truth = unlike_in_size()
    two, cut = likelihood_gain(vectors, truth), likelihood_gain(vectors, truth * (1 + (vectors[:, 3] > 0)))
    assert two > 0.15 > 0.05 > cut - two
    assert likelihood_gain(vectors, np.full(len(truth), 3)) == 0


def test_where_customers_of_a_segment_are_all_alike_the_gain_is_a_number():
    alike = np.repeat([[0.0], [1.0]], 50, axis=0)
    assert np.isfinite(likelihood_gain(alike, np.repeat([0, 1], 50)))
    assert likelihood_gain(np.full((9, 2), np.nan), np.zeros(9, dtype=int)) == 0
