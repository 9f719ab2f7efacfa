"""VADER, a lexicon of English words and emoji with rules for negation and emphasis (Hutto and Gilbert 2014).

It was made for tweets: over the many sentences of a review its score runs into -1 or 1, mostly into 1. The mean over
the sentences tells praise from complaint far better (AUC .90 against .86 on clothing, .88 against .80 on instruments).
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from python_udfs.progress import Progress
from python_udfs.voice.language import UNDETERMINED
from python_udfs.voice.text_cleaning import EMOJI

if TYPE_CHECKING:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

# Raise the number behind the package's version with every change of what is looked up.
VADER_VERSION = "vader-3.3.2:3"

LEXICON_SCORES = pa.schema(
    [
        pa.field("text_id", pa.string()),
        pa.field("lexicon_version", pa.string()),
        pa.field("vader_compound", pa.float64()),
    ]
)

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
OTHER_THAN_EMOJI = re.compile(rf"(?!{EMOJI}).", re.DOTALL)
# VADER reads an emoji's Unicode name. Of these names it knows no word, or the wrong one.
WORD_OF_EMOJI = {
    "👍": "great", "👏": "great", "🙌": "great", "💯": "great", "🔥": "great", "🤩": "great", "😋": "yummy",
    "👎": "bad", "💩": "awful", "😒": "annoyed", "🙄": "annoyed", "😤": "angry", "😡": "angry", "🤬": "furious",
    "🤮": "disgusting", "🤢": "disgusting", "💔": "heartbroken",
}  # fmt: skip


def lexicon_version(language_version: str) -> str:
    """What a stored score depends on: VADER, how it is used, and what tells the language of the texts."""
    return f"{VADER_VERSION}:{language_version}"


def score_with_lexicon(total: int | None = None) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id, lexicon_version, language, text to batches of LEXICON_SCORES.

    vader_compound: see `lexicon_score`; total: how many texts there are in all, for the progress.
    """
    progress = Progress(total, "review texts looked up in the lexicon")

    def score_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        texts, languages = batch["text"].to_pylist(), batch["language"].to_pylist()
        scores = [lexicon_score(text, language) for text, language in zip(texts, languages, strict=True)]
        progress.advance(len(scores))
        columns = [batch["text_id"], batch["lexicon_version"], pa.array(scores, pa.float64())]
        return pa.RecordBatch.from_arrays(columns, schema=LEXICON_SCORES)

    return score_batch


def lexicon_score(text: str, language: str) -> float | None:
    """The mean of VADER's scores, in [-1, 1], of the sentences of an English text.

    Of a text in another language the emoji alone are looked up, and of one whose language can't be told, such as
    "Nice!", everything; None where nothing is found there.
    """
    if language == "en":
        return _mean_of_sentences(text)
    emoji_or_text = text if language == UNDETERMINED else OTHER_THAN_EMOJI.sub(" ", text)
    return _mean_of_sentences(emoji_or_text) or None


def _mean_of_sentences(text: str) -> float:
    sentences = [sentence for sentence in SENTENCE.split(text) if sentence.strip()]
    scores = [_analyzer().polarity_scores(sentence)["compound"] for sentence in sentences]
    return sum(scores) / len(scores) if scores else 0.0


@cache
def _analyzer() -> "SentimentIntensityAnalyzer":
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    analyzer.emojis.update(WORD_OF_EMOJI)
    return analyzer
