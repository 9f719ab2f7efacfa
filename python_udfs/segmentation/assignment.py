"""Assigns customers to segments, batch by batch, and says how surely and why."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from python_udfs.segmentation.centroids import clustering_of
from python_udfs.segmentation.clustering import NOISE, at_center
from python_udfs.segmentation.dimensions import Dimension
from python_udfs.segmentation.reasons import REASON_FIELDS, reason_columns
from python_udfs.segmentation.silhouettes import silhouettes_against
from python_udfs.segmentation.vectors import vector_matrix

CLUSTERS_SCHEMA = pa.schema(
    [
        pa.field("customer_id", pa.string()),
        pa.field("segment_key", pa.string()),
        pa.field("distance", pa.float64()),
        pa.field("next_segment_key", pa.string()),
        pa.field("next_distance", pa.float64()),
        pa.field("confidence", pa.float64()),
        pa.field("silhouette", pa.float64()),
        *REASON_FIELDS,
    ]
)


def assign_segments(
    centroids: pa.Table, dimensions: list[Dimension], sample: pa.Table
) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from a batch of customer vectors to a batch of CLUSTERS_SCHEMA.

    centroids: PLACE_COLUMNS in the order of the key, so that the lower key wins a tie; at least two rows, or none, when
    no segments were formed: then nobody is assigned. sample: customer_id and vector of the customers against whom
    silhouettes are measured.
    Confidence is the simplified silhouette 1 - distance / next_distance, from 0 (on the border) up; Vendramin, Campello
    and Hruschka 2010. On the centroid it is 1, but for a mixture: there a small segment is farther from all. Whoever is
    beyond the reach of the nearest segment is noise: the segment is null.
    """
    if centroids.num_rows == 0:
        return lambda batch: pa.RecordBatch.from_pylist([], schema=CLUSTERS_SCHEMA)
    names, clustering = clustering_of(centroids)
    keys = np.array(names)
    sampled = vector_matrix(sample)
    sampled_labels = clustering.labels(sampled)
    sampled_customers = set(sample.column("customer_id").to_pylist())

    def assigned(batch: pa.RecordBatch) -> pa.RecordBatch:
        vectors = vector_matrix(batch)
        customers = batch.column("customer_id")
        squared = clustering.squared_distances(vectors)
        order = np.argsort(squared, axis=1, kind="stable")[:, :2]
        rows = np.arange(len(vectors))
        first, second = np.sqrt(squared[rows, order[:, 0]]), np.sqrt(squared[rows, order[:, 1]])
        labels = clustering.labels(vectors)
        in_sample = np.array([customer in sampled_customers for customer in customers.to_pylist()], dtype=bool)
        silhouettes = silhouettes_against(at_center(vectors), labels, at_center(sampled), sampled_labels, in_sample)
        noise = labels == NOISE
        columns = [
            customers,
            pa.array(keys[order[:, 0]], pa.string(), mask=noise),
            pa.array(first),
            pa.array(keys[order[:, 1]], pa.string()),
            pa.array(second),
            pa.array(_confidence(first, second), mask=noise),
            pa.array(silhouettes, from_pandas=True),
            *reason_columns(vectors, clustering, order, noise, dimensions),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=CLUSTERS_SCHEMA)

    return assigned


def _confidence(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return 1 - np.divide(first, second, out=np.ones_like(first), where=second > 0)
