"""Segments that other random starts find again agree; those that luck made don't."""

import numpy as np
import pyarrow as pa

from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.seed_agreement import AgreementRules, seed_agreement

SEED = 20240229


def tables(vectors: np.ndarray, k: int, starts: int = 10) -> tuple[pa.Table, pa.Table]:
    customers = [f"c{number:04d}" for number in range(len(vectors))]
    segments = fit_k_means(vectors, k, SEED, starts).labels(vectors)
    column = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1])
    return (
        pa.table({"customer_id": customers, "vector": column}),
        pa.table({"customer_id": customers, "segment_key": [f"S{segment:02d}" for segment in segments]}),
    )


def agreements(vectors: np.ndarray, k: int, starts: int = 10) -> list[float]:
    found = seed_agreement(*tables(vectors, k, starts), [], k, AgreementRules("k_means", SEED, 5, starts))
    assert found.column("seed").to_pylist() == [SEED + other for other in range(1, 6)]
    return found.column("adjusted_rand_index").to_pylist()


def test_groups_apart_are_found_from_any_seed():
    centres = np.repeat(np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]]), 40, axis=0)
    assert agreements(centres + np.random.default_rng(1).normal(size=centres.shape), 3) == [1.0] * 5


def test_a_cut_through_noise_is_another_one_from_every_seed():
    assert min(agreements(np.random.default_rng(1).normal(size=(400, 12)), 2, starts=1)) < 0.5


def test_nobody_assigned_is_nobody_compared():
    customers, clusters = tables(np.random.default_rng(1).normal(size=(10, 2)), 2)
    assert seed_agreement(customers, clusters.slice(0, 0), [], 2, AgreementRules("k_means", SEED, 5, 1)).num_rows == 0


def test_noise_is_compared_as_a_group_of_its_own():
    centres = np.repeat(np.array([[0.0, 0.0], [9.0, 0.0]]), 60, axis=0)
    vectors = np.vstack([centres + np.random.default_rng(1).normal(size=centres.shape), [[99.0, 99.0]]])
    customers, clusters = tables(vectors, 2)
    clusters = clusters.set_column(1, "segment_key", pa.array(["S00"] * 60 + ["S01"] * 60 + [None]))
    found = seed_agreement(customers, clusters, [], 3.0, AgreementRules("dbscan", SEED, 2, 1))
    assert min(found.column("adjusted_rand_index").to_pylist()) > 0.8
