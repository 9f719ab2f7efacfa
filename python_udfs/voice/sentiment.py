"""The sentiment of each review, by the best method that the shop's data allow.

- learned: from the shop's own stars, text in a language that has enough of them (see `learned_sentiment`)
- anchors_and_vader: where its stars are too few, text of which VADER knows words or emoji (see `unlearned_sentiment`)
- anchors: other text where stars are too few
- stars: reviews without text
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from python_udfs.voice.learned_sentiment import LearnedSentiment, Numbers
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment

METHODS = ("learned", "anchors_and_vader", "anchors", "stars")
# What another number of threads may change is smaller.
DECIMALS = 6

REVIEW_SENTIMENT = pa.schema(
    [
        pa.field("review_id", pa.string()),
        pa.field("sentiment", pa.float64()),
        pa.field("positive_probability", pa.float64()),
        pa.field("sentiment_method", pa.string()),
    ]
)


def score_reviews(
    learned: dict[str, LearnedSentiment], unlearned: UnlearnedSentiment
) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of reviews to batches of REVIEW_SENTIMENT, a row each, in the same order.

    A batch has review_id, rating, and text_id, text, language, vader_compound, embedding, null in a review without
    text. learned: what `fit_languages` gave; unlearned: what tells sentiment in other languages.
    """

    def score_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        sentiment, probability, method = _by_stars(batch["rating"])
        language = np.array(batch["language"].to_pylist(), dtype=object)
        has_text = pc.is_valid(batch["embedding"]).to_numpy(zero_copy_only=False)
        for one in sorted(set(language[has_text])):
            rows = has_text & (language == one)
            texts = batch.filter(pa.array(rows))
            by_text = _by_stars_of_others(texts, learned[one]) if one in learned else _by_words(texts, unlearned)
            sentiment[rows], probability[rows], method[rows] = by_text
        columns = [
            batch["review_id"],
            pa.array(np.round(sentiment, DECIMALS)),
            pa.array(np.round(probability, DECIMALS)),
            pa.array(method, pa.string()),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=REVIEW_SENTIMENT)

    return score_batch


Scores = tuple[Numbers, Numbers, np.ndarray]


def _by_stars(rating: pa.Array) -> Scores:
    """One star is -1, three 0, five 1."""
    sentiment = (rating.to_numpy(zero_copy_only=False).astype(float) - 3) / 2
    return sentiment, (sentiment + 1) / 2, np.full(len(sentiment), "stars", dtype=object)


def _by_stars_of_others(batch: pa.RecordBatch, learned: LearnedSentiment) -> Scores:
    sentiment, probability = learned.score(batch)
    return sentiment, probability, np.full(len(sentiment), "learned", dtype=object)


def _by_words(batch: pa.RecordBatch, unlearned: UnlearnedSentiment) -> Scores:
    sentiment = np.tanh(unlearned.log_odds(batch) / 2)
    knows_words = pc.is_valid(batch["vader_compound"]).to_numpy(zero_copy_only=False)
    return sentiment, (sentiment + 1) / 2, np.where(knows_words, "anchors_and_vader", "anchors").astype(object)
