"""The gap statistic: how much tighter the clusters are than clusters of nothing."""

import numpy as np
from numpy.typing import NDArray

from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.one_thread import one_thread
from python_udfs.segmentation.stability import Refit


def gap_statistic(
    vectors: FloatMatrix, refit: Refit, log_inertia: float, references: int, seed: int
) -> tuple[float, float]:
    """The gap of Tibshirani, Walther and Hastie (2001) and its standard error.

    The mean log inertia of clusters of customers without structure, less that of the real ones. The reference customers
    are uniform in the box that the principal axes of the real ones, vectors of shape (n, d), span.
    """
    logs = []
    for reference in range(references):
        found = uniform_reference(vectors, [seed, reference])
        logs.append(np.log(max(refit(found, seed).inertia(found), 1e-300)))
    deviation = float(np.std(logs)) * float(np.sqrt(1 + 1 / references))
    return float(np.mean(logs)) - log_inertia, deviation


def uniform_reference(vectors: FloatMatrix, seed: list[int]) -> NDArray[np.float64]:
    """As many customers, shape (n, d), uniform in the box aligned with the principal axes of the real ones."""
    center = vectors.mean(axis=0)
    centered = vectors - center
    with one_thread():
        axes = np.linalg.eigh(centered.T @ centered)[1]
        turned = centered @ axes
        drawn = np.random.default_rng(seed).uniform(turned.min(axis=0), turned.max(axis=0), vectors.shape)
        return drawn @ axes.T + center
