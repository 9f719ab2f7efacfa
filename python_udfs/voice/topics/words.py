"""The words of a text that can say what it's about, and the stems that make one word of "string" and "strings"."""

import re
from functools import cache
from typing import Any, NamedTuple

import jieba
import snowballstemmer
import stopwordsiso

CHINESE = "zh"
# Languages whose inflections Snowball knows, by their ISO code; words of other languages stand for themselves.
STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
PLACEHOLDER = re.compile(r"<[A-Z]+>")
# A word with its apostrophe, or a single sign, which keeps the words around it apart.
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S|\n")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
SHORTEST = 3
SHORTEST_CHINESE = 2


class Word(NamedTuple):
    """A word as it stands in a text.

    stem: what it shares with its other forms. form: in lower case. follows: whether it follows the word before it in
    the list at once, so that both may be one phrase. is_inside: whether a word in lower case stands before it, so that
    a capital tells a name. is_capital: whether it begins with one, and isn't an abbreviation or shouted.
    """

    stem: str
    form: str
    follows: bool
    is_inside: bool
    is_capital: bool


class WordReader:
    """Finds the words of redacted texts in one language that may say what they're about.

    language: ISO code, or "und". kept, dropped: words that the shop wants or doesn't want, against the list of stop
    words.
    """

    def __init__(
        self, language: str, kept: frozenset[str] = frozenset(), dropped: frozenset[str] = frozenset()
    ) -> None:
        self.language = language
        self.stops = (stop_words(language) - kept) | dropped
        self.shortest = SHORTEST_CHINESE if language == CHINESE else SHORTEST
        # The same few thousand tokens come again and again.
        self._known: dict[str, tuple[str, str] | None] = {}

    def words_of(self, text: str) -> list[Word]:
        """The words of a text in their order, without stop words, short words, numbers and placeholders."""
        words: list[Word] = []
        follows, before = False, ""
        for token in self._tokens(text):
            if token not in self._known:
                self._known[token] = self._stem_and_form(token)
            known = self._known[token]
            if known:
                is_capital = token[0].isupper() and not token.isupper()
                words.append(Word(*known, follows, before[:1].islower(), is_capital))
            follows, before = known is not None, token
        return words

    def _tokens(self, text: str) -> list[str]:
        text = PLACEHOLDER.sub(" . ", text)
        return _chinese(text) if self.language == CHINESE else TOKEN.findall(text)

    def _stem_and_form(self, token: str) -> tuple[str, str] | None:
        """None for what can't be a keyword. The form is in lower case, without a possessive ending."""
        lower = token.lower().replace("’", "'")
        form = lower.removesuffix("'s")
        if len(form) < self.shortest or not form[0].isalpha() or {form, lower} & self.stops:
            return None
        stem = stem_of(form, self.language)
        return None if stem in self.stops else (stem, form)


def _chinese(text: str) -> list[str]:
    """Only runs of Chinese characters are segmented; what stands between them keeps words apart."""
    tokens: list[str] = []
    for run in HAN.findall(text):
        tokens += [*_segmenter().lcut(run), "."]
    return tokens


@cache
def _segmenter() -> jieba.Tokenizer:
    """jieba's dictionary, read at the first Chinese text. Its own loader leaves a file in the temporary folder."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing by themselves; none for a language that the package doesn't know."""
    return frozenset(stopwordsiso.stopwords(language)) if stopwordsiso.has_lang(language) else frozenset()


@cache
def stem_of(form: str, language: str) -> str:
    """What a word shares with its other forms (Porter's Snowball); the word itself in other languages."""
    stemmer = _stemmer(language)
    return stemmer.stemWord(form) if stemmer else form


@cache
def _stemmer(language: str) -> Any:
    """Snowball's stemmer; None for other languages."""
    return snowballstemmer.stemmer(STEMMERS[language]) if language in STEMMERS else None


def spoken_words(text: str) -> list[str]:
    """All words and numbers of a text, in lower case; runs of Chinese characters are segmented."""
    words: list[str] = []
    for part in re.findall(rf"{HAN.pattern}|[^\W\u3400-\u4dbf\u4e00-\u9fff]+", text.lower()):
        words += _segmenter().lcut(part) if HAN.match(part) else [part]
    return words
