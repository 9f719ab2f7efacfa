from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation.centroids import (
    CENTROIDS_SCHEMA,
    PLACE_COLUMNS,
    IdentityRules,
    build_centroids,
    clustering_of,
    labels_of,
    mean_distance,
)
from python_udfs.segmentation.clustering import NOISE
from python_udfs.segmentation.estimators import ESTIMATORS
from python_udfs.segmentation.published import PublishedSegments

IDENTITY = IdentityRules(match_distance=0.35, keep_tolerance=0.02)
NOTHING = PublishedSegments({}, [])
FOUR = {"k": 4, "setting": 4.0}


def published(table: pa.Table, retired: bool = False) -> PublishedSegments:
    kept = table.select(["segment_key", "features", "feature_values"])
    return PublishedSegments.of(kept.append_column("retired", pa.array([retired] * table.num_rows, pa.bool_())))


@pytest.fixture
def build(dimensions, sweep_rules):
    def built(vectors, before=NOTHING, space=None, chosen=FOUR, **changes):
        space = space or dimensions(vectors.shape[1], center=50.0, scale=2.0, weight=1.5)
        return build_centroids(vectors, chosen, space, before, sweep_rules(**changes), IDENTITY)

    return built


def keys(table: pa.Table) -> list[str]:
    return table.column("segment_key").to_pylist()


def is_new(table: pa.Table) -> list[bool]:
    return table.column("is_new").to_pylist()


def test_without_a_choice_there_are_no_segments(build, blobs):
    table = build(blobs()[0], chosen=None)
    assert (table.num_rows, table.schema) == (0, CENTROIDS_SCHEMA)


def test_the_first_segments_are_numbered_by_size(build, blobs):
    vectors = np.vstack([blobs()[0], blobs()[0][:50]])
    table = build(vectors)
    assert keys(table) == ["S01", "S02", "S03", "S04"]
    sizes = np.bincount(labels_of(vectors, table))
    assert list(sizes) == sorted(sizes, reverse=True)


@pytest.mark.parametrize("transform", ["identity", "log1p", "yeo_johnson"])
def test_a_second_build_of_the_same_customers_gives_the_same_segments_to_the_last_digit(
    build, blobs, dimensions, transform
):
    for vectors in (blobs()[0] / 4, np.random.default_rng(0).normal(size=(600, 4)) / 4):
        space = dimensions(4, transform=transform, power=0.3, center=5.0, scale=0.8, weight=1.2)
        first = build(vectors, space=space)
        second = build(vectors, published(first), space=space)
        assert second.column("centroid") == first.column("centroid")
        assert second.drop_columns("is_new") == first.drop_columns("is_new")
        assert is_new(first) == [True] * 4
        assert is_new(second) == [False] * 4


@pytest.mark.parametrize("name", ESTIMATORS)
def test_segments_of_every_estimator_keep_their_keys(build, blobs, name):
    vectors, _ = blobs()
    setting = {"hdbscan": 0.05, "dbscan": ESTIMATORS["dbscan"].settings(vectors, 6)[-1]}.get(name, 4.0)
    chosen = {"k": 4, "setting": setting}
    first = build(vectors, chosen=chosen, estimator=name)
    second = build(vectors + 0.05, published(first), chosen=chosen, estimator=name)
    assert keys(first) == keys(second) == ["S01", "S02", "S03", "S04"]
    assert is_new(second) == [False] * 4
    assert np.array_equal(labels_of(vectors, first), labels_of(vectors + 0.05, second))


@pytest.mark.parametrize("name", ESTIMATORS)
def test_the_table_tells_all_that_assigning_needs(build, blobs, sweep_rules, name):
    vectors = np.vstack([blobs(spread=1.5)[0], np.full((3, 4), 90.0)])
    setting = {"hdbscan": 0.05, "dbscan": ESTIMATORS["dbscan"].settings(vectors, 6)[2]}.get(name, 4.0)
    table = build(vectors, chosen={"k": 4, "setting": setting}, estimator=name)
    rules = sweep_rules()
    estimator = ESTIMATORS[name]
    clustering = estimator.settled(vectors, estimator.fit(vectors, setting, rules.seed, rules.starts))
    assert np.array_equal(labels_of(vectors, table.select(PLACE_COLUMNS)), clustering.labels(vectors))
    assert (table.column("radius").null_count == 0) == (name in ("hdbscan", "dbscan"))


def test_segments_keep_their_keys_when_the_scales_of_the_features_change(build, blobs, dimensions):
    vectors, _ = blobs()
    before = dimensions(4, center=0.5, scale=2.0, weight=1.5)
    first = build(vectors, space=before)
    rescaled = [replace(dimension, center=1.5, scale=4.0, weight=0.7) for dimension in before]
    # The same customers in the new build's space.
    moved = ((vectors * 2.0 / 1.5 + 0.5) - 1.5) / 4.0 * 0.7
    second = build(moved, published(first), space=rescaled)
    assert is_new(second) == [False] * 4
    assert np.allclose(second.column("feature_values").to_pylist(), first.column("feature_values").to_pylist())


def test_segments_keep_their_keys_when_a_feature_is_dropped_and_another_one_added(build, blobs, dimensions, dimension):
    vectors, truth = blobs()
    first = build(vectors, space=dimensions(4))
    space = [dimension("new"), *dimensions(4)[:3]]
    second = build(np.column_stack([np.zeros(400), vectors[:, :3]]), published(first), space=space)
    assert second.column("features").to_pylist()[0] == ["new", "f0", "f1", "f2"]
    assert adjusted_rand_score(labels_of(vectors, first), truth) == 1
    continued = [key for key, new in zip(keys(second), is_new(second), strict=True) if not new]
    assert set(continued) <= set(keys(first))
    assert len(continued) >= 3


def test_no_key_goes_to_a_stranger_when_all_features_are_others(build, blobs, dimension):
    """What was published can't be placed; its keys stay used."""
    vectors, _ = blobs()
    first = build(vectors)
    others = [dimension(f"other_{place}", position=place) for place in range(vectors.shape[1])]
    second = build(vectors, published(first), space=others)
    assert all(is_new(second))
    assert not set(keys(first)) & set(keys(second))


def test_a_segment_that_comes_from_nowhere_is_new_and_the_others_stay(build, blobs):
    vectors, truth = blobs()
    first = build(vectors)
    moved = np.where((truth == 2)[:, None], vectors + 40, vectors)
    second = build(moved, published(first))
    assert sorted(is_new(second)) == [False, False, False, True]
    (new,) = [key for key, new in zip(keys(second), is_new(second), strict=True) if new]
    assert new == "S05"


def test_segments_come_in_the_order_of_their_key_however_large_they_are_by_now(build, blobs):
    vectors, _ = blobs()
    table = build(vectors)
    smaller = vectors[labels_of(vectors, table) != 0]
    some_of_the_first = vectors[labels_of(vectors, table) == 0][:30]
    second = build(np.vstack([smaller, some_of_the_first]), published(table))
    assert keys(second) == ["S01", "S02", "S03", "S04"]
    assert np.bincount(labels_of(np.vstack([smaller, some_of_the_first]), second)).tolist() == [30, 100, 100, 100]


def test_a_retired_key_never_returns(build, blobs):
    vectors, _ = blobs()
    again = build(vectors, published(build(vectors), retired=True))
    assert keys(again) == ["S05", "S06", "S07", "S08"]


def test_values_are_those_of_the_segments_customers(build, blobs):
    vectors, _ = blobs()
    table = build(vectors)
    labels = labels_of(vectors, table)
    for segment, row in enumerate(table.to_pylist()):
        members = vectors[labels == segment]
        assert row["feature_values"] == pytest.approx(members.mean(axis=0) / 1.5 * 2.0 + 50.0)
        assert row["silhouette"] > 0.6
        assert row["bootstrap_jaccard"] > 0.85


def test_without_segments_everybody_is_noise():
    assert labels_of(np.ones((3, 2)), CENTROIDS_SCHEMA.empty_table()).tolist() == [NOISE] * 3


def test_keys_and_places_come_in_the_order_of_the_rows():
    place = {
        "scales": [[1.0], [1.0]],
        "squared_offset": [0.0, 0.5],
        "radius": [None, 2.0],
        "leaves_out_unknown": [True, True],
    }
    names, clustering = clustering_of(pa.table({"segment_key": ["S02", "S01"], "centroid": [[1.0], [5.0]], **place}))
    assert names == ["S02", "S01"]
    assert clustering.centroids.tolist() == [[1.0], [5.0]]
    assert (clustering.offsets.tolist(), clustering.radii.tolist()) == ([0.0, 0.5], [np.inf, 2.0])
    assert clustering.leaves_out_unknown


def test_the_mean_distance_is_over_pairs_and_of_one_centroid_there_is_none():
    assert mean_distance(np.array([[0.0], [3.0], [9.0]])) == pytest.approx((3 + 6 + 9) / 3)
    assert mean_distance(np.array([[1.0]])) == 0


@pytest.mark.parametrize("name", ["k_means", "shared_mixture"])
def test_the_same_customers_have_the_same_segments_again_though_axes_of_meaning_are_not_kept(
    build, blobs, dimensions, name
):
    space = dimensions(4)
    space[3] = replace(space[3], block="meaning")
    for seed in range(6):
        vectors = blobs(customers=600, spread=2.0, seed=seed)[0] * [1, 1, 1, 0.3]
        first = build(vectors, space=space, estimator=name)
        again = build(vectors, published(first), space=space, estimator=name)
        assert keys(again) == keys(first)
        assert np.array_equal(labels_of(vectors, again), labels_of(vectors, first))
