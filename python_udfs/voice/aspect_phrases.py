"""The phrases and terms of the seed `aspect_phrases`, checked and in the shape that `aspects` learns from."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

NONE = "none"
KINDS = ("praise", "complaint", "neutral", "term")
# Their terms are looked for within runs of characters: there are no spaces between words.
LANGUAGES_WITHOUT_SPACES = ("zh", "ja")
NEVER = r"(?!)"


@dataclass(frozen=True)
class AspectPhrases:
    """The rows of the seed: aspect, language, kind, phrase, in any order. Raises ValueError for what can't be used."""

    seed: pa.Table

    def __post_init__(self) -> None:
        wrong = sorted({row["kind"] for row in self.seed.to_pylist()} - set(KINDS))
        if wrong:
            raise ValueError(f"aspect_phrases.csv: kind is one of {', '.join(KINDS)}, not {', '.join(wrong)}")
        if NONE not in self.aspect_of or not self.aspects:
            raise ValueError(
                f'aspect_phrases.csv needs phrases of an aspect, and of "{NONE}", which speak of no aspect'
            )

    def rows(self) -> list[tuple[str, str, str, str]]:
        """All rows, in an order of their own."""
        names = ("aspect", "language", "kind", "phrase")
        return sorted(set(zip(*(self.seed[name].to_pylist() for name in names), strict=True)))

    @cached_property
    def _phrases(self) -> list[tuple[str, str, str, str]]:
        return [row for row in self.rows() if row[2] != "term"]

    @property
    def texts(self) -> list[str]:
        """The phrases, without the terms; the following attributes have one value for each."""
        return [phrase for _, _, _, phrase in self._phrases]

    @property
    def languages(self) -> list[str]:
        """Language of each phrase."""
        return [language for _, language, _, _ in self._phrases]

    @property
    def aspect_of(self) -> NDArray[np.str_]:
        """Aspect of each phrase, or NONE."""
        return np.array([aspect for aspect, _, _, _ in self._phrases])

    @property
    def is_praise(self) -> NDArray[np.bool_]:
        """Whether each phrase is praise."""
        return np.array([kind == "praise" for _, _, kind, _ in self._phrases])

    @cached_property
    def aspects(self) -> list[str]:
        """The aspects that have phrases, in alphabetical order."""
        return sorted(set(self.aspect_of) - {NONE})

    @property
    def praise_and_complaint(self) -> dict[str, NDArray[np.bool_]]:
        """Which phrases praise or complain of an aspect, for each that has phrases of both."""
        kind = np.array([kind for _, _, kind, _ in self._phrases])
        found = {aspect: (self.aspect_of == aspect) & np.isin(kind, ("praise", "complaint")) for aspect in self.aspects}
        return {aspect: rows for aspect, rows in found.items() if len(set(kind[rows])) == 2}

    @cached_property
    def terms(self) -> dict[tuple[str, str], re.Pattern[str]]:
        """A pattern of the terms for (aspect, language), and for (aspect, "") of all languages."""
        terms = [row for row in self.rows() if row[2] == "term"]
        patterns = {}
        for aspect in self.aspects:
            of_aspect = [(language, term) for one, language, _, term in terms if one == aspect]
            for language in sorted({language for language, _ in of_aspect}):
                patterns[aspect, language] = _pattern([pair for pair in of_aspect if pair[0] == language])
            patterns[aspect, ""] = _pattern(of_aspect)
        return patterns


def _pattern(terms: list[tuple[str, str]]) -> re.Pattern[str]:
    """Any of the terms, (language, term): whole words, but for a star at the end, which stands for any ending."""
    return re.compile("|".join(_word(*pair) for pair in terms) or NEVER, re.IGNORECASE)


def _word(language: str, term: str) -> str:
    if language in LANGUAGES_WITHOUT_SPACES:
        return re.escape(term)
    return rf"\b{re.escape(term.rstrip('*'))}" + (r"\w*" if term.endswith("*") else r"\b")
