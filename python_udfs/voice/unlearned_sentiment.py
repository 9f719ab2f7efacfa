"""Sentiment without any stars: what anchor phrases and VADER say of a text, together."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from python_udfs.voice.anchors import AnchorSentiment, Numbers
from python_udfs.voice.encoders import Encoder
from python_udfs.voice.vectors import to_matrix

# Log odds of praise for a whole point of VADER. Of 4 and 6 the best on the half of clothing and instruments it was
# tuned on.
LEXICON_WEIGHT = 6.0
# English reviews are polite: where praise and complaint are as frequent, VADER's mean of sentences is this.
LEXICON_MIDDLE = 0.2


class UnlearnedSentiment:
    """The log odds of praise against complaint, as if both were equally frequent, without any stars.

    encoder: the embeddings' own; asked for the vectors of the phrases, when the first text needs them.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.anchors = AnchorSentiment(encoder.encode)

    def log_odds(self, batch: pa.RecordBatch) -> Numbers:
        """(rows,) of a batch of language, vader_compound, embedding. Where VADER is silent, anchors alone speak."""
        lexicon = pc.fill_null(batch["vader_compound"], 0.0).to_numpy(zero_copy_only=False)
        is_english = np.array([language == "en" for language in batch["language"].to_pylist()], dtype=float)
        by_lexicon = LEXICON_WEIGHT * (lexicon - LEXICON_MIDDLE * is_english)
        return by_lexicon + self.anchors.log_odds(to_matrix(batch["embedding"]), batch["language"].to_pylist())
