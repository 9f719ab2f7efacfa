"""A mixture of Gaussians of one shape: K-Means that knows that segments differ in size, and features in noise.

K-Means likes segments of equal size and features of equal noise: it cuts a large segment along its noisiest feature
before it parts two small ones. The mixture weighs segments by their size and distances by the scatter within segments,
all features together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from python_udfs.segmentation.clustering import Clustering, FloatMatrix, Labels
from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.one_thread import one_thread

# Part of a sphere of as much scatter in the shape. Of few customers a shape of 30 features is mostly chance: 0.15 to
# 0.5 found the same on generated shops, 0 found less.
ROUNDNESS = 0.3
# Of K-Means, which is only the start here.
START_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Rest:
    """When the fit ends: when customers' probabilities move by less on average, at the latest after so many steps.

    most_fits: how often it is started again from where it ended, unless it ends there.
    """

    largest_move: float
    most_steps: int
    most_fits: int


# Enough to compare divisions: what comes later changes their adjusted Rand index in the third digit.
NEARLY = Rest(1e-3, 30, 1)
# Started again from where it ended the fit ends there, so that a rebuild gives the same bytes; two or three fits do.
FULLY = Rest(1e-5, 200, 20)


def fit_shared_mixture(vectors: FloatMatrix, k: int, seed: int, starts: int) -> Clustering:
    """k segments, the largest first, started from K-Means with so many random starts. vectors: (n, d), n >= k."""
    begun = fit_k_means(vectors, k, seed, starts, START_TOLERANCE)
    return continue_shared_mixture(vectors, begun.centroids, NEARLY).largest_first(vectors)


def continue_shared_mixture(vectors: FloatMatrix, centroids: FloatMatrix, rest: Rest = FULLY) -> Clustering:
    """The mixture started from given centroids, shape (k, d), in their order. vectors: (n, d), n >= k.

    Expectation maximisation (Dempster, Laird and Rubin 1977) of the model EEE of Banfield and Raftery (1993), its
    covariance shrunk towards a sphere. What comes out are the means of the customers who most probably belong
    together; everybody then belongs to the nearest, so that a customer's reasons add up feature by feature.
    """
    for _ in range(rest.most_fits):
        before, centroids = centroids, _fitted(vectors, centroids, rest)
        if np.array_equal(before, centroids):
            break
    return Clustering.around(centroids)


def _fitted(vectors: FloatMatrix, centroids: FloatMatrix, rest: Rest) -> FloatMatrix:
    """Means of the customers who most probably belong together, shape (k, d)."""
    nearest = Clustering.around(centroids).labels(vectors)
    with one_thread():
        belonging = _maximised(vectors - vectors.mean(axis=0), _certain(nearest, len(centroids)), rest)
        own = _certain(belonging.argmax(axis=1), len(centroids))
        # The mean of everybody's part stands in for a segment that is nobody's most probable one.
        counted = np.where(own.any(axis=0), own, belonging)
        return (counted.T @ vectors) / np.maximum(counted.sum(axis=0), 1e-300)[:, None]


def _certain(labels: Labels, k: int) -> NDArray[np.float64]:
    return np.eye(k)[labels]


def _maximised(centered: FloatMatrix, belonging: NDArray[np.float64], rest: Rest) -> NDArray[np.float64]:
    """How probably each customer belongs to each segment, shape (n, k), when that doesn't change any more."""
    count, width = centered.shape
    scatter = centered.T @ centered / count
    # Where members of a segment are all alike there is no scatter within.
    least = 1e-9 * max(float(np.trace(scatter)), 1e-300) / width
    for _ in range(rest.most_steps):
        sizes = belonging.sum(axis=0) + 1e-9
        means = (belonging.T @ centered) / sizes[:, None]
        shape = _rounded(scatter - (means.T * sizes) @ means / count, least)
        before, belonging = belonging, _probabilities(centered, means, sizes / count, shape)
        if np.abs(belonging - before).max(axis=1).mean() < rest.largest_move:
            break
    return belonging


def _rounded(within: FloatMatrix, least: float) -> FloatMatrix:
    """The scatter within segments, shape (d, d), between its own shape and a sphere's."""
    width = len(within)
    sphere = np.eye(width) * (ROUNDNESS * max(float(np.trace(within)), 0.0) / width + least)
    return (1 - ROUNDNESS) * within + sphere


def _probabilities(
    centered: FloatMatrix, means: FloatMatrix, shares: NDArray[np.float64], shape: FloatMatrix
) -> NDArray[np.float64]:
    """By Bayes' rule, shape (n, k); what is the same for all segments, as the square of x, is left out."""
    towards = np.linalg.solve(shape, means.T)
    logs = centered @ towards - 0.5 * (means.T * towards).sum(axis=0) + np.log(shares)
    odds = np.exp(logs - logs.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)
