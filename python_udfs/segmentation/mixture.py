"""The model of a mixture of Gaussians of one shape, and how customers settle in its segments."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from python_udfs.segmentation.clustering import Clustering, FloatMatrix, Labels, at_center

# Part of a sphere of as much scatter in the shape: 0.1 to 0.8 found the same on generated shops, a sphere found less.
# It keeps features that hardly differ, as axes of meaning do by the weight of their block, from counting in full.
ROUNDNESS = 0.5
MOST_STEPS = 100
NO_NOISE = np.zeros(1)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class MixtureCustomers:
    """What all steps of a fit have in common.

    vectors: (n, d), unknown coordinates at the centre. known: (n, d), 1 where they aren't. stacked: (n, d + p + 1), so
    that a step takes one product: the vectors, the p different columns of `known` (features of one observation are
    known of the same customers), and 1. alike: (d, p), 1 where a feature has the column. known_counts: (d,).
    square_sums: (d,). least: (d,), the variance within segments that is noise.
    """

    vectors: FloatMatrix
    known: FloatMatrix
    stacked: FloatMatrix
    alike: FloatMatrix
    known_counts: FloatArray
    square_sums: FloatArray
    least: FloatArray

    @classmethod
    def of(cls, vectors: FloatMatrix, noise_shares: FloatArray) -> "MixtureCustomers":
        """The customers of these vectors, shape (n, d). noise_shares: (d,), of the variance of each feature."""
        known = (~np.isnan(vectors)).astype(np.float64)
        placed = at_center(vectors)
        different, column = np.unique(known.T, axis=0, return_inverse=True)
        stacked = np.column_stack([placed, different.T, np.ones(len(placed))])
        counts, square_sums = known.sum(axis=0), (placed**2).sum(axis=0)
        variances = square_sums / np.maximum(counts, 1.0) - (placed.sum(axis=0) / np.maximum(counts, 1.0)) ** 2
        # Where members of a segment are all alike there is no scatter within.
        smallest = 1e-9 * max(float(variances.sum()), 1e-300)
        least = np.maximum(noise_shares * variances, smallest)
        return cls(placed, known, stacked, np.eye(len(different))[column], counts, square_sums, least)


@dataclass(frozen=True)
class Fit:
    """Segments in which nobody is better off in another. labels: (n,). likelihood: mean logarithm of a customer's."""

    clustering: Clustering
    labels: Labels
    likelihood: float


def settled(customers: MixtureCustomers, labels: Labels, k: int, means: FloatMatrix | None = None) -> Fit:
    """The fit at which nobody changes the segment any more, begun with these labels, shape (n,), below k.

    Classification expectation maximisation (Celeux and Govaert 1992). means: (k, d) of the segments, if they mustn't
    move. Called with one_thread().
    """
    for _ in range(MOST_STEPS):
        places, shares, shape = _maximised(customers, labels, k, means)
        logs = _log_probabilities(customers, places, shares, shape)
        before, labels = labels, logs.argmax(axis=1)
        if np.array_equal(before, labels):
            break
    offsets = -2 * np.log(shares / shares.max())
    scales = np.tile(np.sqrt(shape), (k, 1))
    found = Clustering(places, scales, offsets, np.full(k, np.inf), leaves_out_unknown=True)
    return Fit(found, labels, float(logs.max(axis=1).mean()) - _constant(customers, shape))


def likelihood(customers: MixtureCustomers, labels: Labels) -> float:
    """Mean log-likelihood of the customers in segments of these labels, shape (n,), but for the constant of pi."""
    found, segments = np.unique(labels, return_inverse=True)
    places, shares, shape = _maximised(customers, segments, len(found), None)
    logs = _log_probabilities(customers, places, shares, shape)[np.arange(len(segments)), segments]
    return float(logs.mean()) - _constant(customers, shape)


def _maximised(
    customers: MixtureCustomers, labels: Labels, k: int, means: FloatMatrix | None
) -> tuple[FloatMatrix, FloatArray, FloatArray]:
    """Means, shape (k, d), shares of the customers, (k,), and variances within segments, (d,)."""
    n, d = customers.vectors.shape
    members = csr_array((np.ones(n), labels, np.arange(n + 1)), shape=(n, k))
    totals = members.T @ customers.stacked
    sums, counts, sizes = totals[:, :d], totals[:, d:-1] @ customers.alike.T, totals[:, -1]
    if means is None:
        # Of a segment that knows nothing of a feature, the centre.
        means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    scatter = np.maximum(customers.square_sums + ((counts * means - 2 * sums) * means).sum(axis=0), 0.0)
    known_counts = np.maximum(customers.known_counts, 1.0)
    sphere = scatter.sum() / known_counts.sum()
    within = (1 - ROUNDNESS) * scatter / known_counts + ROUNDNESS * sphere
    shares = (sizes + 1e-9) / n
    return means, shares, np.maximum(within, customers.least)


def _log_probabilities(
    customers: MixtureCustomers, means: FloatMatrix, shares: FloatArray, shape: FloatArray
) -> FloatMatrix:
    """By Bayes' rule, shape (n, k); what is the same for all segments is left out, see `_constant`."""
    towards = means / shape
    weights = np.column_stack([towards, means * towards @ customers.alike / -2, np.log(shares)])
    return customers.stacked @ weights.T


def _constant(customers: MixtureCustomers, shape: FloatArray) -> float:
    """What the mean log-likelihood is smaller by in every segment, but for the constant of pi."""
    constants = customers.square_sums / shape + np.log(shape) * customers.known_counts
    return float(constants.sum() / 2 / len(customers.vectors))
