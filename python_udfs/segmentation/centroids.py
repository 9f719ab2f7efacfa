"""The segments of a build: their centroids, keys and quality."""

import numpy as np
import pyarrow as pa

from python_udfs.segmentation.candidates import SweepRules, cluster_silhouettes
from python_udfs.segmentation.clustering import FloatMatrix, fit_k_means, nearest
from python_udfs.segmentation.dimensions import Dimension
from python_udfs.segmentation.identity import match_segments, segment_keys
from python_udfs.segmentation.stability import bootstrap_jaccard

PUBLISHED_COLUMNS = ["segment_key", "retired", "features", "feature_means"]

CENTROIDS_SCHEMA = pa.schema(
    [
        pa.field("segment_key", pa.string()),
        pa.field("is_new", pa.bool_()),
        pa.field("features", pa.list_(pa.string())),
        pa.field("centroid", pa.list_(pa.float64())),
        pa.field("feature_means", pa.list_(pa.float64())),
        pa.field("silhouette", pa.float64()),
        pa.field("bootstrap_jaccard", pa.float64()),
    ]
)


def build_centroids(
    vectors: FloatMatrix,
    k: int | None,
    dimensions: list[Dimension],
    published: pa.Table,
    rules: SweepRules,
    match_distance: float,
) -> pa.Table:
    """One row per segment, of CENTROIDS_SCHEMA; none when k is None.

    vectors: (n, d), a sample of the customers. published: segment_key, retired, features, feature_means of all segments
    ever published. match_distance: as a share of the mean distance between the new centroids.
    """
    if k is None:
        return CENTROIDS_SCHEMA.empty_table()
    centroids = fit_k_means(vectors, k, rules.seed, rules.starts)
    labels = nearest(vectors, centroids)
    keys, is_new = _keys(centroids, dimensions, published, match_distance)
    silhouettes = cluster_silhouettes(vectors, labels, rules.silhouette_sample)
    jaccard = bootstrap_jaccard(vectors, centroids, rules.resamples, rules.seed)
    names = [dimension.feature for dimension in dimensions]
    rows = [
        {
            "segment_key": keys[segment],
            "is_new": is_new[segment],
            "features": names,
            "centroid": centroids[segment].tolist(),
            "feature_means": feature_means(centroids[segment], dimensions).tolist(),
            "silhouette": float(silhouettes[segment]),
            "bootstrap_jaccard": float(jaccard[segment]),
        }
        for segment in range(k)
    ]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["segment_key"]), schema=CENTROIDS_SCHEMA)


def feature_means(centroid: FloatMatrix, dimensions: list[Dimension]) -> FloatMatrix:
    """A centroid in the units of the transformed features, which the next build's scales don't change, shape (d,)."""
    scale = np.array([dimension.scale / dimension.weight for dimension in dimensions])
    return centroid * scale + np.array([dimension.center for dimension in dimensions])


def in_current_space(row: dict[str, list], dimensions: list[Dimension]) -> FloatMatrix:
    """A published segment's feature means as coordinates of this build, shape (d,); an unknown feature is central."""
    means = dict(zip(row["features"], row["feature_means"], strict=True))
    return np.array(
        [
            (means.get(dimension.feature, dimension.center) - dimension.center) / dimension.scale * dimension.weight
            for dimension in dimensions
        ]
    )


def _keys(
    centroids: FloatMatrix, dimensions: list[Dimension], published: pa.Table, match_distance: float
) -> tuple[list[str], list[bool]]:
    rows = sorted(published.to_pylist(), key=lambda row: row["segment_key"])
    living = [row for row in rows if not row["retired"]]
    previous = np.array([in_current_space(row, dimensions) for row in living]).reshape(len(living), len(dimensions))
    limit = match_distance * _mean_distance(centroids)
    matched = match_segments(previous, centroids, limit)
    keys = segment_keys(matched, [row["segment_key"] for row in living], [row["segment_key"] for row in rows])
    return keys, [predecessor is None for predecessor in matched]


def _mean_distance(centroids: FloatMatrix) -> float:
    pairs = [float(np.linalg.norm(centroids[i] - centroids[j])) for i in range(len(centroids)) for j in range(i)]
    return float(np.mean(pairs)) if pairs else 0.0
