"""Who is like whom: the graph of customers and their neighbours, and how well a division respects it."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import coo_array, csr_array, eye_array
from sklearn.neighbors import NearestNeighbors

from python_udfs.segmentation.clustering import NOISE, FloatMatrix, Labels
from python_udfs.segmentation.one_thread import one_thread

# With fewer neighbours customers of a small shop share hardly any.
FEWEST_NEIGHBOURS = 30


@dataclass(frozen=True)
class NeighbourGraph:
    """Shared nearest neighbours (Jarvis and Patrick 1973) of every `step`th customer.

    likeness: how many of their neighbours two customers share, as the Jaccard similarity of their neighbourhoods
    (Levine et al. 2015, PhenoGraph), by pair.
    """

    likeness: coo_array
    step: int

    @classmethod
    def of(cls, vectors: FloatMatrix, neighbour_share: float, limit: int) -> Self:
        """The graph of at most `limit` customers; neighbour_share: of them, that are somebody's neighbours.

        vectors: (n, d), n of two or more.
        """
        step = max(1, -(-len(vectors) // limit))
        sample = vectors[::step]
        neighbours = min(max(FEWEST_NEIGHBOURS, round(neighbour_share * len(sample))), len(sample) - 1)
        with one_thread():
            nearest = NearestNeighbors(n_neighbors=neighbours).fit(sample).kneighbors(return_distance=False)
        owners = np.repeat(np.arange(len(sample)), neighbours)
        near = csr_array((np.ones(nearest.size, np.float32), (owners, nearest.ravel())), shape=(len(sample),) * 2)
        neighbourhoods = near + eye_array(len(sample), dtype=np.float32, format="csr")
        shared = (neighbourhoods @ neighbourhoods.T).tocoo()
        others = shared.row != shared.col
        count = shared.data[others].astype(np.float64)
        pairs = (shared.row[others], shared.col[others])
        return cls(coo_array((count / (2 * (neighbours + 1) - count), pairs), shape=shared.shape), step)

    def modularity(self, labels: Labels) -> float:
        """The modularity (Newman and Girvan 2004) of a division of the customers, labels of shape (n,).

        How much of the likeness is within segments, less what would be there if who is like whom were left to chance:
        0 for a division drawn by lot, towards 1 for segments of customers who are like nobody outside. Cutting a crowd
        in two loses likeness, and uniting two crowds wins little that chance wouldn't: it is greatest in between.
        Noise is in no segment.
        """
        labels = labels[:: self.step]
        total = float(self.likeness.sum())
        if total == 0:
            return 0.0
        together = (labels[self.likeness.row] == labels[self.likeness.col]) & (labels[self.likeness.row] != NOISE)
        inside = labels != NOISE
        degrees = np.asarray(self.likeness.sum(axis=1))
        of_segments = np.bincount(labels[inside], weights=degrees[inside])
        return float(self.likeness.data[together].sum() / total - ((of_segments / total) ** 2).sum())
