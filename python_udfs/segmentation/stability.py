"""How well each cluster survives when the customers are drawn anew."""

import numpy as np
from numpy.typing import NDArray

from python_udfs.segmentation.clustering import FloatMatrix, fit_k_means, nearest


def bootstrap_jaccard(vectors: FloatMatrix, centroids: FloatMatrix, resamples: int, seed: int) -> NDArray[np.float64]:
    """Mean Jaccard similarity of each cluster to its best match among clusters of resampled data, shape (k,).

    Hennig (2007), Cluster-wise assessment of cluster stability: draw n customers with replacement, cluster them, and
    compare on the distinct customers drawn. Above 0.75 a cluster is a stable pattern, below 0.6 it should not be
    trusted. vectors: (n, d); centroids: (k, d).
    """
    k = len(centroids)
    labels = nearest(vectors, centroids)
    total = np.zeros(k)
    for resample in range(resamples):
        generator = np.random.default_rng([seed, k, resample])
        drawn = generator.integers(0, len(vectors), len(vectors))
        again = fit_k_means(vectors[drawn], k, seed + resample, starts=1)
        distinct = np.unique(drawn)
        total += best_jaccard(labels[distinct], nearest(vectors[distinct], again), k)
    return total / resamples


def best_jaccard(labels: NDArray[np.intp], others: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """For each cluster of `labels` its largest Jaccard similarity to a cluster of `others`, shape (k,); 0 if empty."""
    together = np.zeros((k, k))
    np.add.at(together, (labels, others), 1)
    either = together.sum(axis=1, keepdims=True) + together.sum(axis=0, keepdims=True) - together
    return np.divide(together, either, out=np.zeros_like(together), where=either > 0).max(axis=1)
