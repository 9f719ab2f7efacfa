"""The estimators that may form segments, all through one seam: from vectors and a setting to a clustering."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import NOISE, Clustering, FloatMatrix, Labels, at_center
from python_udfs.segmentation.evenly_spaced import evenly_spaced
from python_udfs.segmentation.k_means import continue_k_means, fit_k_means, fit_mini_batch_k_means
from python_udfs.segmentation.shared_mixture import NO_NOISE, continue_shared_mixture, fit_shared_mixtures, spread

# Estimators that compare all pairs see at most so many customers; the others are assigned by distance.
PAIRWISE_LIMIT = 5000
# How dense a cluster must be to count, as shares of the customers; DBSCAN and HDBSCAN find the number of clusters.
SMALLEST_SHARES = (0.01, 0.02, 0.03, 0.05, 0.08, 0.12)
NEIGHBOUR_QUANTILES = (0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
NEIGHBOURS = 10
# Nearly all are where a next build finds them after one or two.
MOST_CARRIED_ON = 10

# vectors (n, d), unknown coordinates NaN; setting, seed, starts -> the clusters, the largest first.
Fit = Callable[[FloatMatrix, float, int, int], Clustering]
# The same of several settings, each as if it were alone.
FitEach = Callable[[FloatMatrix, Sequence[float], int, int], list[Clustering]]
# vectors (n, d), centroids to start from (k, d) -> the clusters in their order.
Continue = Callable[[FloatMatrix, FloatMatrix], Clustering]
# vectors (n, d), clusters -> what the estimator keeps small, on a scale of ratios.
Loss = Callable[[FloatMatrix, Clustering], float]


def inertia(vectors: FloatMatrix, clustering: Clustering) -> float:
    """What K-Means keeps small. vectors: (n, d)."""
    return clustering.inertia(vectors)


@dataclass(frozen=True)
class Estimator:
    """A way to form segments.

    fit_each: of several settings. settings: what to try, from the vectors and the largest number of segments. counts:
    whether a setting is the number of segments. continued: the same started from published centroids, None where it
    can't. loss: tells which of two clusterings is better. resamples_distinct: whether customers drawn twice by the
    bootstrap count once, as they would make places dense. minds_noise: whether it asks how much of a feature is noise.
    """

    fit_each: FitEach
    settings: Callable[[FloatMatrix, int], Sequence[float]]
    counts: bool = True
    continued: Continue | None = None
    loss: Loss = inertia
    resamples_distinct: bool = False
    minds_noise: bool = False

    def fit(self, vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
        """The clustering of one setting. vectors: (n, d)."""
        return self.fit_each(vectors, [setting], seed, starts)[0]

    def knowing(self, noise_shares: NDArray[np.float64]) -> "Estimator":
        """The estimator for vectors whose dimensions' variance is noise by these shares, shape (d,)."""
        if not self.minds_noise or self.continued is None:
            return self
        return replace(
            self,
            fit_each=partial(self.fit_each, noise_shares=noise_shares),
            continued=partial(self.continued, noise_shares=noise_shares),
        )

    def settled(
        self, vectors: FloatMatrix, clustering: Clustering, lasting: NDArray[np.bool_] | None = None
    ) -> Clustering:
        """The clustering carried on to where a next build that continues it finds it again. vectors: (n, d).

        lasting: (d,), which coordinates of a centroid the next build will know; the others it takes for central.
        """
        if self.continued is None:
            return clustering
        found = [clustering]
        for _ in range(MOST_CARRIED_ON):
            known = found[-1].centroids if lasting is None else np.where(lasting, found[-1].centroids, 0.0)
            carried_on = self.continued(vectors, known)
            if not carried_on.peopled(vectors):
                break
            following = carried_on.largest_first(vectors)
            again = next((i for i, c in enumerate(found) if np.array_equal(c.centroids, following.centroids)), None)
            if again is not None:
                # Mostly the last one. Some go round in a circle, of which every build chooses the same one.
                return min(found[again:], key=lambda c: (self.loss(vectors, c), c.centroids.tolist()))
            found.append(following)
        return found[-1]


def _counts(vectors: FloatMatrix, largest_k: int) -> Sequence[float]:
    return range(2, largest_k + 1)


def one_by_one(fit: Fit) -> FitEach:
    """Where fitting several settings at once is no quicker."""

    def fit_each(vectors: FloatMatrix, settings: Sequence[float], seed: int, starts: int) -> list[Clustering]:
        return [fit(vectors, setting, seed, starts) for setting in settings]

    return fit_each


def _shared_mixtures(
    vectors: FloatMatrix,
    settings: Sequence[float],
    seed: int,
    starts: int,
    noise_shares: NDArray[np.float64] = NO_NOISE,
) -> list[Clustering]:
    return fit_shared_mixtures(vectors, [int(setting) for setting in settings], seed, starts, noise_shares)


def _k_means(vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
    return fit_k_means(at_center(vectors), int(setting), seed, starts)


def _continued_k_means(vectors: FloatMatrix, centroids: FloatMatrix) -> Clustering:
    return continue_k_means(at_center(vectors), centroids)


def _mini_batch(vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
    return fit_mini_batch_k_means(at_center(vectors), int(setting), seed, starts)


def _gaussian_mixture(vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
    """A mixture with diagonal covariances; a customer belongs to the component of largest posterior probability."""
    vectors = at_center(vectors)
    with one_thread():
        model = GaussianMixture(
            int(setting), covariance_type="diag", n_init=min(starts, 3), random_state=seed, reg_covar=1e-3
        ).fit(vectors)
    scales = np.sqrt(model.covariances_)
    offsets = 2 * np.log(scales).sum(axis=1) - 2 * np.log(model.weights_)
    # Only differences count; from 0 up they can be told as distances.
    found = Clustering(model.means_, scales, offsets - offsets.min(), np.full(len(offsets), np.inf))
    return found.largest_first(vectors)


def _ward(vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
    """Ward's agglomeration (1963) of a sample; everybody belongs to the nearest centroid."""
    sample = _pairwise_sample(vectors)
    with one_thread():
        labels = AgglomerativeClustering(int(setting), linkage="ward").fit_predict(sample)
    return Clustering.around(_centroids(sample, labels)).largest_first(vectors)


def _hdbscan(vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
    """HDBSCAN (Campello, Moulavi and Sander 2013) of a sample; who is beyond the nearest cluster's reach is noise."""
    sample = _pairwise_sample(vectors)
    smallest = max(5, round(setting * len(sample)))
    neighbours = min(NEIGHBOURS, len(sample))
    with one_thread():
        labels = HDBSCAN(min_cluster_size=smallest, min_samples=neighbours, n_jobs=1, copy=True).fit_predict(sample)
    return _reaching(sample, np.asarray(labels)).largest_first(vectors)


def _dbscan(vectors: FloatMatrix, setting: float, seed: int, starts: int) -> Clustering:
    """DBSCAN (Ester et al. 1996) of a sample; who is beyond the nearest cluster's reach is noise. setting: eps."""
    sample = _pairwise_sample(vectors)
    with one_thread():
        labels = DBSCAN(eps=setting, min_samples=NEIGHBOURS, n_jobs=1).fit_predict(sample)
    return _reaching(sample, np.asarray(labels)).largest_first(vectors)


def _shares(vectors: FloatMatrix, largest_k: int) -> Sequence[float]:
    return SMALLEST_SHARES


def _neighbour_distances(vectors: FloatMatrix, largest_k: int) -> Sequence[float]:
    """Quantiles of the distance to the tenth neighbour: the knee that one looks for with DBSCAN lies among them."""
    sample = _pairwise_sample(vectors)
    if len(sample) <= NEIGHBOURS:
        return ()
    with one_thread():
        nearest = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(sample).kneighbors(sample)[0][:, -1]
    distances = np.quantile(nearest, NEIGHBOUR_QUANTILES, method="inverted_cdf")
    return [float(distance) for distance in np.unique(distances) if distance > 0]


def _pairwise_sample(vectors: FloatMatrix) -> FloatMatrix:
    return evenly_spaced(at_center(vectors), PAIRWISE_LIMIT)


def _centroids(vectors: FloatMatrix, labels: Labels) -> FloatMatrix:
    found = [label for label in np.unique(labels) if label != NOISE]
    means = [vectors[labels == label].mean(axis=0) for label in found]
    return np.array(means).reshape(len(found), vectors.shape[1])


def _reaching(vectors: FloatMatrix, labels: Labels) -> Clustering:
    """Clusters that reach as far as their farthest member."""
    centroids = _centroids(vectors, labels)
    found = [label for label in np.unique(labels) if label != NOISE]
    radii = [
        np.linalg.norm(vectors[labels == label] - centroid, axis=1).max()
        for label, centroid in zip(found, centroids, strict=True)
    ]
    return Clustering(centroids, np.ones_like(centroids), np.zeros(len(found)), np.array(radii, dtype=np.float64))


ESTIMATORS: Mapping[str, Estimator] = {
    "shared_mixture": Estimator(
        _shared_mixtures, _counts, continued=continue_shared_mixture, loss=spread, minds_noise=True
    ),
    "k_means": Estimator(one_by_one(_k_means), _counts, continued=_continued_k_means),
    "mini_batch_k_means": Estimator(one_by_one(_mini_batch), _counts),
    "gaussian_mixture": Estimator(one_by_one(_gaussian_mixture), _counts),
    "ward": Estimator(one_by_one(_ward), _counts),
    "hdbscan": Estimator(one_by_one(_hdbscan), _shares, counts=False, resamples_distinct=True),
    "dbscan": Estimator(one_by_one(_dbscan), _neighbour_distances, counts=False, resamples_distinct=True),
}


def estimator_named(name: str) -> Estimator:
    """The estimator of the var `segment_estimator`; ValueError, with the names there are, for an unknown one."""
    if name not in ESTIMATORS:
        raise ValueError(f"segment_estimator is '{name}'; use one of {', '.join(ESTIMATORS)}")
    return ESTIMATORS[name]
