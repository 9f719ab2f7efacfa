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
# A term in fewer texts of a topic is theirs, not the topic's.
FEWEST_TEXTS_OF_TERM = 3
NO_TOPIC = -1
# Times as frequent in a topic as in all texts, for words that fill up its keywords where it has few of its own.
WEAKEST_LIFT = 1.2


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
    """A keyword or phrase of a topic.

    column: in the vocabulary. weight: c-TF-IDF. share: of the topic's texts. lift: the share by that of all texts.
    """

    column: int
    form: str
    weight: float
    share: float
    lift: float
    is_name: bool


def telling_terms(vocabulary: Vocabulary, labels: NDArray[np.intp], topics: int, rules: TermRules) -> list[list[Term]]:
    """Of each topic the terms that are more frequent in it than elsewhere, those of the greatest weight first.

    labels: (m,) topic of each text of the vocabulary; NO_TOPIC for none.
    """
    weights = class_tf_idf(vocabulary.presence, labels, topics)
    everywhere = _shares(vocabulary, np.ones(len(labels), dtype=bool))
    return [_terms(vocabulary, weights[topic], labels == topic, everywhere, rules) for topic in range(topics)]


def _shares(vocabulary: Vocabulary, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(w,) share of the chosen texts that have each term."""
    counts = np.asarray(vocabulary.presence[chosen].sum(axis=0)).ravel()
    return counts / max(int(chosen.sum()), 1)


def _terms(
    vocabulary: Vocabulary,
    weights: NDArray[np.float64],
    members: NDArray[np.bool_],
    everywhere: NDArray[np.float64],
    rules: TermRules,
) -> list[Term]:
    shares = _shares(vocabulary, members)
    lifts = np.divide(shares, everywhere, out=np.zeros_like(shares), where=everywhere > 0)
    frequent = shares >= max(rules.fewest_share, FEWEST_TEXTS_OF_TERM / max(int(members.sum()), 1))
    told = np.flatnonzero(frequent & (lifts >= WEAKEST_LIFT))
    # Equal weights in the order of the stems, so that chance in the last digits changes nothing.
    ordered = sorted(told.tolist(), key=lambda column: (-round(weights[column], 9), vocabulary.stems[column]))
    return [
        Term(
            column,
            vocabulary.forms[column],
            float(weights[column]),
            float(shares[column]),
            float(lifts[column]),
            bool(vocabulary.is_name[column]),
        )
        for column in ordered
    ]


def keywords_of(topics: Sequence[Sequence[Term]], language: str, rules: TermRules) -> list[list[Term]]:
    """Of each topic at most so many terms, without near repetitions and with few names.

    topics: the terms of each, as `telling_terms` gives them. First those that are clearly more frequent than elsewhere,
    which several topics may have; then, up to the number, others that are no other topic's.
    """
    clear = [[term for term in terms if term.lift >= rules.fewest_lift] for terms in topics]
    chosen = [_filled([], terms, language, rules) for terms in clear]
    taken = {term.column for terms in chosen for term in terms}
    for topic, terms in enumerate(topics):
        chosen[topic] = _filled(chosen[topic], [term for term in terms if term.column not in taken], language, rules)
        taken |= {term.column for term in chosen[topic]}
    return chosen


def _filled(chosen: Sequence[Term], terms: Sequence[Term], language: str, rules: TermRules) -> list[Term]:
    filled = list(chosen)
    for term in terms:
        if len(filled) == rules.keywords:
            break
        is_name_too_many = term.is_name and sum(other.is_name for other in filled) >= rules.most_names
        if not is_name_too_many and not any(_repeats(term.form, other.form, language) for other in filled):
            filled.append(term)
    return filled


def _repeats(form: str, other: str, language: str) -> bool:
    """Whether one is part of the other, where words are made of meaningful signs."""
    return language == CHINESE and (form in other or other in form)
