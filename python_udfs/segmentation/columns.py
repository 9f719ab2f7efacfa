"""Columns of features as NumPy arrays."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def column_values(features: pa.Table | pa.RecordBatch, name: str) -> FloatArray:
    """A numeric column as float64, null as NaN, shape (n,)."""
    return features.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)


def count_values(features: pa.Table | pa.RecordBatch, name: str) -> FloatArray:
    """A column of counts as float64, unknown as 0, shape (n,)."""
    return np.nan_to_num(column_values(features, name))
