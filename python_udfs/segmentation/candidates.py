"""The sweep over k: every candidate with what speaks for and against it."""

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples
from threadpoolctl import threadpool_limits

from python_udfs.progress import Progress
from python_udfs.segmentation.clustering import FloatMatrix, fit_k_means, nearest, squared_distances
from python_udfs.segmentation.stability import bootstrap_jaccard


@dataclass(frozen=True)
class SweepRules:
    """What the vars say about the sweep.

    largest_k: the last k tried. smallest_share: of the customers, that a segment must have. smallest_size: how many
    customers a segment must have on average at the largest k tried; so 30 customers aren't cut into 12 segments.
    starts: of K-Means. resamples: of the bootstrap. seed: of both. silhouette_sample: customers at most.
    """

    largest_k: int
    smallest_share: float
    smallest_size: int
    starts: int
    resamples: int
    seed: int
    silhouette_sample: int


@dataclass(frozen=True)
class Candidate:
    """One k and its figures, the silhouette macro-averaged over the clusters."""

    k: int
    inertia: float
    silhouette: float
    davies_bouldin: float
    calinski_harabasz: float
    smallest_jaccard: float
    mean_jaccard: float
    smallest_share: float


CANDIDATES_SCHEMA = pa.schema(
    [pa.field("k", pa.int32())]
    + [
        pa.field(name, pa.float64())
        for name in (
            "inertia",
            "silhouette",
            "davies_bouldin",
            "calinski_harabasz",
            "smallest_jaccard",
            "mean_jaccard",
            "smallest_share",
        )
    ]
    + [pa.field("chosen", pa.bool_()), pa.field("reason", pa.string())]
)


def sweep(vectors: FloatMatrix, rules: SweepRules) -> list[Candidate]:
    """Figures for every k from 2 to the largest that the number of distinct vectors allows; none if below 2."""
    distinct = len(np.unique(vectors.round(9), axis=0)) if vectors.size else 0
    ks = range(2, min(rules.largest_k, distinct - 1, len(vectors) // rules.smallest_size) + 1)
    progress = Progress(len(ks), "candidates for the number of segments")
    candidates = []
    for k in ks:
        candidates.append(judge(vectors, k, rules))
        progress.advance(1)
    return candidates


def judge(vectors: FloatMatrix, k: int, rules: SweepRules) -> Candidate:
    """Fit K-Means with k clusters and measure it."""
    centroids = fit_k_means(vectors, k, rules.seed, rules.starts)
    labels = nearest(vectors, centroids)
    jaccard = bootstrap_jaccard(vectors, centroids, rules.resamples, rules.seed)
    with threadpool_limits(limits=1):
        davies_bouldin = davies_bouldin_score(vectors, labels)
        calinski_harabasz = calinski_harabasz_score(vectors, labels)
    return Candidate(
        k=k,
        inertia=float(squared_distances(vectors, centroids).min(axis=1).sum()),
        silhouette=float(np.mean(cluster_silhouettes(vectors, labels, rules.silhouette_sample))),
        davies_bouldin=float(davies_bouldin),
        calinski_harabasz=float(calinski_harabasz),
        smallest_jaccard=float(jaccard.min()),
        mean_jaccard=float(jaccard.mean()),
        smallest_share=float(np.bincount(labels, minlength=k).min() / len(labels)),
    )


def cluster_silhouettes(vectors: FloatMatrix, labels: np.ndarray, limit: int) -> FloatMatrix:
    """Mean silhouette (Rousseeuw 1987) of each cluster, shape (k,), on a stratified sample of about `limit` customers.

    The sample takes every so-and-so-many-th customer of each cluster, at least two, so that small ones are measured.
    """
    step = max(1, len(labels) // limit)
    chosen = np.sort(np.concatenate([_spread(np.flatnonzero(labels == label), step) for label in np.unique(labels)]))
    with threadpool_limits(limits=1):
        values = silhouette_samples(vectors[chosen], labels[chosen])
    return np.array([values[labels[chosen] == label].mean() for label in np.unique(labels)])


def _spread(members: np.ndarray, step: int) -> np.ndarray:
    return members[:: min(step, max(1, len(members) // 2))]


def candidates_table(candidates: list[Candidate], chosen_k: int | None, reason: str) -> pa.Table:
    """Candidates as a table of CANDIDATES_SCHEMA; the chosen one carries the reason, in words."""
    rows = [{**asdict(c), "chosen": c.k == chosen_k, "reason": reason if c.k == chosen_k else None} for c in candidates]
    return pa.Table.from_pylist(rows, schema=CANDIDATES_SCHEMA)


def chosen_k(candidates: pa.Table) -> int | None:
    """The k that was chosen among candidates (k, chosen); None when there was nothing to choose from."""
    return next((row["k"] for row in candidates.to_pylist() if row["chosen"]), None)
