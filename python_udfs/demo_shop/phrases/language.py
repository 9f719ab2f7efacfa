"""What a language has to bring so that the shop's customers can write reviews in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ASPECTS = ("delivery", "price", "quality", "service", "fit")

Phrases = Sequence[str]


@dataclass(frozen=True)
class Language:
    """The phrases of one language. A slot in square brackets is replaced by one of `words`.

    about: aspect -> "good" or "bad" -> clauses, without a capital or a full stop.
    openings, closings, titles: by tone ("good", "mixed", "bad"), sentences of their own.
    short: by tone, whole reviews of a word or two, the same from many hands.
    words: slot -> what may stand there; a word may hold slots itself. [item] is the product reviewed.
    turns: between clauses of opposite polarity; links: between clauses of the same.
    ends: by tone, how sentences end. space: what stands between two sentences.
    emoji: by tone, what may follow the last sentence.
    slips: pairs of (written correctly, written in a hurry).
    contact: sentences that ask to be contacted, with {email}, {phone} or both.
    """

    about: Mapping[str, Mapping[str, Phrases]]
    openings: Mapping[str, Phrases]
    closings: Mapping[str, Phrases]
    titles: Mapping[str, Phrases]
    short: Mapping[str, Phrases]
    words: Mapping[str, Phrases]
    turns: Phrases
    links: Phrases
    ends: Mapping[str, Phrases]
    space: str
    emoji: Mapping[str, Phrases]
    slips: Sequence[tuple[str, str]]
    contact: Phrases
