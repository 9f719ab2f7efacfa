"""K-Means, the same result whatever the machine's number of cores."""

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

FloatMatrix = NDArray[np.float64]


def fit_k_means(vectors: FloatMatrix, k: int, seed: int, starts: int, tolerance: float = 1e-8) -> FloatMatrix:
    """Centroids of K-Means (Lloyd 1982, k-means++ starts), shape (k, d), the largest cluster's first.

    vectors: (n, d), n >= k. seed, starts: of the random starts, of which the one of least inertia is kept.
    tolerance: how little the centroids may still move, relative to the variance, when the fit ends.
    Ties in size are broken by the centroid's coordinates. One thread: sums of doubles depend on how they are split.
    """
    with threadpool_limits(limits=1):
        model = KMeans(k, n_init=starts, random_state=seed, tol=tolerance, max_iter=500).fit(vectors)
    sizes = np.bincount(model.labels_, minlength=k)
    order = sorted(range(k), key=lambda cluster: (-sizes[cluster], tuple(model.cluster_centers_[cluster])))
    return np.asarray(model.cluster_centers_[order], dtype=np.float64)


def squared_distances(vectors: FloatMatrix, centroids: FloatMatrix) -> FloatMatrix:
    """Squared Euclidean distances, shape (n, k); exact differences, no expansion that would cancel digits."""
    return np.stack([((vectors - centroid) ** 2).sum(axis=1) for centroid in centroids], axis=1)


def nearest(vectors: FloatMatrix, centroids: FloatMatrix) -> NDArray[np.intp]:
    """Index of each vector's nearest centroid, shape (n,); the first one wins a tie."""
    return squared_distances(vectors, centroids).argmin(axis=1)
