"""How well each cluster survives when the customers are drawn anew."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from python_udfs.one_thread import one_thread
from python_udfs.progress import Progress
from python_udfs.segmentation.clustering import NOISE, Clustering, FloatMatrix, Labels
from python_udfs.segmentation.evenly_spaced import evenly_spaced

# The resampled customers, and a seed -> their clusters.
Refit = Callable[[FloatMatrix, int], Clustering]
# The same for several clusterings.
RefitEach = Callable[[FloatMatrix, int], Sequence[Clustering]]


@dataclass(frozen=True)
class Resampling:
    """How customers are drawn anew: how often, at most how many, from which seed, and whether each once at most."""

    resamples: int
    limit: int
    seed: int
    distinct: bool = False


def bootstrap_jaccard(
    vectors: FloatMatrix, clustering: Clustering, refit: Refit, resampling: Resampling
) -> NDArray[np.float64]:
    """As `bootstrap_jaccards`, of one clustering, shape (k,)."""
    return bootstrap_jaccards(vectors, [clustering], lambda drawn, seed: [refit(drawn, seed)], resampling)[0]


def bootstrap_jaccards(
    vectors: FloatMatrix, clusterings: Sequence[Clustering], refit_each: RefitEach, resampling: Resampling
) -> list[NDArray[np.float64]]:
    """Mean Jaccard similarity of each cluster to its best match among clusters of resampled data, shapes (k,).

    Hennig (2007), Cluster-wise assessment of cluster stability: draw n customers with replacement, cluster them, and
    compare on the distinct customers drawn. Above 0.85 a cluster is highly stable, above 0.75 stable, below 0.6 it
    should not be trusted. All clusterings are compared on the same draws. vectors: (n, d).
    """
    vectors = evenly_spaced(vectors, resampling.limit)
    labels = [clustering.labels(vectors) for clustering in clusterings]

    def of_resample(resample: int) -> list[NDArray[np.float64]]:
        generator = np.random.default_rng([resampling.seed, resample])
        drawn = generator.integers(0, len(vectors), len(vectors))
        distinct = np.unique(drawn)
        with one_thread():
            again = refit_each(vectors[distinct if resampling.distinct else drawn], int(generator.integers(2**31)))
        return [
            best_jaccard(own[distinct], refitted.labels(vectors[distinct]), clustering.k)
            for own, refitted, clustering in zip(labels, again, clusterings, strict=True)
        ]

    progress = Progress(resampling.resamples, "resamples for the stability of segments")
    found = []
    # Resamples side by side, each on one thread, and added up in their order: the number of cores changes no digit.
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for jaccards in workers.map(of_resample, range(resampling.resamples)):
            found.append(jaccards)
            progress.advance(1)
    return [np.mean(similarities, axis=0) for similarities in zip(*found, strict=True)]


def best_jaccard(labels: Labels, others: Labels, k: int) -> NDArray[np.float64]:
    """For each of the k clusters of `labels` its largest Jaccard similarity to a cluster of `others`, shape (k,).

    0 for a cluster without members. Noise is no cluster: nothing is similar to it.
    """
    width = max(k, int(others.max(initial=0)) + 1)
    together = np.zeros((k, width))
    both = (labels != NOISE) & (others != NOISE)
    np.add.at(together, (labels[both], others[both]), 1)
    sizes = np.bincount(labels[labels != NOISE], minlength=k)[:, None]
    other_sizes = np.bincount(others[others != NOISE], minlength=width)[None, :]
    either = sizes + other_sizes - together
    return np.divide(together, either, out=np.zeros_like(together), where=either > 0).max(axis=1)
