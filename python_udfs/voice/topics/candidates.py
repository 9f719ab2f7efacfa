"""How many topics: each number is tried, and judged by whether its keywords can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from python_udfs.one_thread import one_thread
from python_udfs.voice.topics.coherence import diversity, mean_npmi
from python_udfs.voice.topics.published import PublishedTopics, encoder_of
from python_udfs.voice.topics.terms import LanguageTexts, TermRules, by_language, keywords_of, telling_terms
from python_udfs.voice.vectors import to_matrix

TOPIC_CANDIDATES = pa.schema(
    [
        pa.field("topics", pa.int64()),
        pa.field("coherence", pa.float64()),
        pa.field("diversity", pa.float64()),
        pa.field("smallest_share", pa.float64()),
        pa.field("chosen", pa.bool_()),
        pa.field("reason", pa.string()),
    ]
)
# K-Means on these axes finds what it finds on all of them, ten times as fast.
AXES = 50


@dataclass(frozen=True)
class TopicRules:
    """What the vars say about the number of topics.

    numbers: what is tried. least_diversity: of the keywords. keep_margin: by how much less will do for the
    published number. coherence_tolerance: by what share they may hold together less than the best. smallest_share:
    of the texts, in the smallest topic. texts_per_topic: fewer don't make one. pinned: the number that the shop
    wants, or None. seed, starts: of K-Means.
    """

    numbers: Sequence[int]
    least_diversity: float
    keep_margin: float
    coherence_tolerance: float
    smallest_share: float
    texts_per_topic: int
    pinned: int | None
    seed: int
    starts: int


@dataclass(frozen=True)
class TopicCandidate:
    """A number of topics and how it reads."""

    topics: int
    coherence: float
    diversity: float
    smallest_share: float


def on_axes(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, at most AXES) places on the first principal components."""
    with one_thread():
        return PCA(min(AXES, *vectors.shape), svd_solver="covariance_eigh").fit_transform(vectors)


def clusters(places: NDArray[np.float64], topics: int, rules: TopicRules) -> NDArray[np.intp]:
    """(n,) cluster of each text by K-Means."""
    with one_thread():
        return KMeans(topics, n_init=rules.starts, random_state=rules.seed).fit_predict(places).astype(np.intp)


def sweep_topics(
    vectors: NDArray[np.float64], languages: Sequence[LanguageTexts], rules: TopicRules, terms: TermRules
) -> list[TopicCandidate]:
    """One candidate per number of topics that so many texts can have.

    vectors: (n, d). languages: the same texts, taken apart.
    """
    numbers = [rules.pinned] if rules.pinned else sorted(set(rules.numbers))
    possible = [number for number in numbers if number * rules.texts_per_topic <= len(vectors)]
    places = on_axes(vectors) if possible else vectors
    return [_candidate(clusters(places, number, rules), number, languages, terms) for number in possible]


def _candidate(
    labels: NDArray[np.intp], topics: int, languages: Sequence[LanguageTexts], terms: TermRules
) -> TopicCandidate:
    """Coherence is a mean over texts, of the words that its topic has in its language; diversity one over languages."""
    coherences, diversities, topic_texts, language_texts = [], [], [], []
    for language in languages:
        spoken = labels[language.rows]
        found = telling_terms(language.words, spoken, topics, terms)
        chosen = keywords_of(found, language.language, terms)
        columns = [[term.column for term in topic] for topic in chosen]
        coherences += [mean_npmi(language.words.presence, topic, floor=0.0) for topic in columns]
        diversities.append(diversity(columns))
        topic_texts += np.bincount(spoken, minlength=topics).tolist()
        language_texts.append(len(language.rows))
    return TopicCandidate(
        topics,
        float(np.average(coherences, weights=topic_texts)) if coherences else 0.0,
        float(np.average(diversities, weights=language_texts)) if diversities else 0.0,
        float(np.bincount(labels, minlength=topics).min() / len(labels)),
    )


def choose_topics(
    candidates: Sequence[TopicCandidate], rules: TopicRules, published: int | None
) -> tuple[int | None, str]:
    """The number of topics, and why: the finest division whose keywords differ and hold together.

    None without any candidate. Coherence decides among divisions that are diverse enough, as it hardly falls when
    topics are split, while their keywords begin to repeat each other.

    published: how many the last published build had, which stays while it reads as well.
    """
    if not candidates:
        return None, "too few texts"
    if rules.pinned:
        return rules.pinned, "pinned by topic_count"
    large = [candidate for candidate in candidates if candidate.smallest_share >= rules.smallest_share] or candidates[
        :1
    ]
    distinct = [candidate for candidate in large if candidate.diversity >= rules.least_diversity]
    if not distinct:
        return max(
            large, key=lambda candidate: (candidate.diversity, -candidate.topics)
        ).topics, "the keywords differ most"
    best = max(candidate.coherence for candidate in distinct)
    coherent = [candidate for candidate in large if candidate.coherence >= (1 - rules.coherence_tolerance) * best]
    if published in {
        candidate.topics for candidate in coherent if candidate.diversity >= rules.least_diversity - rules.keep_margin
    }:
        return published, "as many as are published, and their keywords differ and hold together"
    good = [candidate.topics for candidate in coherent if candidate in distinct]
    return max(good), "the finest division whose keywords differ and hold together"


def candidates_table(candidates: Sequence[TopicCandidate], chosen: int | None, reason: str) -> pa.Table:
    """One row per candidate of TOPIC_CANDIDATES."""
    rows = [
        {
            "topics": candidate.topics,
            "coherence": round(candidate.coherence, 6),
            "diversity": round(candidate.diversity, 6),
            "smallest_share": round(candidate.smallest_share, 6),
            "chosen": candidate.topics == chosen,
            "reason": reason if candidate.topics == chosen else None,
        }
        for candidate in candidates
    ]
    return pa.Table.from_pylist(rows, schema=TOPIC_CANDIDATES)


def topic_candidates(texts: pa.Table, published: pa.Table, rules: TopicRules, terms: TermRules) -> pa.Table:
    """One row per number of topics, of TOPIC_CANDIDATES; none where there are too few texts.

    texts: text, language, encoder, embedding; a sample. published: the registry, see `PublishedTopics`.
    """
    vectors = to_matrix(texts.column("embedding").combine_chunks())
    spoken = by_language(texts.column("text").to_pylist(), texts.column("language").to_pylist(), terms)
    candidates = sweep_topics(vectors, spoken, rules, terms)
    living = PublishedTopics.of(published, encoder_of(texts), vectors.shape[1]).keys
    return candidates_table(candidates, *choose_topics(candidates, rules, len(living) or None))
