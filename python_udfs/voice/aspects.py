"""What a clause speaks of (delivery, price, ...) and how: by phrases and terms that the seed `aspect_phrases` gives.

The phrases are a small training set. One multinomial logistic regression tells the aspect from a clause's vector and
the terms it has; for each aspect another one tells praise from complaint, since "runs small" is a complaint about fit
alone.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.one_thread import one_thread
from python_udfs.progress import Progress
from python_udfs.voice.aspect_phrases import AspectPhrases
from python_udfs.voice.encoders import Encoder
from python_udfs.voice.lexicon import VADER_VERSION, lexicon_score
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment
from python_udfs.voice.vectors import to_arrow

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

Numbers = NDArray[np.float64]

# Raise it with every change of the rules below: what an older version told is told again.
RULES_VERSION = 1
# Long lists, because an encoder sorts one list by length.
CLAUSES_PER_CALL = 2_000
DECIMALS = 6

# All of these were chosen on one half of the labelled sentences; figures of the other half stand in the README.
# Inverse strength of the L2 penalty: of 3, 10 and 30.
INVERSE_PENALTY = 3.0
# How loud a term is beside the vector, which has length 1: of 0, 0.3 and 0.6.
TERM_WEIGHT = 0.6
# A clause speaks of an aspect that is as probable as this, or that has a term in it and is as probable as that.
LEAST_PROBABILITY, LEAST_PROBABILITY_WITH_TERM = 0.5, 0.15
# How much what praise and complaint sound like in general counts, beside how they sound of the aspect: of 0, 1/6 and
# 1/3.
GENERAL_WEIGHT = 1 / 3

CLAUSE_ASPECTS = pa.schema(
    [
        pa.field("clause_id", pa.string()),
        pa.field("language", pa.string()),
        pa.field("aspects_version", pa.string()),
        pa.field("aspect", pa.string()),
        pa.field("sentiment", pa.float64()),
    ]
)


def aspects_version(phrases: AspectPhrases, encoder: Encoder) -> str:
    """What a clause's aspects depend on: these rules, the phrases, the encoder and the lexicon."""
    contents = hashlib.sha256(repr(phrases.rows()).encode()).hexdigest()[:16]
    return f"aspects-{RULES_VERSION}:{contents}:{VADER_VERSION}:{encoder.identity}"


class AspectModel:
    """Tells of clauses which aspects they speak of, and whether they praise or complain.

    phrases: the seed's, learned from when the first clause needs it; encoder: encodes them and the clauses.
    """

    def __init__(self, phrases: AspectPhrases, encoder: Encoder) -> None:
        self.phrases, self.encoder, self.unlearned = phrases, encoder, UnlearnedSentiment(encoder)
        self.aspects, self.terms = phrases.aspects, phrases.terms

    @cached_property
    def told(self) -> "LogisticRegression":
        """Tells the aspect from a clause's vector and terms."""
        texts, languages = self.phrases.texts, self.phrases.languages
        return _fitted(self._with_terms(self._phrase_vectors, texts, languages), self.phrases.aspect_of)

    @cached_property
    def praised(self) -> dict[str, "LogisticRegression"]:
        """For each aspect what tells praise of it from complaint."""
        return {
            aspect: _fitted(self._phrase_vectors[rows], self.phrases.is_praise[rows])
            for aspect, rows in self.phrases.praise_and_complaint.items()
        }

    @cached_property
    def _phrase_vectors(self) -> Numbers:
        return self.encoder.encode(self.phrases.texts).astype(np.float64)

    def told_of(self, clauses: Sequence[str], languages: Sequence[str]) -> list[list[tuple[str, float]]]:
        """For each clause the aspects it speaks of, with the sentiment towards each, -1 to 1; most have one or none."""
        if not len(clauses):
            return []
        vectors = self._encoded(clauses)
        has_term = self._has_term(clauses, languages)
        told = self.told.predict_proba(self._with_terms(vectors, clauses, languages))
        probability = told[:, [list(self.told.classes_).index(aspect) for aspect in self.aspects]]
        said = probability >= np.where(has_term, LEAST_PROBABILITY_WITH_TERM, LEAST_PROBABILITY)
        general = GENERAL_WEIGHT * self.unlearned.log_odds(_as_texts(clauses, languages, vectors))
        odds = {aspect: general + model.decision_function(vectors) for aspect, model in self.praised.items()}
        return [
            [
                (aspect, round(float(np.tanh(odds.get(aspect, general)[row] / 2)), DECIMALS))
                for aspect, is_said in zip(self.aspects, said[row], strict=True)
                if is_said
            ]
            for row in range(len(clauses))
        ]

    def _encoded(self, clauses: Sequence[str]) -> Numbers:
        starts = range(0, len(clauses), CLAUSES_PER_CALL)
        calls = [self.encoder.encode(clauses[start : start + CLAUSES_PER_CALL]) for start in starts]
        return np.concatenate(calls).astype(np.float64)

    def _with_terms(self, vectors: Numbers, texts: Sequence[str], languages: Sequence[str]) -> Numbers:
        return np.hstack([vectors, TERM_WEIGHT * self._has_term(texts, languages)])

    def _has_term(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.bool_]:
        """(texts, aspects): whether a term of the aspect is in the text; in languages without terms, any language's."""
        return np.array(
            [
                [bool(self._pattern(aspect, language).search(text)) for aspect in self.aspects]
                for text, language in zip(texts, languages, strict=True)
            ]
        ).reshape(len(texts), len(self.aspects))

    def _pattern(self, aspect: str, language: str) -> re.Pattern[str]:
        return self.terms.get((aspect, language)) or self.terms[aspect, ""]


def tell_aspects(model: AspectModel, total: int | None = None) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of clause_id, clause, language, aspects_version to batches of CLAUSE_ASPECTS.

    A row per clause and aspect it speaks of; one with neither aspect nor sentiment for a clause that speaks of none.
    total: how many clauses there are in all, for the progress.
    """
    progress = Progress(total, "clauses read for aspects")

    def tell_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        told = model.told_of(batch["clause"].to_pylist(), batch["language"].to_pylist())
        progress.advance(len(told))
        rows = [(row, *said) for row, aspects in enumerate(told) for said in aspects or [(None, None)]]
        numbers = pa.array([row for row, _, _ in rows], pa.int64())
        columns = [batch[name].take(numbers) for name in ("clause_id", "language", "aspects_version")]
        columns += [pa.array([aspect for _, aspect, _ in rows], pa.string())]
        columns += [pa.array([sentiment for _, _, sentiment in rows], pa.float64())]
        return pa.RecordBatch.from_arrays(columns, schema=CLAUSE_ASPECTS)

    return tell_batch


def _fitted(features: Numbers, kind: NDArray) -> "LogisticRegression":
    from sklearn.linear_model import LogisticRegression

    # One thread, because the order in which BLAS adds up depends on their number.
    with one_thread():
        return LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=2_000).fit(features, kind)


def _as_texts(clauses: Sequence[str], languages: Sequence[str], vectors: Numbers) -> pa.RecordBatch:
    """Clauses as what sentiment is told from."""
    scores = [lexicon_score(clause, language) for clause, language in zip(clauses, languages, strict=True)]
    columns = [pa.array(languages, pa.string()), pa.array(scores, pa.float64()), to_arrow(vectors.astype(np.float32))]
    return pa.RecordBatch.from_arrays(columns, names=["language", "vader_compound", "embedding"])
