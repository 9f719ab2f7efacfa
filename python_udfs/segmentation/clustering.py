"""A clustering of customers: where its clusters lie, how far each reaches, and whose nearest one is which.

A coordinate that is unknown is NaN in a customer's vector.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

FloatMatrix = NDArray[np.float64]
Labels = NDArray[np.intp]

NOISE = -1


def at_center(vectors: FloatMatrix) -> FloatMatrix:
    """The vectors, of any shape, with what is unknown at the centre of all customers, 0."""
    return np.where(np.isnan(vectors), 0.0, vectors)


@dataclass(frozen=True)
class Clustering:
    """Clusters whose members can be told by distance, whatever estimator found them.

    centroids: (k, d). scales: (k, d), by which a cluster divides differences; 1 for Euclidean distances.
    offsets: (k,), added to its squared distances; 0 or more. radii: (k,), beyond which a customer belongs to no
    cluster; infinite where everybody belongs to one. leaves_out_unknown: whether an unknown coordinate is no part of a
    distance; else it is at the centre of all customers.
    """

    centroids: FloatMatrix
    scales: FloatMatrix
    offsets: NDArray[np.float64]
    radii: NDArray[np.float64]
    leaves_out_unknown: bool = False

    @classmethod
    def around(cls, centroids: FloatMatrix) -> "Clustering":
        """Everybody belongs to the nearest centroid in the Euclidean sense, as in K-Means. centroids: (k, d)."""
        k = len(centroids)
        return cls(centroids, np.ones_like(centroids), np.zeros(k), np.full(k, np.inf))

    @property
    def k(self) -> int:
        """How many clusters there are."""
        return len(self.centroids)

    def squared_distances(self, vectors: FloatMatrix) -> FloatMatrix:
        """Squared distances, shape (n, k); exact differences, no expansion that would cancel digits."""
        squared = np.empty((len(vectors), self.k))
        placed, counted = self._placed(vectors)
        for cluster, (centroid, scale) in enumerate(zip(self.centroids, self.scales, strict=True)):
            parts = ((placed - centroid) / scale) ** 2 * counted
            squared[:, cluster] = parts.sum(axis=1) + self.offsets[cluster]
        return squared

    def squared_differences(self, vectors: FloatMatrix, clusters: Labels) -> FloatMatrix:
        """What each dimension adds to the squared distance to a customer's cluster, shape (n, d); clusters: (n,)."""
        placed, counted = self._placed(vectors)
        return ((placed - self.centroids[clusters]) / self.scales[clusters]) ** 2 * counted

    def _placed(self, vectors: FloatMatrix) -> tuple[FloatMatrix, NDArray[np.float64]]:
        """Where customers are, without anything unknown, and which of their coordinates count: 1 or 0."""
        counted = ~np.isnan(vectors) if self.leaves_out_unknown else np.array(1.0)
        return at_center(vectors), counted.astype(np.float64)

    def labels(self, vectors: FloatMatrix) -> Labels:
        """Index of each vector's nearest cluster, shape (n,), the first one in a tie; NOISE beyond its radius."""
        if self.k == 0:
            return np.full(len(vectors), NOISE)
        squared = self.squared_distances(vectors)
        found = squared.argmin(axis=1)
        reached = np.sqrt(squared[np.arange(len(vectors)), found]) <= self.radii[found]
        return np.where(reached, found, NOISE)

    def peopled(self, vectors: FloatMatrix) -> bool:
        """Whether every cluster is somebody's nearest, within its radius."""
        found = self.labels(vectors)
        return len(np.unique(found[found != NOISE])) == self.k

    def inertia(self, vectors: FloatMatrix) -> float:
        """Sum of the squared Euclidean distances to the centroids of the customers' clusters; noise has none.

        By the scales of a mixture it would mean another thing for every number of clusters.
        """
        found = self.labels(vectors)
        inside = found != NOISE
        return float(((at_center(vectors[inside]) - self.centroids[found[inside]]) ** 2).sum())

    def largest_first(self, vectors: FloatMatrix) -> "Clustering":
        """The same clusters, the one of most customers first; ties in size are broken by the centroid's coordinates."""
        found = self.labels(vectors)
        sizes = np.bincount(found[found != NOISE], minlength=self.k)
        order = sorted(range(self.k), key=lambda cluster: (-sizes[cluster], tuple(self.centroids[cluster])))
        return replace(
            self,
            centroids=self.centroids[order],
            scales=self.scales[order],
            offsets=self.offsets[order],
            radii=self.radii[order],
        )
