"""Whether the segments are the data's or the luck of the estimator's random starts."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.dimensions import Dimension, noise_shares
from python_udfs.segmentation.estimators import Estimator, estimator_named
from python_udfs.segmentation.vectors import vector_matrix

SEED_AGREEMENT_SCHEMA = pa.schema([pa.field("seed", pa.int64()), pa.field("adjusted_rand_index", pa.float64())])
NOISE_KEY = "noise"


@dataclass(frozen=True)
class AgreementRules:
    """What the vars say: the estimator, the seed of the segments, how many others are tried, with how many starts."""

    estimator: str
    seed: int
    seeds: int
    starts: int


def seed_agreement(
    customers: pa.Table,
    clusters: pa.Table,
    dimensions: list[Dimension],
    setting: float | None,
    rules: AgreementRules,
) -> pa.Table:
    """How well segments that start from other seeds agree with these, one row per seed, of SEED_AGREEMENT_SCHEMA.

    customers: customer_id, vector. clusters: customer_id, segment_key (null: noise), of the same customers in the same
    order, or of nobody: then there are no rows. dimensions: of the vectors. setting: of the chosen candidate, None when
    nothing was chosen.
    """
    if clusters.num_rows == 0 or setting is None:
        return SEED_AGREEMENT_SCHEMA.empty_table()
    estimator = estimator_named(rules.estimator).knowing(noise_shares(dimensions))
    segments = np.array([key or NOISE_KEY for key in clusters.column("segment_key").to_pylist()])
    vectors = vector_matrix(customers)
    agreements = [
        {"seed": other, "adjusted_rand_index": agreement(vectors, segments, estimator, setting, other, rules.starts)}
        for other in range(rules.seed + 1, rules.seed + 1 + rules.seeds)
    ]
    return pa.Table.from_pylist(agreements, schema=SEED_AGREEMENT_SCHEMA)


def agreement(
    vectors: FloatMatrix, segments: NDArray[np.str_], estimator: Estimator, setting: float, seed: int, starts: int
) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985) of the segments and those of another seed of the same setting.

    vectors: (n, d); segments: (n,) keys of the same customers. 1 is the same division, 0 what chance alone gives.
    """
    return float(adjusted_rand_score(segments, estimator.fit(vectors, setting, seed, starts).labels(vectors)))
