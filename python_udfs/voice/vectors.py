"""Vectors of texts, as NumPy matrices and as Arrow columns."""

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from python_udfs.voice.encoder_errors import EncoderError

FloatMatrix = NDArray[np.float32]


def vector_type(dimensions: int) -> pa.DataType:
    """The Arrow type of a vector; lands as FLOAT[dimensions]."""
    return pa.list_(pa.float32(), dimensions)


def unit_vectors(vectors: ArrayLike, texts: int, dimensions: int, identity: str) -> FloatMatrix:
    """(texts, dimensions) vectors divided by their lengths; a vector of zeros, which points nowhere, stays one.

    Raises EncoderError when the encoder `identity` gave another shape, or something that is no number.
    """
    matrix = (
        np.asarray(vectors, dtype=np.float32).reshape(texts, -1) if texts else np.zeros((0, dimensions), np.float32)
    )
    if matrix.shape[1] != dimensions:
        raise EncoderError(
            f"{identity} gives vectors of {matrix.shape[1]} dimensions, not {dimensions}: correct the var "
            "encoder_dimensions, or leave it out so that the encoder is asked"
        )
    if not np.isfinite(matrix).all():
        raise EncoderError(f"{identity} gives vectors with missing numbers: it can't be used, choose another encoder")
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)


def to_arrow(vectors: FloatMatrix) -> pa.FixedSizeListArray:
    """A column of vectors from the (rows, dimensions) matrix."""
    flat = pa.array(np.ascontiguousarray(vectors).reshape(-1), pa.float32())
    return pa.FixedSizeListArray.from_arrays(flat, type=vector_type(vectors.shape[1]))


def to_matrix(column: pa.Array) -> NDArray[np.float64]:
    """(rows, dimensions) float64 from a column of vectors without nulls, of fixed or variable list type."""
    flat = column.flatten().to_numpy(zero_copy_only=False).astype(np.float64)
    return flat.reshape(len(column), -1) if len(column) else np.zeros((0, 0))


def products(rows: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, k) scalar products of (n, d) rows with (k, d) weights, each the same to the last bit in any company.

    BLAS adds up rows at the end of a batch otherwise than those before them, and so would ask for sorted batches;
    sorting a million vectors takes more memory than everything else together. This takes half as long again.
    """
    return np.einsum("nd,kd->nk", rows, weights)
