"""How well each cluster survives when the customers are drawn anew."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from python_udfs.segmentation.clustering import FloatMatrix, fit_k_means, nearest


def bootstrap_jaccard(vectors: FloatMatrix, centroids: FloatMatrix, resamples: int, seed: int) -> NDArray[np.float64]:
    """Mean Jaccard similarity of each cluster to its best match among clusters of resampled data, shape (k,).

    Hennig (2007), Cluster-wise assessment of cluster stability: draw n customers with replacement, cluster them, and
    compare on the distinct customers drawn. Above 0.75 a cluster is a stable pattern, below 0.6 it should not be
    trusted. vectors: (n, d); centroids: (k, d).
    """
    labels = nearest(vectors, centroids)

    def of_resample(resample: int) -> NDArray[np.float64]:
        return resampled_jaccard(vectors, labels, len(centroids), [seed, len(centroids), resample])

    # Resamples side by side, each on one thread, and added up in their order: the number of cores changes no digit.
    with (
        threadpool_limits(limits=1),
        ThreadPoolExecutor(os.cpu_count(), initializer=threadpool_limits, initargs=(1,)) as workers,
    ):
        return np.mean(list(workers.map(of_resample, range(resamples))), axis=0)


def resampled_jaccard(vectors: FloatMatrix, labels: NDArray[np.intp], k: int, seed: list[int]) -> NDArray[np.float64]:
    """Jaccard similarity of each cluster to its best match among the clusters of one resample, shape (k,)."""
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, len(vectors), len(vectors))
    again = fit_k_means(vectors[drawn], k, seed=int(generator.integers(2**31)), starts=1, tolerance=1e-4)
    distinct = np.unique(drawn)
    return best_jaccard(labels[distinct], nearest(vectors[distinct], again), k)


def best_jaccard(labels: NDArray[np.intp], others: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """For each cluster of `labels` its largest Jaccard similarity to a cluster of `others`, shape (k,); 0 if empty."""
    together = np.zeros((k, k))
    np.add.at(together, (labels, others), 1)
    either = together.sum(axis=1, keepdims=True) + together.sum(axis=0, keepdims=True) - together
    return np.divide(together, either, out=np.zeros_like(together), where=either > 0).max(axis=1)
