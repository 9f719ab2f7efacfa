"""What is known of a topic's name: its keywords, phrases and quotes, and the labels that these allow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from python_udfs.voice.topics.keywords import PHRASE
from python_udfs.voice.topics.words import spoken_words

KEYWORD_COLUMNS = ["topic_key", "language", "kind", "place", "keyword", "share_of_texts", "is_name"]
QUOTE_COLUMNS = ["topic_key", "place", "quote"]
LANGUAGE_COLUMNS = ["topic_key", "language"]
# A phrase in so many of the topic's texts says what it's about better than single words.
TYPICAL_PHRASE = 0.1
WORDS_OF_LABEL = 3
JOINT = ", "
# Words that join others, allowed in any label.
JOINING = frozenset({"and", "e", "y", "和"})


@dataclass(frozen=True)
class TopicSheet:
    """One topic. words: its keywords in one language, names last; phrases: those that many of its texts have."""

    topic_key: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    quotes: tuple[str, ...]

    @property
    def options(self) -> list[str]:
        """Labels of the topic's own words, the best first; at least one."""
        plain = _without_repetitions(self.words)[:WORDS_OF_LABEL]
        made = [JOINT.join(plain)] if plain else []
        for phrase in self.phrases[:1]:
            rest = [word for word in plain if not _is_said(word, phrase)]
            made = [JOINT.join([phrase, *rest[:1]]), *made, phrase]
        return [_capitalised(label) for label in dict.fromkeys(made)] or [f"Topic {self.topic_key}"]

    def strange_words(self, label: str) -> list[str]:
        """Words of a label that neither a keyword nor a quote has."""
        said = set(JOINING).union(*(spoken_words(text) for text in (*self.words, *self.phrases, *self.quotes)))
        return [word for word in spoken_words(label) if word not in said]


def topic_sheets(
    keywords: pa.Table, quotes: pa.Table, languages: pa.Table, topic_keys: Sequence[str]
) -> list[TopicSheet]:
    """One sheet per topic, in the order of `topic_keys`, with the keywords of the topic's language.

    keywords: KEYWORD_COLUMNS; quotes: QUOTE_COLUMNS; languages: LANGUAGE_COLUMNS, none for a topic without keywords.
    """
    rows = sorted(
        keywords.select(KEYWORD_COLUMNS).to_pylist(), key=lambda row: (row["kind"], row["is_name"], row["place"])
    )
    language_of = {row["topic_key"]: row["language"] for row in languages.select(LANGUAGE_COLUMNS).to_pylist()}
    said = sorted(quotes.select(QUOTE_COLUMNS).to_pylist(), key=lambda row: row["place"])
    sheets = []
    for key in topic_keys:
        own = [row for row in rows if row["topic_key"] == key and row["language"] == language_of.get(key)]
        sheets.append(
            TopicSheet(
                key,
                tuple(row["keyword"] for row in own if row["kind"] != PHRASE),
                tuple(
                    row["keyword"]
                    for row in own
                    if row["kind"] == PHRASE and row["share_of_texts"] >= TYPICAL_PHRASE and not row["is_name"]
                ),
                tuple(row["quote"] for row in said if row["topic_key"] == key),
            )
        )
    return sheets


def _without_repetitions(words: Sequence[str]) -> list[str]:
    """Without words that begin as an earlier one does, or that an earlier one begins with: "tuner", "tune"."""
    kept: list[str] = []
    for word in words:
        if not any(word.startswith(other) or other.startswith(word) for other in kept):
            kept.append(word)
    return kept


def _is_said(word: str, phrase: str) -> bool:
    return any(part.startswith(word) or word.startswith(part) for part in re.split(r"\s+", phrase)) or word in phrase


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]
