"""Sentiment learned from the shop's own stars, cross-fitted: no text is scored by a model that saw it."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from python_udfs.voice.vectors import products, to_matrix

Numbers = NDArray[np.float64]

# Four and five stars are praise, one and two complaint; three are either, and left out of the fit.
FEWEST_STARS_OF_PRAISE, MOST_STARS_OF_COMPLAINT = 4.0, 2.0
# Fewer of one kind say nothing about what the kind sounds like.
FEWEST_OF_EACH_KIND = 10
# Inverse strength of the L2 penalty. Of 0.3, 1, 3 and 10, cross-validated on three shops, 1 to 3 is best on each.
INVERSE_PENALTY = 2.0
# Of the gradient. Below it, another order of summation moves no score by 1e-6.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class LearnedSentiment:
    """Logistic regressions, one for each fold, fitted without that fold; and, as the last row, their mean.

    weights: (folds + 1, features); offsets: (folds + 1,), of the class-balanced fit; log_odds: (folds + 1,), log of
    praise over complaint among the reviews it was fitted on; fitted_texts: those whose stars were used.
    """

    weights: Numbers
    offsets: Numbers
    log_odds: Numbers
    fitted_texts: frozenset[str]

    def score(self, text_ids: Sequence[str], features: Numbers) -> tuple[Numbers, Numbers]:
        """Sentiment in [-1, 1] and probability of praise, each (rows,), by the models that haven't seen the text.

        Sentiment is 0 where praise and complaint are equally likely once both are equally frequent; the probability is
        that of this shop, where praise mostly is far more frequent.
        """
        folds = len(self.weights) - 1
        model = np.array([fold_of(text, folds) if text in self.fitted_texts else folds for text in text_ids], dtype=int)
        balanced = products(features, self.weights)[np.arange(len(model)), model] + self.offsets[model]
        return np.tanh(balanced / 2), _logistic(balanced + self.log_odds[model])


def fit_sentiment(rated: pa.Table, folds: int, fewest_reviews: int) -> LearnedSentiment | None:
    """The models of a shop's rated reviews, or None when there are too few to learn from.

    rated: review_id, text_id, rating, vader_compound, embedding of reviews with stars and text.
    folds: texts are dealt into so many by a hash of their key, so equal texts share one. Raises ValueError below 2.
    """
    if folds < 2:
        raise ValueError(f"the var sentiment_folds must be at least 2, not {folds}: each text needs a model without it")
    rated = rated.filter(_is_praise_or_complaint(rated["rating"])).sort_by(
        [("text_id", "ascending"), ("review_id", "ascending")]
    )
    is_praise = pc.greater_equal(rated["rating"], FEWEST_STARS_OF_PRAISE).to_numpy().astype(bool)
    text_ids = rated["text_id"].to_pylist()
    fold = np.array([fold_of(text, folds) for text in text_ids], dtype=int)
    if len(is_praise) < fewest_reviews or not _can_be_learned(is_praise, fold, folds):
        return None
    return _fit(sentiment_features(rated.combine_chunks().to_batches()[0]), is_praise, fold, folds, frozenset(text_ids))


def sentiment_features(batch: pa.RecordBatch) -> Numbers:
    """(rows, dimensions + 2): the embedding, VADER's score, and whether there is one."""
    compound = batch["vader_compound"]
    lexicon = np.column_stack(
        [pc.fill_null(compound, 0.0).to_numpy(), pc.is_valid(compound).to_numpy(zero_copy_only=False)]
    )
    return np.hstack([to_matrix(batch["embedding"]), lexicon])


def fold_of(text_id: str, folds: int) -> int:
    """The fold of a text, 0 to folds - 1: by its key alone."""
    return zlib.crc32(text_id.encode()) % folds


def _is_praise_or_complaint(rating: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.or_(pc.greater_equal(rating, FEWEST_STARS_OF_PRAISE), pc.less_equal(rating, MOST_STARS_OF_COMPLAINT))


def _can_be_learned(is_praise: NDArray[np.bool_], fold: NDArray[np.int_], folds: int) -> bool:
    """Whether each model would see enough praise and enough complaint."""
    return all(
        kind[fold != held_out].sum() >= FEWEST_OF_EACH_KIND
        for kind in (is_praise, ~is_praise)
        for held_out in range(folds)
    )


def _fit(
    features: Numbers, is_praise: NDArray[np.bool_], fold: NDArray[np.int_], folds: int, fitted_texts: frozenset[str]
) -> LearnedSentiment:
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # Each fit starts from the last one, which takes a third off the time and changes nothing at this tolerance.
    model = LogisticRegression(
        C=INVERSE_PENALTY, class_weight="balanced", solver="newton-cholesky", tol=TOLERANCE, warm_start=True
    )
    fitted = []
    # One thread, because the order in which BLAS adds up depends on their number.
    with threadpool_limits(limits=1):
        for held_out in range(folds):
            rows = fold != held_out
            model.fit(features[rows], is_praise[rows])
            share = is_praise[rows].mean()
            fitted.append((model.coef_[0].copy(), model.intercept_[0], np.log(share / (1 - share))))
    weights, offsets, log_odds = (np.array(values) for values in zip(*fitted, strict=True))
    return LearnedSentiment(
        weights=np.vstack([weights, weights.mean(axis=0)]),
        offsets=np.append(offsets, offsets.mean()),
        log_odds=np.append(log_odds, log_odds.mean()),
        fitted_texts=fitted_texts,
    )


def _logistic(log_odds: Numbers) -> Numbers:
    return (1 + np.tanh(log_odds / 2)) / 2
