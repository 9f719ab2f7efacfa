"""Sentiment without any stars: how a text's vector lies to those of phrases of praise and of complaint.

The phrases of `sentiment_phrases.csv` are a small training set that comes along: general praise and complaint, no
shop's words. A logistic regression on their vectors, by the same encoder, one for each language and one for all
together.
"""

import csv
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from python_udfs.one_thread import one_thread
from python_udfs.voice.language import UNDETERMINED
from python_udfs.voice.vectors import FloatMatrix, products

Numbers = NDArray[np.float64]

PHRASES = Path(__file__).with_name("sentiment_phrases.csv")
# Inverse strength of the L2 penalty. Of 1 and 5 the better on clothing, instruments and Chinese deliveries.
INVERSE_PENALTY = 1.0
# So few phrases leave the regression timid: its log odds are a quarter of what reviews bear out.
STRETCH = 4.0


class AnchorSentiment:
    """Tells praise from complaint by phrases of the text's language.

    encode: an encoder's `encode`; called once, when the first text needs it.
    """

    def __init__(self, encode: Callable[[Sequence[str]], FloatMatrix]) -> None:
        self.encode = encode

    def log_odds(self, vectors: Numbers, languages: Sequence[str | None]) -> Numbers:
        """(rows,) log odds of praise of (rows, dimensions) vectors; other languages are compared with all phrases."""
        odds = np.zeros(len(vectors))
        known = np.array(
            [language if language in self._models else UNDETERMINED for language in languages], dtype=object
        )
        for language in sorted(set(known)):
            rows = known == language
            weights, offset = self._models[language]
            odds[rows] = STRETCH * (products(vectors[rows], weights[None])[:, 0] + offset)
        return odds

    @cached_property
    def _models(self) -> dict[str, tuple[Numbers, float]]:
        """Weights and offset for each language of the phrases, and for all of them together."""
        with PHRASES.open(encoding="utf-8", newline="") as file:
            phrases = list(csv.DictReader(file))
        vectors = self.encode([row["phrase"] for row in phrases]).astype(np.float64)
        is_praise = np.array([row["kind"] == "praise" for row in phrases])
        language = np.array([row["language"] for row in phrases])
        models = {one: _fit(vectors[language == one], is_praise[language == one]) for one in sorted(set(language))}
        return {**models, UNDETERMINED: _fit(vectors, is_praise)}


def _fit(vectors: Numbers, is_praise: NDArray[np.bool_]) -> tuple[Numbers, float]:
    from sklearn.linear_model import LogisticRegression

    # One thread, because the order in which BLAS adds up depends on their number.
    with one_thread():
        model = LogisticRegression(C=INVERSE_PENALTY, solver="newton-cholesky", tol=1e-9).fit(vectors, is_praise)
    return model.coef_[0], float(model.intercept_[0])
