"""VADER, a lexicon of English words and emoji with rules for negation and emphasis (Hutto and Gilbert 2014)."""

from collections.abc import Callable

import pyarrow as pa

from python_udfs.progress import Progress
from python_udfs.voice.language import language_of

# What a stored score depends on: the package's version, and ours of the language test.
LEXICON_VERSION = "vader-3.3.2:1"

LEXICON_SCORES = pa.schema(
    [
        pa.field("text_id", pa.string()),
        pa.field("lexicon_version", pa.string()),
        pa.field("vader_compound", pa.float64()),
    ]
)


def score_with_lexicon(total: int | None = None) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id, lexicon_version, text to batches of LEXICON_SCORES.

    vader_compound: VADER's score in [-1, 1] of an English text; null in other languages: the lexicon finds nothing.
    total: how many texts there are in all, for the progress.
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    progress = Progress(total, "review texts looked up in the lexicon")

    def score(text: str) -> float | None:
        return analyzer.polarity_scores(text)["compound"] if language_of(text) == "en" else None

    def score_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        scores = [score(text) for text in batch["text"].to_pylist()]
        progress.advance(len(scores))
        columns = [batch["text_id"], batch["lexicon_version"], pa.array(scores, pa.float64())]
        return pa.RecordBatch.from_arrays(columns, schema=LEXICON_SCORES)

    return score_batch
