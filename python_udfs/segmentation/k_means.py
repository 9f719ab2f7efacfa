"""K-Means, the same result whatever the machine's number of cores."""

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import Clustering, FloatMatrix

# How little the centroids may still move, relative to the variance, when a fit ends.
TOLERANCE = 1e-8


def fit_k_means(vectors: FloatMatrix, k: int, seed: int, starts: int) -> Clustering:
    """K-Means (Lloyd 1982, k-means++ starts) with k clusters, the largest first.

    vectors: (n, d), n >= k. seed, starts: of the random starts, of which the one of least inertia is kept.
    One thread: sums of doubles depend on how they are split.
    """
    with one_thread():
        model = KMeans(k, n_init=starts, random_state=seed, tol=TOLERANCE, max_iter=500).fit(vectors)
    return Clustering.around(np.asarray(model.cluster_centers_, dtype=np.float64)).largest_first(vectors)


def continue_k_means(vectors: FloatMatrix, centroids: FloatMatrix) -> Clustering:
    """K-Means that starts from given centroids, shape (k, d), and keeps their order. vectors: (n, d), n >= k."""
    with one_thread():
        model = KMeans(len(centroids), init=centroids, n_init=1, tol=TOLERANCE, max_iter=500).fit(vectors)
    return Clustering.around(np.asarray(model.cluster_centers_, dtype=np.float64))


def fit_mini_batch_k_means(vectors: FloatMatrix, k: int, seed: int, starts: int, batch_size: int = 1024) -> Clustering:
    """K-Means on small random batches (Sculley 2010), for samples too large for plain K-Means; the largest first."""
    with one_thread():
        model = MiniBatchKMeans(k, n_init=starts, random_state=seed, batch_size=batch_size).fit(vectors)
    return Clustering.around(np.asarray(model.cluster_centers_, dtype=np.float64)).largest_first(vectors)
