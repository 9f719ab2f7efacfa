"""Sentiment learned from the shop's own stars, cross-fitted: no text is scored by a model that saw it.

Each language learns from its own stars alone. Beside 1,000 reviews in another language, 100 of its own are told with
an AUC of .90 (Chinese) and .92 (English) by a model of both, .90 and .94 by one of their own, and .88 and .92 without
any stars.
"""

import zlib
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sparse
from numpy.typing import NDArray

from python_udfs.one_thread import one_thread
from python_udfs.voice.calibration import platt_scaling
from python_udfs.voice.sentiment_features import SentimentFeatures, sentiment_features
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Four and five stars are praise, one and two complaint; three are either, and left out of the fit.
FEWEST_STARS_OF_PRAISE, MOST_STARS_OF_COMPLAINT = 4.0, 2.0
# Fewer of one kind say nothing about what the kind sounds like.
FEWEST_OF_EACH_KIND = 10
# Inverse strength of the L2 penalty. Of 0.3, 1, 3 and 10, cross-validated on three shops, 1 to 3 is best on each.
INVERSE_PENALTY = 2.0
MOST_ITERATIONS = 2_000


class Model(NamedTuple):
    """A class-balanced logistic regression: (features,) weights and an offset."""

    weights: Numbers
    offset: float

    def score(self, features: sparse.csr_matrix) -> Numbers:
        """(rows,) log odds of praise, as if it were as frequent as complaint."""
        return features @ self.weights + self.offset


@dataclass(frozen=True)
class LearnedSentiment:
    """Logistic regressions, one for each fold, fitted without that fold; and, as the last row, their mean.

    weights: (folds + 1, features); offsets, slopes, shifts, log_odds: (folds + 1,). A score is weights and offset,
    slope and shift make it the calibrated log odds of praise; log_odds: log of praise over complaint among the reviews
    it was fitted on; fitted_texts: those whose stars were used.
    """

    features: SentimentFeatures
    weights: Numbers
    offsets: Numbers
    slopes: Numbers
    shifts: Numbers
    log_odds: Numbers
    fitted_texts: frozenset[str]

    def score(self, batch: pa.RecordBatch) -> tuple[Numbers, Numbers]:
        """Sentiment in [-1, 1] and probability of praise, each (rows,), by the models that haven't seen the text.

        batch: text_id, text, language, vader_compound, embedding. Sentiment is 0 where praise and complaint are
        equally likely once both are equally frequent; the probability is that of this shop, where praise mostly is far
        more frequent.
        """
        folds = len(self.weights) - 1
        texts = batch["text_id"].to_pylist()
        model = np.array([fold_of(text, folds) if text in self.fitted_texts else folds for text in texts], dtype=int)
        scores = (self.features.matrix(batch) @ self.weights.T)[np.arange(len(model)), model] + self.offsets[model]
        calibrated = self.slopes[model] * scores + self.shifts[model]
        return np.tanh((calibrated - self.log_odds[model]) / 2), _logistic(calibrated)


def fit_languages(
    rated: pa.Table, folds: int, fewest_reviews: int, unlearned: UnlearnedSentiment
) -> dict[str, LearnedSentiment]:
    """The models of each language that has stars enough to learn from; arguments as of `fit_sentiment`.

    Raises ValueError for fewer than three folds.
    """
    if folds < 3:
        raise ValueError(
            f"the var sentiment_folds must be at least 3, not {folds}: to learn, to calibrate and to be told"
        )
    learned = {
        language: fit_sentiment(rated.filter(pc.equal(rated["language"], language)), folds, fewest_reviews, unlearned)
        for language in sorted(set(rated["language"].to_pylist()))
    }
    return {language: models for language, models in learned.items() if models}


def fit_sentiment(
    rated: pa.Table, folds: int, fewest_reviews: int, unlearned: UnlearnedSentiment
) -> LearnedSentiment | None:
    """The models of rated reviews, or None when there are too few to learn from.

    rated: review_id, text_id, rating, text, language, vader_compound, embedding of reviews with stars and text.
    folds: texts are dealt into so many by a hash of their key, so equal texts share one.
    """
    rated = rated.filter(_is_praise_or_complaint(rated["rating"])).sort_by(
        [("text_id", "ascending"), ("review_id", "ascending")]
    )
    is_praise = pc.greater_equal(rated["rating"], FEWEST_STARS_OF_PRAISE).to_numpy().astype(bool)
    text_ids = rated["text_id"].to_pylist()
    fold = np.array([fold_of(text, folds) for text in text_ids], dtype=int)
    if len(is_praise) < fewest_reviews or not _can_be_learned(is_praise, fold, folds):
        return None
    features = sentiment_features(rated["text"].to_pylist(), unlearned)
    matrix = features.matrix(rated.combine_chunks().to_batches()[0])
    return _fit(features, matrix, is_praise, fold, folds, frozenset(text_ids))


def fold_of(text_id: str, folds: int) -> int:
    """The fold of a text, 0 to folds - 1: by its key alone."""
    return zlib.crc32(text_id.encode()) % folds


def _is_praise_or_complaint(rating: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.or_(pc.greater_equal(rating, FEWEST_STARS_OF_PRAISE), pc.less_equal(rating, MOST_STARS_OF_COMPLAINT))


def _can_be_learned(is_praise: Flags, fold: NDArray[np.int_], folds: int) -> bool:
    """Whether each model would see enough praise and enough complaint."""
    return all(
        kind[(fold != one) & (fold != other)].sum() >= FEWEST_OF_EACH_KIND
        for kind in (is_praise, ~is_praise)
        for one, other in combinations(range(folds), 2)
    )


def _fit(
    features: SentimentFeatures,
    matrix: sparse.csr_matrix,
    is_praise: Flags,
    fold: NDArray[np.int_],
    folds: int,
    fitted_texts: frozenset[str],
) -> LearnedSentiment:
    # One thread, because the order in which BLAS adds up depends on their number.
    with one_thread():
        models = [_model(matrix, is_praise, fold != held_out) for held_out in range(folds)]
        calibrations = _calibrations(matrix, is_praise, fold, folds)
    slopes, shifts = (np.array(values) for values in zip(*calibrations, strict=True))
    shares = np.array([is_praise[fold != held_out].mean() for held_out in range(folds)])
    return LearnedSentiment(
        features=features,
        weights=_with_mean(np.array([model.weights for model in models])),
        offsets=_with_mean(np.array([model.offset for model in models])),
        slopes=_with_mean(slopes),
        shifts=_with_mean(shifts),
        log_odds=_with_mean(np.log(shares / (1 - shares))),
        fitted_texts=fitted_texts,
    )


def _calibrations(matrix: sparse.csr_matrix, is_praise: Flags, fold: NDArray[np.int_], folds: int) -> list:
    """For each fold, slope and shift from the other folds' reviews, each scored by a model that saw neither fold.

    A model without two folds serves both: of five folds ten models do for what would be twenty.
    """
    scores = np.zeros((folds, len(fold)))
    for one, other in combinations(range(folds), 2):
        model = _model(matrix, is_praise, (fold != one) & (fold != other))
        scores[one, fold == other] = model.score(matrix[fold == other])
        scores[other, fold == one] = model.score(matrix[fold == one])
    return [platt_scaling(scores[held_out, fold != held_out], is_praise[fold != held_out]) for held_out in range(folds)]


def _model(matrix: sparse.csr_matrix, is_praise: Flags, rows: Flags) -> Model:
    from sklearn.linear_model import LogisticRegression

    # Started from nothing each time: from another fold's model, it would know that fold's stars.
    model = LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=MOST_ITERATIONS)
    model.fit(matrix[rows], is_praise[rows])
    return Model(model.coef_[0], float(model.intercept_[0]))


def _with_mean(values: Numbers) -> Numbers:
    """Values of the folds, and their mean as one more."""
    return np.concatenate([values, values.mean(axis=0, keepdims=True)])


def _logistic(log_odds: Numbers) -> Numbers:
    return (1 + np.tanh(log_odds / 2)) / 2
