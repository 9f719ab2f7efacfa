"""How much of a planted truth the segments recover, against an oracle that was told it and against RFM alone."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from python_udfs.segmentation.clustering import FloatMatrix, at_center
from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.vectors import vector_matrix

AGREEMENT_SCHEMA = pa.schema(
    [pa.field("metric", pa.string()), pa.field("value", pa.float64()), pa.field("note", pa.string())]
)


def planted_truth_agreement(
    truth: NDArray[np.str_],
    segments: NDArray[np.str_],
    vectors: FloatMatrix,
    rfm: FloatMatrix,
    seed: int,
    largest_k: int,
) -> pa.Table:
    """Adjusted Rand indices (Hubert and Arabie 1985) against the planted truth, one row each, of AGREEMENT_SCHEMA.

    truth, segments: (n,) labels of the same customers. vectors: (n, d) what the segments were made of. rfm: (n, 3)
    recency, frequency, monetary. The oracle is a random forest's cross-validated prediction of the truth from the
    vectors; RFM alone is plain K-Means on log-transformed, standardised RFM at the k that suits it best.
    """
    fused = float(adjusted_rand_score(truth, segments))
    oracle = oracle_agreement(truth, vectors, seed)
    space = rfm_space(rfm)
    alone = max(
        float(adjusted_rand_score(truth, fit_k_means(space, k, seed, starts=3).labels(space)))
        for k in range(2, largest_k + 1)
    )
    rows = [
        ("planted_truth_ari", fused, "adjusted Rand index of the segments against the planted personas"),
        ("planted_truth_ari_oracle", oracle, "of a random forest that was taught the personas, cross-validated"),
        ("planted_truth_ari_rfm", alone, "of K-Means on recency, frequency, monetary alone, at its best k"),
        ("planted_truth_share_of_oracle", fused / oracle, "how much of what can be known the segments find"),
    ]
    return pa.Table.from_pylist(
        [
            dict(zip(AGREEMENT_SCHEMA.names, (metric, round(value, 6), note), strict=True))
            for metric, value, note in rows
        ],
        schema=AGREEMENT_SCHEMA,
    )


def oracle_agreement(truth: NDArray[np.str_], vectors: FloatMatrix, seed: int) -> float:
    """The adjusted Rand index of a random forest's five-fold cross-validated predictions against the truth."""
    forest = RandomForestClassifier(100, random_state=seed, n_jobs=1)
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    return float(adjusted_rand_score(truth, cross_val_predict(forest, vectors, truth, cv=folds)))


def rfm_space(rfm: FloatMatrix) -> FloatMatrix:
    """Recency, frequency and monetary, log-transformed (negative amounts as 0) and standardised, shape (n, 3)."""
    return StandardScaler().fit_transform(np.log1p(np.clip(rfm, 0, None)))


def compare_with_truth(
    truth: pa.Table, clusters: pa.Table, vectors: pa.Table, rfm: pa.Table, seed: int, largest_k: int
) -> pa.Table:
    """The figures of `planted_truth_agreement` for the customers that are in all four tables.

    truth: customer_id, persona. clusters: customer_id, segment_key (null: noise, a group of its own). vectors:
    customer_id, vector. rfm: customer_id, recency_days, frequency, monetary. Without any common customer there are no
    rows.
    """
    joined = clusters.join(truth, "customer_id", join_type="inner").sort_by("customer_id")
    if joined.num_rows == 0:
        return AGREEMENT_SCHEMA.empty_table()
    customers = joined.column("customer_id")
    vectors = vectors.filter(pc.is_in(vectors.column("customer_id"), customers))
    rfm = rfm.filter(pc.is_in(rfm.column("customer_id"), customers))
    measures = [
        np.nan_to_num(rfm.column(name).cast(pa.float64()).to_numpy())
        for name in ("recency_days", "frequency", "monetary")
    ]
    return planted_truth_agreement(
        np.array(joined.column("persona").to_pylist()),
        np.array([key or "noise" for key in joined.column("segment_key").to_pylist()]),
        at_center(vector_matrix(vectors)),
        np.column_stack(measures),
        seed,
        largest_k,
    )
