"""A mixture of Gaussians of one shape: K-Means that knows how large segments are, what is noise, and what is unknown.

K-Means likes segments of equal size and features of equal noise: it cuts a large segment along its noisiest feature
before it parts two small ones, and gathers whoever never wrote a review around those of average mood.
"""

from collections.abc import Sequence

import numpy as np

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import Clustering, FloatMatrix, Labels
from python_udfs.segmentation.mixture import NO_NOISE, FloatArray, MixtureCustomers, likelihood, settled
from python_udfs.segmentation.mixture_search import likeliest_fits

# Started again from where it ended, two or three fits end there, so that a rebuild gives the same bytes.
MOST_FITS = 20


def fit_shared_mixtures(
    vectors: FloatMatrix, ks: Sequence[int], seed: int, starts: int, noise_shares: FloatArray = NO_NOISE
) -> list[Clustering]:
    """For each number k its segments, the largest first: the likeliest found from so many starts (mixture_search.py).

    Everybody belongs to the segment that most probably has them, given how large segments are, how much customers
    within them scatter in each feature, and what is known of the customer. Classification expectation maximisation
    (Celeux and Govaert 1992) of the model EEI of Banfield and Raftery (1993): one diagonal covariance for all segments,
    here shrunk towards a sphere. Unknown coordinates (NaN) are left out (Ghahramani and Jordan 1994).

    vectors: (n, d), n >= k. noise_shares: (d,), the part of each feature's variance that is noise, below which no
    segment's scatter falls. Else whoever happened to cancel one order of three would be a segment of their own. What is
    found for one number doesn't depend on which others are asked for.
    """
    customers = MixtureCustomers.of(vectors, noise_shares)
    with one_thread():
        found = likeliest_fits(customers, ks, seed, starts)
        ordered = {k: fit.clustering.largest_first(vectors) for k, fit in found.items()}
        # Summed in this order, as a fit continued from this one mostly is: the last bits are the same then.
        again = {k: settled(customers, clustering.labels(vectors), k) for k, clustering in ordered.items()}
        return [again[k].clustering.largest_first(vectors) for k in ks]


def continue_shared_mixture(
    vectors: FloatMatrix, centroids: FloatMatrix, noise_shares: FloatArray = NO_NOISE
) -> Clustering:
    """The mixture started from given centroids, shape (k, d), in their order. vectors: (n, d), n >= k."""
    customers = MixtureCustomers.of(vectors, noise_shares)
    with one_thread():
        nearest = Clustering.around(centroids).labels(vectors)
        for _ in range(MOST_FITS):
            # Centroids alone were kept: sizes and scatter are found around them before they may move.
            around = settled(customers, nearest, len(centroids), means=centroids)
            found = settled(customers, around.labels, len(centroids))
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
    customers = MixtureCustomers.of(vectors, noise_shares)
    with one_thread():
        gain = likelihood(customers, labels) - likelihood(customers, np.zeros_like(labels))
    return gain / float(np.sqrt(max(customers.known.sum() / len(labels), 1.0) / 2))
