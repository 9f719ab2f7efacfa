import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import silhouette_samples

from python_udfs.segmentation.assignment import CLUSTERS_SCHEMA, assign_segments
from python_udfs.segmentation.centroids import CENTROIDS_SCHEMA

TWO = [[0.0, 0.0], [4.0, 0.0]]


def centroids(places: list[list[float]], radii: list[float | None] | None = None) -> pa.Table:
    return pa.table(
        {
            "segment_key": [f"S{number + 1:02d}" for number in range(len(places))],
            "centroid": pa.array(places, pa.list_(pa.float64())),
            "scales": pa.array([[1.0] * len(place) for place in places], pa.list_(pa.float64())),
            "squared_offset": [0.0] * len(places),
            "radius": pa.array(radii or [None] * len(places), pa.float64()),
            "leaves_out_unknown": [False] * len(places),
        }
    )


def customers(vectors: np.ndarray, prefix: str = "c") -> pa.RecordBatch:
    column = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1])
    names = pa.array([f"{prefix}{number:04d}" for number in range(len(vectors))], pa.string())
    return pa.RecordBatch.from_arrays([names, column], names=["customer_id", "vector"])


@pytest.fixture
def assigned(dimensions):
    def assign(vectors: np.ndarray, segments: pa.Table, sample: pa.RecordBatch | None = None) -> pa.Table:
        batch = customers(vectors)
        sampled = pa.Table.from_batches([batch if sample is None else sample])
        return pa.Table.from_batches([assign_segments(segments, dimensions(vectors.shape[1]), sampled)(batch)])

    return assign


def test_confidence_is_one_on_the_centroid_and_none_on_the_border(assigned):
    table = assigned(np.array([[0.0, 0.0], [2.0, 0.0], [3.0, 0.0]]), centroids(TWO))
    assert table.schema == CLUSTERS_SCHEMA
    assert table.column("segment_key").to_pylist() == ["S01", "S01", "S02"]
    assert table.column("confidence").to_pylist() == pytest.approx([1.0, 0.0, 2 / 3])
    assert table.column("next_segment_key").to_pylist() == ["S02", "S02", "S01"]
    assert table.column("distance").to_pylist() == [0.0, 2.0, 1.0]
    assert table.column("next_distance").to_pylist() == [4.0, 2.0, 3.0]


def test_a_tie_goes_to_the_lower_key_also_for_the_next_segment(assigned):
    table = assigned(np.array([[0.0, 0.0], [0.0, 5.0]]), centroids([[9.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [0.0, 5.0]]))
    assert table.column("segment_key").to_pylist() == ["S02", "S04"]
    assert table.column("next_segment_key").to_pylist() == ["S03", "S02"]


@pytest.mark.parametrize("seed", range(5))
def test_ties_among_many_go_to_the_lowest_keys(assigned, seed):
    places = np.random.default_rng(seed).integers(-2, 3, 12).astype(float)
    where = np.arange(-2.0, 3.0)
    table = assigned(where[:, None], centroids(places[:, None].tolist()))
    ranked = [np.lexsort((np.arange(12), np.abs(places - place)))[:2] + 1 for place in where]
    assert table.column("segment_key").to_pylist() == [f"S{first:02d}" for first, _ in ranked]
    assert table.column("next_segment_key").to_pylist() == [f"S{second:02d}" for _, second in ranked]


def test_segments_at_one_place_are_told_apart_by_nothing(assigned):
    table = assigned(np.array([[1.0, 0.0]]), centroids([[1.0, 0.0], [1.0, 0.0]]))
    assert table.column("segment_key").to_pylist() == ["S01"]
    assert table.column("confidence").to_pylist() == [0.0]


def test_a_customer_beyond_reach_is_noise_and_says_what_is_nearest(assigned):
    table = assigned(np.array([[0.0, 0.0], [4.2, 0.0], [0.0, 90.0]]), centroids(TWO, [1.0, 1.0]))
    assert table.column("segment_key").to_pylist() == ["S01", "S02", None]
    (noise,) = table.slice(2).to_pylist()
    assert [noise[name] for name in ("confidence", "silhouette", "reason_1", "reason_1_contribution")] == [None] * 4
    assert (noise["distance"], noise["next_segment_key"]) == (90.0, "S02")


def test_silhouettes_are_those_of_scikit_learn_when_the_sample_is_everybody(assigned, blobs):
    vectors, truth = blobs(customers=120, spread=1.5)
    places = [vectors[truth == cloud].mean(axis=0).tolist() for cloud in range(4)]
    table = assigned(vectors, centroids(places))
    labels = [int(key[1:]) - 1 for key in table.column("segment_key").to_pylist()]
    assert table.column("silhouette").to_pylist() == pytest.approx(silhouette_samples(vectors, labels), abs=1e-9)


def test_a_customer_outside_the_sample_is_no_member_of_it(assigned):
    sample = customers(np.array([[0.0, 1.0], [0.0, -1.0], [4.0, 1.0], [4.0, -1.0]]), prefix="other")
    (row,) = assigned(np.array([[0.0, 0.0]]), centroids(TWO), sample).to_pylist()
    # On average 1 from the two of its own segment, and the root of 17 from the others.
    assert row["silhouette"] == pytest.approx(1 - 1 / np.sqrt(17))


def test_the_reasons_are_the_features_in_which_the_next_segment_is_farther(assigned):
    (row,) = assigned(np.array([[0.0, 0.0]]), centroids([[0.0, 1.0], [4.0, 0.0]])).to_pylist()
    assert (row["reason_1"], row["reason_1_contribution"], row["reason_2"]) == ("f0", 16.0, None)
    assert row["next_distance"] ** 2 - row["distance"] ** 2 == pytest.approx(16.0 - 1.0)


def test_a_customer_gets_the_same_in_whatever_batch(dimensions, blobs):
    vectors, truth = blobs(spread=2.0)
    places = centroids([vectors[truth == cloud].mean(axis=0).tolist() for cloud in range(4)])
    batch = customers(vectors)
    assign = assign_segments(places, dimensions(4), pa.Table.from_batches([batch.slice(0, 100)]))
    (whole,) = pa.Table.from_batches([assign(batch)]).combine_chunks().to_batches()
    parts = pa.Table.from_batches([assign(batch.slice(0, 7)), assign(batch.slice(7))]).combine_chunks()
    exact = [name for name in CLUSTERS_SCHEMA.names if name != "silhouette"]
    assert parts.select(exact) == pa.Table.from_batches([whole]).select(exact)
    assert parts.column("silhouette").to_pylist() == pytest.approx(whole.column("silhouette").to_pylist(), abs=1e-12)


def test_without_segments_nobody_is_assigned(assigned):
    table = assigned(np.array([[0.0, 0.0]]), CENTROIDS_SCHEMA.empty_table())
    assert (table.schema, table.num_rows) == (CLUSTERS_SCHEMA, 0)


def test_no_customers_give_no_assignments(assigned):
    assert assigned(np.zeros((0, 2)), centroids(TWO), customers(np.zeros((1, 2)))).num_rows == 0
