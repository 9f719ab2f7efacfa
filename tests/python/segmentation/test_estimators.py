import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from python_udfs.segmentation import estimators
from python_udfs.segmentation.clustering import NOISE, Clustering
from python_udfs.segmentation.estimators import ESTIMATORS, estimator_named
from python_udfs.segmentation.k_means import continue_k_means, fit_k_means

COUNTING = [name for name, estimator in ESTIMATORS.items() if estimator.counts]
BY_DENSITY = ["hdbscan", "dbscan"]


def all_settings(name: str, vectors: np.ndarray) -> list[Clustering]:
    estimator = estimator_named(name)
    return [estimator.fit(vectors, setting, 1, 5) for setting in estimator.settings(vectors, 6)]


def test_there_are_seven_estimators():
    assert sorted([*COUNTING, *BY_DENSITY]) == sorted(ESTIMATORS)
    assert len(ESTIMATORS) == 7


@pytest.mark.parametrize("name", ESTIMATORS)
def test_clusters_that_stand_apart_are_found(blobs, name):
    vectors, truth = blobs()
    found = [clustering.labels(vectors) for clustering in all_settings(name, vectors) if clustering.k == 4]
    assert max(adjusted_rand_score(truth, labels) for labels in found) > 0.98


@pytest.mark.parametrize("name", ESTIMATORS)
def test_the_largest_cluster_comes_first(blobs, name):
    vectors, _ = blobs()
    twice = np.vstack([vectors, vectors[:50]])
    for clustering in all_settings(name, twice):
        labels = clustering.labels(twice)
        sizes = np.bincount(labels[labels != NOISE], minlength=clustering.k)
        assert list(sizes) == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", COUNTING)
def test_an_estimator_that_is_told_a_number_finds_that_many_for_everybody(blobs, name):
    vectors, _ = blobs()
    found = all_settings(name, vectors)
    assert [clustering.k for clustering in found] == [2, 3, 4, 5, 6]
    far_out = np.vstack([vectors, np.full((1, 4), 1e6)])
    assert all(NOISE not in clustering.labels(far_out) for clustering in found)


@pytest.mark.parametrize("name", BY_DENSITY)
def test_far_outliers_are_noise_to_estimators_by_density(blobs, name):
    vectors, truth = blobs()
    outliers = np.array([[60.0, -60, 60, -60], [-90.0, 0, 0, 0], [0.0, 0, 200, 0]])
    customers = np.vstack([vectors, outliers])
    (best, *_) = sorted(
        (clustering for clustering in all_settings(name, customers) if clustering.k == 4),
        key=lambda clustering: -adjusted_rand_score(truth, clustering.labels(vectors)),
    )
    assert adjusted_rand_score(truth, best.labels(vectors)) > 0.95
    assert best.labels(outliers).tolist() == [NOISE] * 3


def test_where_nothing_is_dense_enough_nothing_is_found():
    vectors = np.random.default_rng(0).uniform(size=(60, 8)) * 100
    assert ESTIMATORS["dbscan"].fit(vectors, 0.001, 1, 1).k == 0
    assert ESTIMATORS["hdbscan"].fit(vectors, 0.4, 1, 1).k == 0


@pytest.mark.parametrize("customers", [2, 5, 12])
def test_density_of_a_handful_of_customers_is_no_error(customers):
    vectors = np.random.default_rng(0).normal(size=(customers, 2))
    assert all_settings("hdbscan", vectors)
    assert bool(all_settings("dbscan", vectors)) == (customers > 10)


@pytest.mark.parametrize("name", ESTIMATORS)
def test_the_number_of_threads_changes_no_digit(name):
    vectors = np.random.default_rng(5).normal(size=(1500, 6))
    setting = estimator_named(name).settings(vectors, 5)[-1]
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(estimator_named(name).fit(vectors, setting, 1, 2))
    assert np.array_equal(found[0].centroids, found[1].centroids)
    assert np.array_equal(found[0].labels(vectors), found[1].labels(vectors))


@pytest.mark.parametrize("seed", range(5))
def test_the_clusters_of_a_mixture_are_those_that_scikit_learn_predicts(blobs, seed):
    # They overlap, and differ in size and spread, so that weights and covariances decide.
    vectors = np.vstack([blobs(spread=2.5, seed=seed)[0], blobs(k=1, customers=900, spread=0.8, seed=seed)[0]])
    theirs = GaussianMixture(4, covariance_type="diag", n_init=3, random_state=seed, reg_covar=1e-3).fit(vectors)
    ours = ESTIMATORS["gaussian_mixture"].fit(vectors, 4, seed, 5)
    component = [int(np.flatnonzero((theirs.means_ == centroid).all(axis=1))[0]) for centroid in ours.centroids]
    others = np.random.default_rng(seed).normal(size=(500, 4)) * 20
    for customers in (vectors, others):
        assert np.array_equal(np.array(component)[ours.labels(customers)], theirs.predict(customers))
    assert ours.offsets.min() == 0


def test_k_means_is_that_of_scikit_learn(blobs):
    vectors, _ = blobs(spread=3.0)
    theirs = KMeans(4, n_init=5, random_state=1, tol=1e-8, max_iter=500).fit(vectors)
    ours = fit_k_means(vectors, 4, seed=1, starts=5)
    assert ours.inertia(vectors) == pytest.approx(theirs.inertia_)
    assert adjusted_rand_score(theirs.labels_, ours.labels(vectors)) == 1


def test_more_starts_find_no_worse_clusters():
    vectors = np.random.default_rng(0).normal(size=(400, 6))
    assert fit_k_means(vectors, 8, 1, starts=20).inertia(vectors) <= fit_k_means(vectors, 8, 1, 1).inertia(vectors)


def test_continued_k_means_keeps_the_order_of_its_start(blobs):
    vectors, _ = blobs()
    backwards = fit_k_means(vectors, 4, 1, 5).centroids[::-1]
    assert np.array_equal(continue_k_means(vectors, backwards + 0.01).centroids, backwards)


@pytest.mark.parametrize("name", ["ward", "hdbscan", "dbscan"])
def test_estimators_that_compare_all_pairs_see_a_sample_and_assign_everybody(blobs, monkeypatch, name):
    monkeypatch.setattr(estimators, "PAIRWISE_LIMIT", 150)
    vectors, truth = blobs(spread=0.3)
    seen = []
    monkeypatch.setattr(
        estimators, "_centroids", lambda *sample, own=estimators._centroids: seen.append(len(sample[0])) or own(*sample)
    )
    found = [clustering.labels(vectors) for clustering in all_settings(name, vectors) if clustering.k == 4]
    assert max(adjusted_rand_score(truth, labels) for labels in found) > 0.95
    assert max(seen) <= 150


def test_dbscan_tries_the_distances_at_which_customers_have_ten_neighbours(blobs):
    vectors, _ = blobs()
    tried = ESTIMATORS["dbscan"].settings(vectors, 6)
    tenth = np.sort(np.linalg.norm(vectors[:, None] - vectors[None], axis=2), axis=1)[:, 9]
    assert all(np.isclose(tenth, distance).any() for distance in tried)
    assert list(tried) == sorted(tried)


@pytest.mark.parametrize("name", ESTIMATORS)
def test_several_settings_at_once_find_what_each_finds_alone(blobs, name):
    vectors, _ = blobs(spread=3.0)
    vectors[::5, 1] = np.nan
    estimator = estimator_named(name).knowing(np.array([0.5, 0.0, 0.0, 0.0]))
    settings = estimator.settings(vectors, 6)[::-2]
    for setting, found in zip(settings, estimator.fit_each(vectors, settings, 1, 3), strict=True):
        alone = estimator.fit(vectors, setting, 1, 3)
        assert np.array_equal(found.centroids, alone.centroids)
        assert np.array_equal(found.scales, alone.scales)
        assert np.array_equal(found.offsets, alone.offsets)


def test_an_unknown_estimator_is_refused_with_the_names_there_are():
    with pytest.raises(
        ValueError, match="'k_medoids'; use one of shared_mixture, k_means, mini_batch_k_means, gaussian_mixture"
    ):
        estimator_named("k_medoids")


@pytest.mark.parametrize("name", ESTIMATORS)
def test_customers_of_whom_something_is_unknown_are_no_error(blobs, name):
    vectors, truth = blobs()
    holed = np.where(np.random.default_rng(0).random(vectors.shape) < 0.05, np.nan, vectors)
    for clustering in all_settings(name, holed):
        assert np.isfinite(clustering.centroids).all()
        assert clustering.labels(holed).shape == truth.shape


def test_only_the_mixture_asks_what_is_chance(blobs):
    vectors, _ = blobs()
    chance = np.array([1.0, 0.0, 0.0, 0.0])
    scales = {}
    for name, estimator in ESTIMATORS.items():
        knowing = estimator.knowing(chance)
        assert (knowing is not estimator) == (name == "shared_mixture")
        if estimator.continued and knowing.continued:
            start = estimator.fit(vectors, 4, 1, 5).centroids
            scales[name] = knowing.continued(vectors, start).scales[0]
            assert np.array_equal(scales[name], knowing.fit(vectors, 4, 1, 5).scales[0])
    assert scales["shared_mixture"][0] == pytest.approx(vectors[:, 0].std())
    assert scales["shared_mixture"][1] < 0.8
    assert scales["k_means"].tolist() == [1.0] * 4
