"""Which words and phrases each text has, counted once a text, so that one that repeats itself makes no topic."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from python_udfs.voice.topics.words import CHINESE, Word

# A word is a name if it has a capital in most of the places where other words have none, and there are a few such
# places.
NAME_SHARE = 0.5
NAME_PLACES = 3
# In German all nouns have capitals.
LANGUAGES_OF_CAPITAL_NOUNS = frozenset({"de"})

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The words, or phrases of two words, of the texts of one language.

    stems: of each term, in their order. forms: how it's mostly written. is_name: whether it's a proper name, shape
    (w,). presence: (n, w) sparse, 1 where the text has the term.
    """

    stems: list[Stems]
    forms: list[str]
    is_name: np.ndarray
    presence: csr_matrix


def words_in(texts: Sequence[Sequence[Word]], language: str, fewest_texts: int) -> Vocabulary:
    """The single words that at least so many of the texts have."""
    return _vocabulary([[((word.stem,), word.form) for word in text] for text in texts], texts, language, fewest_texts)


def phrases_in(texts: Sequence[Sequence[Word]], language: str, fewest_texts: int) -> Vocabulary:
    """The phrases of two words, one right after the other, that at least so many of the texts have."""
    return _vocabulary([list(_phrases(text, language)) for text in texts], texts, language, fewest_texts)


def _phrases(text: Sequence[Word], language: str) -> Iterator[tuple[Stems, str]]:
    joint = "" if language == CHINESE else " "
    for first, second in pairwise(text):
        if second.follows and first.stem != second.stem:
            yield (first.stem, second.stem), joint.join((first.form, second.form))


def _vocabulary(
    terms: Sequence[Sequence[tuple[Stems, str]]], texts: Sequence[Sequence[Word]], language: str, fewest_texts: int
) -> Vocabulary:
    forms: dict[Stems, Counter[str]] = defaultdict(Counter)
    for text in terms:
        for stems, form in dict.fromkeys(text):
            forms[stems][form] += 1
    number_of_texts = Counter(stems for text in terms for stems in {stems for stems, _ in text})
    frequent = sorted(stems for stems, number in number_of_texts.items() if number >= fewest_texts)
    place = {stems: number for number, stems in enumerate(frequent)}
    rows, columns = [], []
    for row, text in enumerate(terms):
        found = {place[stems] for stems, _ in text if stems in place}
        rows += [row] * len(found)
        columns += sorted(found)
    presence = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(terms), len(frequent)))
    names = _names(texts) if language not in LANGUAGES_OF_CAPITAL_NOUNS else set()
    is_name = np.array([any(stem in names for stem in stems) for stems in frequent], dtype=bool)
    return Vocabulary(frequent, [_most_frequent(forms[stems]) for stems in frequent], is_name, presence)


def _most_frequent(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _names(texts: Iterable[Sequence[Word]]) -> set[str]:
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word in (word for text in texts for word in text if word.is_inside):
        inside[word.stem] += 1
        capital[word.stem] += word.is_capital
    return {stem for stem, places in inside.items() if places >= NAME_PLACES and capital[stem] / places >= NAME_SHARE}
