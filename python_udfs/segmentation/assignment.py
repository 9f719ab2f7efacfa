"""Assigns customers to segments, batch by batch."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from python_udfs.segmentation.clustering import squared_distances
from python_udfs.segmentation.vectors import vector_matrix

CLUSTERS_SCHEMA = pa.schema(
    [
        pa.field("customer_id", pa.string()),
        pa.field("segment_key", pa.string()),
        pa.field("distance", pa.float64()),
        pa.field("next_segment_key", pa.string()),
        pa.field("next_distance", pa.float64()),
        pa.field("confidence", pa.float64()),
    ]
)


def assign_segments(centroids: pa.Table) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from a batch of customer vectors to a batch of CLUSTERS_SCHEMA.

    centroids: segment_key and centroid in the order of the key, so that the lower key wins a tie; at least two rows,
    or none, when no segments were formed: then nobody is assigned.
    Distances are Euclidean. Confidence is the simplified silhouette 1 - distance / next_distance, from 0 (on the
    border) to 1 (on the centroid); Vendramin, Campello and Hruschka 2010.
    """
    keys = np.array(centroids.column("segment_key").to_pylist())
    matrix = np.array(centroids.column("centroid").to_pylist())

    def assigned(batch: pa.RecordBatch) -> pa.RecordBatch:
        if len(keys) == 0:
            return pa.RecordBatch.from_pylist([], schema=CLUSTERS_SCHEMA)
        vectors = vector_matrix(batch)
        distances = np.sqrt(squared_distances(vectors, matrix))
        order = np.argsort(distances, axis=1, kind="stable")[:, :2]
        rows = np.arange(len(vectors))
        first, second = distances[rows, order[:, 0]], distances[rows, order[:, 1]]
        confidence = 1 - np.divide(first, second, out=np.ones_like(first), where=second > 0)
        columns = [
            batch.column("customer_id"),
            pa.array(keys[order[:, 0]], pa.string()),
            pa.array(first),
            pa.array(keys[order[:, 1]], pa.string()),
            pa.array(second),
            pa.array(confidence),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=CLUSTERS_SCHEMA)

    return assigned
