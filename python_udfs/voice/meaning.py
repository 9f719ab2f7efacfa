"""What texts are about, on a few axes: the principal components of their embeddings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from python_udfs.one_thread import one_thread
from python_udfs.voice.vectors import products, to_matrix

MOST_AXES = 10
# With fewer texts the axes are those of single texts.
FEWEST_TEXTS = 50
NAMES = [f"meaning_{number}" for number in range(1, MOST_AXES + 1)]
MEANING_SCHEMA = pa.schema(
    [
        pa.field("text_id", pa.string()),
        *(pa.field(name, pa.float64()) for name in NAMES),
        pa.field("variance_share", pa.float64()),
    ]
)


@dataclass(frozen=True)
class MeaningAxes:
    """mean: (d,) of the embeddings. axes: (a, d), at most MOST_AXES, none where there are too few texts.

    variance_share: of the embeddings' variance, that the axes carry together.
    """

    mean: NDArray[np.float64]
    axes: NDArray[np.float64]
    variance_share: float


def fit_meaning(texts: pa.Table, variance_share: float) -> MeaningAxes:
    """The first principal components that carry the share of the variance together, or MOST_AXES of them.

    texts: column embedding, one row per text. variance_share: between 0 and 1. On one thread, signs fixed by the
    largest loading (scikit-learn's), so that the same texts always give the same axes.
    """
    vectors = to_matrix(texts.column("embedding").combine_chunks())
    if len(vectors) < FEWEST_TEXTS:
        return MeaningAxes(np.zeros(vectors.shape[1]), np.zeros((0, vectors.shape[1])), 0.0)
    with one_thread():
        fitted = PCA(min(MOST_AXES, *vectors.shape), svd_solver="covariance_eigh").fit(vectors)
    carried = np.cumsum(fitted.explained_variance_ratio_)
    enough = min(len(carried), int(np.searchsorted(carried, variance_share)) + 1)
    return MeaningAxes(fitted.mean_, fitted.components_[:enough], round(float(carried[enough - 1]), 6))


def meanings(fitted: MeaningAxes) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id and embedding to batches of MEANING_SCHEMA; unused axes are null."""

    def meanings_of(batch: pa.RecordBatch) -> pa.RecordBatch:
        vectors = to_matrix(batch["embedding"])
        places = products(vectors - fitted.mean, fitted.axes) if len(vectors) else np.zeros((0, len(fitted.axes)))
        columns = [pa.array(places[:, axis]) for axis in range(len(fitted.axes))]
        missing = [pa.nulls(batch.num_rows, pa.float64())] * (MOST_AXES - len(columns))
        share = pa.array(np.full(batch.num_rows, fitted.variance_share))
        return pa.RecordBatch.from_arrays([batch["text_id"], *columns, *missing, share], schema=MEANING_SCHEMA)

    return meanings_of
