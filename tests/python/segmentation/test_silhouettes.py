import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.metrics import silhouette_samples, silhouette_score

from python_udfs.segmentation import silhouettes as module
from python_udfs.segmentation.clustering import NOISE
from python_udfs.segmentation.silhouettes import cluster_silhouettes, silhouettes_against, stratified_sample


def against_everybody(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return silhouettes_against(vectors, labels, vectors, labels, np.ones(len(vectors), dtype=bool))


def test_silhouettes_of_clusters_are_those_of_scikit_learn_when_everybody_is_measured(blobs):
    vectors, labels = blobs(customers=200)
    sizes = np.bincount(labels)
    of_clusters = cluster_silhouettes(vectors, labels, limit=10_000)
    assert float(of_clusters @ sizes / sizes.sum()) == pytest.approx(silhouette_score(vectors, labels))


def test_noise_is_left_out_of_the_silhouettes_of_clusters(blobs):
    vectors, labels = blobs(customers=200)
    far = np.full((5, 4), 900.0)
    assert np.array_equal(
        cluster_silhouettes(np.vstack([vectors, far]), np.append(labels, [NOISE] * 5), 10_000),
        cluster_silhouettes(vectors, labels, 10_000),
    )


@pytest.mark.parametrize("labels", [[0] * 9, [NOISE] * 9, [0] * 8 + [NOISE]])
def test_fewer_than_two_clusters_have_no_silhouette(labels):
    vectors = np.arange(9.0)[:, None]
    assert np.all(cluster_silhouettes(vectors, np.array(labels), 100) == 0)
    assert np.isnan(against_everybody(vectors, np.array(labels))).all()


def test_a_small_cluster_is_measured_in_a_sample(blobs):
    vectors, _ = blobs(k=2, customers=2000)
    odd = np.full((3, 4), 80.0) + np.arange(3)[:, None]
    labels = np.array([0] * 2000 + [1] * 3)
    assert len(cluster_silhouettes(np.vstack([vectors, odd]), labels, limit=20)) == 2


def test_a_sample_has_of_each_cluster_its_share_and_at_least_two_and_nothing_of_the_noise():
    labels = np.array([0] * 1000 + [1] * 500 + [2] * 3 + [NOISE] * 97)
    chosen = stratified_sample(labels, limit=160)
    assert np.bincount(labels[chosen]).tolist() == [100, 50, 2]
    assert np.array_equal(chosen, np.unique(chosen))


def test_silhouettes_of_customers_are_those_of_scikit_learn_when_the_sample_is_everybody(blobs, monkeypatch):
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 64)
    vectors, _ = blobs(spread=3.0)
    labels = np.random.default_rng(0).integers(0, 5, 400)
    labels[vectors[:, 0] > 3] = 4
    assert against_everybody(vectors, labels) == pytest.approx(silhouette_samples(vectors, labels), abs=1e-9)


def test_a_cluster_of_one_has_a_silhouette_of_nought(blobs):
    vectors, labels = blobs(customers=50)
    labels[7] = 4
    found = against_everybody(vectors, labels)
    assert found[7] == 0
    assert found == pytest.approx(silhouette_samples(vectors, labels), abs=1e-9)


def test_customers_all_at_one_point_have_a_silhouette_of_nought():
    assert against_everybody(np.ones((6, 2)), np.array([0, 0, 0, 1, 1, 1])).tolist() == [0] * 6


def test_noise_has_no_silhouette_and_changes_nobody_elses(blobs):
    vectors, labels = blobs(customers=60)
    with_noise = against_everybody(np.vstack([vectors, vectors[:9] + 50]), np.append(labels, [NOISE] * 9))
    assert np.isnan(with_noise[60:]).all()
    assert with_noise[:60] == pytest.approx(silhouette_samples(vectors, labels), abs=1e-9)


def test_a_customer_outside_the_sample_is_compared_with_all_of_it(blobs):
    vectors, labels = blobs(spread=3.0, customers=300)
    sample = slice(0, 200)
    in_sample = np.arange(300) < 200
    found = silhouettes_against(vectors, labels, vectors[sample], labels[sample], in_sample)
    for customer in (200, 250, 299):
        distances = cdist(vectors[[customer]], vectors[sample])[0]
        means = [distances[labels[sample] == cluster].mean() for cluster in range(4)]
        within = means.pop(labels[customer])
        assert found[customer] == pytest.approx((min(means) - within) / max(within, min(means)))
    assert found[sample] == pytest.approx(silhouette_samples(vectors[sample], labels[sample]), abs=1e-9)


def test_a_customer_of_whose_cluster_nobody_is_in_the_sample_has_no_silhouette(blobs):
    vectors, labels = blobs(customers=100)
    for missing in (0, 2, 3):
        sample = labels != missing
        found = silhouettes_against(vectors, labels, vectors[sample], labels[sample], sample)
        assert np.array_equal(np.isnan(found), labels == missing)


def test_no_customers_have_no_silhouettes(blobs):
    vectors, labels = blobs(customers=20)
    nobody = silhouettes_against(np.zeros((0, 4)), np.zeros(0, int), vectors, labels, np.zeros(0, bool))
    assert nobody.tolist() == []
