"""Why a customer is in this segment and not in the next one: exact contributions of the features."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.segmentation.clustering import Clustering, FloatMatrix
from python_udfs.segmentation.dimensions import Dimension

REASONS = 3
REASON_FIELDS = [
    field
    for number in range(1, REASONS + 1)
    for field in (
        pa.field(f"reason_{number}", pa.string()),
        pa.field(f"reason_{number}_contribution", pa.float64()),
    )
]


def contributions(vectors: FloatMatrix, clustering: Clustering, order: NDArray[np.intp]) -> FloatMatrix:
    """What each dimension adds to the difference of a customer's two smallest squared distances, shape (n, d).

    vectors: (n, d). order: (n, 2), the nearest cluster and the next one. For Euclidean distances the contributions of a
    customer add up exactly to next_distance² - distance²: a positive one speaks for the segment, a negative one for the
    next. (A mixture's clusters differ by an offset as well, which is of no feature.) What is unknown of a customer
    speaks for none, where the clusters leave it out.
    """
    own, other = order[:, 0], order[:, 1]
    return clustering.squared_differences(vectors, other) - clustering.squared_differences(vectors, own)


def reason_columns(
    vectors: FloatMatrix,
    clustering: Clustering,
    order: NDArray[np.intp],
    noise: NDArray[np.bool_],
    dimensions: list[Dimension],
) -> list[pa.Array]:
    """REASON_FIELDS as arrays: the labels of the features that speak most for the segment, and their contributions.

    The largest comes first; of equal ones, the first dimension. Null where fewer features speak for it, and for noise,
    shape (n,), which is in no segment. Axes of meaning are left out: their names tell a reader nothing.
    """
    told = [dimension for dimension in dimensions if dimension.is_comparable]
    labels = np.array([dimension.label for dimension in told])
    shares = contributions(vectors, clustering, order)[:, [dimension.position for dimension in told]]
    ranked = np.argsort(-shares, axis=1, kind="stable")
    rows = np.arange(len(vectors))
    columns: list[pa.Array] = []
    for place in range(REASONS):
        if place >= len(labels):
            columns += [pa.nulls(len(vectors), pa.string()), pa.nulls(len(vectors), pa.float64())]
            continue
        values = shares[rows, ranked[:, place]]
        silent = (values <= 0) | noise
        columns.append(pa.array(labels[ranked[:, place]], pa.string(), mask=silent))
        columns.append(pa.array(values, mask=silent))
    return columns
