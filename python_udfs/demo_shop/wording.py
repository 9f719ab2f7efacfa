"""How a review is put into words: a small grammar over the phrases of a language, and the slips of a hand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from python_udfs.demo_shop.chance import happens, pick, weighted_pick
from python_udfs.demo_shop.noise import Noise
from python_udfs.demo_shop.people import Hand
from python_udfs.demo_shop.phrases import Language

_SLOT = re.compile(r"\[([^\[\]]+)\]")
_OPENS, _CLOSES, _SHOUTS = 0.45, 0.3, 0.08
_TONE = {1: "bad", 2: "bad", 3: "mixed", 4: "good", 5: "good"}
_ENDED = re.compile(r"[.!?。！？…～]\s*$")


@dataclass(frozen=True)
class Subject:
    """What a review is about: its stars, the weight of each aspect, and the product's word in its language."""

    rating: int
    talks_about: Mapping[str, float]
    item: str

    @property
    def tone(self) -> str:
        """Of the stars: good, mixed or bad."""
        return _TONE[self.rating]


def write_review(
    rng: np.random.Generator, language: Language, subject: Subject, hand: Hand, noise: Noise
) -> tuple[str | None, str]:
    """A title (None for most) and a body."""
    if happens(rng, noise.short_texts):
        return None, pick(rng, language.short[subject.tone])
    title = _filled(rng, language, pick(rng, language.titles[subject.tone]), subject.item)
    body = _by_hand(rng, language, _composed(rng, language, subject, hand, noise), subject, hand)
    return (title if happens(rng, noise.titles) else None), body


def _composed(rng: np.random.Generator, language: Language, subject: Subject, hand: Hand, noise: Noise) -> str:
    """Perhaps an opening, what there is to say, perhaps a closing."""
    sentences = []
    if happens(rng, _OPENS):
        sentences.append(pick(rng, language.openings[subject.tone]))
    sentences.append(_clauses(rng, language, subject, hand, noise))
    if happens(rng, _CLOSES):
        sentences.append(pick(rng, language.closings[subject.tone]))
    filled = [_filled(rng, language, sentence, subject.item) for sentence in sentences]
    return language.space.join(_ended(rng, language, _capitalised(sentence), subject.tone) for sentence in filled)


def _clauses(rng: np.random.Generator, language: Language, subject: Subject, hand: Hand, noise: Noise) -> str:
    """One to five clauses, each on another aspect, joined by whether they agree."""
    aspects = dict(subject.talks_about)
    count = min(len(aspects), 1 + int(rng.poisson(hand.talkative)))
    text, before = "", ""
    for _ in range(count):
        aspect = weighted_pick(rng, aspects)
        del aspects[aspect]
        polarity = "good" if happens(rng, noise.praise_by_stars[subject.rating - 1]) else "bad"
        clause = pick(rng, language.about[aspect][polarity])
        if before:
            text += pick(rng, language.links if polarity == before else language.turns)
        text += clause
        before = polarity
    return text


def _filled(rng: np.random.Generator, language: Language, phrase: str, item: str) -> str:
    """The phrase with every slot replaced, those inside replacements too."""
    while slot := _SLOT.search(phrase):
        name = slot.group(1)
        word = item if name in ("item", "物品") else pick(rng, language.words[name])
        phrase = phrase[: slot.start()] + word + phrase[slot.end() :]
    return phrase


def _capitalised(text: str) -> str:
    """A capital at the beginning of every sentence."""
    return re.sub(r"(^|[.!?] )(\w)", lambda found: found.group(1) + found.group(2).upper(), text)


def _ended(rng: np.random.Generator, language: Language, sentence: str, tone: str) -> str:
    return sentence if _ENDED.search(sentence) else sentence + pick(rng, language.ends[tone])


def _by_hand(rng: np.random.Generator, language: Language, text: str, subject: Subject, hand: Hand) -> str:
    """The text as this hand writes it: slips, no capitals, an emoji at the end, a shout when furious."""
    for correct, hurried in language.slips:
        if correct in text and happens(rng, hand.typos):
            text = text.replace(correct, hurried, 1)
    if language.space and happens(rng, hand.typos):
        text = _two_letters_swapped(rng, text)
    if hand.lowercase:
        text = text.lower()
    elif subject.rating == 1 and happens(rng, _SHOUTS):
        text = text.upper()
    if happens(rng, hand.emoji):
        text = text + language.space + pick(rng, language.emoji[subject.tone])
    return text


def _two_letters_swapped(rng: np.random.Generator, text: str) -> str:
    place = int(rng.integers(1, max(2, len(text) - 2)))
    if not text[place : place + 2].isalpha():
        return text
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
