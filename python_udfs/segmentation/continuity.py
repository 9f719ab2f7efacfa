"""Retraining that doesn't jump: of two divisions that are as good, the one that continues what is published."""

import numpy as np

from python_udfs.segmentation.clustering import Clustering, FloatMatrix
from python_udfs.segmentation.estimators import Estimator


def continued_or_fresh(
    vectors: FloatMatrix, fresh: Clustering, published: list[FloatMatrix], estimator: Estimator, tolerance: float
) -> Clustering:
    """The estimator started from the published centroids, unless the fresh clustering's loss is clearly less.

    K-Means and mixtures have many near-equal optima; random starts jump between them when a few customers come or go.
    vectors: (n, d). published: centroids in the same space, of shape (d,) each. tolerance: by what share the loss,
    inertia for K-Means, may be larger. Where the number of segments has changed, or the estimator has no centroids to
    start from, the fresh one stays.
    """
    if estimator.continued is None or len(published) != fresh.k:
        return fresh
    continued = estimator.continued(vectors, np.array(published))
    if not continued.peopled(vectors):
        return fresh
    good_enough = estimator.loss(vectors, continued) <= (1 + tolerance) * estimator.loss(vectors, fresh)
    return continued.largest_first(vectors) if good_enough else fresh
