"""The sweep: every candidate division of the customers, with what speaks for and against it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from python_udfs.limits import require_between
from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import NOISE, Clustering, FloatMatrix, at_center
from python_udfs.segmentation.estimators import Estimator, estimator_named
from python_udfs.segmentation.evenly_spaced import evenly_spaced
from python_udfs.segmentation.gap_statistic import gap_statistics
from python_udfs.segmentation.mixture import NO_NOISE
from python_udfs.segmentation.shared_mixture import likelihood_gain
from python_udfs.segmentation.silhouettes import cluster_silhouettes
from python_udfs.segmentation.stability import Resampling, bootstrap_jaccards

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class SweepRules:
    """What the vars say about the sweep.

    estimator: which one forms the segments. largest_k: the last number of segments tried. smallest_size: how many
    customers a segment must have on average at the largest number tried; so 30 customers aren't cut into 12 segments.
    starts: of the estimator. resamples: of the bootstrap; resample_starts: of the estimator in each; resample_limit:
    customers at most in each. gap_references: shops without structure behind the gap statistic. seed: of everything.
    silhouette_sample: customers at most.
    """

    estimator: str
    largest_k: int
    smallest_size: int
    starts: int
    resamples: int
    resample_starts: int
    resample_limit: int
    gap_references: int
    seed: int
    silhouette_sample: int

    def __post_init__(self) -> None:
        """Raise ValueError, naming the var, for a value with which nothing can be swept."""
        require_between("segment_largest_count", self.largest_k, 1)
        require_between("segment_resample_limit", self.resample_limit, 2 * self.largest_k)
        require_between("segment_gap_references", self.gap_references, 0)
        for name in ("smallest_size", "starts", "resamples", "resample_starts", "silhouette_sample"):
            require_between(f"segment_{name}", getattr(self, name), 1)

    def resampling(self, estimator: Estimator) -> Resampling:
        """How the customers are drawn anew for this estimator."""
        return Resampling(self.resamples, self.resample_limit, self.seed, estimator.resamples_distinct)


@dataclass(frozen=True)
class Candidate:
    """One division into k segments and its figures. The lists are by segment, the largest first.

    setting: what the estimator was told: k, or how dense a segment must be. likelihood_gain: how much better it
    describes the customers than no segments would, see there. silhouette: the mean of `silhouettes`, so that a small
    segment counts as much as a large one. noise_share: of the customers, in no segment.
    """

    k: int
    setting: float
    inertia: float
    likelihood_gain: float
    silhouette: float
    davies_bouldin: float
    calinski_harabasz: float
    gap: float | None
    gap_error: float | None
    smallest_jaccard: float
    mean_jaccard: float
    smallest_share: float
    noise_share: float
    shares: list[float]
    silhouettes: list[float]
    jaccards: list[float]


FIGURES = (
    "setting",
    "inertia",
    "likelihood_gain",
    "silhouette",
    "davies_bouldin",
    "calinski_harabasz",
    "gap",
    "gap_error",
    "smallest_jaccard",
    "mean_jaccard",
    "smallest_share",
    "noise_share",
)
LISTS = ("shares", "silhouettes", "jaccards")

CANDIDATES_SCHEMA = pa.schema(
    [pa.field("k", pa.int32())]
    + [pa.field(name, pa.float64()) for name in FIGURES]
    + [pa.field(name, pa.list_(pa.float64())) for name in LISTS]
    + [pa.field("chosen", pa.bool_()), pa.field("reason", pa.string())]
)


def sweep(vectors: FloatMatrix, rules: SweepRules, noise_shares: FloatArray = NO_NOISE) -> list[Candidate]:
    """Figures for every number of segments, from 2 to the largest that the number of distinct vectors allows.

    vectors: (n, d), unknown coordinates NaN. noise_shares: of the dimensions, see Dimension. Of two settings that give
    the same number of segments, the one with less noise stays.
    """
    estimator = estimator_named(rules.estimator).knowing(noise_shares)
    placed = at_center(vectors)
    distinct = len(np.unique(placed.round(9), axis=0)) if vectors.size else 0
    largest = min(rules.largest_k, distinct - 1, len(vectors) // rules.smallest_size)
    if largest < 2:
        return []
    settings, clusterings = _divisions(vectors, estimator, largest, rules)
    jaccards = segment_jaccards(vectors, clusterings, settings, estimator, rules)
    gaps = _gaps(vectors, clusterings, settings, estimator, rules)
    found: dict[int, Candidate] = {}
    for judged in zip(clusterings, settings, jaccards, gaps, strict=True):
        candidate = judge(vectors, *judged, rules.silhouette_sample, noise_shares)
        if candidate.k not in found or candidate.noise_share < found[candidate.k].noise_share:
            found[candidate.k] = candidate
    return [found[k] for k in sorted(found)]


def _divisions(
    vectors: FloatMatrix, estimator: Estimator, largest: int, rules: SweepRules
) -> tuple[list[float], list[Clustering]]:
    """Settings, and the clusterings they give, of 2 to `largest` clusters that all have people."""
    settings = estimator.settings(vectors, largest)
    fitted = zip(settings, estimator.fit_each(vectors, settings, rules.seed, rules.starts), strict=True)
    usable = [(setting, found) for setting, found in fitted if 2 <= found.k <= largest and found.peopled(vectors)]
    return [setting for setting, _ in usable], [found for _, found in usable]


def judge(
    vectors: FloatMatrix,
    clustering: Clustering,
    setting: float,
    jaccards: FloatArray,
    gap: tuple[float | None, float | None],
    silhouette_sample: int,
    noise_shares: FloatArray = NO_NOISE,
) -> Candidate:
    """Measure one clustering of the vectors, shape (n, d).

    jaccards: (k,), as of `segment_jaccards`. gap: and its standard error. silhouette_sample, noise_shares: as for
    `sweep`. The likelihood is that of one mixture, inertia, silhouettes and the like are Euclidean, whatever the
    estimator's distances, so that estimators can be compared.
    """
    labels = clustering.labels(vectors)
    placed = at_center(vectors)
    inside = labels != NOISE
    sizes = np.bincount(labels[inside], minlength=clustering.k)
    silhouettes = cluster_silhouettes(placed, labels, silhouette_sample)
    with one_thread():
        davies_bouldin = davies_bouldin_score(placed[inside], labels[inside])
        calinski_harabasz = calinski_harabasz_score(placed[inside], labels[inside])
    return Candidate(
        k=clustering.k,
        setting=float(setting),
        inertia=clustering.inertia(vectors),
        likelihood_gain=likelihood_gain(vectors, labels, noise_shares),
        silhouette=float(silhouettes.mean()),
        davies_bouldin=float(davies_bouldin),
        calinski_harabasz=float(calinski_harabasz),
        gap=gap[0],
        gap_error=gap[1],
        smallest_jaccard=float(jaccards.min()),
        mean_jaccard=float(jaccards.mean()),
        smallest_share=float(sizes.min() / len(labels)),
        noise_share=float(1 - inside.mean()),
        shares=(sizes / len(labels)).tolist(),
        silhouettes=silhouettes.tolist(),
        jaccards=jaccards.tolist(),
    )


def segment_jaccards(
    vectors: FloatMatrix,
    clusterings: Sequence[Clustering],
    settings: Sequence[float],
    estimator: Estimator,
    rules: SweepRules,
) -> list[FloatArray]:
    """Bootstrap Jaccard similarity of each segment of each clustering of the vectors, shapes (k,)."""
    return bootstrap_jaccards(
        vectors,
        clusterings,
        lambda drawn, seed: estimator.fit_each(drawn, settings, seed, rules.resample_starts),
        rules.resampling(estimator),
    )


def _gaps(
    vectors: FloatMatrix,
    clusterings: Sequence[Clustering],
    settings: Sequence[float],
    estimator: Estimator,
    rules: SweepRules,
) -> Sequence[tuple[float | None, float | None]]:
    """Density-based estimators find no clusters in nothing: they have no gap."""
    if not estimator.counts or rules.gap_references == 0:
        return [(None, None)] * len(clusterings)
    sample = evenly_spaced(vectors, rules.resample_limit)
    return gap_statistics(
        at_center(sample),
        lambda drawn, seed: estimator.fit_each(drawn, settings, seed, 1),
        [float(np.log(max(clustering.inertia(sample), 1e-300))) for clustering in clusterings],
        rules.gap_references,
        rules.seed,
    )


def candidates_table(candidates: list[Candidate], chosen_k: int | None, reason: str) -> pa.Table:
    """Candidates as a table of CANDIDATES_SCHEMA; the chosen one carries the reason, in words."""
    rows = [{**asdict(c), "chosen": c.k == chosen_k, "reason": reason if c.k == chosen_k else None} for c in candidates]
    return pa.Table.from_pylist(rows, schema=CANDIDATES_SCHEMA)


def chosen_candidate(candidates: pa.Table) -> Mapping[str, float] | None:
    """k and setting of the chosen one among candidates (k, setting, chosen); None with nothing to choose from."""
    return next((row for row in candidates.to_pylist() if row["chosen"]), None)
