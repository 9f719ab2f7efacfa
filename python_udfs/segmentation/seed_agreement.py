"""Whether the segments are the data's or the luck of K-Means' random starts."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation.clustering import FloatMatrix, fit_k_means, nearest
from python_udfs.segmentation.vectors import vector_matrix

SEED_AGREEMENT_SCHEMA = pa.schema([pa.field("seed", pa.int64()), pa.field("adjusted_rand_index", pa.float64())])


def seed_agreement(customers: pa.Table, clusters: pa.Table, seed: int, seeds: int, starts: int) -> pa.Table:
    """How well segments that start from other seeds agree with these, one row per seed, of SEED_AGREEMENT_SCHEMA.

    customers: customer_id, vector. clusters: customer_id, segment_key, of the same customers in the same order, or of
    nobody: then there are no rows. seed: of the segments; the `seeds` after it are tried. starts: of K-Means.
    """
    if clusters.num_rows == 0:
        return SEED_AGREEMENT_SCHEMA.empty_table()
    segments = np.array(clusters.column("segment_key").to_pylist())
    vectors = vector_matrix(customers)
    agreements = [
        {"seed": other, "adjusted_rand_index": agreement(vectors, segments, other, starts)}
        for other in range(seed + 1, seed + 1 + seeds)
    ]
    return pa.Table.from_pylist(agreements, schema=SEED_AGREEMENT_SCHEMA)


def agreement(vectors: FloatMatrix, segments: NDArray[np.str_], seed: int, starts: int) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985) of the segments and those of another seed, as many of them.

    vectors: (n, d); segments: (n,) keys of the same customers. 1 is the same division, 0 what chance alone gives.
    """
    centroids = fit_k_means(vectors, len(np.unique(segments)), seed, starts)
    return float(adjusted_rand_score(segments, nearest(vectors, centroids)))
