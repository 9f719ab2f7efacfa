import numpy as np
import pyarrow as pa
import pytest
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score, silhouette_score

from python_udfs.segmentation.assignment import CLUSTERS_SCHEMA, assign_segments
from python_udfs.segmentation.candidates import (
    SweepRules,
    candidates_table,
    chosen_k,
    cluster_silhouettes,
    sweep,
)
from python_udfs.segmentation.centroids import CENTROIDS_SCHEMA, build_centroids
from python_udfs.segmentation.choice import choose_k
from python_udfs.segmentation.clustering import fit_k_means, nearest
from python_udfs.segmentation.dimensions import Dimension
from python_udfs.segmentation.stability import best_jaccard, bootstrap_jaccard

RULES = SweepRules(
    largest_k=6, smallest_share=0.02, smallest_size=10, starts=5, resamples=5, seed=3, silhouette_sample=1000
)


def blobs(k: int = 4, customers: int = 400, spread: float = 0.6, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    centers = np.random.default_rng(seed).permutation(np.eye(6) * 6)[:k, :4]
    return make_blobs(customers, centers=centers + np.arange(k)[:, None], cluster_std=spread, random_state=seed)[:2]


def dimensions(width: int) -> list[Dimension]:
    return [
        Dimension(f"f{place}", "behaviour", place, "identity", -99.0, 99.0, 0.5, 2.0, 1.5, 0.0, 1.0, None)
        for place in range(width)
    ]


def published(table: pa.Table, retired: bool = False) -> pa.Table:
    kept = table.select(["segment_key", "features", "feature_means"])
    return kept.append_column("retired", pa.array([retired] * table.num_rows, pa.bool_()))


NOTHING_PUBLISHED = published(CENTROIDS_SCHEMA.empty_table())


def test_clusters_that_stand_apart_are_found():
    vectors, truth = blobs()
    assert adjusted_rand_score(truth, nearest(vectors, fit_k_means(vectors, 4, seed=1, starts=5))) > 0.98


def test_the_largest_cluster_comes_first():
    vectors, _ = blobs()
    centroids = fit_k_means(np.vstack([vectors, vectors[:50]]), 4, seed=1, starts=5)
    sizes = np.bincount(nearest(np.vstack([vectors, vectors[:50]]), centroids))
    assert list(sizes) == sorted(sizes, reverse=True)


def test_real_clusters_are_stable_and_arbitrary_cuts_are_not():
    vectors, _ = blobs()
    found = bootstrap_jaccard(vectors, fit_k_means(vectors, 4, 1, 5), resamples=10, seed=1)
    cloud = np.random.default_rng(0).normal(size=(400, 4))
    cut = bootstrap_jaccard(cloud, fit_k_means(cloud, 4, 1, 5), resamples=10, seed=1)
    assert found.min() > 0.9
    assert cut.min() < 0.75


def test_jaccard_of_a_partition_with_itself_is_one_and_an_empty_cluster_has_none():
    assert best_jaccard(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]), 3).tolist() == [1.0, 1.0, 0.0]


def test_jaccard_is_intersection_over_union():
    assert best_jaccard(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), 2).tolist() == pytest.approx([2 / 3, 0.5])


def test_silhouettes_are_those_of_scikit_learn_when_everybody_is_measured():
    vectors, _ = blobs(customers=200)
    labels = nearest(vectors, fit_k_means(vectors, 4, 1, 5))
    sizes = np.bincount(labels)
    macro = cluster_silhouettes(vectors, labels, limit=10_000)
    assert float(macro @ sizes / sizes.sum()) == pytest.approx(silhouette_score(vectors, labels))


def test_a_small_cluster_is_measured_in_a_sample():
    vectors, _ = blobs(k=2, customers=2000)
    odd = np.full((3, 4), 80.0) + np.arange(3)[:, None]
    labels = np.array([0] * 2000 + [1] * 3)
    assert len(cluster_silhouettes(np.vstack([vectors, odd]), labels, limit=20)) == 2


def test_the_sweep_finds_as_many_segments_as_were_planted():
    vectors, _ = blobs()
    k, reason = choose_k(sweep(vectors, RULES), RULES.smallest_share, pinned=None)
    assert k == 4
    assert reason


def test_thirty_customers_are_not_cut_into_twelve_segments():
    assert [c.k for c in sweep(blobs(customers=30)[0], RULES)] == [2, 3]


@pytest.mark.parametrize("vectors", [np.zeros((0, 2)), np.ones((500, 2)), np.random.default_rng(0).normal(size=(9, 2))])
def test_where_there_is_nothing_to_choose_no_k_is_chosen(vectors):
    candidates = sweep(vectors, RULES)
    k, reason = choose_k(candidates, RULES.smallest_share, pinned=None)
    table = candidates_table(candidates, k, reason)
    assert k is None
    assert "too few" in reason
    assert chosen_k(table) is None


def test_a_second_build_of_the_same_customers_gives_the_same_segments():
    vectors, _ = blobs()
    first = build_centroids(vectors, 4, dimensions(4), NOTHING_PUBLISHED, RULES, 0.35)
    second = build_centroids(vectors, 4, dimensions(4), published(first), RULES, 0.35)
    assert first.column("segment_key").to_pylist() == ["S01", "S02", "S03", "S04"]
    assert second.drop_columns("is_new") == first.drop_columns("is_new")
    assert second.column("is_new").to_pylist() == [False] * 4


def test_segments_keep_their_keys_when_the_scales_of_the_features_change():
    vectors, _ = blobs()
    before = dimensions(4)
    first = build_centroids(vectors, 4, before, NOTHING_PUBLISHED, RULES, 0.35)
    rescaled = [Dimension(**{**vars(d), "center": 1.5, "scale": 4.0, "weight": 0.7}) for d in before]
    # The same customers in the new build's space.
    moved = ((vectors * 2.0 / 1.5 + 0.5) - 1.5) / 4.0 * 0.7
    second = build_centroids(moved, 4, rescaled, published(first), RULES, 0.35)
    assert second.column("is_new").to_pylist() == [False] * 4
    assert np.allclose(second.column("feature_means").to_pylist(), first.column("feature_means").to_pylist())


def test_a_retired_key_never_returns():
    vectors, _ = blobs()
    first = build_centroids(vectors, 4, dimensions(4), NOTHING_PUBLISHED, RULES, 0.35)
    again = build_centroids(vectors, 4, dimensions(4), published(first, retired=True), RULES, 0.35)
    assert again.column("segment_key").to_pylist() == ["S05", "S06", "S07", "S08"]


def assigned(vectors: np.ndarray, centroids: pa.Table) -> pa.Table:
    column = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1])
    names = pa.array([f"c{number}" for number in range(len(vectors))])
    batch = pa.RecordBatch.from_arrays([names, column], names=["customer_id", "vector"])
    return pa.Table.from_batches([assign_segments(centroids)(batch)])


def test_confidence_is_one_on_the_centroid_and_none_on_the_border():
    centroids = pa.table({"segment_key": ["S01", "S02"], "centroid": [[0.0, 0.0], [4.0, 0.0]]})
    table = assigned(np.array([[0.0, 0.0], [2.0, 0.0], [3.0, 0.0]]), centroids)
    assert table.column("segment_key").to_pylist() == ["S01", "S01", "S02"]
    assert table.column("confidence").to_pylist() == pytest.approx([1.0, 0.0, 2 / 3])
    assert table.column("next_segment_key").to_pylist() == ["S02", "S02", "S01"]


def test_without_segments_nobody_is_assigned():
    table = assigned(np.array([[0.0, 0.0]]), CENTROIDS_SCHEMA.empty_table())
    assert table.schema == CLUSTERS_SCHEMA
    assert table.num_rows == 0


def test_no_customers_give_no_assignments():
    centroids = pa.table({"segment_key": ["S01", "S02"], "centroid": [[0.0], [1.0]]})
    assert assigned(np.zeros((0, 1)), centroids).num_rows == 0
