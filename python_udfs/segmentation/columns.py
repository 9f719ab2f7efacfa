"""Columns of features as NumPy arrays."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def column_values(features: pa.Table | pa.RecordBatch, name: str) -> FloatArray:
    """A numeric column as float64, null as NaN, shape (n,). Raises ValueError for one that holds no numbers."""
    return as_doubles(features.column(name), name)


def as_doubles(column: pa.ChunkedArray | pa.Array, name: str) -> FloatArray:
    """Numbers or truth values as float64, null as NaN, shape (n,). Decimals keep their value to a double's last digit.

    name: what the error calls the column. Raises ValueError where it holds anything else.
    """
    kind = column.type
    if pa.types.is_decimal(kind):
        # Arrow multiplies decimals by a power of ten that no double is; a number that is read is the nearest double.
        column = column.cast(pa.string())
    elif not (
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) or kind == pa.null()
    ):
        raise ValueError(
            f"'{name}' is of type {kind} and can't be a feature: take it out of fusion_features, or make a number of "
            "it in customer_features."
        )
    return column.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)


def count_values(features: pa.Table | pa.RecordBatch, name: str) -> FloatArray:
    """A column of counts as float64, unknown as 0, shape (n,)."""
    return np.nan_to_num(column_values(features, name))
