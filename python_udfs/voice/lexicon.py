"""VADER, a lexicon of English words and emoji with rules for negation and emphasis (Hutto and Gilbert 2014)."""

from collections.abc import Callable

import pyarrow as pa

from python_udfs.progress import Progress
from python_udfs.voice.language import UNDETERMINED

# Raise the number behind the package's version with every change of what is looked up.
VADER_VERSION = "vader-3.3.2:2"

LEXICON_SCORES = pa.schema(
    [
        pa.field("text_id", pa.string()),
        pa.field("lexicon_version", pa.string()),
        pa.field("vader_compound", pa.float64()),
    ]
)


def lexicon_version(language_version: str) -> str:
    """What a stored score depends on: VADER, how it is used, and what tells the language of the texts."""
    return f"{VADER_VERSION}:{language_version}"


def score_with_lexicon(total: int | None = None) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id, lexicon_version, language, text to batches of LEXICON_SCORES.

    vader_compound: VADER's score in [-1, 1] of an English text; and of one whose language can't be told, such as
    "Nice!" or emoji alone, if it finds anything there; null for others.
    total: how many texts there are in all, for the progress.
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    progress = Progress(total, "review texts looked up in the lexicon")

    def score(text: str, language: str) -> float | None:
        if language not in ("en", UNDETERMINED):
            return None
        compound = analyzer.polarity_scores(text)["compound"]
        return compound if compound or language == "en" else None

    def score_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        texts, languages = batch["text"].to_pylist(), batch["language"].to_pylist()
        scores = [score(text, language) for text, language in zip(texts, languages, strict=True)]
        progress.advance(len(scores))
        columns = [batch["text_id"], batch["lexicon_version"], pa.array(scores, pa.float64())]
        return pa.RecordBatch.from_arrays(columns, schema=LEXICON_SCORES)

    return score_batch
