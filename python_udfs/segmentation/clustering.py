"""A clustering of customers: where its clusters lie, how far each reaches, and whose nearest one is which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatMatrix = NDArray[np.float64]
Labels = NDArray[np.intp]

NOISE = -1


@dataclass(frozen=True)
class Clustering:
    """Clusters whose members can be told by distance, whatever estimator found them.

    centroids: (k, d). scales: (k, d), by which a cluster divides differences; 1 for Euclidean distances.
    offsets: (k,), added to its squared distances; 0 or more. radii: (k,), beyond which a customer belongs to no
    cluster; infinite where everybody belongs to one.
    """

    centroids: FloatMatrix
    scales: FloatMatrix
    offsets: NDArray[np.float64]
    radii: NDArray[np.float64]

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
        for cluster, (centroid, scale) in enumerate(zip(self.centroids, self.scales, strict=True)):
            squared[:, cluster] = (((vectors - centroid) / scale) ** 2).sum(axis=1) + self.offsets[cluster]
        return squared

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
        """Sum of the squared distances to the nearest cluster."""
        return float(self.squared_distances(vectors).min(axis=1).sum())

    def largest_first(self, vectors: FloatMatrix) -> "Clustering":
        """The same clusters, the one of most customers first; ties in size are broken by the centroid's coordinates."""
        found = self.labels(vectors)
        sizes = np.bincount(found[found != NOISE], minlength=self.k)
        order = sorted(range(self.k), key=lambda cluster: (-sizes[cluster], tuple(self.centroids[cluster])))
        return Clustering(self.centroids[order], self.scales[order], self.offsets[order], self.radii[order])
