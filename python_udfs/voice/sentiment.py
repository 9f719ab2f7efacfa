"""The sentiment of each review, by the best method that the shop's data allow.

- learned: from the shop's own stars, for every review with text (see `learned_sentiment`)
- vader: where stars are too few, text that the lexicon applies to (see `lexicon`)
- anchors: where stars are too few, other text (see `anchors`)
- stars: reviews without text
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from python_udfs.voice.anchors import AnchorSentiment
from python_udfs.voice.encoders import Encoder
from python_udfs.voice.learned_sentiment import LearnedSentiment, Numbers, sentiment_features
from python_udfs.voice.vectors import to_matrix

METHODS = ("learned", "vader", "anchors", "stars")
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


def score_reviews(learned: LearnedSentiment | None, encoder: Encoder) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of reviews to batches of REVIEW_SENTIMENT, a row each, in the same order.

    A batch has review_id, rating, and text_id, language, vader_compound, embedding, null in a review without text.
    learned: what `fit_sentiment` gave; encoder: the embeddings' own, asked only if phrases are to be compared with.
    """
    anchors = AnchorSentiment(encoder.encode)

    def score_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        has_text = pc.is_valid(batch["embedding"]).to_numpy(zero_copy_only=False)
        sentiment, probability, method = _by_stars(batch["rating"])
        with_text = batch.filter(pa.array(has_text))
        if with_text.num_rows:
            by_text = _by_stars_of_others(with_text, learned) if learned else _by_words(with_text, anchors)
            sentiment[has_text], probability[has_text], method[has_text] = by_text
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
    sentiment, probability = learned.score(batch["text_id"].to_pylist(), sentiment_features(batch))
    return sentiment, probability, np.full(len(sentiment), "learned", dtype=object)


def _by_words(batch: pa.RecordBatch, anchors: AnchorSentiment) -> Scores:
    compound = batch["vader_compound"].to_numpy(zero_copy_only=False).astype(float)
    method = np.where(np.isnan(compound), "anchors", "vader").astype(object)
    by_anchors = batch.filter(pa.array(method == "anchors"))
    sentiment = compound.copy()
    if by_anchors.num_rows:
        sentiment[method == "anchors"] = anchors.score(
            to_matrix(by_anchors["embedding"]), by_anchors["language"].to_pylist()
        )
    return sentiment, (sentiment + 1) / 2, method
