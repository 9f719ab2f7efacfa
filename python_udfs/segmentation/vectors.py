"""Turns customers' features into their vectors, batch by batch."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.segmentation.dimensions import Dimension, coordinates


def vectors_schema(dimensions: list[Dimension]) -> pa.Schema:
    """customer_id and a vector of as many doubles as there are dimensions, null where one is unknown."""
    return pa.schema(
        [pa.field("customer_id", pa.string()), pa.field("vector", pa.list_(pa.float64(), _width(dimensions)))]
    )


def _width(dimensions: list[Dimension]) -> int:
    """Warehouses know no vectors of no dimension: where every feature was left out, all customers sit at one point."""
    return max(1, len(dimensions))


def to_vectors(dimensions: list[Dimension]) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from a batch of customer_features to a batch of `vectors_schema`."""

    def vectors_of(batch: pa.RecordBatch) -> pa.RecordBatch:
        matrix = np.zeros((batch.num_rows, _width(dimensions)))
        for place, dimension in enumerate(dimensions):
            matrix[:, place] = coordinates(dimension, batch)
        vectors = pa.FixedSizeListArray.from_arrays(pa.array(matrix.ravel(), from_pandas=True), _width(dimensions))
        return pa.RecordBatch.from_arrays([batch.column("customer_id"), vectors], schema=vectors_schema(dimensions))

    return vectors_of


def vector_matrix(customers: pa.Table | pa.RecordBatch) -> NDArray[np.float64]:
    """The column `vector` as a matrix of shape (n, d), with NaN for what is unknown."""
    width = customers.schema.field("vector").type.list_size
    vectors = customers.column("vector")
    if isinstance(vectors, pa.ChunkedArray):
        vectors = vectors.combine_chunks()
    return vectors.flatten().to_numpy(zero_copy_only=False).astype(np.float64).reshape(len(vectors), width)
