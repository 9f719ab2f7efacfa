"""What the build does with review texts, as functions of Arrow columns: the SQL functions of the same names.

All begin with redaction, as the build does, so personal data reach no model, and a raw text gives what its redacted
text gives. Null gives null; so does a text of which redaction leaves nothing readable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from python_udfs.voice.encoders import Encoder, load_encoder
from python_udfs.voice.language import detect_languages
from python_udfs.voice.learned_sentiment import LearnedSentiment
from python_udfs.voice.lexicon import score_with_lexicon
from python_udfs.voice.person_names import NameRecogniser, load_name_recogniser
from python_udfs.voice.redaction import redact, text_id
from python_udfs.voice.sentiment import score_reviews
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment
from python_udfs.voice.vectors import to_arrow, to_matrix

Column = pa.Array | pa.ChunkedArray
VECTOR = pa.list_(pa.float32())
# What another order of summation may change is smaller.
DECIMALS = 6


@dataclass
class VoiceFunctions:
    """The functions under one configuration. Encoder, lexicon and n-grams are loaded when they are first needed.

    phone_regions: see `redact`; names: see `load_name_recogniser`; languages, least_confidence: see
    `detect_languages`; encoder: of `load_encoder`.
    """

    phone_regions: Sequence[str]
    names: str
    languages: Sequence[str]
    least_confidence: float
    encoder: dict[str, Any]

    def redact(self, texts: Column) -> pa.Array:
        """Each text without personal data, as in `redacted_documents`."""
        return pa.array(self._redacted(texts), pa.string())

    def detect_language(self, texts: Column) -> pa.Array:
        """Each text's language, as in `review_language`."""
        return self._of_distinct(texts, lambda batch: self._languages(batch)["language"], pa.string())

    def embed(self, texts: Column) -> pa.Array:
        """Each text's vector of unit length, as in `review_embeddings`, as a list."""
        return self._of_distinct(texts, lambda batch: self._vectors(batch).cast(VECTOR), VECTOR)

    def similarity(self, texts: Column, others: Column) -> pa.Array:
        """The cosine of each pair of texts, -1 to 1, to DECIMALS digits."""
        one, other = self._redacted(texts), self._redacted(others)
        known = [number for number, pair in enumerate(zip(one, other, strict=True)) if None not in pair]
        cosines: list[float | None] = [None] * len(one)
        if known:
            distinct = _batch(sorted({text for number in known for text in (one[number], other[number]) if text}))
            row = {text: number for number, text in enumerate(distinct["text"].to_pylist())}
            vectors = to_matrix(self._vectors(distinct))
            pairs = [(row[one[number]], row[other[number]]) for number in known]
            products = np.einsum("ij,ij->i", *(vectors[list(side)] for side in zip(*pairs, strict=True)))
            for number, product in zip(known, np.round(np.clip(products, -1, 1), DECIMALS).tolist(), strict=True):
                cosines[number] = product
        return pa.array(cosines, pa.float64())

    def sentiment(self, texts: Column, learned: dict[str, LearnedSentiment]) -> pa.Array:
        """Each text's sentiment, -1 to 1, as in `review_sentiment`: of a text that was fitted, by the model without it.

        learned: what the build learned from stars, by language.
        """
        return self._of_distinct(texts, lambda batch: self._sentiment(batch, learned), pa.float64())

    def _redacted(self, texts: Column) -> list[str | None]:
        raw, regions = texts.to_pylist(), tuple(self.phone_regions)
        redacted = {text: redact(text, regions, self._name_recogniser) or None for text in set(raw) if text is not None}
        return [redacted.get(text) for text in raw]

    def _of_distinct(
        self, texts: Column, function: Callable[[pa.RecordBatch], pa.Array], result: pa.DataType
    ) -> pa.Array:
        """What `function` gives of the distinct redacted texts, for each row; it is not asked if there are none."""
        redacted = self._redacted(texts)
        distinct = sorted({text for text in redacted if text is not None})
        if not distinct:
            return pa.nulls(len(redacted), result)
        row = {text: number for number, text in enumerate(distinct)}
        return function(_batch(distinct)).take(pa.array([row.get(text) for text in redacted], pa.int64()))

    def _languages(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return detect_languages(self.languages, self.least_confidence)(batch)

    def _vectors(self, batch: pa.RecordBatch) -> pa.Array:
        return to_arrow(self._encoder.encode(batch["text"].to_pylist()))

    def _sentiment(self, batch: pa.RecordBatch, learned: dict[str, LearnedSentiment]) -> pa.Array:
        batch = batch.append_column("language", self._languages(batch)["language"])
        batch = batch.append_column("vader_compound", self._lexicon(batch)["vader_compound"])
        batch = batch.append_column("embedding", self._vectors(batch))
        return score_reviews(learned, self.unlearned)(batch)["sentiment"]

    @cached_property
    def unlearned(self) -> UnlearnedSentiment:
        """What tells sentiment without stars."""
        return UnlearnedSentiment(self._encoder)

    @cached_property
    def _name_recogniser(self) -> NameRecogniser | None:
        return load_name_recogniser(self.names)

    @cached_property
    def _encoder(self) -> Encoder:
        return load_encoder(**self.encoder)

    @cached_property
    def _lexicon(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        return score_with_lexicon()


def _batch(texts: Sequence[str]) -> pa.RecordBatch:
    """The texts as the models know them; reviews without stars, and without versions to store."""
    keys = pa.array([text_id(text) for text in texts], pa.string())
    nothing = pa.nulls(len(texts), pa.string())
    columns = {
        "review_id": keys,
        "text_id": keys,
        "text": pa.array(texts, pa.string()),
        "rating": pa.nulls(len(texts), pa.float64()),
        "language_version": nothing,
        "lexicon_version": nothing,
    }
    return pa.RecordBatch.from_pydict(columns)
