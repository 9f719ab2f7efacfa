"""A division of the customers, and those into one segment less or more that are near to it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from python_udfs.segmentation.clustering import FloatMatrix, Labels

# How often the halves of a cut are drawn anew; a second direction to begin in found nothing more.
CUT_STEPS = 8

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """A segment in two. gain: of log-likelihood, all else staying as it is. side: (members,), who is in the second."""

    gain: float
    side: NDArray[np.bool_]


@dataclass(frozen=True)
class Division:
    """Customers in k segments of one shape. What comes of a union or a cut is asked for with one_thread().

    vectors: (n, d), unknown coordinates at the centre. known: (n, d), 1 where they aren't. labels: (n,). means: (k, d).
    shape: (d,), the variances within segments.
    """

    vectors: FloatMatrix
    known: FloatMatrix
    labels: Labels
    means: FloatMatrix
    shape: FloatArray

    @cached_property
    def members(self) -> list[NDArray[np.int_]]:
        """The customers of each segment."""
        return [np.flatnonzero(self.labels == segment) for segment in range(len(self.means))]

    @cached_property
    def losses(self) -> FloatMatrix:
        """Of log-likelihood, were two segments one and all else as it is, shape (k, k)."""
        sizes = np.array([len(rows) for rows in self.members], dtype=np.float64)
        counts = np.array([self.known[rows].sum(axis=0) for rows in self.members])
        places = self.means / np.sqrt(self.shape)
        both = counts[:, None] + counts[None]
        weights = np.divide(counts[:, None] * counts[None], both, out=np.zeros_like(both), where=both > 0)
        apart = (weights * (places[:, None] - places[None]) ** 2).sum(axis=2) / 2
        united = _log_shares(sizes[:, None] + sizes[None])
        return apart + _log_shares(sizes)[:, None] + _log_shares(sizes)[None] - united

    @cached_property
    def cuts(self) -> list[Cut]:
        """The best one found of each segment."""
        scale = np.sqrt(self.shape)
        parts = [
            (self.vectors[rows], self.known[rows], mean) for rows, mean in zip(self.members, self.means, strict=True)
        ]
        return [_cut((vectors - mean) / scale * known, known) for vectors, known, mean in parts]

    def united(self) -> Labels:
        """Labels in which the two segments that lose least by it are one, shape (n,), of k - 1 segments; k > 1."""
        pairs = np.where(np.tri(len(self.means), dtype=bool), np.inf, self.losses)
        one, other = np.unravel_index(pairs.argmin(), pairs.shape)
        labels = np.where(self.labels == other, one, self.labels)
        return labels - (labels > other)

    def cut(self) -> Labels:
        """Labels in which the segment that gains most by it is two, shape (n,), of k + 1 segments."""
        segment = int(np.argmax([cut.gain for cut in self.cuts]))
        labels = self.labels.copy()
        labels[self.members[segment][self.cuts[segment].side]] = len(self.means)
        return labels


def _cut(deviations: FloatMatrix, known: FloatMatrix) -> Cut:
    """The halves to which a segment settles, as in a mixture of two, begun across where it scatters most.

    deviations: (m, d), of the members from their mean in units of the scatter, 0 where unknown. known: (m, d).
    """
    last = deviations.shape[1] - 1
    side = deviations @ eigh(deviations.T @ deviations, subset_by_index=[last, last])[1][:, 0] > 0
    total, counts = deviations.sum(axis=0), known.sum(axis=0)
    for _ in range(CUT_STEPS):
        second = side.astype(np.float64)
        size, rest = second.sum(), len(side) - second.sum()
        if min(size, rest) < 1:
            return Cut(-np.inf, side)
        sums, known_counts = second @ deviations, second @ known
        place = sums / np.maximum(known_counts, 1)
        place_of_rest = (total - sums) / np.maximum(counts - known_counts, 1)
        towards = deviations @ (place - place_of_rest) - known @ (place**2 - place_of_rest**2) / 2
        before, side = side, towards + np.log(size / rest) > 0
        if np.array_equal(before, side):
            break
    gain = (known_counts * place**2 + (counts - known_counts) * place_of_rest**2).sum() / 2
    return Cut(float(gain + _log_shares(size) + _log_shares(rest) - _log_shares(float(len(side)))), before)


def _log_shares(sizes: FloatArray) -> FloatArray:
    """What log-likelihood has of customers in segments of these sizes, but for what is the same for all divisions."""
    return sizes * np.log(np.maximum(sizes, 1))
