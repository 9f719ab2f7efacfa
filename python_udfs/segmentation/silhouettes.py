"""Silhouettes: of clusters on a sample, and of each customer against a sample."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.metrics import silhouette_samples

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import NOISE, FloatMatrix, Labels
from python_udfs.segmentation.evenly_spaced import evenly_spaced

ROWS_AT_ONCE = 1000


def cluster_silhouettes(vectors: FloatMatrix, labels: Labels, limit: int) -> NDArray[np.float64]:
    """Mean silhouette (Rousseeuw 1987) of each cluster, shape (k,), on a stratified sample of about `limit` customers.

    Noise is left out. Fewer than two clusters have no silhouette: 0 for each.
    """
    found = np.unique(labels[labels != NOISE])
    if len(found) < 2:
        return np.zeros(len(found))
    chosen = stratified_sample(labels, limit)
    with one_thread():
        values = silhouette_samples(vectors[chosen], labels[chosen])
    return np.array([values[labels[chosen] == label].mean() for label in found])


def stratified_sample(labels: Labels, limit: int) -> NDArray[np.intp]:
    """Indices, ascending, of about `limit` customers: of each cluster the same share, evenly spaced, and at least two.

    As many as the limit allows, but for rounding up in each cluster.
    """
    found = [np.flatnonzero(labels == label) for label in np.unique(labels[labels != NOISE])]
    share = min(1.0, limit / len(labels))
    return np.sort(np.concatenate([evenly_spaced(members, max(2, ceil(share * len(members)))) for members in found]))


def silhouettes_against(
    vectors: FloatMatrix, labels: Labels, sample: FloatMatrix, sample_labels: Labels, in_sample: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The silhouette of each customer, shape (n,), whose distances are means over a sample.

    vectors, labels: (n, d), (n,). sample, sample_labels: (m, d), (m,). in_sample: (n,), whether a customer is one of
    the sample, and so of no distance to itself. When the sample is all customers, these are Rousseeuw's silhouettes.
    NaN for noise, and for a cluster of which nobody is in the sample.
    """
    clusters = np.unique(sample_labels[sample_labels != NOISE])
    result = np.full(len(vectors), np.nan)
    if len(clusters) < 2:
        return result
    members = np.column_stack([sample_labels == cluster for cluster in clusters]).astype(np.float64)
    sizes = members.sum(axis=0)
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        with one_thread():
            totals = cdist(vectors[rows], sample) @ members
        result[rows] = _silhouettes(totals, sizes, np.searchsorted(clusters, labels[rows]), in_sample[rows])
    result[~np.isin(labels, clusters)] = np.nan
    return result


def _silhouettes(
    totals: FloatMatrix, sizes: NDArray[np.float64], own: NDArray[np.intp], in_sample: NDArray[np.bool_]
) -> NDArray[np.float64]:
    rows = np.arange(len(totals))
    own = np.minimum(own, len(sizes) - 1)
    others = sizes[own] - in_sample
    within = np.divide(totals[rows, own], others, out=np.zeros(len(totals)), where=others > 0)
    means = totals / sizes
    means[rows, own] = np.inf
    between = means.min(axis=1)
    largest = np.maximum(within, between)
    values = np.divide(between - within, largest, out=np.zeros(len(totals)), where=largest > 0)
    # A cluster of one has a silhouette of 0 (Rousseeuw 1987).
    return np.where(others > 0, values, 0.0)
