"""The keywords and phrases of the topics, as a table."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from python_udfs.voice.topics.terms import (
    NO_TOPIC,
    LanguageTexts,
    Term,
    TermRules,
    by_language,
    keywords_of,
    telling_terms,
)

TOPIC_KEYWORDS = pa.schema(
    [
        pa.field("topic_key", pa.string()),
        pa.field("language", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("place", pa.int64()),
        pa.field("keyword", pa.string()),
        pa.field("weight", pa.float64()),
        pa.field("share_of_texts", pa.float64()),
        pa.field("texts", pa.int64()),
        pa.field("is_name", pa.bool_()),
    ]
)
WORD, PHRASE = "word", "phrase"
# A topic with fewer texts in a language has no words in it: what they share would be chance.
FEWEST_TEXTS_OF_TOPIC = 10
DECIMALS = 6


def keywords_table(texts: pa.Table, topic_keys: Sequence[str], rules: TermRules) -> pa.Table:
    """One row of TOPIC_KEYWORDS per topic, language, kind and place.

    texts: text, language, topic_key; a sample of the texts. topic_keys: the topics; texts of others count as none.
    """
    place = {key: number for number, key in enumerate(topic_keys)}
    labels = np.array([place.get(key, NO_TOPIC) for key in texts.column("topic_key").to_pylist()], dtype=np.intp)
    spoken = by_language(texts.column("text").to_pylist(), texts.column("language").to_pylist(), rules)
    rows = [row for language in spoken for row in _rows(language, labels[language.rows], topic_keys, rules)]
    return pa.Table.from_pylist(rows, schema=TOPIC_KEYWORDS)


def _rows(
    language: LanguageTexts, labels: np.ndarray, topic_keys: Sequence[str], rules: TermRules
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for kind, vocabulary in ((WORD, language.words), (PHRASE, language.phrases)):
        found = telling_terms(vocabulary, labels, len(topic_keys), rules)
        chosen = keywords_of(found, language.language, rules)
        for topic, key in enumerate(topic_keys):
            texts = int((labels == topic).sum())
            if texts >= FEWEST_TEXTS_OF_TOPIC:
                rows += [
                    _row(key, language.language, kind, number, term, texts)
                    for number, term in enumerate(chosen[topic], 1)
                ]
    return rows


def _row(key: str, language: str, kind: str, place: int, term: Term, texts: int) -> dict[str, object]:
    return {
        "topic_key": key,
        "language": language,
        "kind": kind,
        "place": place,
        "keyword": term.form,
        "weight": round(term.weight, DECIMALS),
        "share_of_texts": round(term.share, DECIMALS),
        "texts": texts,
        "is_name": term.is_name,
    }
