"""The segments of a build: where they lie, their keys and their quality."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from python_udfs.segmentation.candidates import SweepRules, segment_jaccards
from python_udfs.segmentation.clustering import NOISE, Clustering, FloatMatrix, Labels, at_center
from python_udfs.segmentation.continuity import continued_or_fresh
from python_udfs.segmentation.dimensions import Dimension, noise_shares
from python_udfs.segmentation.estimators import estimator_named
from python_udfs.segmentation.identity import match_segments, segment_keys
from python_udfs.segmentation.published import PublishedSegments
from python_udfs.segmentation.silhouettes import cluster_silhouettes
from python_udfs.segmentation.spaces import feature_values

CENTROIDS_SCHEMA = pa.schema(
    [
        pa.field("segment_key", pa.string()),
        pa.field("is_new", pa.bool_()),
        pa.field("features", pa.list_(pa.string())),
        pa.field("centroid", pa.list_(pa.float64())),
        pa.field("scales", pa.list_(pa.float64())),
        pa.field("squared_offset", pa.float64()),
        pa.field("radius", pa.float64()),
        pa.field("leaves_out_unknown", pa.bool_()),
        pa.field("feature_values", pa.list_(pa.float64())),
        pa.field("silhouette", pa.float64()),
        pa.field("bootstrap_jaccard", pa.float64()),
    ]
)

# What tells where a segment lies and how far it reaches.
PLACE_COLUMNS = ["segment_key", "centroid", "scales", "squared_offset", "radius", "leaves_out_unknown"]


@dataclass(frozen=True)
class IdentityRules:
    """What the vars say about segments that stay themselves.

    match_distance: how far a segment may move, as a share of the mean distance between the new centroids.
    keep_tolerance: by what share the inertia (or a mixture's spread) may be larger when what is published is continued.
    """

    match_distance: float
    keep_tolerance: float


def build_centroids(
    vectors: FloatMatrix,
    chosen: Mapping[str, float] | None,
    dimensions: list[Dimension],
    published: PublishedSegments,
    rules: SweepRules,
    identity: IdentityRules,
) -> pa.Table:
    """One row per segment, of CENTROIDS_SCHEMA; none when nothing was chosen.

    vectors: (n, d), a sample of the customers. chosen: the setting of the chosen candidate.
    """
    if chosen is None:
        return CENTROIDS_SCHEMA.empty_table()
    estimator = estimator_named(rules.estimator).knowing(noise_shares(dimensions))
    setting = chosen["setting"]
    fresh = estimator.fit(vectors, setting, rules.seed, rules.starts)
    published = published.known_by(dimensions)
    previous = published.centroids(dimensions)
    nearest = continued_or_fresh(vectors, fresh, previous, estimator, identity.keep_tolerance)
    lasting = np.array([dimension.is_comparable for dimension in dimensions])
    clustering = estimator.settled(vectors, nearest, lasting)
    matched = match_segments(
        np.array(previous).reshape(len(previous), len(dimensions) or 1),
        clustering.centroids,
        identity.match_distance * mean_distance(clustering.centroids),
    )
    keys = segment_keys(matched, list(published.living), published.used_keys)
    silhouettes = cluster_silhouettes(at_center(vectors), clustering.labels(vectors), rules.silhouette_sample)
    (jaccards,) = segment_jaccards(vectors, [clustering], [setting], estimator, rules)
    rows = [
        {
            "segment_key": keys[segment],
            "is_new": matched[segment] is None,
            "features": [dimension.label for dimension in dimensions],
            **_place(clustering, segment, dimensions),
            "silhouette": float(silhouettes[segment]),
            "bootstrap_jaccard": float(jaccards[segment]),
        }
        for segment in range(clustering.k)
    ]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["segment_key"]), schema=CENTROIDS_SCHEMA)


def _place(clustering: Clustering, segment: int, dimensions: list[Dimension]) -> dict[str, object]:
    radius = float(clustering.radii[segment])
    return {
        "centroid": clustering.centroids[segment].tolist(),
        "scales": clustering.scales[segment].tolist(),
        "squared_offset": float(clustering.offsets[segment]),
        "radius": radius if np.isfinite(radius) else None,
        "leaves_out_unknown": clustering.leaves_out_unknown,
        "feature_values": feature_values(clustering.centroids[segment], dimensions).tolist(),
    }


def clustering_of(centroids: pa.Table) -> tuple[list[str], Clustering]:
    """Keys and clusters of a table with the columns of CENTROIDS_SCHEMA that tell a segment's place; at least a row."""
    radii = [np.inf if radius is None else radius for radius in centroids.column("radius").to_pylist()]
    return centroids.column("segment_key").to_pylist(), Clustering(
        np.array(centroids.column("centroid").to_pylist()),
        np.array(centroids.column("scales").to_pylist()),
        np.array(centroids.column("squared_offset").to_pylist()),
        np.array(radii),
        all(centroids.column("leaves_out_unknown").to_pylist()),
    )


def labels_of(vectors: FloatMatrix, centroids: pa.Table) -> Labels:
    """The row of `centroids` that each vector belongs to, shape (n,); NOISE where there is none."""
    if centroids.num_rows == 0:
        return np.full(len(vectors), NOISE)
    return clustering_of(centroids)[1].labels(vectors)


def mean_distance(centroids: FloatMatrix) -> float:
    """Mean Euclidean distance between two of the centroids, shape (k, d); 0 for fewer than two."""
    pairs = [float(np.linalg.norm(centroids[i] - centroids[j])) for i in range(len(centroids)) for j in range(i)]
    return float(np.mean(pairs)) if pairs else 0.0
