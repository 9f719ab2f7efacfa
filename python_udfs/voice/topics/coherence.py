"""How well the words of topics go together, and how little topics repeat each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


def mean_npmi(presence: csr_matrix, words: Sequence[int], floor: float = -1.0) -> float:
    """Mean normalised pointwise mutual information (Bouma 2009) over the pairs of words; 0 for fewer than two words.

    From -1, never in one text, over 0, as often as by chance, to 1, always together. presence: (n, w) sparse, 1 where
    the text has the word. words: columns of it. floor: what a pair counts for at least; at 0 it doesn't matter that
    words that are rare in a small sample never meet.
    """
    chosen = presence[:, list(words)]
    together = (chosen.T @ chosen).toarray() / presence.shape[0]
    scores = [_npmi(together[i, i], together[j, j], together[i, j]) for i in range(len(words)) for j in range(i)]
    return float(np.mean(np.maximum(scores, floor))) if scores else 0.0


def _npmi(first: float, second: float, both: float) -> float:
    if both == 0:
        return -1.0
    return 1.0 if both == 1 else float(np.log(both / (first * second)) / -np.log(both))


def diversity(topics: Sequence[Sequence[int | str]]) -> float:
    """Share of the topics' words that no two of them share (Dieng, Ruiz and Blei 2020): distinct ones of all."""
    words = [word for topic in topics for word in topic]
    return len(set(words)) / len(words) if words else float("nan")


def class_tf_idf(presence: csr_matrix, labels: NDArray[np.intp], topics: int) -> NDArray[np.float64]:
    """(topics, w) weights of words for topics: c-TF-IDF (Grootendorst 2022), on texts that have a word, not on places.

    presence: (n, w). labels: (n,) topic of each text, negative for none, which counts for how common a word is.
    """
    rows = np.flatnonzero(labels >= 0)
    member = csr_matrix((np.ones(len(rows)), (labels[rows], rows)), shape=(topics, len(labels)))
    counts = (member @ presence).toarray()
    totals = counts.sum(axis=1, keepdims=True)
    frequency = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    occurrences = np.asarray(presence.sum(axis=0)).ravel()
    average = presence.sum() / max(topics, 1)
    return frequency * np.log1p(average / np.maximum(occurrences, 1))
