"""The gap statistic: how much tighter the clusters are than clusters of nothing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.stability import RefitEach


def gap_statistics(
    vectors: FloatMatrix, refit_each: RefitEach, log_inertias: Sequence[float], references: int, seed: int
) -> list[tuple[float, float]]:
    """The gap of Tibshirani, Walther and Hastie (2001) and its standard error, of each of several clusterings.

    The mean log inertia of clusters of customers without structure, less that of the real ones, `log_inertias`. The
    reference customers are uniform in the box that the principal axes of the real ones, vectors of shape (n, d), span.
    """
    logs = np.empty((references, len(log_inertias)))
    for reference in range(references):
        drawn = uniform_reference(vectors, [seed, reference])
        logs[reference] = [np.log(max(found.inertia(drawn), 1e-300)) for found in refit_each(drawn, seed)]
    gaps = logs.mean(axis=0) - log_inertias
    errors = logs.std(axis=0) * np.sqrt(1 + 1 / references)
    return [(float(gap), float(error)) for gap, error in zip(gaps, errors, strict=True)]


def uniform_reference(vectors: FloatMatrix, seed: list[int]) -> NDArray[np.float64]:
    """As many customers, shape (n, d), uniform in the box aligned with the principal axes of the real ones."""
    center = vectors.mean(axis=0)
    centered = vectors - center
    with one_thread():
        axes = np.linalg.eigh(centered.T @ centered)[1]
        turned = centered @ axes
        drawn = np.random.default_rng(seed).uniform(turned.min(axis=0), turned.max(axis=0), vectors.shape)
        return drawn @ axes.T + center
