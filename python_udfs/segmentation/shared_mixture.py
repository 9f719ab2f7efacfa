"""A mixture of Gaussians of one shape: K-Means that knows how large segments are, what is noise, and what is unknown.

K-Means likes segments of equal size and features of equal noise: it cuts a large segment along its noisiest feature
before it parts two small ones, and gathers whoever never wrote a review around those of average mood.
"""

from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np
from numpy.typing import NDArray

from python_udfs.segmentation.clustering import Clustering, FloatMatrix, Labels, at_center
from python_udfs.segmentation.moves import promising_moves
from python_udfs.segmentation.one_thread import one_thread
from python_udfs.segmentation.starts import k_means_labels, ward_labels

# Part of a sphere of as much scatter in the shape: 0.1 to 0.8 found the same on generated shops, a sphere found less.
# It keeps features that hardly differ, as axes of meaning do by the weight of their block, from counting in full.
ROUNDNESS = 0.5
MOST_STEPS = 100
# Started again from where it ended, two or three fits end there, so that a rebuild gives the same bytes.
MOST_FITS = 20
# Mostly none to two moves are made, and the first to be tried is the one.
MOST_MOVES = 20
MOST_TRIED = 3
# Of log-likelihood a customer: a smaller difference may be one of rounding.
LIKELIHOOD_DIGITS = 9
LEAST_LIKELIER = 10.0**-LIKELIHOOD_DIGITS
NO_NOISE = np.zeros(1)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class _Customers:
    """What all steps of a fit have in common.

    vectors: (n, d), unknown coordinates at the centre. known: (n, d), 1 where they aren't. known_counts: (d,), 1 where
    nothing is known. square_sums: (d,), of squares. least: (d,), the variance within segments that is noise.
    """

    vectors: FloatMatrix
    known: FloatMatrix
    squares: FloatMatrix
    known_counts: FloatArray
    square_sums: FloatArray
    least: FloatArray

    @classmethod
    def of(cls, vectors: FloatMatrix, noise_shares: FloatArray) -> "_Customers":
        known = (~np.isnan(vectors)).astype(np.float64)
        placed = at_center(vectors)
        squares = placed**2
        counts, square_sums = np.maximum(known.sum(axis=0), 1.0), squares.sum(axis=0)
        variances = square_sums / counts - (placed.sum(axis=0) / counts) ** 2
        # Where members of a segment are all alike there is no scatter within.
        smallest = 1e-9 * max(float(variances.sum()), 1e-300)
        return cls(placed, known, squares, counts, square_sums, np.maximum(noise_shares * variances, smallest))


def fit_shared_mixture(
    vectors: FloatMatrix, k: int, seed: int, starts: int, noise_shares: FloatArray = NO_NOISE
) -> Clustering:
    """k segments, the largest first: the likeliest of so many starts (starts.py), each followed by moves (moves.py).

    Everybody belongs to the segment that most probably has them, given how large segments are, how much customers
    within them scatter in each feature, and what is known of the customer. Classification expectation maximisation
    (Celeux and Govaert 1992) of the model EEI of Banfield and Raftery (1993): one diagonal covariance for all segments,
    here shrunk towards a sphere. Unknown coordinates (NaN) are left out (Ghahramani and Jordan 1994).

    vectors: (n, d), n >= k. noise_shares: (d,), the part of each feature's variance that is noise, below which no
    segment's scatter falls. Else whoever happened to cancel one order of three would be a segment of their own.
    """
    customers = _Customers.of(vectors, noise_shares)
    with one_thread():
        begun = zip(cycle((ward_labels, k_means_labels)), seeds_of_starts(seed, starts), strict=False)
        settled = [_settled(customers, start(customers.vectors, k, start_seed), k) for start, start_seed in begun]
        unlike: dict[float, _Fit] = {}
        for fit in settled:
            # Starts that end alike are moved on once.
            unlike.setdefault(round(fit.likelihood, LIKELIHOOD_DIGITS), fit)
        found = [_moved(customers, fit, k) for fit in unlike.values()]
        # The first of equally likely ones.
        likeliest = max(found, key=lambda fit: fit.likelihood).clustering.largest_first(vectors)
        # Summed in this order, as a fit continued from this one mostly is: the last bits are the same then.
        return _settled(customers, likeliest.labels(vectors), k).clustering.largest_first(vectors)


def seeds_of_starts(seed: int, starts: int) -> list[int]:
    """As many seeds, which those of another seed have nothing to do with."""
    return [int(state) for state in np.random.SeedSequence(seed).generate_state(starts)]


def continue_shared_mixture(
    vectors: FloatMatrix, centroids: FloatMatrix, noise_shares: FloatArray = NO_NOISE
) -> Clustering:
    """The mixture started from given centroids, shape (k, d), in their order. vectors: (n, d), n >= k."""
    customers = _Customers.of(vectors, noise_shares)
    with one_thread():
        nearest = Clustering.around(centroids).labels(vectors)
        for _ in range(MOST_FITS):
            # Centroids alone were kept: sizes and scatter are found around them before they may move.
            around = _settled(customers, nearest, len(centroids), means=centroids)
            found = _settled(customers, around.labels, len(centroids))
            before, centroids, nearest = centroids, found.clustering.centroids, found.labels
            if np.array_equal(before, centroids):
                break
    return found.clustering


def spread(vectors: FloatMatrix, clustering: Clustering) -> float:
    """How far customers are from their segments, on the scale of K-Means' inertia, from the likelihood.

    vectors: (n, d). exp(-2 log-likelihood / (n d)): for one spherical shape it is proportional to the inertia, so that
    a limit in per cent means the same for both.
    """
    counted = (~np.isnan(vectors)).astype(np.float64)
    shares = np.exp(-clustering.offsets / 2)
    deviance = clustering.squared_distances(vectors).min(axis=1) + 2 * np.log(shares.sum())
    deviance += counted @ (2 * np.log(clustering.scales[0]))
    return float(np.exp(deviance.sum() / max(counted.sum(), 1.0)))


def likelihood_gain(vectors: FloatMatrix, labels: Labels, noise_shares: FloatArray = NO_NOISE) -> float:
    """How much better a division describes the customers than none; labels: (n,), vectors: (n, d).

    Whatever estimator found the division, it is taken for a mixture of one shape around its segments' means. Customers
    are described by the log-likelihood of what is known of them and of their segment (the classification likelihood of
    Celeux and Govaert 1992). The gain is that of their mean, in units of what it varies by among customers of one
    segment: the square root of m / 2, m the number of coordinates known of a customer on average, as squared distances
    in m dimensions follow a chi-squared distribution. So it is an effect size, which depends neither on how many
    customers there are nor much on how many features. Those of one label are one segment, noise as well.
    """
    customers = _Customers.of(vectors, noise_shares)
    with one_thread():
        gain = _likelihood(customers, labels) - _likelihood(customers, np.zeros_like(labels))
    return gain / float(np.sqrt(max(customers.known.sum() / len(labels), 1.0) / 2))


def _likelihood(customers: _Customers, labels: Labels) -> float:
    found, segments = np.unique(labels, return_inverse=True)
    places, shares, shape = _maximised(customers, segments, len(found), None)
    logs = _log_probabilities(customers, places, shares, shape)[np.arange(len(segments)), segments]
    return float((logs - _constants(customers, shape)).mean())


@dataclass(frozen=True)
class _Fit:
    clustering: Clustering
    labels: Labels
    likelihood: float


def _moved(customers: _Customers, fit: _Fit, k: int) -> _Fit:
    """The fit that is reached from this one by moves, and that no promising move makes likelier."""
    for _ in range(MOST_MOVES):
        centroids, shape = fit.clustering.centroids, fit.clustering.scales[0] ** 2
        moves = promising_moves(customers.vectors, customers.known, fit.labels, centroids, shape)
        tried = (_settled(customers, move, k) for move in islice(moves, MOST_TRIED))
        likelier = next((other for other in tried if other.likelihood > fit.likelihood + LEAST_LIKELIER), None)
        if likelier is None:
            break
        fit = likelier
    return fit


def _settled(customers: _Customers, labels: Labels, k: int, means: FloatMatrix | None = None) -> _Fit:
    """The fit at which nobody changes the segment any more, begun with these labels, shape (n,).

    means: (k, d) of the segments, if they mustn't move.
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
    return _Fit(found, labels, float((logs.max(axis=1) - _constants(customers, shape)).mean()))


def _maximised(
    customers: _Customers, labels: Labels, k: int, means: FloatMatrix | None
) -> tuple[FloatMatrix, FloatArray, FloatArray]:
    """Means, shape (k, d), shares of the customers, (k,), and variances within segments, (d,)."""
    members = np.eye(k)[labels]
    counts = members.T @ customers.known
    sums = members.T @ customers.vectors
    if means is None:
        # Of a segment that knows nothing of a feature, the centre.
        means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    scatter = np.maximum(customers.square_sums + ((counts * means - 2 * sums) * means).sum(axis=0), 0.0)
    sphere = scatter.sum() / customers.known_counts.sum()
    within = (1 - ROUNDNESS) * scatter / customers.known_counts + ROUNDNESS * sphere
    shares = (np.bincount(labels, minlength=k) + 1e-9) / len(labels)
    return means, shares, np.maximum(within, customers.least)


def _log_probabilities(customers: _Customers, means: FloatMatrix, shares: FloatArray, shape: FloatArray) -> FloatMatrix:
    """By Bayes' rule, shape (n, k); what is the same for all segments is left out, see `_constants`."""
    towards = means / shape
    return customers.vectors @ towards.T - customers.known @ (means * towards).T / 2 + np.log(shares)


def _constants(customers: _Customers, shape: FloatArray) -> FloatArray:
    """What the log-likelihood of each customer is smaller by in every segment, (n,), but for the constant of pi."""
    return (customers.squares / shape + np.log(shape) * customers.known).sum(axis=1) / 2
