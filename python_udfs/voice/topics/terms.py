"""What the texts of a topic say and others don't: keywords and phrases, language by language."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from python_udfs.voice.language import UNDETERMINED
from python_udfs.voice.topics.coherence import class_tf_idf
from python_udfs.voice.topics.vocabulary import Vocabulary, phrases_in, words_in
from python_udfs.voice.topics.words import CHINESE, WordReader

# What fewer texts of a shop have is chance or a slip of the pen.
FEWEST_TEXTS = 5
# A language with fewer texts has too few to tell what is frequent in it.
FEWEST_TEXTS_OF_LANGUAGE = 50
NO_TOPIC = -1


@dataclass(frozen=True)
class TermRules:
    """What the vars say about keywords.

    keywords: how many a topic has. fewest_share: of the topic's texts that have a keyword. fewest_lift: how many times
    as frequent a keyword is in the topic as in all texts. most_names: how many keywords may be names, of brands as a
    rule. kept, dropped: by language, words that are wanted or unwanted against the lists of stop words.
    """

    keywords: int
    fewest_share: float
    fewest_lift: float
    most_names: int
    kept: dict[str, frozenset[str]]
    dropped: dict[str, frozenset[str]]


@dataclass(frozen=True)
class LanguageTexts:
    """The texts of one language, taken apart. rows: which texts of all they are, shape (m,)."""

    language: str
    rows: NDArray[np.intp]
    words: Vocabulary
    phrases: Vocabulary


def by_language(texts: Sequence[str], languages: Sequence[str], rules: TermRules) -> list[LanguageTexts]:
    """The texts of each language that has enough of them, the language of most texts first.

    Texts of undetermined language count only where no language has enough.
    """
    spoken = np.array(languages, dtype=object)
    sizes = {language: int((spoken == language).sum()) for language in set(languages)}
    enough = {language: size for language, size in sizes.items() if size >= FEWEST_TEXTS_OF_LANGUAGE}
    told = [language for language in enough if language != UNDETERMINED] or list(enough)
    ordered = sorted(told, key=lambda language: (-enough[language], language))
    return [_taken_apart(texts, np.flatnonzero(spoken == language), language, rules) for language in ordered]


def _taken_apart(texts: Sequence[str], rows: NDArray[np.intp], language: str, rules: TermRules) -> LanguageTexts:
    kept, dropped = rules.kept.get(language, frozenset()), rules.dropped.get(language, frozenset())
    reader = WordReader(language, kept, dropped)
    words = [reader.words_of(texts[row]) for row in rows]
    return LanguageTexts(
        language, rows, words_in(words, language, FEWEST_TEXTS), phrases_in(words, language, FEWEST_TEXTS)
    )


@dataclass(frozen=True)
class Term:
    """A keyword or phrase of a topic. column: in the vocabulary. weight: c-TF-IDF. share: of the topic's texts."""

    column: int
    form: str
    weight: float
    share: float
    is_name: bool


def telling_terms(vocabulary: Vocabulary, labels: NDArray[np.intp], topics: int, rules: TermRules) -> list[list[Term]]:
    """Of each topic the terms that tell it from the others, the most telling first.

    labels: (m,) topic of each text of the vocabulary; NO_TOPIC for none.
    """
    weights = class_tf_idf(vocabulary.presence, labels, topics)
    everywhere = _shares(vocabulary, np.ones(len(labels), dtype=bool))
    return [
        _terms(
            vocabulary,
            weights[topic],
            _shares(vocabulary, labels == topic),
            everywhere,
            rules,
            int((labels == topic).sum()),
        )
        for topic in range(topics)
    ]


def _shares(vocabulary: Vocabulary, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(w,) share of the chosen texts that have each term."""
    counts = np.asarray(vocabulary.presence[chosen].sum(axis=0)).ravel()
    return counts / max(int(chosen.sum()), 1)


def _terms(
    vocabulary: Vocabulary,
    weights: NDArray[np.float64],
    shares: NDArray[np.float64],
    everywhere: NDArray[np.float64],
    rules: TermRules,
    texts: int,
) -> list[Term]:
    frequent = shares >= max(rules.fewest_share, 3 / max(texts, 1))
    telling = np.flatnonzero(frequent & (shares >= rules.fewest_lift * everywhere))
    # Equal weights in the order of the stems, so that chance in the last digits changes nothing.
    ordered = sorted(telling, key=lambda column: (-round(weights[column], 9), vocabulary.stems[column]))
    return [
        Term(
            int(column),
            vocabulary.forms[column],
            float(weights[column]),
            float(shares[column]),
            bool(vocabulary.is_name[column]),
        )
        for column in ordered
    ]


def keywords_of(terms: Sequence[Term], language: str, rules: TermRules) -> list[Term]:
    """The first terms, at most so many, without near repetitions and with few names."""
    chosen: list[Term] = []
    for term in terms:
        names = sum(other.is_name for other in chosen)
        if term.is_name and names >= rules.most_names:
            continue
        if not any(_repeats(term.form, other.form, language) for other in chosen):
            chosen.append(term)
        if len(chosen) == rules.keywords:
            break
    return chosen


def _repeats(form: str, other: str, language: str) -> bool:
    """Whether one is part of the other, where words are made of meaningful signs."""
    return language == CHINESE and (form in other or other in form)
