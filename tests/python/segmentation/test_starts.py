import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation.starts import WARD_SAMPLE, k_means_labels, ward_labels

STARTS = [ward_labels, k_means_labels]


def with_a_few_apart(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three large crowds side by side, and three small ones not far from each other."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(range(6), [600, 600, 600, 60, 60, 60])
    places = np.array([[0.0, 0.0], [5.0, 0.0], [10.0, 0.0], [4.0, 7.0], [7.0, 7.0], [5.5, 10.0]])
    return places[truth] + rng.normal(size=(len(truth), 2)) * 0.8, truth


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("k", [1, 2, 5])
def test_there_are_k_clusters_and_another_seed_has_others(blobs, start, k):
    vectors, _ = blobs(spread=2.0)
    begun = [start(vectors, k, seed) for seed in range(4)]
    assert [sorted(set(labels.tolist())) for labels in begun] == [list(range(k))] * 4
    assert np.array_equal(start(vectors, k, 3), begun[3])
    assert k < 5 or max(adjusted_rand_score(begun[3], labels) for labels in begun[:3]) < 1


def test_clusters_of_a_sample_find_the_small_ones_more_often_than_k_means():
    found = {}
    for start in STARTS:
        agreements = []
        for seed in range(20):
            vectors, truth = with_a_few_apart(seed)
            agreements.append(adjusted_rand_score(truth[1800:], start(vectors, 6, seed)[1800:]))
        found[start] = np.mean(agreements)
    assert found[ward_labels] > found[k_means_labels] + 0.2


@pytest.mark.parametrize("customers", [5, 12, WARD_SAMPLE, 3 * WARD_SAMPLE])
def test_a_cluster_that_no_sample_has_is_found_all_the_same(customers):
    vectors = np.zeros((customers, 2))
    vectors[-1], vectors[-2] = 9.0, -9.0
    assert sorted(np.bincount(ward_labels(vectors, 3, 1)).tolist()) == [1, 1, customers - 2]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("customers", "k"), [(1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (5, 3)])
def test_a_handful_of_customers_is_enough(start, customers, k):
    vectors = np.arange(2.0 * customers).reshape(customers, 2)
    assert len(set(start(vectors, k, 1).tolist())) == k


def test_a_tree_that_cannot_be_cut_into_so_many_is_left_to_k_means():
    # Of four that are all equally far apart, two pairs are merged at the same height.
    vectors = np.eye(8)
    assert np.array_equal(ward_labels(vectors, 3, 1), k_means_labels(vectors, 3, 1))
    assert not np.array_equal(ward_labels(vectors, 4, 1), k_means_labels(vectors, 4, 1))
