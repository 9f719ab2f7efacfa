"""Where the topics of a build lie, how far each reaches, and their keys."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.segmentation.centroids import mean_distance
from python_udfs.segmentation.clustering import Clustering
from python_udfs.segmentation.continuity import continued_or_fresh
from python_udfs.segmentation.estimators import ESTIMATORS
from python_udfs.segmentation.identity import match_segments, segment_keys
from python_udfs.segmentation.k_means import continue_k_means
from python_udfs.voice.topics.candidates import TopicRules, clusters, on_axes
from python_udfs.voice.topics.published import PublishedTopics, encoder_of
from python_udfs.voice.vectors import to_matrix

TOPIC_CENTRES = pa.schema(
    [
        pa.field("topic_key", pa.string()),
        pa.field("is_new", pa.bool_()),
        pa.field("encoder", pa.string()),
        pa.field("centre", pa.list_(pa.float64())),
        pa.field("reach", pa.float64()),
    ]
)
KEY_PREFIX = "T"
# What another number of threads may change is smaller.
DECIMALS = 9

Vectors = NDArray[np.float64]


@dataclass(frozen=True)
class TopicIdentityRules:
    """What the vars say about topics that stay themselves, and about texts that fit none.

    match_distance: how far a topic may move, as a share of the mean distance between the centres. keep_tolerance: by
    what share the inertia may be larger when what is published is continued. outsider_share: of the other topics'
    texts, how many a text must be nearer to the centre than.
    """

    match_distance: float
    keep_tolerance: float
    outsider_share: float


def build_centres(
    vectors: Vectors,
    topics: int | None,
    encoder: str,
    published: PublishedTopics,
    rules: TopicRules,
    identity: TopicIdentityRules,
) -> pa.Table:
    """One row per topic of TOPIC_CENTRES, in the order of keys; none where no number of topics was chosen.

    vectors: (n, d) of unit length, a sample of the texts. Centres are means of vectors, and no longer of unit length.
    """
    if topics is None:
        return TOPIC_CENTRES.empty_table()
    fresh = _fresh(vectors, topics, rules)
    found = continued_or_fresh(vectors, fresh, list(published.centres), ESTIMATORS["k_means"], identity.keep_tolerance)
    limit = identity.match_distance * mean_distance(found.centroids)
    matched = match_segments(published.centres, found.centroids, limit)
    keys = segment_keys(matched, published.keys, published.used_keys, KEY_PREFIX)
    reaches = reaches_of(vectors, found.centroids, identity.outsider_share)
    rows = [
        {
            "topic_key": keys[topic],
            "is_new": matched[topic] is None,
            "encoder": encoder,
            "centre": np.round(found.centroids[topic], DECIMALS).tolist(),
            "reach": round(float(reaches[topic]), DECIMALS),
        }
        for topic in range(found.k)
    ]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["topic_key"]), schema=TOPIC_CENTRES)


def _fresh(vectors: Vectors, topics: int, rules: TopicRules) -> Clustering:
    """The clusters that the sweep found, moved to where they belong in all dimensions; the largest first."""
    labels = clusters(on_axes(vectors), topics, rules)
    means = np.array([vectors[labels == topic].mean(axis=0) for topic in range(topics)])
    return continue_k_means(vectors, means).largest_first(vectors)


def nearness(vectors: Vectors, centres: Vectors) -> Vectors:
    """(n, t) cosines of (n, d) unit vectors and (t, d) centres."""
    directions = centres / np.linalg.norm(centres, axis=1, keepdims=True)
    # One topic at a time and without BLAS, which splits its sums by what else is in the batch.
    return np.stack([np.einsum("nd,d->n", vectors, direction) for direction in directions], axis=1)


def reaches_of(vectors: Vectors, centres: Vectors, outsider_share: float) -> NDArray[np.float64]:
    """(t,) the cosine to each centre that a text must exceed to fit the topic.

    A text fits if it is nearer than that share of the texts that are nearest to other centres.
    """
    near = nearness(vectors, centres)
    nearest = near.argmax(axis=1)
    outsiders = [near[nearest != topic, topic] for topic in range(len(centres))]
    return np.array([np.quantile(others, outsider_share) if len(others) else -1.0 for others in outsiders])


def centre_matrix(table: pa.Table) -> tuple[list[str], Vectors, NDArray[np.float64]]:
    """Keys, (t, d) centres and (t,) reaches of a table with these columns of TOPIC_CENTRES."""
    keys: Sequence[str] = table.column("topic_key").to_pylist()
    centres = np.array(table.column("centre").to_pylist(), dtype=np.float64)
    return list(keys), centres, table.column("reach").to_numpy()


def topic_centres(
    texts: pa.Table, candidates: pa.Table, published: pa.Table, rules: TopicRules, identity: TopicIdentityRules
) -> pa.Table:
    """The topics of a build, as `build_centres` gives them.

    texts: encoder, embedding; a sample. candidates: topics and chosen, of TOPIC_CANDIDATES. published: the registry.
    """
    vectors = to_matrix(texts.column("embedding").combine_chunks())
    chosen = [row["topics"] for row in candidates.select(["topics", "chosen"]).to_pylist() if row["chosen"]]
    encoder = encoder_of(texts)
    known = PublishedTopics.of(published, encoder, vectors.shape[1])
    return build_centres(vectors, chosen[0] if chosen else None, encoder, known, rules, identity)
